"""Finds the entries of a list again in another state of it: by what they are about, else by what they have in common."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

NAMING = (
    "measure", "paragraph", "source", "asks", "about", "organisation", "id", "name", "title",
    "says", "text", "was", "date", "number", "follows",
)  # fmt: skip
"""The fields that say what a part of a record is about, the surest first; parts of own kinds may have others."""
ASIDE = frozenset({"basis", "note", "status", "kind"})
"""Fields that say of what sort a part is, and not which."""
ALIKE = 0.4
"""Least share of what two parts have in common for one to count as what became of the other."""
LONGEST = 90
_Part = Mapping[str, Any]
_Pairs = list[tuple[_Part, _Part]]


def label(part: Any) -> tuple[str, str]:
    """The field that names a part, and its text; a part without one is named by all that it says."""
    if not isinstance(part, Mapping):
        return "text", _cut(str(part))
    names = [*NAMING, *sorted(part.keys() - ASIDE), *sorted(part)]
    found = next((name for name in names if isinstance(part.get(name), str) and part[name]), None)
    return (found, _cut(part[found])) if found else ("text", _cut(" ".join(sorted(map(str, part.values())))))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def joined(one: Sequence[Any], other: Sequence[Any]) -> tuple[list[_Part], list[_Part]]:
    """Two lists with all entries as parts with fields: one that is written as a text has it in the field that names the others."""
    every = [item for item in (*one, *other) if isinstance(item, Mapping)]
    key = next((name for name in NAMING if any(name in item for item in every)), "text")
    first, second = ([item if isinstance(item, Mapping) else {key: item} for item in side] for side in (one, other))
    return first, second


def paired(old: Sequence[_Part], new: Sequence[_Part]) -> tuple[_Pairs, list[_Part], list[_Part]]:
    """The parts of two lists that belong together, then those that are only in the first, then those only in the second."""
    pairs: _Pairs = []
    left, right = list(old), list(new)
    _by_name(pairs, left, right)
    _by_likeness(pairs, left, right)
    return pairs, left, right


def _by_name(pairs: _Pairs, left: list[_Part], right: list[_Part]) -> None:
    """Take out the parts that alone on both sides have their name."""
    sides = []
    for side in (left, right):
        named: defaultdict[tuple[str, str], list[_Part]] = defaultdict(list)
        for part in side:
            named[label(part)].append(part)
        sides.append(named)
    for name, found in sides[0].items():
        others = sides[1].get(name, [])
        if len(found) == len(others) == 1:
            _take(pairs, left, right, (found[0], others[0]))


def _by_likeness(pairs: _Pairs, left: list[_Part], right: list[_Part]) -> None:
    """Take out the parts that are most alike, then the next, as long as they are alike enough."""
    scores = [(-_likeness(one, other), at, place) for at, one in enumerate(left) for place, other in enumerate(right)]
    one_side, other_side = list(left), list(right)
    taken: set[tuple[str, int]] = set()
    for score, at, place in sorted(scores):
        ends = {("old", at), ("new", place)}
        if -score >= ALIKE and not ends & taken:
            taken |= ends
            _take(pairs, left, right, (one_side[at], other_side[place]))


def _take(pairs: _Pairs, left: list[_Part], right: list[_Part], pair: tuple[_Part, _Part]) -> None:
    pairs.append(pair)
    for side, part in zip((left, right), pair, strict=True):
        del side[next(at for at, item in enumerate(side) if item is part)]


def _likeness(one: _Part, other: _Part) -> float:
    names = one.keys() | other.keys()
    if one.get("value") is not None and one.get("value") == other.get("value"):
        return 1.0  # the same number, said of something else
    share = sum(_value_likeness(one.get(name), other.get(name)) for name in names) / len(names)
    return max(share, _named_alike(one, other))


def _named_alike(one: _Part, other: _Part) -> float:
    """How alike the texts are by which two parts are called, since what hangs on them may have come later."""
    (key, text), (other_key, other_text) = ((key, part.get(key)) for part in (one, other) for key in [label(part)[0]])
    return _value_likeness(text, other_text) if key == other_key else 0.0


def _value_likeness(one: Any, other: Any) -> float:
    if one == other:
        return 1.0
    if isinstance(one, str) and isinstance(other, str):
        mine, theirs = set(one.split()), set(other.split())
        return len(mine & theirs) / len(mine | theirs) if len(mine | theirs) > 2 else 0.0
    return 0.0
