"""The pages of sources, each with the records that cite it: one page by kind, or, of many, a page for each letter."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby

from explainer.base.dataclass import dataclass
from explainer.kinds.source import Source, SourceKind
from explainer.library import addresses, places
from explainer.library.library import Library
from explainer.pages.common import index, section
from explainer.pages.page import LazyPage, Page
from explainer.records.record import Record

MANY, FIRST = 60, 20
"""Largest number of sources of a publisher that all stand open under a letter; of more, so many do."""
NAMED, FEWER = 20, 10
"""Largest number of records that are listed below a source; the same where the sources are so many that they stand under letters."""


@dataclass(frozen=True, slots=True)
class RestingRecords:
    """A source, and the records that cite it."""

    record: Source
    named: tuple[Record, ...]
    """The first of them."""
    more: int
    """How many others there are."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher, with the sources that come from it."""

    name: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The publishers under a letter, on the index of sources."""

    letter: str
    label: str
    publishers: tuple[Publisher, ...]


@dataclass(frozen=True, slots=True)
class SourceIndex:
    """Template data of the index of sources: all of them by kind, or, where they are many, only where to find them."""

    kinds: tuple[tuple[SourceKind, tuple[RestingRecords, ...]], ...]
    shelves: tuple[Shelf, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceShelf:
    """Template data of the page of the sources under a letter."""

    label: str
    """The letter, or what stands for several."""
    others: tuple[tuple[str, str, None], ...]
    """The label and the page of every letter, this one among them."""
    sources: tuple[RestingRecords, ...]

    @property
    def by_publisher(self) -> Iterator[tuple[tuple[RestingRecords, ...], tuple[RestingRecords, ...]]]:
        """The sources of each publisher; of many, the first ones and the rest, which folds."""
        for _, group in groupby(self.sources, key=lambda item: item.record.publisher):
            every = tuple(group)
            first = FIRST if len(every) > MANY else MANY
            yield every[:first], every[first:]


def _in_order(library: Library) -> list[Source]:
    return sorted(library.all(Source), key=lambda item: (*_place(library, item)[:2], item.ident))


def _place(library: Library, source: Source) -> list[str]:
    """Publisher and title as they are sorted, and the letter of the shelf; kept between runs, since every run asks."""
    name = f"place {' '.join(source.key)}"
    found: list[str] = json.loads(library.shared.text(name, lambda: json.dumps(_told(source))))
    return found


def _told(source: Source) -> list[str]:
    return [source.publisher.casefold(), source.title.casefold(), places.shelf(source)]


def _resting(library: Library, source: Source, most: int = NAMED) -> RestingRecords:
    rests = library.citing.get(source.id, ())
    return RestingRecords(source, rests[:most], len(rests[most:]))


def _shelves(library: Library) -> Mapping[str, tuple[Source, ...]]:
    """Letter -> its sources, in the order of letters, digits before them and the others last."""
    found: defaultdict[str, list[Source]] = defaultdict(list)
    for source in _in_order(library):
        found[_place(library, source)[2]].append(source)
    ordered = sorted(found, key=lambda letter: (letter == places.OTHERS, letter))
    return {letter: tuple(found[letter]) for letter in ordered}


def _shelved(library: Library) -> Mapping[str, tuple[Source, ...]]:
    return library.shared.get("sources by letter", lambda: _shelves(library))


def _label(library: Library, letter: str) -> str:
    return library.words("source-list.others") if letter == places.OTHERS else letter.upper()


def _publishers(sources: Iterable[Source]) -> Iterator[Publisher]:
    found: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        found[source.publisher].append(source)
    return (Publisher(name, tuple(every)) for name, every in found.items())


def _sources(library: Library) -> SourceIndex:
    by_kind: defaultdict[SourceKind, list[RestingRecords]] = defaultdict(list)
    for source in _in_order(library):
        by_kind[source.kind].append(_resting(library, source))
    kinds = tuple((kind, tuple(by_kind[kind])) for kind in SourceKind if by_kind[kind])
    if not places.shelved(library):
        return SourceIndex(kinds)
    shelves = _shelved(library).items()
    return SourceIndex(
        kinds, tuple(Shelf(letter, _label(library, letter), tuple(_publishers(sources))) for letter, sources in shelves)
    )


def _page(library: Library) -> Page:
    return section(library, "source", _sources(library))


def _shelf(library: Library, letter: str) -> Page:
    shelves = _shelved(library)
    sources = shelves[letter]
    words = library.words
    files = tuple(sorted({library.document(source).path for source in sources}))
    return Page(
        path=places.shelf_page(letter),
        template="sources-shelf.md.j2",
        title=words("source-list.under").format(letter=_label(library, letter)),
        description=words("source-list.under-says"),
        data=SourceShelf(
            _label(library, letter),
            tuple((_label(library, other), places.shelf_page(other), None) for other in shelves),
            tuple(_resting(library, source, FEWER) for source in sources),
        ),
        files=files,
        searched=False,
    )


def pages(library: Library) -> Iterator[LazyPage]:
    """The index of sources, and a page for each letter where they are many."""
    yield index(library, addresses.section(Source), partial(_page, library))
    if places.shelved(library):
        for letter in _shelved(library):
            yield LazyPage(library, places.shelf_page(letter), partial(_shelf, library, letter))
