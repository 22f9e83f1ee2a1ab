"""What went and what came between two wordings of a paragraph, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from explainer.base.dataclass import dataclass

_TOKEN = re.compile(
    r"(\s*)(!?\[[^\]]*\](?:\([^)]*\))?|\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`|\w+(?:[’'.,:/-]\w+)*|[^\w\s])", re.DOTALL
)
"""A word or a sign, with the space before it. What Markdown marks is one token, as half of it could not be rendered."""
ISLAND = 2
"""Up to so many equal words between two changes count as changed, since single words left between marks are hard to read."""
ALIKE = 0.4
"""Smallest share of equal words (`SequenceMatcher.ratio`) for which words are marked; below it, little else is left."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, with the space before it, that stands in one wording alone or in both."""

    before: str
    words: str
    changed: bool


@dataclass(frozen=True, slots=True)
class WordChanges:
    """Two wordings in pieces; what changed in `older` went, what changed in `newer` came."""

    older: tuple[Piece, ...]
    newer: tuple[Piece, ...]


_Tokens = list[tuple[str, str]]
_Span = tuple[bool, tuple[int, int], tuple[int, int]]


def word_changes(older: str, newer: str) -> WordChanges | None:
    """Compare two wordings; None if they have too little in common for marks to help."""
    old, new = _TOKEN.findall(older), _TOKEN.findall(newer)
    matcher = SequenceMatcher(None, [word for _, word in old], [word for _, word in new], autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    spans = list(_joined(matcher, len(old), len(new)))
    return WordChanges(
        tuple(_pieces(old, [(changed, at) for changed, at, _ in spans])),
        tuple(_pieces(new, [(changed, at) for changed, _, at in spans])),
    )


def _joined(matcher: SequenceMatcher[str], old: int, new: int) -> Iterator[_Span]:
    """The runs of both wordings, each changed or not; short equal runs between two changes belong to these."""
    start = (0, 0)
    for place, other, size in matcher.get_matching_blocks():
        at_edge = (place == 0 and other == 0) or (place + size == old and other + size == new)
        if size <= ISLAND and not at_edge:
            continue
        if (place, other) != start:
            yield True, (start[0], place), (start[1], other)
        if size:
            yield False, (place, place + size), (other, other + size)
        start = (place + size, other + size)


def _pieces(tokens: _Tokens, spans: list[tuple[bool, tuple[int, int]]]) -> Iterator[Piece]:
    for changed, (start, end) in spans:
        if start < end:
            before, first = tokens[start]
            rest = "".join(space + word for space, word in tokens[start + 1 : end])
            yield Piece(before, first + rest, changed)
