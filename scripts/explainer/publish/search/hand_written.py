"""Reads the search texts of hand-written pages: their titles, headings and blocks of text."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

from explainer.base.files import digest_of
from explainer.base.unicode_text import composed
from explainer.docs import own_terms, write
from explainer.library import addresses
from explainer.outputs.search_files import SearchText, kind_of_page

Said = tuple[str, str]
"""Digest of a hand-written page and of what read it, and the line of its search text."""


def written(docs: Path, before: Mapping[str, Said], reader: str) -> dict[str, Said]:
    """Path -> the search text of each hand-written page, sorted; those that `before` has from the same bytes are kept.

    `reader` names the version of the code that reads them.
    """
    found = {}
    for path in sorted(write.hand_written(docs.parent)):
        data = (docs / path).read_bytes()
        digest = digest_of(f"{reader} {path}\n".encode() + data)
        kept = before.get(path)
        found[path] = kept if kept and kept[0] == digest else (digest, text_of(path, data).line())
    return found


def text_of(path: str, data: bytes) -> SearchText:
    """The search text of the page at a path in `docs/`."""
    import markdown
    from mkdocs.utils.meta import get_data

    source = composed(re.sub("\r\n?", "\n", data.decode("utf-8-sig", errors="replace")))
    body, front = get_data(source)
    parsed = _Passages()
    parsed.feed(
        markdown.markdown(
            body, extensions=["attr_list", "tables", "fenced_code", "sane_lists", "def_list", "md_in_html"]
        )
    )
    title = str(front.get("title") or parsed.title or path)
    return SearchText(
        at=addresses.hosted(path),
        kind=kind_of_page(path),
        title=title,
        names=[part for part in parsed.headings if part != title],
        summary=str(front.get("description") or (parsed.passages[0] if parsed.passages else title)),
        text=parsed.passages,
        asked=list(own_terms.read(path, source)[0]),
    )


class _Passages(HTMLParser):
    """Extracts the title, the headings and the text blocks of an HTML page."""

    BLOCKS = frozenset({"p", "li", "dt", "dd", "tr", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})

    def __init__(self) -> None:
        """Start with no text."""
        super().__init__()
        self.passages: list[str] = []
        self.headings: list[str] = []
        self.title = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Close the current block when the next one starts."""
        if tag in self.BLOCKS:
            self._end("")

    def handle_endtag(self, tag: str) -> None:
        """Close a block; separate the cells of a table row by a space."""
        if tag in self.BLOCKS:
            self._end(tag)
        elif tag in {"td", "th"}:
            self._words.append(" ")

    def handle_data(self, data: str) -> None:
        """Append text to the current block."""
        self._words.append(data)

    def _end(self, tag: str) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if not text:
            return
        if tag == "h1" and not self.title:
            self.title = text
        elif tag.startswith("h"):
            self.headings.append(text)
        else:
            self.passages.append(text)
