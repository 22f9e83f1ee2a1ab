"""The page of results: sums and tallies over figures of several records, with their charts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

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


def _results(library: Library) -> Page:
    every = tallies(library)
    return section_page(
        library,
        addresses.RESULTS,
        Results(totals(library), every),
        source="content/site.yml",
        graphics=[graphic for item in every for graphic in tally_bars.of_tally(library, item)],
    )


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of results, if the dossier has any tallies."""
    if library.dossier.tallies:
        yield index(library, addresses.RESULTS, partial(_results, library))
