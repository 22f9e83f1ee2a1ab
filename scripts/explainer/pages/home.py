"""The home page: what the dossier is, the ways in, the figures that matter, what is not known."""

from collections.abc import Iterator

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Graphic
from explainer.kinds.dispute import Dispute
from explainer.kinds.event import Event
from explainer.kinds.measure import Measure
from explainer.library import addresses
from explainer.library.figure_states import chosen
from explainer.library.library import Library
from explainer.library.totals import Addend, Total, totals
from explainer.library.unresolved import UnresolvedCounts, counted
from explainer.pages import home_numbers
from explainer.pages.charts.editions_river import RiverView, longest
from explainer.pages.descriptions import describe
from explainer.pages.home_numbers import Newest, ShownCount
from explainer.pages.page import LazyPage, Page
from explainer.records.record import Record
from explainer.records.traits import WithSign

LATEST = 5
"""Number of events on the home page."""


@dataclass(frozen=True, slots=True)
class HomeLink:
    """An entry point: a title, what the reader finds, and the record it links to."""

    title: str
    summary: str
    record: Record


@dataclass(frozen=True, slots=True)
class Beginning:
    """The entry points for one kind of reader."""

    reader: str
    summary: str
    steps: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """Template data of the home page."""

    numbers: tuple[ShownCount, ...]
    river: Graphic | None
    """The paragraphs of the text with the most editions."""
    newest: Newest | None
    """The newest of these editions, and what it added."""
    ways: tuple[HomeLink, ...]
    signed: tuple[tuple[str, tuple[Record, ...]], ...]
    """Section and its records, of the types whose records have signs."""
    figures: tuple[Addend, ...]
    totals: tuple[Total, ...]
    starts: tuple[Beginning, ...]
    latest: tuple[Event, ...]
    """The latest events, newest first."""
    counts: tuple[tuple[str, int], ...]
    """Section and number of records in it, for the types that have a section."""
    counted: UnresolvedCounts


def _figures(library: Library) -> Iterator[Addend]:
    """The figures that `site.yml` names."""
    for item in library.dossier.key_figures:
        record = library.at(item.record)
        for figure in chosen(record, library.get(Measure, item.measure)):
            yield Addend(record, figure)


def _signed(library: Library) -> Iterator[tuple[str, tuple[Record, ...]]]:
    """Each section whose records have signs, with these records."""
    for model in library.kinds.having(WithSign):
        if found := tuple(item for item in library.all(model) if isinstance(item, WithSign) and item.sign):
            yield addresses.section(model), found


def _contents(library: Library, counts: UnresolvedCounts) -> Iterator[tuple[str, int]]:
    """Each section, and the number of records in it."""
    for model in library.kinds.sections.values():
        if number := len(library.all(model)):
            yield addresses.section(model), counts.disputes if model is Dispute else number


def _home(library: Library) -> Page:
    counts, river = counted(library), longest(library)
    data = Home(
        numbers=tuple(home_numbers.counts(library)),
        river=river.graphic(RiverView(addresses.HOME, small=True)) if river else None,
        newest=home_numbers.newest(library, river.editions[-1]) if river else None,
        ways=tuple(HomeLink(door.title, door.summary, library.at(door.to)) for door in library.dossier.doors),
        signed=tuple(_signed(library)),
        figures=tuple(_figures(library)),
        totals=totals(library),
        starts=tuple(
            Beginning(item.reader, item.summary, tuple(library.at(step) for step in item.steps))
            for item in library.dossier.starts
        ),
        latest=tuple(sorted(library.all(Event), key=lambda item: (item.date, item.id), reverse=True)[:LATEST]),
        counts=tuple(_contents(library, counts)),
        counted=counts,
    )
    return Page(
        path=addresses.HOME,
        template="home.md.j2",
        title=library.dossier.title,
        description=describe(library.dossier.summary),
        data=data,
        source="content/site.yml",
    )


def pages(library: Library) -> Iterator[LazyPage]:
    """The home page."""
    yield LazyPage(library, addresses.HOME, lambda: _home(library))
