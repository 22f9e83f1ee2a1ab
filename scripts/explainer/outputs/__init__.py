"""Library -> bytes: files beside the pages, for re-users and for other sites; one format a module."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

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


class Portion(NamedTuple):
    """Some outputs that are made together."""

    name: str
    make: Callable[[], Iterable[Output]]


def of_all(library: Library, pages: Sequence[Page], cache: Cache) -> Iterator[Portion]:
    """The files that are made of the whole library."""
    for each in FORMATS:
        yield Portion(f"format {each.__module__}", partial(each, library, pages, cache))


def of_page(library: Library, page: Page, cache: Cache) -> Iterator[Portion]:
    """The files beside a page."""
    for each in PAGES:
        yield Portion(f"format {each.__module__} {page.path}", partial(each, library, page, cache))


def of_records(library: Library, cache: Cache) -> Iterator[Portion]:
    """The files of every record with a story."""
    for entry in library.entries.values():
        if isinstance(entry.record, Story):
            for each in RECORDS:
                name = f"format {each.__module__} {' '.join(entry.record.key)}"
                yield Portion(name, partial(each, library, entry.record, cache))
