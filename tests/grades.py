"""Grades the order of a search's results: mean reciprocal rank and discounted gain, by class of question."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BEST, GOOD = 3, 1
"""How much a result is worth that answers the question, and one that leads on; any other is worth nothing."""
FIRST = 5
"""How many results count for the gain."""
NOTHING = "-"
"""Stands among the addresses that answer where the honest answer is that nothing is found."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A question of a class, the addresses that answer it, and those that lead on to an answer."""

    group: str
    text: str
    best: frozenset[str]
    good: frozenset[str]

    def worth(self, links: Iterable[str]) -> int:
        """How much a result is worth, which leads to some addresses."""
        found = set(links)
        return BEST if found & self.best else GOOD if found & self.good else 0


def questions(path: Path) -> list[Graded]:
    """The questions of a file: class, question, best and good addresses, with tabs between them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Graded(row["class"], row["query"], frozenset(row["best"].split()), frozenset((row["good"] or "").split()))
            for row in rows
        ]


def reciprocal_rank(worths: Sequence[int]) -> float:
    """One over the place of the first result that answers (Voorhees 1999); 0 if none does."""
    return next((1 / place for place, worth in enumerate(worths, 1) if worth == BEST), 0.0)


def _gain(worths: Iterable[int]) -> float:
    return sum(worth / math.log2(place + 1) for place, worth in enumerate(worths, 1))


def discounted_gain(question: Graded, worths: Sequence[int]) -> float:
    """The gain of the first results, each discounted by its place, as a part of the best one (nDCG, Järvelin 2002).

    One result that answers is enough for a reader, so the best order begins with one of them and then has those that
    lead on; a second result that answers adds nothing beyond that.
    """
    ideal = _gain([BEST, *[GOOD] * min(len(question.good), FIRST - 1)])
    counted: list[int] = []
    for worth in worths[:FIRST]:
        counted.append(GOOD if worth == BEST and BEST in counted else worth)
    return min(1.0, _gain(counted) / ideal)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a class of questions was answered."""

    number: int
    rank: float
    gain: float


def marks(asked: Sequence[Graded], answers: Sequence[Sequence[Iterable[str]]]) -> Mapping[str, Mark]:
    """Class -> its mark, and that of all under the name "all"; `answers` holds the addresses of each result in order."""
    found: dict[str, list[tuple[float, float]]] = {}
    for question, places in zip(asked, answers, strict=True):
        worths = [question.worth(links) for links in places or ([NOTHING],)]
        pair = (reciprocal_rank(worths), discounted_gain(question, worths))
        found.setdefault(question.group, []).append(pair)
        found.setdefault("all", []).append(pair)
    return {
        group: Mark(
            len(pairs), sum(rank for rank, _ in pairs) / len(pairs), sum(gain for _, gain in pairs) / len(pairs)
        )
        for group, pairs in sorted(found.items())
    }


def table(given: Mapping[str, Mark]) -> list[str]:
    """The marks as lines of a table."""
    lines = [f"{'class':<14} {'asked':>5} {'MRR':>6} {'nDCG@5':>7}"]
    return [
        *lines,
        *(f"{group:<14} {mark.number:>5} {mark.rank:>6.3f} {mark.gain:>7.3f}" for group, mark in given.items()),
    ]
