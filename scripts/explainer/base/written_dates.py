"""Dates as people write them, in many languages -> the form that a field wants: 2018, 2018-09 or 2018-09-18."""

import calendar
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping

from explainer.base.unicode_text import folded

_LANGUAGES = ("en", "fr", "es", "pt", "it", "de", "nl", "da", "sv", "pl", "ru", "uk", "tr", "ar", "fa", "id", "hi")
"""The languages whose names of months are known; the first that has a name decides what it means."""
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_RANGE = re.compile(r"\s*(?:–|—|-|/|to|until|till|and|,|bis|au|al|a)\s*")


@functools.cache
def _months() -> Mapping[str, int]:
    """Name of a month, whole or shortened, in any of the languages -> its number."""
    from babel import Locale

    found: dict[str, int] = {}
    for language in _LANGUAGES:
        every = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in every[context][width].items():
                    found.setdefault(_folded(name), number)
    return found


def _folded(word: str) -> str:
    return folded(word).strip(".")


def guesses(text: str) -> tuple[str, ...]:
    """What a date may mean, likeliest first: none, one, or both readings where day and month cannot be told apart."""
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text).strip()
    return tuple(dict.fromkeys(date for date in _read(plain) if _exists(date)))


def both_ends(text: str) -> tuple[str, str] | None:
    """The first and the last date of a range; None if the text is none."""
    if short := re.fullmatch(r"(\d{4}-\d{2})-(\d{2})\s*(?:–|—|-|/|to)\s*(\d{2})", text.strip()):
        ends = f"{short[1]}-{short[2]}", f"{short[1]}-{short[3]}"
        return ends if all(map(_exists, ends)) else None
    if days := re.fullmatch(r"(\d{1,2})\.?\s*(?:–|—|-|/|to)\s*(\d{1,2})(\.?\s+\D+\s+\d{4})", text.strip()):
        text = f"{days[1]}{days[3]} to {days[2]}{days[3]}"
    for split in _RANGE.finditer(text):
        found = guesses(text[: split.start()]), guesses(text[split.end() :])
        if len(found[0]) == len(found[1]) == 1 and found[0][0] < found[1][0]:
            return found[0][0], found[1][0]
    return None


def _read(text: str) -> Iterator[str]:
    if eight := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        yield "-".join(eight.groups())
    elif iso := re.match(_ISO, text):
        yield _joined(*iso.groups())
    elif dotted := re.fullmatch(r"(\d{1,2})([./ -])(\d{1,2})\2\s?(\d{4})", text):
        first, sign, second, year = dotted.groups()
        yield _joined(year, second, first)
        if sign != ".":
            yield _joined(year, first, second)
    else:
        yield from _in_words(text)


def _in_words(text: str) -> Iterator[str]:
    """A date whose month is a word, or of which only the year can be read."""
    if asian := re.fullmatch(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월])?(?:\s*(\d{1,2})\s*[日일])?", text):
        yield _joined(*asian.groups())
        return
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    months = list(_months_in(text))
    days = re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)
    if len(years) == 1 and len(months) == 1 and len(days) <= 1:
        yield _joined(years[0], str(months[0]), days[0] if days else None)
    elif len(years) == 1 and not months and not days:
        yield years[0]


def _months_in(text: str) -> Iterator[int]:
    """The months that a text names."""
    words = map(_folded, re.findall(r"[^\W\d_]+\.?", text))
    return (_months()[word] for word in words if word in _months())


def _joined(year: str, month: str | None = None, day: str | None = None) -> str:
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def _exists(date: str) -> bool:
    year, month, day = [*map(int, date.split("-")), 1, 1][:3]
    return 1 <= month <= 12 and year > 0 and 1 <= day <= calendar.monthrange(year, month)[1]
