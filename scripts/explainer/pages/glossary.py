"""The glossary: every term, with those that link to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.kinds.term import Term
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import index, section
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class Explained:
    """A term with its cross-references in both directions: the terms that it refers to and those that refer to it."""

    record: Term
    see_also: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Template data of the glossary."""

    terms: tuple[Explained, ...]


def _glossary(library: Library) -> Glossary:
    terms = sorted(library.all(Term), key=lambda item: item.name.casefold())
    explained = []
    for term in terms:
        also = [library.get(Term, ident) for ident in term.see_also] + list(library.related(term, Term, "see_also"))
        unique = {item.id: item for item in also if item.id != term.id}
        explained.append(Explained(term, tuple(sorted(unique.values(), key=lambda item: item.name.casefold()))))
    return Glossary(tuple(explained))


def _page(library: Library) -> Page:
    return section(library, "term", _glossary(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The glossary."""
    yield index(library, addresses.section(Term), partial(_page, library))
