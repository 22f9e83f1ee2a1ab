"""Finds the HTML of a page the short way where it is plain, for `quick_markdown`.

A page spends a third of its time in Python's parser of HTML, which goes through it sign by sign, twice: once for MkDocs,
which wants the anchors, and once for blocks of HTML. Here one regular expression goes through a page whose HTML is plain
and leaves to that parser only the elements that make blocks; any other page is parsed as ever. Tags that are kept apart
are kept in one go with the text among them.
"""

import functools
import re
from collections.abc import Iterator
from html import unescape

from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra, MarkdownInHTMLPostprocessor
from markdown.util import HTML_PLACEHOLDER, STX

_TAG = r"""<(?:[a-zA-Z][a-zA-Z0-9-]*+(?:\s++[a-zA-Z_:][\w:.-]*+(?:="[^"<]*+"|='[^'<]*+')?+)*+\s*+/?+|/[a-zA-Z][a-zA-Z0-9-]*+\s*+)>"""
KEPT_APART = r"\x02\x03"
"""What begins and ends a placeholder."""


def run_of_tags(but: str, begin: str = "<") -> str:
    """A pattern for tags with text among them that is the same in HTML, and in which no pattern behind that of tags finds anything.

    `but` are signs that neither may hold, and `begin` is how a tag begins.
    """
    tag = begin + _TAG[1:].replace('[^"<]', f'[^"<{but}]').replace("[^'<]", f"[^'<{but}]")
    words = rf"(?:[^<>&*_{{}}\n{but}]|&(?:#[0-9]++|#x[0-9a-fA-F]++|[a-zA-Z0-9]++);)*+"
    return f"{tag}(?:{words}{tag})*+"


_PLAIN = re.compile(rf"[^<]*+(?:{_TAG}[^<]*+)*+")
_UNUSUAL = re.compile(r"&#(?!\d++;|[xX][0-9a-fA-F]++;)|<(?:script|style)\b", re.IGNORECASE)
"""What Python's parser has rules of its own for; comments and declarations are no tags, so they make no page plain."""
ELEMENT = re.compile(_TAG)
_BEGINNING_OR_END = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*+)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_NAMED = re.compile(r"""<(?=a\s)[^>]*?\sname=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_IDENTIFIED = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ENTITY = re.compile(r"(&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][-.a-zA-Z0-9]*);)")


@functools.lru_cache(maxsize=1)
def is_plain(source: str) -> bool:
    """Whether every `<` begins a tag as everybody writes it, and nothing else is there that has rules of its own.

    A page is asked for twice: for its anchors, and for its blocks.
    """
    return _PLAIN.fullmatch(source) is not None and _UNUSUAL.search(source) is None


@functools.lru_cache(maxsize=8)
def _elements(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the next beginning or end of an element with one of some names."""
    return re.compile(rf"</?(?:{'|'.join(map(re.escape, names))})(?![a-zA-Z0-9-])", re.IGNORECASE)


@functools.lru_cache(maxsize=8)
def _spans(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds tags with text among them, none of which has one of some names."""
    but = rf"(?!/?(?:{'|'.join(map(re.escape, names))})(?![a-zA-Z0-9-]))"
    return re.compile(run_of_tags(KEPT_APART, rf"<{but}"), re.IGNORECASE)


def anchors(source: str) -> set[str]:
    """The anchors that the HTML of a plain page gives."""
    found: set[str] = set()
    for match in ELEMENT.finditer(source):
        tag = match.group()
        if "id=" in tag or "name=" in tag or "ID=" in tag:
            found.update(_anchors(tag))
    return found


def _anchors(tag: str) -> Iterator[str]:
    for pattern in (_IDENTIFIED, _NAMED):
        for named in pattern.finditer(tag):
            yield unescape(named[1] if named[1] is not None else named[2])


class _PlainBlocks(HTMLExtractorExtra):
    """Finds blocks of HTML in a plain page: as Python-Markdown does, but with a look at elements of blocks only."""

    mdstate: list[str | None]
    _cache: list[str]
    _at = 0
    """Where the element begins that is looked at; the base class asks by line and column, which take long to count."""

    @functools.cached_property
    def block_level_tags(self) -> set[str]:
        """The names of elements of blocks; the base class makes a set of them for each element."""
        return set(self.md.block_level_elements)

    @functools.cached_property
    def block_tags(self) -> set[str]:
        """Those of them that may hold blocks."""
        return self.block_level_tags - (self.span_tags | self.raw_tags | self.empty_tags)

    @functools.cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """What finds elements of blocks, and tags of none."""
        names = tuple(self.md.block_level_elements)
        return _elements(names), _spans(names)

    def goahead(self, end: bool) -> None:  # noqa: ARG002, FBT001 - the name and parameter of the standard library
        """Go through the whole page; the base class calls it when it is fed, and again when it is closed."""
        source, last = self.rawdata, 0
        self.offset = 0
        while last < len(source):
            last = (self._raw if self.inraw and not self.intail else self._next)(source, last)
        self.rawdata = ""

    def _next(self, source: str, last: int) -> int:
        """Go on by a text and the element behind it, and return where that ends."""
        blocks, spans = self._patterns
        match = (blocks if self._passes() else ELEMENT).search(source, last)
        self._at = match.start() if match else len(source)
        self._text(source[last : self._at])
        if match is None or (self._passes() and not blocks.match(source, self._at)):
            return self._at  # the text may have ended the line behind a block: such elements are passed on then
        if self._is_off() and (run := spans.match(source, self._at)):
            self.handle_data(self.md.htmlStash.store(run[0]))
            return run.end()
        return self._element()

    def _element(self) -> int:
        """Take the element apart that begins or ends here, and return where its tag ends."""
        ends = self.rawdata.startswith("</", self._at)
        return self.parse_endtag(self._at) if ends else self.parse_starttag(self._at)

    def _raw(self, source: str, begin: int) -> int:
        """Keep a block of HTML, of which no more is of use than where it ends, and return where that is."""
        for found in _BEGINNING_OR_END.finditer(source, begin):
            name, is_empty = found[2].lower(), source[found.end() - 2] == "/"
            if not found[1]:
                if name in self.empty_tags:
                    return self._last_of_raw(source, begin, found.start())
                if not is_empty:
                    self.stack.append(name)
            elif name in self.stack:
                if self.stack.index(name) == 0 and name not in self.stack[1:]:
                    return self._last_of_raw(source, begin, found.start())
                while self.stack.pop() != name:
                    pass
        self._cache.append(source[begin:])
        return len(source)

    def _last_of_raw(self, source: str, begin: int, at: int) -> int:
        """Leave the element at a place, which may end the block, to the base class."""
        self._cache.append(source[begin:at])
        self._at = at
        return self._element()

    def _is_off(self) -> bool:
        """Whether HTML within a block for Markdown is kept as it is."""
        return bool(self.mdstate) and self.mdstate[-1] == "off" and not (self.inraw or self.intail)

    def _passes(self) -> bool:
        """Whether elements within a line are passed on here as they are."""
        return not (self.inraw or self.intail or (self.mdstate and self.mdstate[-1] == "off"))

    def _text(self, text: str) -> None:
        if not text:
            return
        if self._passes():
            self.handle_data(text)
            return
        for place, part in enumerate(_ENTITY.split(text)):
            if place % 2:
                self.handle_empty_tag(part, is_block=False)
            elif part:
                self.handle_data(part)

    @property
    def line_offset(self) -> int:
        """Where the line of an element begins; together with `offset`, which stays 0, this is where it stands."""
        return self._at

    def at_line_start(self) -> bool:
        """Whether an element begins its line, behind up to three spaces."""
        begin = self.rawdata.rfind("\n", 0, self._at) + 1
        before = self.rawdata[begin : self._at]
        return len(before) <= 3 and not before.strip()


class HtmlBlocks(HtmlBlockPreprocessor):
    """Finds blocks of HTML, in plain pages the short way."""

    def run(self, lines: list[str]) -> list[str]:
        """Put what marks stand for in the place of each block."""
        source = "\n".join(lines)
        if not is_plain(source):
            return super().run(lines)
        parser = _PlainBlocks(self.md)
        parser.feed(source)
        parser.close()
        return "".join(parser.cleandoc).split("\n")


class RawHtml(MarkdownInHTMLPostprocessor):
    """Puts elements back into a page; only those that hold others are gone through again."""

    def run(self, text: str) -> str:
        """Put what was stashed in the place of each placeholder."""
        stash = self.md.htmlStash
        place = HTML_PLACEHOLDER % "([0-9]+)"
        pattern = re.compile(f"<p>{place}</p>|{place}")

        def put(found: re.Match[str]) -> str:
            key = int(found[1] or found[2])
            if key >= stash.html_counter:
                return found[0]
            html = self.stash_to_string(stash.rawHtmlBlocks[key])
            if found[1] and not self.isblocklevel(html):
                html = f"<p>{html}</p>"
            return pattern.sub(put, html) if STX in html else html

        return pattern.sub(put, text) if stash.html_counter else text
