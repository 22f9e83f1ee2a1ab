"""Text of any script: brought into one form, and searched for characters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator

_ADDRESS = re.compile(r"(https?://[^\s<>\"']+)")
"""A web address: another form of a letter in it would be another address."""
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # controls
    r"|[\u2028\u2029]"  # line ends of YAML only
    r"|[\u202a-\u202e\u2066-\u2069\u206a-\u206f]"  # controls of direction that reach beyond a word, and obsolete ones
    r"|[\u115f\u1160\u3164\uffa0\u2800\u180e]"  # letters and marks without a shape
    r"|[\u2061-\u2064\ufeff\ufff9-\ufffd]"  # operators without a shape, byte order marks, and signs of a lost letter
    r"|[\ue000-\uf8ff\U000f0000-\U0010ffff]"  # private use: every font shows another sign, or none
    r"|[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # halves of a character, and what is none
    r"|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]"  # tags, but in the flags of regions
)
_JOINERS = re.compile("[\u200b-\u200d]")
"""Zero-width space, non-joiner and joiner: right in some scripts and in emoji, left over from elsewhere in others."""
_ALPHABETS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "DIGIT", "FULLWIDTH"})
"""First words of the Unicode names of letters that no joiner changes."""
_UNSPACED = frozenset(
    {"THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "JAVANESE", "BALINESE", "CJK", "HIRAGANA", "KATAKANA"}
)
"""The same of scripts that are written without spaces, in which a zero-width space says where a line may break."""
SOFT_HYPHEN = "\u00ad"


def composed(text: str) -> str:
    """The text in the normalisation form C, so that equal-looking words are equal; web addresses stay as they are."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    parts = _ADDRESS.split(text)
    return "".join(part if place % 2 else unicodedata.normalize("NFC", part) for place, part in enumerate(parts))


def folded(text: str) -> str:
    """The text as names are compared: without regard to case, accents and other marks."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def hidden(text: str) -> int | None:
    """The offset of the first character that nobody sees and that may not stay; None if there is none.

    Marks of direction that touch one place (U+200E, U+200F, U+061C) and soft hyphens may stay, and so may joiners and
    zero-width spaces beside letters of scripts that need them.
    """
    if text.isascii() and text.isprintable():
        return None
    return min(_hidden(text), default=None)


def _hidden(text: str) -> Iterator[int]:
    if found := _HIDDEN.search(text):
        yield found.start()
    for joiner in _JOINERS.finditer(text):
        if not _is_needed(text, joiner.start()):
            yield joiner.start()
            return


def _is_needed(text: str, place: int) -> bool:
    """Whether a joiner or zero-width space does something where it stands."""
    before, after = _script(text[place - 1 : place]), _script(text[place + 1 : place + 2])
    if text[place] == "\u200b":
        return before in _UNSPACED or after in _UNSPACED
    return before != "" and before not in _ALPHABETS


def _script(char: str) -> str:
    """The first word of a character's name, which for letters and marks is the script; empty for spaces and punctuation."""
    if not char or unicodedata.category(char)[0] in "PZC":
        return ""
    return unicodedata.name(char, "").partition(" ")[0]


def script_of(text: str) -> str:
    """The script of the first letter of a text: the first word of its Unicode name; empty without a letter."""
    return next((_script(char) for char in text if char.isalpha()), "")


def is_from_right(text: str) -> bool:
    """Whether a text holds a letter that is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)


def isolated(text: str, *, from_right: bool) -> str:
    """A text that stands in another one, which runs from the right or not, without elements, as in an attribute.

    If it holds letters of the other direction, it is put between the marks U+2068 and U+2069, so that it does not pull
    along what stands beside it.
    """
    against = any(unicodedata.bidirectional(char) == "L" for char in text) if from_right else is_from_right(text)
    return f"\u2068{text}\u2069" if against else text


def is_blank(text: str) -> bool:
    """Whether nothing of a text is seen: it is empty, or only spaces, format characters and variation selectors."""
    return all(char.isspace() or unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" for char in text)
