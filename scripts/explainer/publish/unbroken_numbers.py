"""Keeps ranges, dates and names with numbers in one piece: browsers end lines after a dash, even between two digits."""

import re
from collections.abc import Iterator

_NUMBER = r"[0-9]+(?:[.,:/][0-9]+)*"
_BREAKABLE = re.compile(rf"(?<!\w)(?:[A-Z]+-{_NUMBER}|{_NUMBER}(?=[-–]))(?:[-–]{_NUMBER})*(?!\w)")
"""16–20, 2019-05-29, B-12/3."""
_TEXT = re.compile(r">[^<>]*[0-9A-Z][-–][0-9][^<>]*(?=<)")
"""Text between two tags that may hold such a one; few do, and a page is long."""
_LEFT_ALONE = re.compile(r"<(script|style|svg|title|textarea|select)\b.*?</\1>", re.DOTALL)
"""What has no lines, or takes no elements."""
LONGEST = 24
"""What is longer may break: it could be wider than a phone."""


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
        # With the mark of a tag on either side, so that text there is found, too.
        yield _TEXT.sub(_marked, page[max(last - 1, 0) : kept.start() + 1])[1 if last else 0 : -1]
        yield kept.group()
        last = kept.end()
    yield _TEXT.sub(_marked, page[max(last - 1, 0) :])[1 if last else 0 :]


def unbroken(page: str) -> str:
    """A page whose style sheet can keep from breaking what holds digits and dashes; what stands before its body is left alone."""
    return "".join(_pieces(page))
