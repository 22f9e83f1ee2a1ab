"""The page of sources: by kind, each with the records that cite it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.kinds.source import Source, SourceKind
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import index, section
from explainer.pages.page import LazyPage, Page
from explainer.records.record import Record

NAMED = 20
"""Largest number of records that are listed below a source."""


@dataclass(frozen=True, slots=True)
class RestingRecords:
    """A source, and the records that cite it."""

    record: Source
    named: tuple[Record, ...]
    """The first of them."""
    more: int
    """How many others there are."""
    gone: bool
    """Whether its URL was gone at the last link check."""


@dataclass(frozen=True, slots=True)
class SourceIndex:
    """Template data of the page of sources, by kind."""

    kinds: tuple[tuple[SourceKind, tuple[RestingRecords, ...]], ...]


def _sources(library: Library) -> SourceIndex:
    by_kind: defaultdict[SourceKind, list[RestingRecords]] = defaultdict(list)
    for source in sorted(
        library.all(Source), key=lambda item: (item.publisher.casefold(), item.title.casefold(), item.id)
    ):
        gone = source.url in library.gone
        rests = library.citing.get(source.id, ())
        by_kind[source.kind].append(RestingRecords(source, rests[:NAMED], len(rests[NAMED:]), gone))
    return SourceIndex(tuple((kind, tuple(by_kind[kind])) for kind in SourceKind if by_kind[kind]))


def _page(library: Library) -> Page:
    return section(library, "source", _sources(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of sources."""
    yield index(library, addresses.section(Source), partial(_page, library))
