"""The page of results: sums and tallies over figures of several records, with their charts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain, islice

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Graphic
from explainer.kinds.measure import Measure
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.totals import Tallied, Total, tallies, totals
from explainer.pages.charts import tally_bars
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage, Page, Ranking
from explainer.records.dossier import YEAR

LEADING = 3
"""Number of counts that stand first, each with its chart."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A count with its chart, whose sentence is the heading."""

    item: Tallied
    graphic: Graphic


@dataclass(frozen=True, slots=True)
class Results:
    """Template data of the page of computed counts and sums."""

    totals: tuple[Total, ...]
    leads: tuple[Lead, ...]
    """The first counts in which each record stands in one row alone."""
    rest: tuple[Tallied, ...]
    overlaps: tuple[str, ...]
    """The types of record of which one may stand in several rows of a count."""
    adds: bool
    """Whether any tally adds up figures."""
    drawn: Mapping[str, tuple[Graphic, ...]]
    """Id of a tally -> its chart, if it has one."""
    apart: Mapping[str, tuple[str, ...]]
    """Id of a tally -> the names of measures that look like its own and are not counted in it."""


def _results(library: Library) -> Page:
    every = tallies(library)
    graphics = {item.tally.id: tuple(tally_bars.of_tally(library, item)) for item in every}
    leads = tuple(islice(_leads(every, graphics), LEADING))
    first = {lead.item.tally.id for lead in leads}
    page = section_page(
        library,
        addresses.RESULTS,
        Results(
            totals(library),
            leads,
            tuple(item for item in every if item.tally.id not in first),
            tuple(dict.fromkeys(item.kind for item in every if item.overlaps)),
            any(item.measure for item in every),
            graphics,
            {item.tally.id: _apart(library, item.measure) for item in every},
        ),
        source="content/site.yml",
        graphics=chain.from_iterable(graphics.values()),
        names=_search_names(library, every),
    )
    return replace(page, rankings=_rankings(library, every, graphics))


def _rankings(
    library: Library, every: Iterable[Tallied], graphics: Mapping[str, tuple[Graphic, ...]]
) -> tuple[Ranking, ...]:
    """What the chart of each tally says of its largest group."""
    words = library.words
    meant = words.search()["meant"]

    def told(item: Tallied, graphic: Graphic) -> Ranking:
        by, of = item.grouped_by or item.tally.by, words("plural", item.kind)
        return Ranking(
            item.tally.id,
            item.tally.title,
            graphic.title,
            groups=(words("kinds", by), *meant.get(by, ())),
            counts=item.measure.name if item.measure else of,
            unit=item.measure.unit if item.measure else "",
            of=of,
        )

    return tuple(told(item, graphic) for item in every for graphic in graphics[item.tally.id][:1])


def _search_names(library: Library, every: Iterable[Tallied]) -> tuple[str, ...]:
    """What is added up, by which a search finds the page: each tally by its title, and its measure in total and year by year."""
    counted = [(item, item.measure.name) for item in every if item.measure]
    years = (f"{name} {row.label}" for item, name in counted if item.tally.by == YEAR for row in item.rows)
    total = library.words("results.total")
    measures = dict.fromkeys((*(name for _, name in counted), *years))
    return (*(total.format(measure=name) for name in measures), *(item.tally.title for item in every))


def _leads(every: Iterable[Tallied], graphics: Mapping[str, tuple[Graphic, ...]]) -> Iterator[Lead]:
    """The counts with a chart in which each record stands in one row alone."""
    return (Lead(item, graphic) for item in every if not item.overlaps for graphic in graphics[item.tally.id])


def _apart(library: Library, measure: Measure | None) -> tuple[str, ...]:
    """The names of the measures from which one is told apart, and of those that tell themselves apart from it."""
    if measure is None:
        return ()
    others = [
        other for other in library.all(Measure) if measure.id in other.apart_from or other.id in measure.apart_from
    ]
    return tuple(other.name for other in others)


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of results, if the dossier has any tallies."""
    if library.dossier.tallies:
        yield index(library, addresses.RESULTS, partial(_results, library))
