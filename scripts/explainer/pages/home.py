"""The home page: what the dossier is, the ways in, the figures that matter, what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer import addresses
from explainer.library import Library
from explainer.pages.counts import Counts, counted
from explainer.pages.page import Draft, Page
from explainer.pages.shared import describe
from explainer.pages.sums import Part, Total, totals
from explainer.records import TYPES, Dispute, Event, Measure
from explainer.records.record import Record
from explainer.states import chosen

LATEST = 5
"""How many events the home page shows."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way in: a title, what the reader finds, and the record it leads to."""

    title: str
    summary: str
    record: Record


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a kind of reader begins."""

    reader: str
    summary: str
    steps: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page lays out."""

    ways: tuple[Way, ...]
    figures: tuple[Part, ...]
    totals: tuple[Total, ...]
    starts: tuple[Beginning, ...]
    latest: tuple[Event, ...]
    """The newest events, the newest first."""
    counts: tuple[tuple[str, int], ...]
    """Type, and how many of it its section shows, for the types that have a section."""
    counted: Counts


def _home(library: Library) -> Page:
    counts = counted(library)
    shown = [(item, library.at(item.record)) for item in library.site.key_figures]
    data = Home(
        ways=tuple(Way(door.title, door.summary, library.at(door.to)) for door in library.site.doors),
        figures=tuple(
            Part(record, figure)
            for item, record in shown
            for figure in chosen(record, library.get(Measure, item.measure))
        ),
        totals=totals(library),
        starts=tuple(
            Beginning(item.reader, item.summary, tuple(library.at(step) for step in item.steps))
            for item in library.site.starts
        ),
        latest=tuple(sorted(library.all(Event), key=lambda item: (item.date, item.id), reverse=True)[:LATEST]),
        counts=tuple(
            (model.KIND, counts.disputes if model is Dispute else len(library.all(model)))
            for model in TYPES
            if model.KIND in addresses.SECTIONS and library.all(model)
        ),
        counted=counts,
    )
    return Page(
        path=addresses.HOME,
        template="home.md.j2",
        title=library.site.title,
        description=describe(library.site.summary),
        data=data,
        source="content/site.yml",
    )


def pages(library: Library) -> Iterator[Draft]:
    """The home page."""
    yield Draft(library, addresses.HOME, lambda: _home(library))
