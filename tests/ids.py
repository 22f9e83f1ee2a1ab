"""The ids in the HTML of a page."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser


class _Ids(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the id of an element."""
        self.found += [value or "" for name, value in attrs if name == "id"]


def ids(page: str) -> list[str]:
    """The ids in a page, in their order."""
    return _Ids(page).found


def ids_twice(page: str) -> list[str]:
    """The ids that a page has more than once."""
    return [ident for ident, count in Counter(ids(page)).items() if count > 1]
