"""Markdown extension that takes shortcuts through Python-Markdown where the result is the same.

Two thirds of the time of a page are its HTML (`quick_html`) and the marks within its lines (`quick_inline`). What looks for
blocks is asked only about text that has its sign, what looks through a whole page only if the page has something for it.
"""

import functools
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, blockprocessors, inlinepatterns
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, MarkdownInHTMLPostprocessor
from markdown.extensions.tables import TableProcessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor

from explainer.publish.quick_html import HtmlBlocks, RawHtml, anchors, is_plain
from explainer.publish.quick_inline import PlainLinks, SignedPatterns
from explainer.publish.quick_links import QuickLinks

NAME = __name__
"""By which the configuration of MkDocs names the extension."""
_ANCHORS = "mkdocs_raw_html"
"""The name of the preprocessor by which MkDocs finds the anchors in HTML."""
_LINKS = "relpath"
"""The name of the tree processor by which MkDocs resolves links."""


class _TextOfPage(Preprocessor):
    """Holds the text of a page, and gives MkDocs its anchors, if it is plain, and a shorter way to resolve links."""

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        """Take the place of MkDocs' own preprocessor, which runs next, and of what resolves links later."""
        self.text = source = "\n".join(lines)
        if _ANCHORS in self.md.preprocessors and is_plain(source):
            own: Any = self.md.preprocessors[_ANCHORS]
            if hasattr(own, "present_anchor_ids"):
                own.present_anchor_ids = anchors(source)
                own.run = _unchanged
        if _LINKS in self.md.treeprocessors:
            resolver: Any = self.md.treeprocessors[_LINKS]
            if hasattr(resolver, "path_to_url"):
                resolver.path_to_url = QuickLinks(resolver)
        return lines

    def only_with(self, sign: str, run: Callable[..., None]) -> Callable[..., None]:
        """What goes through a whole page, but not through one whose text does not have a sign."""
        return lambda *elements: run(*elements) if sign in self.text else None


def _unchanged(lines: list[str]) -> list[str]:
    return lines


def _indented(*signs: str) -> tuple[str, ...]:
    """How a line may begin that has one of some signs behind up to three spaces."""
    return tuple(f"{' ' * width}{sign}" for width in range(4) for sign in signs)


_BLOCKS: dict[type[BlockProcessor], tuple[str, ...]] = {
    blockprocessors.HashHeaderProcessor: ("#",),
    blockprocessors.SetextHeaderProcessor: ("=", "-"),
    blockprocessors.HRProcessor: _indented("-", "_", "*"),
    blockprocessors.BlockQuoteProcessor: _indented(">"),
    DefListProcessor: _indented(":"),
}
"""What looks for a kind of block -> how a line of every such block begins."""
_SIGNS_OF_BLOCKS: dict[type[BlockProcessor], str] = {blockprocessors.ReferenceProcessor: "]:", TableProcessor: "|"}
"""What looks for a kind of block -> a sign that every such block has."""
_WHOLE_PAGE: tuple[tuple[str, type[Treeprocessor], str, str], ...] = (
    ("toc", TocTreeprocessor, "replace_marker", ""),
    ("unescape", UnescapeTreeprocessor, "run", "\\"),
)
"""Name and class of what goes through a whole page, its method that does so, and a sign without which it finds nothing; else its marker is that."""


_Test = Callable[[Element, str], bool]


def _at_a_line(test: _Test, begins: tuple[str, ...]) -> _Test:
    """The same test of a block, after a look for how a line of it begins."""
    behind = tuple(f"\n{begin}" for begin in begins)

    def tested(parent: Element, block: str) -> bool:
        there = block.startswith(begins) or ("\n" in block and any(begin in block for begin in behind))
        return there and test(parent, block)

    return tested


def _with_sign(test: _Test, sign: str) -> _Test:
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
            md.preprocessors.register(HtmlBlocks(md), "html_block", 20)
        if type(md.treeprocessors["inline"]) is InlineProcessor:
            md.treeprocessors.register(SignedPatterns(md), "inline", 20)
        if type(md.inlinePatterns["link"]) is inlinepatterns.LinkInlineProcessor:
            md.inlinePatterns.register(PlainLinks(inlinepatterns.LINK_RE, md), "link", 160)
        if type(md.postprocessors["raw_html"]) is MarkdownInHTMLPostprocessor:
            md.postprocessors.register(RawHtml(md), "raw_html", 30)
        self._blocks(md)
        self._whole_page(md)
        # Asked a thousand times a page; it looks through a list of names.
        md.is_block_level = functools.lru_cache(maxsize=None)(md.is_block_level)  # type: ignore[method-assign]

    def _blocks(self, md: Markdown) -> None:
        """The same for what looks for blocks."""
        processors: Any = md.parser.blockprocessors
        for processor in processors:
            if begins := _BLOCKS.get(type(processor)):
                processor.test = _at_a_line(processor.test, begins)
            elif sign := _SIGNS_OF_BLOCKS.get(type(processor)):
                processor.test = _with_sign(processor.test, sign)
        if "fenced_code_block" in md.preprocessors:
            fences: Any = md.preprocessors["fenced_code_block"]
            config = fences.config
            if type(fences) is FencedBlockPreprocessor:
                md.preprocessors.register(_Fences(md, config), "fenced_code_block", 25)

    def _whole_page(self, md: Markdown) -> None:
        """The same for what looks through a whole page: for the mark of a list of headings, and for escaped signs."""
        page = _TextOfPage(md)
        md.preprocessors.register(page, NAME, 22)
        for name, kind, method, sign in _WHOLE_PAGE:
            processor = md.treeprocessors[name] if name in md.treeprocessors else None  # noqa: SIM401 - a registry has no `get`
            if type(processor) is kind:
                setattr(
                    processor,
                    method,
                    page.only_with(sign or getattr(processor, "marker", ""), getattr(processor, method)),
                )


def makeExtension(**options: object) -> QuickMarkdown:  # noqa: N802 - the name that Python-Markdown calls
    """Return the extension, as Python-Markdown asks for it."""
    return QuickMarkdown(**options)
