"""Pages of resolutions: one per resolution, and the index of their series."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import RelatedGroup, index, own, related, section, story
from explainer.pages.editions import EditionParts, index_of, parts_of
from explainer.pages.page import LazyPage, Page

from .model import Resolution


@dataclass(frozen=True, slots=True)
class ResolutionPage:
    """Template data of the page of a resolution."""

    record: Resolution
    edition: EditionParts
    related: tuple[RelatedGroup, ...]


def _story(library: Library, record: Resolution) -> Page:
    number = record.symbol.rpartition("RES/")[2]
    names = (record.id, record.symbol, number, f"RES/{number}", f"resolution {number}", record.title)
    data = ResolutionPage(record, parts_of(library, record), related(library, record, without=(Resolution.KIND,)))
    return story(library, record, data, names=names)


def _index(library: Library) -> Page:
    data = index_of(library, Resolution)
    return section(library, Resolution.KIND, data, template="index/editions.md.j2", graphics=data.graphics)


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per resolution, then the index."""
    for record in library.all(Resolution):
        yield own(library, record, partial(_story, library, record))
    yield index(library, addresses.section(Resolution), partial(_index, library))
