"""Sentences of a paragraph that cite nothing beside others that do: what a rule looks at again once all names are known."""

import re
from collections.abc import Iterator

from explainer.reading.prose import paragraphs

NUMBER = re.compile(
    r"\d|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
SENTENCE = re.compile(
    r"(?P<said>.+?(?:[.!?][”\"’)]?(?:(?:\[@[^\]]*\])+(?=\s|\Z)|(?=\s+[A-ZÀ-Þ“\"‘\[*]|\s*\Z))|\Z))\s*", re.DOTALL
)
"""A sentence with the citations behind it; without any, a full stop ends it only before a capital or a mark."""
_DIGITS = re.compile(r"(?<![\w.,/–-])\d+(?:[,.  ]\d{3})*(?!\w)")
_OWN = re.compile(r"\b(?:we|us|our|ours|here|this (?:site|dossier|page))\b", re.IGNORECASE)
"""Words by which the editors speak of their own work, which no source can carry."""


def uncited_sentences(body: str) -> Iterator[tuple[int, str]]:
    """Offset of each sentence with a number that cites nothing in a paragraph that does, and what it says but for its links.

    One whose numbers all stand in cited sentences of the paragraph rests on those; one in which the editors speak of their
    own work rests on nothing.
    """
    for paragraph in paragraphs(body):
        if paragraph.cites and body[paragraph.offset] != "|":
            for offset, said in _uncited(_whole(body, paragraph.offset)):
                yield paragraph.offset + offset, said


def _whole(body: str, start: int) -> str:
    """The paragraph that begins at `start`, as it is written."""
    end = re.compile(r"\n(?:\s*\n|[ \t]*(?:[-*+]|\d{1,3}[.)])[ ]|\||#)").search(body, start)
    return body[start : end.start() if end else len(body)]


def _uncited(text: str) -> Iterator[tuple[int, str]]:
    """Where the sentences of a paragraph begin that rest on nothing, and what they say."""
    mark = re.match(r"(?:(?:[-*+]|\d{1,3}[.)])\s+)+", text)
    sentences = list(SENTENCE.finditer(text, mark.end() if mark else 0))
    cited = {number for found in sentences if _cites(found["said"]) for number in _DIGITS.findall(found["said"])}
    for found in sentences:
        said = _LINK.sub(" ", found["said"])
        if not _cites(said) and _is_new(said, cited) and NUMBER.search(said) and not _OWN.search(said):
            yield found.start(), said


def _cites(said: str) -> bool:
    """Whether a sentence cites a source, or holds a value, which brings its own."""
    return "[@" in said or "[[=" in said


def _is_new(said: str, cited: set[str]) -> bool:
    """Whether a sentence has a number that no cited sentence beside it has, or none at all."""
    numbers = set(_DIGITS.findall(said))
    return not numbers or not numbers <= cited
