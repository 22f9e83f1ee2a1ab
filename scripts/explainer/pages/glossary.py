"""The glossary: every term, with those that link to it."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial

from explainer.base.dataclass import dataclass
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
    letters: tuple[tuple[str, str, str], ...]
    """The first letter of each term's name, with the page and the anchor of the first term that has it."""


def _glossary(library: Library) -> Glossary:
    terms = sorted(library.all(Term), key=lambda item: item.name.casefold())
    explained = []
    for term in terms:
        also = [library.get(Term, ident) for ident in term.see_also] + list(library.related(term, Term, "see_also"))
        unique = {item.id: item for item in also if item.id != term.id}
        explained.append(Explained(term, tuple(sorted(unique.values(), key=lambda item: item.name.casefold()))))
    return Glossary(tuple(explained), tuple(_letters(terms)))


def _letters(terms: Iterable[Term]) -> Iterator[tuple[str, str, str]]:
    """The letters to jump to in a list that is sorted by name; accents make no other letter, digits stand together."""
    seen = set()
    for term in terms:
        first = unicodedata.normalize("NFKD", term.name)[:1].upper()
        letter = "0–9" if first.isdigit() else first
        if letter not in seen:
            seen.add(letter)
            yield letter, addresses.index(term), term.anchor


def _page(library: Library) -> Page:
    return section(library, "term", _glossary(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The glossary."""
    yield index(library, addresses.section(Term), partial(_page, library))
