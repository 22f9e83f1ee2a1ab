"""The list "On this page": where it stands in an article, and which headings it names."""

import re
from collections.abc import Sequence
from typing import Any

MARK = "<!-- contents -->"
"""Where the theme puts the list into an article."""
FEWEST = 3
"""Smallest number of headings for which there is a list."""
_LEAD = re.compile(r'<p class="answer">.*?</p>', re.DOTALL)
_HEADING = re.compile(r"</h1>")


def entries(toc: Any) -> Sequence[Any]:
    """The headings below that of the page, as MkDocs lists them; none where they are too few to need a list."""
    found = list(toc)
    if found and found[0].level == 1:
        found = found[0].children
    return found if len(found) >= FEWEST else ()


def marked(content: str, toc: Any) -> str:
    """Put `MARK` below the lead of an article, or below its title where it has no lead."""
    if not entries(toc):
        return content
    place = _LEAD.search(content) or _HEADING.search(content)
    return f"{content[: place.end()]}\n{MARK}{content[place.end() :]}" if place else content
