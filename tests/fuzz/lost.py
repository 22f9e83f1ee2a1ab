"""Words and numbers of a story that its page does not show: what a CommonMark previewer shows is what counts as written."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from html import unescape
from pathlib import Path

import markdown
import yaml
from markdown_it import MarkdownIt

from tests.conftest import PROJECT

PREVIEWER = MarkdownIt("commonmark").enable("table")
_SHOWN = {"text", "code_inline", "code_block", "fence"}
_WORD = re.compile(r"\w+")
_FRONT = re.compile(r"\A---\r?\n(.*?)^---[ ]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@functools.cache
def _extensions() -> list[str]:
    """Those of the site's configuration."""
    options = yaml.safe_load(re.sub(r"!ENV.*", "", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")))
    return [item if isinstance(item, str) else next(iter(item)) for item in options["markdown_extensions"]]


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _of_story(text: str) -> Counter[str]:
    """The words of a story; citations become numbers, blocks pictures, and what stands between `<` and `>` is no business of this."""
    story = re.sub(r"\[@[^\[\]\n]*\]|\[\[[^\[\]\n]+\]\]", " ", _FRONT.sub("", text, count=1))
    said: list[str] = []
    for block in PREVIEWER.parse(story):
        parts = [block, *(block.children or ())]
        said += [part.content for part in parts if part.type in _SHOWN]
    return _words(re.sub(r"<[^<>]*>", " ", " ".join(said)))


def _of_page(text: str) -> Counter[str]:
    """The words of a page as the site shows it, its front matter included."""
    front = _FRONT.match(text)
    html = markdown.markdown(_FRONT.sub("", text, count=1), extensions=_extensions())
    # In code an entity is shown as it is written, so both readings count.
    shown = unescape(re.sub(r"<[^<>]*>", " ", html))
    glued = unescape(re.sub(r"</?(?:em|strong|code|a|span|sup|del)\b[^<>]*>", "", html))
    return (
        _words(shown)
        | _words(unescape(shown))
        | _words(re.sub(r"<[^<>]*>", " ", glued))
        | _words(front[1] if front else "")
    )


def lost(root: Path, path: str) -> list[str]:
    """The words of a story file that are not on its page, nor on that of any other record."""
    page = root / "docs" / path.removeprefix("content/")
    if not path.endswith(".md") or not page.is_file():
        return []
    text = (root / path).read_text(encoding="utf-8-sig")
    missing = _of_story(text) - _of_page(page.read_text(encoding="utf-8"))
    return sorted(missing)
