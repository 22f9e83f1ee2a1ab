"""Library -> bytes: files beside the pages, for re-users and for other sites; one format a module."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from explainer.figures.cache import Cache
from explainer.ledger import Output
from explainer.library import Library
from explainer.outputs import cards, data, opensearch, search
from explainer.pages.page import Page
from explainer.records.record import Story

FORMATS: tuple[Callable[[Library, Sequence[Page], Cache], Iterator[Output]], ...] = (search.outputs, opensearch.outputs)
"""Every format that is made of the whole library, and made again whole where something that it looked at changed."""
PAGES: tuple[Callable[[Library, Page, Cache], Iterator[Output]], ...] = (cards.outputs,)
"""Every format that is made of one page at a time."""
RECORDS: tuple[Callable[[Library, Story, Cache], Iterator[Output]], ...] = (data.outputs,)
"""Every format that is made of one record with a story at a time."""


def outputs(
    library: Library, pages: Sequence[Page], cache: Cache
) -> Iterator[tuple[str, Callable[[], Iterable[Output]]]]:
    """Every file beside the pages, in portions, each with its name and what makes it."""
    for each in FORMATS:
        yield f"format {each.__module__}", partial(each, library, pages, cache)
    for page in pages:
        for beside in PAGES:
            yield f"format {beside.__module__} {page.path}", partial(beside, library, page, cache)
    for entry in library.entries.values():
        if isinstance(entry.record, Story):
            for one in RECORDS:
                yield (
                    f"format {one.__module__} {' '.join(entry.record.key)}",
                    partial(one, library, entry.record, cache),
                )
