"""Finds the terms of the glossary that a text uses."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from explainer.kinds.term import Term
from explainer.library.library import Library
from explainer.reading import prose
from explainer.records.record import Story

MANY = 30
"""Number from which related records are counted rather than listed."""
MOST_TERMS = 12
"""Maximum number of glossary terms explained on a page."""
_WORD = re.compile(r"\w+")


def _lexicon(library: Library) -> Mapping[str, tuple[tuple[str, Term], ...]]:
    """Index of the glossary: first word of a name, in lower case -> names that begin with it, longest first, and terms.

    One pass over the words of a text then finds every name, however many there are; a regular expression with one
    alternative per name would try all of them at every word.
    """
    found: defaultdict[str, list[tuple[str, Term]]] = defaultdict(list)
    for term in library.all(Term):
        for name in (term.name, *term.other_names):
            if first := _WORD.search(name):
                found[first.group().casefold()].append((name[first.start() :], term))
    return {first: tuple(sorted(names, key=lambda item: (-len(item[0]), item[0]))) for first, names in found.items()}


def _is_abbreviation(name: str) -> bool:
    """Whether a name is an abbreviation, whose case matters: one of its words has two or more capitals."""
    return any(sum(char.isupper() for char in word) > 1 for word in _WORD.findall(name))


def _named_at(text: str, start: int, names: Iterable[tuple[str, Term]]) -> tuple[str, Term] | None:
    """The first of the names that matches whole words at `start`; None if none does."""
    for name, term in names:
        piece, rest = text[start : start + len(name)], text[start + len(name) : start + len(name) + 1]
        same = piece == name or (not _is_abbreviation(name) and piece.casefold() == name.casefold())
        if same and not _WORD.match(rest):
            return name, term
    return None


_KEPT = re.compile(
    r"^[ ]{0,3}(?:#|\||```|~~~|</?\w).*$|^ {4}.*$|`[^`\n]*`|!?\[[^\]\n]*\](?:\([^)\n]*\))?|<[^>\n]*>|\{[^}\n]*\}",
    re.MULTILINE,
)
"""What holds no word of a sentence: headings, tables, code, links, marks and attributes."""


def linked(text: str, terms: Iterable[Term], link: Callable[[Term, str], str]) -> tuple[str, frozenset[str]]:
    """A story as Markdown with a link at the first place of each term, and the ids of the terms that have one."""
    bare = _KEPT.sub(lambda found: "\0" * len(found.group()), text)
    places: dict[int, tuple[int, Term]] = {}
    for term in terms:
        found = (_first(bare, name) for name in (term.name, *map(str, term.other_names)))
        if spans := [span for span in found if span]:
            start, end = min(spans, key=lambda span: (span[0], -span[1]))
            if start not in places or places[start][0] < end:
                places[start] = end, term
    pieces, at, done = [], 0, set()
    for start, (end, term) in sorted(places.items()):
        if start >= at:
            pieces += [text[at:start], link(term, text[start:end])]
            at = end
            done.add(term.id)
    return "".join(pieces) + text[at:], frozenset(done)


def _first(text: str, name: str) -> tuple[int, int] | None:
    """Start and end of the first place where a name stands as whole words."""
    exact = re.NOFLAG if _is_abbreviation(name) else re.IGNORECASE
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, exact)
    return found.span() if found else None


def terms_in(library: Library, record: Story) -> tuple[Term, ...]:
    """The terms of the glossary that a record's summary and story use, by name; the first `MOST_TERMS` in the text.

    Of overlapping names the longest counts. The term whose own record this is, is left out: the page explains it.
    """
    text = f"{prose.plain(record.summary)} {prose.plain(record.body or '', story=True)}"
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
