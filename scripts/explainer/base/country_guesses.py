"""What people write for a country -> its ISO 3166 code: names, in several languages, and codes of other lists."""

import functools
import re
from collections.abc import Iterator, Mapping

from explainer.base import unicode_text
from explainer.base.problems import nearest

_OTHER = {
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "el": "GR", "ja": "JP", "america": "US", "usa": "US", "the netherlands": "NL", "holland": "NL",
    "ivory coast": "CI", "czech republic": "CZ", "burma": "MM", "cape verde": "CV", "swaziland": "SZ", "macedonia": "MK",
    "east timor": "TL", "vatican": "VA", "russia": "RU", "korea": "KR", "dr congo": "CD", "drc": "CD", "congo kinshasa": "CD",
    "uae": "AE", "palestine": "PS", "turkey": "TR", "micronesia": "FM",
}  # fmt: skip
"""Names and codes that no list of ISO 3166 has, folded -> the code that is meant."""
_WITHOUT = {
    "eu": "the EU", "xk": "Kosovo", "kosovo": "Kosovo", "su": "the Soviet Union", "yu": "Yugoslavia",
    "european union": "the EU", "an": "the Netherlands Antilles", "cs": "Serbia and Montenegro",
}  # fmt: skip
"""Codes and names that are used, and that have no code in ISO 3166 today, folded -> their name."""
SHORTEST = 4
"""Letters of a word from which it may be the misspelt name of a country; shorter ones are codes."""
_LANGUAGES = ("en", "fr", "es", "pt", "de", "it", "nl", "da", "sv", "nb", "fi", "pl", "ru", "ar", "zh", "ja")


def folded(text: str) -> str:
    """A name without regard to case, accents, dots and spaces."""
    return " ".join(re.sub(r"[^\w]+", " ", unicode_text.folded(text).replace(".", "")).split())


@functools.cache
def _by_name() -> Mapping[str, str]:
    """Name of a country, folded, in several languages -> its code."""
    import pycountry
    from babel import Locale

    found: dict[str, str] = {}
    for country in pycountry.countries:
        for key in ("alpha_3", "name", "official_name", "common_name"):
            if name := getattr(country, key, None):
                found.setdefault(folded(name), country.alpha_2)
    codes = set(found.values())
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in codes:
                found.setdefault(folded(name), code)
    return found


def without_code(text: str) -> str | None:
    """The name of what has no code in ISO 3166, though people write one."""
    return _WITHOUT.get(folded(text))


def guess(text: str, codes: Mapping[str, str]) -> str | None:
    """The code that is meant, also by a misspelt English name; None if nothing is likely."""
    exact = next((code for part in _parts(text) if (code := _code(part, codes))), None)
    if exact or without_code(text) or len(text) < SHORTEST:
        return exact
    names = {folded(name): code for code, name in codes.items()}
    meant = next((name for part in _parts(text) if (name := nearest(folded(part), names))), None)
    return names[meant] if meant else None


def _parts(text: str) -> Iterator[str]:
    """A text as it is, without its folder, without what stands in brackets, and what stands there."""
    yield text
    yield text.rpartition("/")[2].removesuffix(".md")
    before, bracket, inside = text.partition("(")
    if bracket:
        yield before.strip()
        yield inside.strip(" )")


def _code(text: str, codes: Mapping[str, str]) -> str | None:
    if (code := text.strip().upper()) in codes:
        return code
    name = folded(text)
    if name.upper() in codes and "." in text:
        return name.upper()
    return _OTHER.get(name) or (_by_name().get(name) if len(name) > 2 else None)
