"""Sorts the words of all texts onto shelves, the files that a query loads one of for each of its words.

A shelf holds the words that begin alike, so that endings and beginnings of a word stand beside it. Which shelves there are
follows from the words and the number of their texts alone, never from the order in which texts were edited.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explainer.publish.search.contents import decoded, encoded

FOLDER = "words"
MOST = 2_500
"""Size from which a shelf is split by the next letter; about 4 kB when zipped."""
LEAST = 300
"""Size up to which the words of a letter stay with what is left over, instead of on a shelf of their own."""
_WORD = 6
"""Size of a word itself, where a text that has it counts 1."""

Postings = dict[int, str]
"""Slot of a text -> level of a word in it."""


def shelves(texts: Mapping[str, int]) -> dict[str, list[str]]:
    """Beginning -> the words of the shelf with that name; `texts` holds the number of texts of each word.

    A word stands on the shelf with the longest name that it begins with.
    """
    words = sorted(texts)
    return dict(_parted(words, [texts[word] + _WORD for word in words], 0))


def _parted(words: Sequence[str], sizes: Sequence[int], depth: int) -> Iterator[tuple[str, list[str]]]:
    """The shelves of words that have the first `depth` letters in common."""
    left = list(words)
    if sum(sizes) > MOST:
        left = []
        begin = 0
        for letter, group in itertools.groupby(words, lambda word: word[depth : depth + 1]):
            end = begin + len(list(group))
            if letter and sum(sizes[begin:end]) > LEAST:
                yield from _parted(words[begin:end], sizes[begin:end], depth + 1)
            else:
                left += words[begin:end]
            begin = end
    if left:
        yield left[0][:depth], left


def path_of(name: str) -> str:
    """The file of a shelf: hexadecimal, since letters may be of any script, and no file may be called `con`."""
    return f"{FOLDER}/w{name.encode().hex()}.bin"


def encode_shelf(words: Mapping[str, tuple[str, Postings]]) -> bytes:
    """The file of a shelf: word -> its stem and where it stands."""
    ordered = sorted(words)
    return encoded(
        {
            "words": ordered,
            "stems": [_cut(word, words[word][0]) for word in ordered],
            "slots": [_steps(sorted(words[word][1])) for word in ordered],
            "levels": ["".join(level for _, level in sorted(words[word][1].items())) for word in ordered],
        }
    )


def decode_shelf(data: bytes) -> dict[str, tuple[str, Postings]]:
    """Parse what `encode_shelf` wrote."""
    said: dict[str, list[Any]] = decoded(data)
    return {
        word: (_uncut(word, cut), dict(zip(itertools.accumulate(steps), levels, strict=True)))
        for word, cut, steps, levels in zip(said["words"], said["stems"], said["slots"], said["levels"], strict=True)
    }


def _steps(ordered: Sequence[int]) -> list[int]:
    """Ascending numbers, each as the difference to the one before."""
    return [number - before for before, number in zip([0, *ordered], ordered, strict=False)]


def _cut(word: str, stem: str) -> int | str:
    """How many letters of a word are not of its stem; the stem itself, where it is no beginning of the word."""
    return len(word) - len(stem) if word.startswith(stem) else stem


def _uncut(word: str, cut: int | str) -> str:
    return cut if isinstance(cut, str) else word[: len(word) - cut]
