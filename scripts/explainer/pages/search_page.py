"""The search page; without JavaScript it links to the index of each section instead."""

from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.library import addresses, sections
from explainer.library.library import Library
from explainer.pages.common import index, section_page
from explainer.pages.descriptions import describe
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class SectionLink:
    """The index of a section."""

    path: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Search:
    """Template data of the search page."""

    sections: tuple[SectionLink, ...]


def ways(library: Library) -> Iterator[SectionLink]:
    """The index of every section that holds a record, in the order of the types."""
    words = library.words
    for name, model in library.kinds.sections.items():
        if library.all(model):
            title = sections.title(library.dossier, words, name)
            summary = sections.summary(library.dossier, words, name)
            yield SectionLink(addresses.index(model), title, describe(summary))


def _search(library: Library) -> Page:
    return section_page(library, addresses.SEARCH, Search(tuple(ways(library))))


def pages(library: Library) -> Iterator[LazyPage]:
    """The search page."""
    yield index(library, addresses.SEARCH, partial(_search, library))
