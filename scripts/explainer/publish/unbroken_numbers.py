"""Prevents line breaks in ranges, dates and numbered names, as browsers break after a dash even between digits."""

import re
from collections.abc import Iterator

_NUMBER = r"[0-9]+(?:[.,:/][0-9]+)*"
_BREAKABLE = re.compile(rf"(?<!\w)(?:[A-Z]+-{_NUMBER}|{_NUMBER}(?=[-–]))(?:[-–]{_NUMBER})*(?!\w)")
"""Matches for example 16–20, 2019-05-29 and B-12/3."""
_TEXT = re.compile(r">[^<>]*[0-9A-Z][-–][0-9][^<>]*(?=<)")
"""Cheap prefilter: text between two tags that may contain such a number; most text of a page does not."""
_LEFT_ALONE = re.compile(r"<(script|style|svg|title|textarea|select)\b.*?</\1>", re.DOTALL)
"""Elements whose text does not wrap, or that cannot contain elements."""
LONGEST = 24
"""Maximum length in characters; longer text may break, because it could be wider than a phone."""


def _whole(found: re.Match[str]) -> str:
    text = found.group()
    if len(text) > LONGEST or not re.search(r"\w[-–]\d", text):
        return text
    return f'<span class="whole">{text}</span>'


def _marked(found: re.Match[str]) -> str:
    return _BREAKABLE.sub(_whole, found.group())


def _pieces(page: str) -> Iterator[str]:
    last = max(page.find("<body"), 0)
    yield page[:last]
    for kept in _LEFT_ALONE.finditer(page, last):
        # Include one tag delimiter on either side, so that _TEXT also matches the text next to it.
        yield _TEXT.sub(_marked, page[max(last - 1, 0) : kept.start() + 1])[1 if last else 0 : -1]
        yield kept.group()
        last = kept.end()
    yield _TEXT.sub(_marked, page[max(last - 1, 0) :])[1 if last else 0 :]


def unbroken(page: str) -> str:
    """Wrap numbers with dashes in `<span class="whole">`, which the style sheet does not break; skips the head."""
    return "".join(_pieces(page))
