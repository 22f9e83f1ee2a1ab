"""Finds the terms of the glossary that a text uses."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from explainer.library.library import Library
from explainer.reading import prose
from explainer.records.record import Story
from explainer.records.term import Term

MANY = 30
"""From so many on, related records are counted rather than listed."""
MOST_TERMS = 12
"""At most so many terms of the glossary are explained on a page."""
_WORD = re.compile(r"\w+")


def _lexicon(library: Library) -> Mapping[str, tuple[tuple[str, Term], ...]]:
    """The first word of a name, in small letters -> the names that begin with it, the longest first, and their terms.

    One pass over the words of a text then finds every name, however many there are; a pattern with an alternative for
    each name would try them all at every word.
    """
    found: defaultdict[str, list[tuple[str, Term]]] = defaultdict(list)
    for term in library.all(Term):
        for name in (term.name, *term.other_names):
            if first := _WORD.search(name):
                found[first.group().casefold()].append((name[first.start() :], term))
    return {first: tuple(sorted(names, key=lambda item: (-len(item[0]), item[0]))) for first, names in found.items()}


def _is_abbreviation(name: str) -> bool:
    """Whether capitals tell a name from an ordinary word: one of its words has two or more."""
    return any(sum(char.isupper() for char in word) > 1 for word in _WORD.findall(name))


def _named_at(text: str, start: int, names: Iterable[tuple[str, Term]]) -> tuple[str, Term] | None:
    """The first of the names that stands as whole words at a place in a text."""
    for name, term in names:
        piece, rest = text[start : start + len(name)], text[start + len(name) : start + len(name) + 1]
        same = piece == name or (not _is_abbreviation(name) and piece.casefold() == name.casefold())
        if same and not _WORD.match(rest):
            return name, term
    return None


def terms_in(library: Library, record: Story) -> tuple[Term, ...]:
    """The terms of the glossary that a record's summary and story use, by name; the first `MOST_TERMS` in the text.

    Where names overlap the longest counts. A term whose record this is, is left out: the page itself explains it.
    """
    text = prose.plain(f"{record.summary}\n\n{record.body or ''}")
    lexicon = library.shared.get("lexicon", lambda: _lexicon(library))
    found: dict[str, Term] = {}
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end or word.group().casefold() not in lexicon:
            continue
        hit = _named_at(text, word.start(), lexicon[word.group().casefold()])
        if hit is None:
            continue
        name, term = hit
        end = word.start() + len(name)
        if term.record != f"{record.FOLDER}/{record.ident}":
            found.setdefault(term.id, term)
    return tuple(sorted(list(found.values())[:MOST_TERMS], key=lambda term: (term.name.casefold(), term.id)))
