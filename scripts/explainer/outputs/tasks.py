"""The tasks that make the files beside the pages: every format, of the whole library, a kind, a page or a record."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from explainer.base.files import Output
from explainer.data import downloads as of_downloads
from explainer.library.library import Library
from explainer.outputs import (
    api,
    calendars,
    cards,
    citations,
    downloads,
    embeds,
    feeds,
    figure_pictures,
    llms,
    opensearch,
    previews,
    record_feeds,
    search_texts,
)
from explainer.pages.page import LazyPage
from explainer.records.record import Record

FORMATS: tuple[Callable[[Library, Sequence[LazyPage]], Iterator[Output]], ...] = (
    search_texts.outputs,
    opensearch.outputs,
    previews.outputs,
    feeds.outputs,
    calendars.outputs,
    api.outputs,
    llms.outputs,
    embeds.style,
)
"""Formats computed from the whole library; each is recomputed whole if any of its dependencies changed."""
LATE = (search_texts.outputs, previews.outputs)
"""Those of them that join a text of each page and record, which is made with the page or the record."""
KINDS: tuple[Callable[[Library, type[Record]], Iterator[Output]], ...] = (
    api.of_kind,
    citations.of_kind,
)
"""Formats computed kind by kind, so that an edit of one record leaves the files of the other kinds alone."""
PAGES: tuple[Callable[[Library, LazyPage], Iterator[Output]], ...] = (
    cards.outputs,
    figure_pictures.outputs,
    embeds.outputs,
    downloads.outputs,
    citations.of_page,
)
"""Formats computed page by page."""
ADDRESSED = (embeds.outputs,)
"""Those of them that make pages, whose addresses may be published ones; no other format makes any."""
RECORDS: tuple[Callable[[Library, Record], Iterator[Output]], ...] = (
    api.of_record,
    citations.of_record,
    record_feeds.outputs,
)
"""Formats computed record by record."""


class Task(NamedTuple):
    """Unit of incremental work: a name for the cache and a function that yields outputs."""

    name: str
    make: Callable[[], Iterable[Output]]
    derived: bool = False
    """Whether it only writes otherwise what pages show or records hold: it finds no problem, so a check need not run it."""
    texts: Callable[[], object] | None = None
    """Makes texts that late tasks join, at once after the outputs, when all that they need is at hand."""
    late: bool = False
    """Whether it joins texts of other tasks, and is run after them."""
    page: str = ""
    """The path of the page that it makes, if it is a derived one that makes a page."""


def of_all(library: Library, pages: Sequence[LazyPage]) -> Iterator[Task]:
    """One task per format of the whole library, and one per kind and format of kinds."""
    for each in FORMATS:
        yield Task(f"format {each.__module__}", partial(each, library, pages), derived=True, late=each in LATE)
    for model in library.kinds.types:
        for form in KINDS:
            yield Task(f"format {form.__module__} {model.KIND}", partial(form, library, model), derived=True)


def of_page(library: Library, page: LazyPage) -> Iterator[Task]:
    """One task per format for a page."""
    for each in PAGES:
        yield Task(f"format {each.__module__} {page.path}", partial(each, library, page), derived=each not in ADDRESSED)


def of_records(library: Library) -> Iterator[Task]:
    """One task per record, for every format of records."""
    for entry in library.entries.values():
        name, record = f"record {' '.join(entry.record.key)}", entry.record
        texts = partial(_texts_of_record, library, record)
        yield Task(name, partial(_record, library, record), derived=True, texts=texts)


def _record(library: Library, record: Record) -> Iterator[Output]:
    for each in RECORDS:
        yield from each(library, record)


def frees(page: LazyPage) -> tuple[str, ...]:
    """The names of the shared results that only the files beside a page need, and that take much memory."""
    return (of_downloads.NAME,) if downloads.are_beside(page) else ()


def texts_of_page(library: Library, page: LazyPage) -> None:
    """Make the texts of a page that late formats join."""
    search_texts.of_lazy_page(library, page)
    previews.of_page(library, page)


def _texts_of_record(library: Library, record: Record) -> None:
    """Make those of a record, if it has no page."""
    if search_texts.is_small(record):
        search_texts.of_small_record(library, record)
        previews.of_small_record(library, record)
