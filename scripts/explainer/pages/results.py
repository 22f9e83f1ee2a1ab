"""The page of results: sums and tallies over figures of several records, with their charts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from explainer.kinds.measure import Measure
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.totals import Tallied, Total, tallies, totals
from explainer.pages.charts import tally_bars
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class Results:
    """Template data of the page of computed counts and sums."""

    totals: tuple[Total, ...]
    tallies: tuple[Tallied, ...]
    adds: bool
    """Whether any tally adds up figures."""
    apart: Mapping[str, tuple[str, ...]]
    """Id of a tally -> the names of measures that look like its own and are not counted in it."""


def _results(library: Library) -> Page:
    every = tallies(library)
    return section_page(
        library,
        addresses.RESULTS,
        Results(
            totals(library),
            every,
            any(item.measure for item in every),
            {item.tally.id: _apart(library, item.measure) for item in every},
        ),
        source="content/site.yml",
        graphics=[graphic for item in every for graphic in tally_bars.of_tally(library, item)],
    )


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
