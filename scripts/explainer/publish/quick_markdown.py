"""Markdown extension that takes shortcuts through Python-Markdown where the result is the same.

A page spends a third of its time in Python's parser of HTML, which goes through it sign by sign, twice: once for MkDocs,
which wants the anchors, and once for blocks of HTML. Here one regular expression goes through a page whose HTML is plain
and leaves to that parser only the elements that make blocks; any other page is parsed as ever. Another third are
patterns for marks within a line: those are passed over whose first sign a text does not have. So is what looks for
blocks, and a link without brackets or a title is read by one expression.
"""

import functools
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, blockprocessors, inlinepatterns
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra, MarkdownInHTMLPostprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import HTML_PLACEHOLDER, STX, AtomicString

NAME = __name__
"""By which the configuration of MkDocs names the extension."""
_TAG = r"""<(?:[a-zA-Z][a-zA-Z0-9-]*+(?:\s++[a-zA-Z_:][\w:.-]*+(?:="[^"<]*+"|='[^'<]*+')?+)*+\s*+/?+|/[a-zA-Z][a-zA-Z0-9-]*+\s*+)>"""
_PLAIN = re.compile(rf"[^<]*+(?:{_TAG}[^<]*+)*+")
_UNUSUAL = re.compile(r"&#(?!\d++;|[xX][0-9a-fA-F]++;)|<(?:script|style)\b", re.IGNORECASE)
"""What Python's parser has rules of its own for; comments and declarations are no tags, so they make no page plain."""
_ELEMENT = re.compile(_TAG)
_NAMED = re.compile(r"""<(?=a\s)[^>]*?\sname=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_IDENTIFIED = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ENTITY = re.compile(r"(&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][-.a-zA-Z0-9]*);)")
_ANCHORS = "mkdocs_raw_html"
"""The name of the preprocessor by which MkDocs finds the anchors in HTML."""


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


def anchors(source: str) -> set[str]:
    """The anchors that the HTML of a plain page gives."""
    found: set[str] = set()
    for match in _ELEMENT.finditer(source):
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

    def goahead(self, end: bool) -> None:  # noqa: ARG002, FBT001 - the name and parameter of the standard library
        """Go through the whole page; the base class calls it when it is fed, and again when it is closed."""
        source, last = self.rawdata, 0
        self.offset = 0
        blocks = _elements(tuple(self.md.block_level_elements))
        while match := (blocks if self._passes() else _ELEMENT).search(source, last):
            self._at = match.start()
            self._text(source[last : self._at])
            if self._passes() and not blocks.match(source, self._at):
                last = self._at  # the text ended the line behind a block: from here on such elements are passed on
            elif source.startswith("</", self._at):
                last = self.parse_endtag(self._at)
            else:
                last = self.parse_starttag(self._at)
        self._at = len(source)
        self._text(source[last:])
        self.rawdata = ""

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


class _AnchorsForMkDocs(Preprocessor):
    """Gives MkDocs the anchors of a plain page, so that it does not parse the page for them."""

    def run(self, lines: list[str]) -> list[str]:
        """Take the place of MkDocs' own preprocessor, which runs next."""
        source = "\n".join(lines)
        if _ANCHORS in self.md.preprocessors and is_plain(source):
            own: Any = self.md.preprocessors[_ANCHORS]
            if hasattr(own, "present_anchor_ids"):
                own.present_anchor_ids = anchors(source)
                own.run = _unchanged
        return lines


def _unchanged(lines: list[str]) -> list[str]:
    return lines


class _HtmlBlocks(HtmlBlockPreprocessor):
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


_SIGNS: dict[str, tuple[str, ...]] = {
    inlinepatterns.BACKTICK_RE: ("`",),
    inlinepatterns.ESCAPE_RE: ("\\",),
    inlinepatterns.LINK_RE: ("[",),
    inlinepatterns.IMAGE_LINK_RE: ("![",),
    inlinepatterns.AUTOLINK_RE: ("://",),
    inlinepatterns.AUTOMAIL_RE: ("@",),
    inlinepatterns.LINE_BREAK_RE: ("  \n",),
    inlinepatterns.HTML_RE: ("<",),
    inlinepatterns.ENTITY_RE: ("&",),
    r"\*|_": ("*", "_"),
}
"""Pattern -> signs of which a text has one wherever the pattern matches; one that is not here is always tried."""
_ANYTHING = re.compile("")
_ANY_SIGN = re.compile(r"[`\\\[<&*_@]|://|  \n")


class _SignedPatterns(InlineProcessor):
    """Tries those patterns only whose signs a text has."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Look the signs up once a page."""
        patterns: list[Any] = list(self.inlinePatterns)
        self._tried = [
            (pattern, _SIGNS.get(pattern.pattern, ("",)), type(pattern) is inlinepatterns.HtmlInlineProcessor)
            for pattern in patterns
        ]
        self._any = _ANY_SIGN if all(pattern.pattern in _SIGNS for pattern in patterns) else _ANYTHING
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - the name that the base class calls
        """Apply the patterns from a place on, as the base class does."""
        if isinstance(data, AtomicString) or not self._any.search(data):
            return data
        for place in range(patternIndex, len(self._tried)):
            pattern, signs, is_html = self._tried[place]
            for sign in signs:
                if sign in data:
                    data = self._marked(pattern, data) if is_html else self._applied(pattern, data, place)
                    break
        return data

    def _applied(self, pattern: Any, data: str, place: int) -> str:
        """A text in which every match of a pattern is replaced."""
        if isinstance(pattern, inlinepatterns.ReferenceInlineProcessor) and not self.md.references:
            return data  # a reference to nothing is text
        matched, start = True, 0
        while matched:
            data, matched, start = self._InlineProcessor__applyPattern(pattern, data, place, start)  # type: ignore[attr-defined]
        return data

    def _marked(self, pattern: Any, data: str) -> str:
        """A text in which a placeholder stands for every tag or entity, put there in one go."""

        def stashed(match: re.Match[str]) -> str:
            node = self.md.htmlStash.store(match[1]) if STX not in match[1] else pattern.handleMatch(match, data)[0]
            return str(self._InlineProcessor__stashNode(node, pattern.type()))  # type: ignore[attr-defined]

        return str(pattern.getCompiledRegExp().sub(stashed, data))


_LINK = re.compile(r"""([^\[\]]*)\]\(([^\s()<>"']+)\)""")
"""A link behind its first bracket, if it has no brackets in its text and neither a title nor brackets in its address."""


class _PlainLinks(inlinepatterns.LinkInlineProcessor):
    """Reads a plain link at once; the base class goes through it sign by sign."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override] # noqa: N802 - the name that the base class calls
        """The element of a link, and where it begins and ends."""
        found = _LINK.match(data, m.end())
        if found is None:
            return super().handleMatch(m, data)
        address: Any = self.unescape(found[2])
        link = Element("a", href=address.strip())
        link.text = found[1]
        return link, m.start(), found.end()


class _RawHtml(MarkdownInHTMLPostprocessor):
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


_BLOCKS: dict[type[BlockProcessor], str] = {
    blockprocessors.HashHeaderProcessor: "#",
    blockprocessors.SetextHeaderProcessor: "\n",
    blockprocessors.BlockQuoteProcessor: ">",
    DefListProcessor: ":",
}
"""What looks for a kind of block -> a sign that every block of that kind has."""


def _quickly(test: Callable[[Element, str], bool], sign: str) -> Callable[[Element, str], bool]:
    """The same test of a block, after a look for a sign."""
    return lambda parent, block: sign in block and test(parent, block)


class _Fences(FencedBlockPreprocessor):
    """Looks for fences only in a page that has one."""

    def run(self, lines: list[str]) -> list[str]:
        """Put what marks stand for in the place of each block of code."""
        return super().run(lines) if any(line.startswith(("```", "~~~")) for line in lines) else lines


class QuickMarkdown(Extension):
    """Puts the shortcuts in the place of what they shorten, if it is Python-Markdown's own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Replace the search for blocks of HTML and the patterns within a line."""
        if type(md.preprocessors["html_block"]) is HtmlBlockPreprocessor:
            md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
            md.preprocessors.register(_AnchorsForMkDocs(md), NAME, 22)
        if type(md.treeprocessors["inline"]) is InlineProcessor:
            md.treeprocessors.register(_SignedPatterns(md), "inline", 20)
        if type(md.inlinePatterns["link"]) is inlinepatterns.LinkInlineProcessor:
            md.inlinePatterns.register(_PlainLinks(inlinepatterns.LINK_RE, md), "link", 160)
        if type(md.postprocessors["raw_html"]) is MarkdownInHTMLPostprocessor:
            md.postprocessors.register(_RawHtml(md), "raw_html", 30)
        self._blocks(md)

    def _blocks(self, md: Markdown) -> None:
        """The same for what looks for blocks."""
        processors: Any = md.parser.blockprocessors
        for processor in processors:
            if sign := _BLOCKS.get(type(processor)):
                processor.test = _quickly(processor.test, sign)
        if "fenced_code_block" in md.preprocessors:
            fences: Any = md.preprocessors["fenced_code_block"]
            config = fences.config
            if type(fences) is FencedBlockPreprocessor:
                md.preprocessors.register(_Fences(md, config), "fenced_code_block", 25)


def makeExtension(**options: object) -> QuickMarkdown:  # noqa: N802 - the name that Python-Markdown calls
    """Return the extension, as Python-Markdown asks for it."""
    return QuickMarkdown(**options)
