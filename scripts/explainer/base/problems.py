"""Problems: errors and remarks at a position in a file, worded so that an editor can fix them, and helpers for their messages."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from explainer.base.dataclass import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """An error or a remark at a position in a file; problems are collected and reported together, never raised."""

    path: str
    """The file, relative to the dossier's folder, with forward slashes."""
    line: int
    """The line, counted from 1."""
    column: int
    """The column, counted from 1 in characters."""
    message: str
    """The finding, the expectation and the next step, in this order."""
    remark: bool = False
    """Whether it may be right as it stands: a remark is shown like an error and stops nothing."""

    @property
    def told(self) -> str:
        """The message, named as a remark if it is one."""
        return f"remark: {self.message}" if self.remark else self.message

    def as_remark(self) -> "Problem":
        """The same as a remark."""
        return replace(self, remark=True)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.told}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those problems that stop a run: all but the remarks."""
    return [problem for problem in problems if not problem.remark]


_PARTS = re.compile(r"\d+|[^\W\d_]+|[\W_]+")
_ROMAN = re.compile(r"[ivx]+")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to a misspelt `word`; None if nothing is close enough, or several are equally close."""
    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    folded = word.casefold()
    if folded in by_folded:
        return by_folded[folded]
    slips = {name: slips for name in by_folded if (slips := _slips(folded, name)) is not None}
    closest = [name for name, count in slips.items() if count == min(slips.values())]
    return by_folded[closest[0]] if len(closest) == 1 else None


def _slips(word: str, name: str) -> int | None:
    """Edit distance between two words; None if one is not plausibly a misspelling of the other.

    The parts that both words begin or end with are not compared: where a whole part differs, another thing is meant,
    however much the rest agrees. A different number, Roman or not, also means another thing: `art2` is no misspelling of
    `art1`, nor 2019 of 2018. Digits that are missing, added or swapped in a long number still count as misspelt.
    """
    ours, theirs = _PARTS.findall(word), _PARTS.findall(name)
    if sorted(filter(str.isalnum, ours)) == sorted(filter(str.isalnum, theirs)):
        return 0  # the same parts, but with other separators or in another order
    _drop_shared(ours, theirs)
    left, right = "".join(ours), "".join(theirs)
    if any(map(_ROMAN.fullmatch, (*ours, *theirs))) or not _is_likely(left, right):
        return None
    most = 2 if max(len(left), len(right)) >= 10 and not left.isdecimal() else 1
    slips = _distance(left, right) if abs(len(left) - len(right)) <= most else most + 1
    return slips if slips <= most else None


def _drop_shared(ours: list[str], theirs: list[str]) -> None:
    """Remove the parts with which both begin or end."""
    while ours and theirs and ours[0] == theirs[0]:
        del ours[0], theirs[0]
    while ours and theirs and ours[-1] == theirs[-1]:
        del ours[-1], theirs[-1]


def _is_likely(left: str, right: str) -> bool:
    """Whether two texts are long enough, and alike enough in what they consist of, for one to be a slip for the other."""
    short, long = sorted((len(left), len(right)))
    swapped = sorted(left) == sorted(right)
    if left.isdecimal() and right.isdecimal():
        return short >= 4 and (swapped or short < long)
    if any(map(str.isdecimal, left + right)):
        return False
    return long >= (3 if swapped else 4 if short < long else 5)


def _distance(left: str, right: str) -> int:
    """Damerau-Levenshtein distance: insertions, deletions, substitutions and swaps of neighbours."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, char in enumerate(left, 1):
        above, row, older = row, [i], before
        for j, other in enumerate(right, 1):
            least = min(above[j] + 1, row[-1] + 1, above[j - 1] + (char != other))
            if i > 1 and j > 1 and char == right[j - 2] and left[i - 2] == other:
                least = min(least, older[j - 2] + 1)
            row.append(least)
        before = above
    return row[-1]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word, as in `"; did you mean 'x'?"`; empty if none is close enough."""
    guess = nearest(word, known)
    return f"; did you mean '{guess}'?" if guess else ""


def quoted(text: str) -> str:
    """Quote a text, with its non-printable characters escaped."""
    return "'" + "".join(char if char.isprintable() else repr(char)[1:-1] for char in text) + "'"


def shown(text: str) -> str:
    """Escape the characters of a path or name that cannot be printed."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def article(noun: str) -> str:
    """Prefix a noun with its indefinite article, a or an."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def listed(words: Iterable[str], *, limit: int = 12) -> str:
    """Join words with commas, as in `a, b, c`; those beyond `limit` are only counted, as in `a, b and 3 more`."""
    every = list(words)
    shown = ", ".join(every[:limit])
    return f"{shown} and {len(every) - limit} more" if len(every) > limit else shown


class ContentError(Exception):
    """Raised if a run found problems; nothing was written unless `wrote` is set."""

    def __init__(self, problems: list[Problem], *, wrote: bool = False) -> None:
        """Sort the problems by file and line; `wrote` says whether some pages had already been written."""
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(set(problems))
        self.wrote = wrote

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as what it was made of."""
        return partial(type(self), wrote=self.wrote), (self.problems,)
