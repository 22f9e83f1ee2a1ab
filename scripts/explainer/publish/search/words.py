"""Words of a text as the search script asks for them, so that index and script always agree.

`fold`, `words_of` and the article are those of `scripts/theme/assets/shared/fold.js` and `scripts/theme/assets/search/`.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator

_LETTERS = {
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "þ": "th",
    "ı": "i",
    "ς": "σ",
    "ة": "ه",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
    "ٱ": "ا",
    "ـ": "",
    "\u0e4d\u0e32": "\u0e33",
    "\u0ecd\u0eb2": "\u0eb3",
}
_LETTER = re.compile("|".join(_LETTERS))
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff]"
)
"""Marks that may be left out, and characters without a shape."""
_UNSPACED = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u109a-\u109f\u1780-\u17d3\u17d7\u17dc\u17dd"
    "\u1950-\u19cf\u1a20-\u1a7f\u1b05-\u1b4c\ua984-\ua9c0\ua9e0-\ua9fe\uaa60-\uaadf"
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters and marks of scripts that are written without spaces."""
_ARTICLE = re.compile(r"(?:[وفبك]?ال|[وف]?لل)(?=[^\W\d_]{3})")
_SIGNS = tuple(
    (re.compile(pattern.replace("X", r"[^\W_]").replace("L", r"[^\W\d_]")), by)
    for pattern, by in (
        ("['’‘ʼ]s(?!X)", ""),
        (r"(?<!X)(L)\.(?=L(?!X))", r"\1"),
        ("(?<!X)(X{1,2})&(X{1,2})(?!X)", r"\1\2"),
        (r"(?<=X)\+\+(?!X)", "plusplus"),
        ("(?<!X)(L)#(?!X)", r"\1sharp"),
    )
)
"""Signs within words, in the order in which they are replaced; X is a letter or figure, L a letter."""


def fold(text: str) -> str:
    """The text in small letters without optional marks; digits of any script are 0 to 9."""
    small = text.lower()
    if small.isascii():
        return small
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", small).lower())
    plain = _LETTER.sub(lambda found: _LETTERS[found[0]], bare)
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)
    return unicodedata.normalize("NFC", digits)


def words_of(text: str) -> list[str]:
    """The words of a text, folded; of what is written without spaces, its pairs of letters."""
    return [part for chunk in text.split() for part in _of_chunk(chunk)]


def forms_of(text: str) -> Iterator[str]:
    """The words of a text in every form in which the script may ask for them."""
    for chunk in text.split():
        yield from _forms_of(chunk)


@functools.lru_cache(maxsize=50_000)
def _of_chunk(chunk: str) -> tuple[str, ...]:
    """The words of what stands between two spaces; most of them recur, and no word crosses a space."""
    return tuple(part for word in _words(chunk) for part in (_pairs(word) if _UNSPACED.match(word) else [word]))


@functools.lru_cache(maxsize=50_000)
def _forms_of(chunk: str) -> tuple[str, ...]:
    """The words of what stands between two spaces, and what else finds them.

    That is an Arabic word without its article, the last letter of a run without spaces (with it, each letter begins a
    word), and as one word what a hyphen joins, and what holds figures, such as 8.7 or B/12/7, from each part on.
    """
    words = list(_words(chunk))
    forms = [form for word in words for form in _forms(word)]
    figures = any(char.isdigit() for char in chunk)
    if (figures or "-" in chunk) and not any(map(_UNSPACED.match, words)):
        forms += ["".join(words[begin:]) for begin in range(len(words) - 1)][: None if figures else 1]
    return tuple(forms)


def _words(text: str) -> Iterator[str]:
    """The words and the runs without spaces of a text, folded."""
    folded = fold(text)
    for sign, by in _SIGNS:
        folded = sign.sub(by, folded)
    word, before = "", False
    for char in folded:
        unspaced = bool(_UNSPACED.match(char))
        inside = unicodedata.category(char)[0] in "LNM"
        if word and (unspaced != before or not inside):
            yield word
            word = ""
        if inside:
            word += char
        before = unspaced
    if word:
        yield word


def _letters(word: str) -> list[str]:
    """The letters of a word, each with its marks."""
    found: list[str] = []
    for char in word:
        if found and unicodedata.category(char)[0] == "M":
            found[-1] += char
        else:
            found.append(char)
    return found


def _pairs(run: str) -> list[str]:
    letters = _letters(run)
    return [one + other for one, other in itertools.pairwise(letters)] or letters


def _forms(word: str) -> list[str]:
    """What the script may ask for to find a word."""
    if not _UNSPACED.match(word):
        return list(dict.fromkeys((word, _ARTICLE.sub("", word, count=1))))
    letters = _letters(word)
    return [*_pairs(word), letters[-1]] if len(letters) > 1 else letters
