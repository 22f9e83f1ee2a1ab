"""Library -> bytes: files beside the pages, for re-users and for other sites; one format a module."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from explainer.base.files import Output
from explainer.figures.drawing_cache import DrawingCache
from explainer.library.library import Library
from explainer.outputs import cards, opensearch, records_json, search_texts
from explainer.pages.page import Page
from explainer.records.record import Story

FORMATS: tuple[Callable[[Library, Sequence[Page], DrawingCache], Iterator[Output]], ...] = (
    search_texts.outputs,
    opensearch.outputs,
)
"""Every format that is made of the whole library, and made again whole where something that it looked at changed."""
PAGES: tuple[Callable[[Library, Page, DrawingCache], Iterator[Output]], ...] = (cards.outputs,)
"""Every format that is made of one page at a time."""
RECORDS: tuple[Callable[[Library, Story, DrawingCache], Iterator[Output]], ...] = (records_json.outputs,)
"""Every format that is made of one record with a story at a time."""


class Task(NamedTuple):
    """Some outputs that are made together."""

    name: str
    make: Callable[[], Iterable[Output]]


def of_all(library: Library, pages: Sequence[Page], cache: DrawingCache) -> Iterator[Task]:
    """The files that are made of the whole library."""
    for each in FORMATS:
        yield Task(f"format {each.__module__}", partial(each, library, pages, cache))


def of_page(library: Library, page: Page, cache: DrawingCache) -> Iterator[Task]:
    """The files beside a page."""
    for each in PAGES:
        yield Task(f"format {each.__module__} {page.path}", partial(each, library, page, cache))


def of_records(library: Library, cache: DrawingCache) -> Iterator[Task]:
    """The files of every record with a story."""
    for entry in library.entries.values():
        if isinstance(entry.record, Story):
            for each in RECORDS:
                name = f"format {each.__module__} {' '.join(entry.record.key)}"
                yield Task(name, partial(each, library, entry.record, cache))
