"""The plain twin of a page: its article as CommonMark with tables, for programs that read text.

It is made from the HTML that MkDocs made of the page, not from our Markdown, which holds elements and attribute lists; so
a page that people wrote has one too. Every mark in a text is escaped: a twin has the links and headings of its page only.
"""

import functools
import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import quote, urljoin

from explainer.base.plain_blocks import Blocks, fenced, literal

ENDING = "md"
"""The twin of `x/index.html` is `x/index.md`."""
MEDIA_TYPE = "text/markdown"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "ins": "**"}
_PARAGRAPHS = frozenset({"p", "div", "section", "figure", "figcaption", "caption", "details", "article", "address"})
_LEFT_OUT = frozenset({"svg", "script", "style", "button", "form", "nav", "template", "select", "iframe", "math"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_SAFE = "%/:=?#&;,+@!$~'*"
"""Signs that stay in an address; parentheses, backticks, bars and spaces would end it, or the cell that it stands in."""
_TOKEN = re.compile(
    r"""<!--.*?-->|<svg\b.*?</svg>|<(/?)([a-zA-Z][\w-]*)((?>[^<>"']+|"[^"]*"|'[^']*')*)>|([^<]+|<)""",
    re.DOTALL,
)
"""A comment, a drawing, a tag or a text. What is none of the first three is text, and so escaped: nothing is lost, nothing let through."""
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LEFT_OUT_BY = re.compile(r"""\b(?:class=["'](?:[^"']*\s)?(?:back|headerlink)[\s"']|aria-hidden=["']true)""")
"""Attributes of what says nothing to a program: ways back from a source, links to headings, decoration."""
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_UPWARDS = re.compile(r"(?:\.\./)*(?=[\w-])(?!.*/\.)")
_UNSAFE = re.compile(r"[^A-Za-z0-9_.%/:=?#;,+@!$~'*-]")
_REFERENCE = re.compile(r"&(?=#|[a-zA-Z])")


def path_of(address: str) -> str:
    """The path of the twin of a page, from that of its HTML."""
    return f"{address.removesuffix('.html')}.{ENDING}"


def write(html: str, content: str, url: str) -> None:
    """Write the twin beside the HTML of a page: MkDocs would make a page of one in `docs/`."""
    os.makedirs(os.path.dirname(html), exist_ok=True)  # noqa: PTH103, PTH120 - called thousands of times
    Path(path_of(html)).write_bytes(twin(content, url).encode())


def twin(content: str, url: str) -> str:
    """The twin of a page: the content of its article, which stands at `url`."""
    walker = _Walker(url)
    say, begin, end = walker.say, walker.begin, walker.end
    for closing, tag, attributes, text in _TOKEN.findall(content):
        if text:
            say(text)
        elif closing:
            end(tag.lower())
        elif tag:
            begin(tag.lower(), attributes)
    walker.blocks.end()
    return f"{walker.blocks.text()}\n\n---\n\n<{quote(url, _SAFE)}>\n"


def _address(base: str, to: str) -> str:
    """Where a link leads, whole and with every sign encoded that would end it."""
    whole = to if _ABSOLUTE.match(to) else _joined(base, to)
    return _REFERENCE.sub("&amp;", quote(whole, _SAFE)) if _UNSAFE.search(whole) else whole


def _joined(base: str, to: str) -> str:
    """A relative link from an address; `urljoin` for what MkDocs does not write, since it takes a fifth of the time of a page."""
    match = _UPWARDS.match(to)
    above = base.split("/")[: -1 - match.end() // 3] if match else []
    return "/".join([*above, to[match.end() :]]) if match and len(above) > 2 else urljoin(base, to)


class _Walker:
    """Goes through the HTML of an article and says its blocks and marks."""

    def __init__(self, url: str) -> None:
        """Begin an article at an address, from which its links are resolved."""
        self.url = url
        self.blocks = Blocks()
        self._skipped: list[str] = []
        """The open elements from one on that is left out."""
        self._links: list[tuple[int, str]] = []
        """Where the text of each open link begins, and where it leads."""
        self._opened: list[int] = []
        """Where the text of each open emphasis begins."""
        self._code = 0
        """How many elements of code are open: their text is literal."""

    def begin(self, tag: str, attributes: str) -> None:
        """Begin an element."""
        if self._skipped or (attributes and _is_left_out(attributes)) or tag in _LEFT_OUT:
            if tag not in _VOID and not attributes.endswith("/"):
                self._skipped.append(tag)
        elif begin := _BEGIN.get(tag):
            begin(self, tag, attributes)

    def end(self, tag: str) -> None:
        """End an element; those that HTML lets stay open end with it."""
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
        elif end := _END.get(tag):
            end(self, tag)

    def say(self, text: str) -> None:
        """Say a text."""
        if self._skipped:
            return
        if "&" in text:
            text = unescape(text)
        self.blocks.say(text if self._code else literal(text))

    def begin_block(self, *_: str) -> None:
        """Begin a paragraph."""
        self.blocks.end()

    def end_block(self, tag: str) -> None:
        """End a paragraph, a heading, an item, a cell: what was said since it began."""
        self.blocks.end(_HEADINGS.get(tag, 0))

    def begin_mark(self, *_: str) -> None:
        """Begin an emphasis."""
        self._opened.append(self.blocks.place())

    def end_mark(self, tag: str) -> None:
        """Put marks around what was said since the emphasis began."""
        if self._opened:
            self.blocks.wrap(self._opened.pop(), _MARKS[tag], _MARKS[tag])

    def begin_link(self, _: str, attributes: str) -> None:
        """Begin a link."""
        self._links.append((self.blocks.place(), _value(attributes, "href").strip()))

    def end_link(self, *_: str) -> None:
        """Put its address behind the text of a link; a link to a place on its page, a citation above all, is its text."""
        if self._links:
            place, to = self._links.pop()
            if to and not to.startswith("#"):
                self.blocks.wrap(place, "[", f"]({_address(self.url, to)})")

    def begin_code(self, tag: str, *_: str) -> None:
        """Begin a piece of code, or a block of it."""
        if tag == "pre":
            self.blocks.end()
        if not self._code:
            self._opened.append(self.blocks.place())
        self._code += 1

    def end_code(self, tag: str) -> None:
        """Put a fence around the outermost element of code."""
        self._code = max(self._code - 1, 0)
        if self._code or not self._opened:
            return
        said = self.blocks.since(self._opened.pop())
        if tag == "pre":
            self.blocks.verbatim(said)
        else:
            self.blocks.say(fenced(" ".join(said.split())))

    def begin_list(self, tag: str, attributes: str) -> None:
        """Begin a list; what a term means is an item that begins with the term."""
        start = _value(attributes, "start") or "1"
        self.blocks.begin_list(int(start) if tag == "ol" and start.isdecimal() else 1 if tag == "ol" else None)

    def end_list(self, *_: str) -> None:
        """End a list."""
        self.blocks.end_list()

    def begin_item(self, tag: str, *_: str) -> None:
        """Begin an item."""
        self.blocks.begin_item()
        if tag == "dt":
            self._opened.append(self.blocks.place())

    def end_term(self, *_: str) -> None:
        """End a term: its meaning goes on in the same line."""
        if self._opened:
            self.blocks.wrap(self._opened.pop(), "**", "**: ")

    def begin_quotation(self, *_: str) -> None:
        """Begin a quotation."""
        self.blocks.begin_quotation()

    def end_quotation(self, *_: str) -> None:
        """End it."""
        self.blocks.end_quotation()

    def begin_meaning(self, *_: str) -> None:
        """Begin what a term means: behind the term, or in a paragraph of its own if it is the second meaning."""
        if not self.blocks.begun_by_term():
            self.blocks.end()

    def begin_break(self, *_: str) -> None:
        """Break a line."""
        self.blocks.say(" ")

    def begin_cell(self, *_: str) -> None:
        """Begin a cell of a table."""
        self.blocks.end()

    def begin_table(self, *_: str) -> None:
        """Begin a table."""
        self.blocks.begin_table()

    def begin_row(self, *_: str) -> None:
        """Begin a row."""
        self.blocks.begin_row()

    def end_cell(self, *_: str) -> None:
        """End a cell."""
        self.blocks.end_cell()

    def end_table(self, *_: str) -> None:
        """End a table: only now it is written, since all that is in it counts."""
        self.blocks.end_table()


@functools.lru_cache(maxsize=1000)
def _is_left_out(attributes: str) -> bool:
    """Whether an element with these attributes says nothing to a program; most are written again and again."""
    return _LEFT_OUT_BY.search(attributes) is not None


def _value(attributes: str, name: str) -> str:
    """The value of an attribute; empty if it is not there."""
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == name:
            return unescape(found[2] or found[3] or found[4] or "")
    return ""


_Begin = Callable[[_Walker, str, str], None]
_End = Callable[[_Walker, str], None]
_BEGIN: dict[str, _Begin] = {
    **dict.fromkeys((*_PARAGRAPHS, *_HEADINGS), _Walker.begin_block),
    **dict.fromkeys((*_MARKS, "summary"), _Walker.begin_mark),
    **dict.fromkeys(("code", "pre", "kbd", "samp"), _Walker.begin_code),
    **dict.fromkeys(("ul", "ol", "dl"), _Walker.begin_list),
    **dict.fromkeys(("li", "dt"), _Walker.begin_item),
    **dict.fromkeys(("td", "th"), _Walker.begin_cell),
    "a": _Walker.begin_link,
    "blockquote": _Walker.begin_quotation,
    "dd": _Walker.begin_meaning,
    "br": _Walker.begin_break,
    "table": _Walker.begin_table,
    "tr": _Walker.begin_row,
}
_END: dict[str, _End] = {
    **dict.fromkeys((*_PARAGRAPHS, *_HEADINGS, "li", "dd"), _Walker.end_block),
    **dict.fromkeys(_MARKS, _Walker.end_mark),
    **dict.fromkeys(("code", "pre", "kbd", "samp"), _Walker.end_code),
    **dict.fromkeys(("ul", "ol", "dl"), _Walker.end_list),
    **dict.fromkeys(("td", "th"), _Walker.end_cell),
    "a": _Walker.end_link,
    "blockquote": _Walker.end_quotation,
    "dt": _Walker.end_term,
    "table": _Walker.end_table,
}
