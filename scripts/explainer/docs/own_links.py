"""Links of hand-written pages that lead nowhere: MkDocs finds them too, but only once the site is built."""

import posixpath
import re
from collections.abc import Container, Iterator
from pathlib import Path
from urllib.parse import unquote

from explainer.base.files import text_of_file
from explainer.base.problems import Problem
from explainer.docs.write import DOCS, hand_written

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]* *$|\Z)|<!--.*?-->|(?<=\n\n)(?:(?: {4}|\t)[^\n]*\n?)+"
    r"|\\\[[^\]\n]*\]|(?P<tick>`+)[^`](?:.*?[^`])??(?P=tick)(?!`)",
    re.DOTALL | re.MULTILINE,
)
"""What is shown as it is written, or not at all: fenced, indented and inline code, comments, and brackets that open no link."""
_LINK = re.compile(
    r"(?<!\\)\]\(\s*<?(?P<inline>[^\s()<>]+)|^ {0,3}\[(?P<label>[^\]\n]+)\]:\s+<?(?P<reference>[^\s<>]+)", re.MULTILINE
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/?#]", re.IGNORECASE)
"""How a link begins that leads to no other file of `docs/`: with a scheme, from the root of a host, or to the page itself."""
_EXPECTED = f"expected a page or a file in {DOCS}/; correct it"


def dead(root: Path, made: Container[str]) -> Iterator[Problem]:
    """A problem for each link of a hand-written page to a file that neither stands in `docs/` nor is `made` there.

    Places on pages are left to MkDocs, which knows what headings become.
    """
    for page in sorted(hand_written(root)):
        folder = posixpath.dirname(page)
        for link, line, column in _links(text_of_file(root / DOCS / page) or ""):
            there = posixpath.normpath(posixpath.join(folder, unquote(re.split("[?#]", link)[0])))
            if there in made or (root / DOCS / there).is_file():
                continue
            meant = [each for each in (f"{there}/index.md", f"{there}.md") if each in made]
            guess = f"did you mean '{posixpath.relpath(meant[0], folder or '.')}'?" if meant else _EXPECTED
            yield Problem(f"{DOCS}/{page}", line, column, f"links to '{link}', which is not there; {guess}")


def _links(text: str) -> Iterator[tuple[str, int, int]]:
    """The links of a page within the site, each with its line and column."""
    bare = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in _LINK.finditer(bare):
        name = "inline" if found["inline"] else "reference"
        link, at = found[name], found.start(name)
        is_used = name == "inline" or bare.casefold().count(f"[{found['label']}]".casefold()) > 1
        if is_used and not _ELSEWHERE.match(link):
            yield link, bare.count("\n", 0, at) + 1, at - bare.rfind("\n", 0, at)
