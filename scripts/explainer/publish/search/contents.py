"""What the search holds of a text: which words it has and how often, and what a result shows of it."""

import functools
import gzip
import itertools
import json
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from explainer.outputs.search_files import SearchText
from explainer.publish.search.words import forms_of

TITLE, NAME, ASKED, PASSAGE = 7, 4, 3, 1
"""How much a word counts in the title, in another name, in what people ask for the page and in the text."""
ASKED_OF_PLACE = 1
"""The same in what they ask for a place on a page: its page, or the one that it is about, should come first."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
STEPS = 3
"""Levels in which a number doubles."""
LONG = "x"
"""The level of words from which a text is long: some 1,830 words."""


class SearchTerms(NamedTuple):
    """What people ask for a text."""

    weight: int
    """How much a word of it counts."""
    terms: Sequence[str]

    @classmethod
    def of(cls, text: SearchText) -> "SearchTerms":
        """What they ask for a page, or a place on one."""
        return cls(ASKED_OF_PLACE if "#" in text.at else ASKED, tuple(text.asked)) if text.asked else NOBODY


NOBODY = SearchTerms(0, ())


class Content(NamedTuple):
    """A text as it lies in a pack."""

    names: list[str]
    """The title, and then the other names."""
    summary: str
    passages: list[str] | None
    """None where they lie apart."""
    said: list[Any]
    """What its record says to questions."""
    asked: SearchTerms = NOBODY
    """Not in the pack, since no reader is shown it."""

    @classmethod
    def of(cls, text: SearchText) -> "Content":
        """What the search holds of a text."""
        return cls(
            [text.title, *text.names],
            text.summary,
            text.text,
            [list(reply) for reply in text.said],
            SearchTerms.of(text),
        )

    def words(self) -> dict[str, str]:
        """The words that find it, each with its level."""
        counts: defaultdict[str, int] = defaultdict(int)
        title, *names = self.names
        for weight, texts in ((TITLE, [title]), (NAME, names), self.asked, (PASSAGE, self._prose())):
            for word in itertools.chain.from_iterable(map(forms_of, texts)):
                counts[word] += weight
        return {word: level(count) for word, count in counts.items()}

    def length(self) -> str:
        """The level of its number of words."""
        return level(sum(len(text.split()) for text in (*self.names, *self._prose())))

    def _prose(self) -> list[str]:
        """The summary and the passages."""
        return [self.summary, *(self.passages or ())]


def is_long(length: str) -> bool:
    """Whether a text of this level of words is so long that its passages lie apart, and are not shown with a result."""
    return length >= LONG


@functools.cache
def level(count: int) -> str:
    """A number as one character, on a scale of which every third step doubles it."""
    return _DIGITS[min(round(STEPS * math.log2(max(count, 1))), len(_DIGITS) - 1)]


def encoded(value: object) -> bytes:
    """A file of the search: JSON, already gzipped, so that the server need not compress it."""
    return gzip.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def decoded(data: bytes) -> Any:
    """Parse what `encoded` wrote; raises ValueError if it is damaged."""
    try:
        return json.loads(gzip.decompress(data))
    except (OSError, EOFError) as error:
        raise ValueError(error) from error


def stemmer(language: str) -> Callable[[str], str]:
    """What takes the ending off a word of a language, by Snowball; a word as it is where Snowball does not know it.

    Snowball is loaded for the first word: most edits bring none that is new.
    """

    @functools.cache
    def made() -> Callable[[str], str]:
        import snowballstemmer
        from babel import Locale

        name = Locale.parse(language.replace("-", "_")).get_language_name("en") or language
        english = name.split()[0].lower()
        if english not in snowballstemmer.algorithms():
            return str
        stem: Callable[[str], str] = snowballstemmer.stemmer(english).stemWord
        return stem

    def stemmed(word: str) -> str:
        return made()(word)

    return stemmed
