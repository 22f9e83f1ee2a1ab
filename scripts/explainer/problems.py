"""A problem: what is wrong at one place of one file, said so that an editor can mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One finding; values of it are collected and shown together, never raised."""

    path: str
    """The file, relative to the dossier's folder, with forward slashes."""
    line: int
    """The line, counted from 1."""
    column: int
    """The column, counted from 1 in characters."""
    message: str
    """What was found; what was expected; the next step."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None where nothing is close."""
    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    folded = word.casefold()
    if folded in by_folded:
        return by_folded[folded]
    matches = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`"; did you mean 'x'?"`, or an empty text where nothing is close."""
    guess = nearest(word, known)
    return f"; did you mean '{guess}'?" if guess else ""


def quoted(text: str) -> str:
    """A text in quotes, with what cannot be seen written out."""
    return "'" + "".join(char if char.isprintable() else repr(char)[1:-1] for char in text) + "'"


def article(noun: str) -> str:
    """A noun with a or an before it."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def listed(words: Iterable[str], *, limit: int = 12) -> str:
    """Words as a sentence names them: `a, b, c`; after `limit` the rest is counted."""
    every = list(words)
    shown = ", ".join(every[:limit])
    return f"{shown} and {len(every) - limit} more" if len(every) > limit else shown
