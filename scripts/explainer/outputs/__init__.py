"""Library -> bytes: files beside the pages, for re-users and for other sites; one format a module."""

from collections.abc import Callable, Iterator, Sequence

from explainer.figures.cache import Cache
from explainer.ledger import Output
from explainer.library import Library
from explainer.outputs import cards, data, opensearch, search
from explainer.pages.page import Page

FORMATS: tuple[Callable[[Library, Sequence[Page], Cache], Iterator[Output]], ...] = (
    data.outputs,
    cards.outputs,
    search.outputs,
    opensearch.outputs,
)
"""Every format; a new one is one more line."""


def outputs(library: Library, pages: Sequence[Page], cache: Cache) -> Iterator[Output]:
    """Every file beside the pages."""
    for each in FORMATS:
        yield from each(library, pages, cache)
