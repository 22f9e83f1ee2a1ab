"""The page of open questions, by record."""

from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.unresolved import Unknown, UnresolvedCounts, by_kind, counted, unknown
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Template data of the page of open questions."""

    kinds: tuple[tuple[str, tuple[Unknown, ...]], ...]
    """The records with open questions, by the name of their type, in the order of the types."""
    counted: UnresolvedCounts


def _open_questions(library: Library) -> OpenQuestions:
    return OpenQuestions(by_kind(library, unknown(library)), counted(library))


def _questions(library: Library) -> Page:
    return section_page(library, addresses.OPEN_QUESTIONS, _open_questions(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of open questions."""
    yield index(library, addresses.OPEN_QUESTIONS, partial(_questions, library))
