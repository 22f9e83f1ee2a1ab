"""Numbers as people write them -> the digits that a field wants, and what else a source said of them."""

import re
import unicodedata

from explainer.base.dataclass import dataclass

_TIMES = {
    "k": 3, "thousand": 3, "mille": 3, "mil": 3, "tausend": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "millions": 6,
    "millones": 6, "millionen": 6, "bn": 9, "billion": 9, "billions": 9, "milliard": 9, "milliards": 9, "milliarden": 9,
}  # fmt: skip
"""Word behind a number -> how many zeros it stands for."""
_SIGNS = {"~": "about", "≈": "about", "±": "margin", ">": "more-than", "<": "less-than", "≥": "at-least", ">=": "at-least",
          "≤": "up-to", "<=": "up-to", "+": "at-least"}  # fmt: skip
"""Sign beside a number -> the word for it."""
_ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS = dict(twenty=20, thirty=30, forty=40, fifty=50, sixty=60, seventy=70, eighty=80, ninety=90)  # noqa: C408 - on one line
_SPELT = {word: str(at) for at, word in enumerate(_ENGLISH)} | {word: str(value) for word, value in _TENS.items()}
_DIGITS = r"\d+(?:[.,'’_\s]\d+)*"
_FORM = re.compile(
    rf"(?P<before>[^\d]*?)(?P<minus>-?)(?P<number>{_DIGITS})\.?\s*(?P<times>(?:{'|'.join(_TIMES)})\b)?"
    rf"(?:\s*(?:[-–—]|to|and|bis)\s*(?P<high>{_DIGITS}))?\s*(?P<after>.*)",
    re.IGNORECASE,
)
_NO_ZERO = re.compile(r"(?P<before>^|[\s~≈±<>≥≤+-])(?P<decimals>[.,]\d)")
"""Decimals without the zero before their point, as in .5: the point is part of the number and no unit."""
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'’_\s])\d{3})(?:\1\d{3})*")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number, and the words and signs around it."""

    digits: str
    """The number in digits, with a point before decimals."""
    high: str = ""
    """The upper end, where it is a range."""
    said: str = ""
    """The words before or behind that qualify it, or the word for a sign."""
    unit: str = ""
    """What stands before or behind it and qualifies nothing: a unit or a currency."""


def numeral(text: str) -> Numeral | None:
    """Read a number as a person wrote it; None if it can be read in no way, or in several."""
    plain = unicodedata.normalize("NFKC", "".join(map(_ascii_digit, text))).strip()
    for word in plain.lower().split() if not any(map(str.isdecimal, plain)) else ():
        if word in _SPELT:
            plain = re.sub(rf"\b{word}\b", _SPELT[word], plain, flags=re.IGNORECASE)
    form = _FORM.fullmatch(_NO_ZERO.sub(r"\g<before>0\g<decimals>", plain))
    if form is None or any(map(str.isdecimal, form["after"])):
        return None
    power = _TIMES.get((form["times"] or "").lower(), 0)
    number = _plain(form["number"], power)
    high = _plain(form["high"], power) if form["high"] else ""
    if number is None or high is None:
        return None
    said, unit = _around(form["before"].strip(), form["after"].strip())
    return Numeral(form["minus"] + number, high, said, unit)


def _ascii_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _around(before: str, behind: str) -> tuple[str, str]:
    """What qualifies the number, and what is its unit."""
    for sign in sorted(_SIGNS, key=len, reverse=True):
        if before.startswith(sign) or behind.startswith(sign):
            rest = before.removeprefix(sign), behind.removeprefix(sign)
            return _SIGNS[sign], " ".join(rest).strip()
    if behind.lower() in {"or more", "and more", "at least"}:
        return "at least", before
    if behind.lower() in {"or less", "or fewer"}:
        return "up to", before
    is_unit = before.isupper() or (len(before) == 1 and not before.isalpha())
    return ("", f"{before} {behind}".strip()) if is_unit or not before else (before.lower(), behind)


def _plain(number: str, power: int) -> str | None:
    """A number without separators, times a power of ten; None if a separator can be read in two ways."""
    number = number.strip()
    if power:
        return _times(number, power)
    if _THOUSANDS.fullmatch(number) or re.fullmatch(r"\d+,0+", number):
        return re.sub(r"\D", "", number)
    decimal = re.fullmatch(r"(\d{1,3}(?:([.,'’_\s])\d{3})*|\d+)(?:[.,](\d+))?", number)
    if decimal is None:
        return re.sub(r"\D", "", number) if re.fullmatch(r"[\d'’_\s]+", number) else None
    whole = re.sub(r"\D", "", decimal[1]).lstrip("0") or "0"
    return f"{whole}.{decimal[3]}" if decimal[3] else whole


def _times(number: str, power: int) -> str | None:
    """A number before a word such as million, written out."""
    whole, _, decimals = number.replace(",", ".").partition(".")
    if not (whole + decimals).isdecimal() or len(decimals) > power:
        return None
    return (whole + decimals.ljust(power, "0")).lstrip("0") or "0"
