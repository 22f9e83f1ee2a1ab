"""Markdown extension for table cells: column labels for phones, and alignment by class, which the policy allows.

A tree processor of Python-Markdown. `hooks.on_config` adds it to the configuration, so that stock builds have it too.
"""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

NAME = __name__
"""By which the configuration of MkDocs names the extension."""
_LAST = -10
"""Priority: after everything that still changes text and attributes of cells."""
_ALIGNED = re.compile(r"text-align: (left|center|right);")
_MARK = re.compile(r"<[^>]*>")


class _Cells(Treeprocessor):
    """Adds `data-label`, the text of the column heading, to every cell of tables inside `.stack`; classes for alignment."""

    def run(self, root: Element) -> None:
        """Change the tables below an element."""
        for table, stacked in _tables(root, stacked=False):
            heads = [self._text(cell) for cell in table.iter("th")] if stacked else []
            for row in table.iter("tr"):
                for cell, head in zip(row.iter("td"), heads, strict=False):
                    if head:
                        cell.set("data-label", head)
            for cell in table.iter():
                _align(cell)

    def _text(self, cell: Element) -> str:
        """The text of a cell without marks, and with what Python-Markdown keeps apart as HTML put back."""
        return " ".join(HTML_PLACEHOLDER_RE.sub(self._kept, "".join(cell.itertext())).split())

    def _kept(self, found: re.Match[str]) -> str:
        """The text of the entity or mark that a placeholder stands for."""
        raw = self.md.htmlStash.rawHtmlBlocks[int(found[1])]
        return html.unescape(_MARK.sub("", raw)) if isinstance(raw, str) else "".join(raw.itertext())


def _tables(element: Element, *, stacked: bool) -> Iterator[tuple[Element, bool]]:
    """The tables below an element, each with whether a `div` around it has the class `stack`."""
    for child in element:
        if child.tag == "table":
            yield child, stacked
        elif len(child):
            yield from _tables(child, stacked=stacked or (child.tag == "div" and "stack" in _classes(child)))


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _align(cell: Element) -> None:
    """Turn the inline style of an aligned cell into a class."""
    aligned = _ALIGNED.fullmatch(cell.get("style", ""))
    if aligned:
        del cell.attrib["style"]
        cell.set("class", " ".join([*_classes(cell), f"align-{aligned[1]}"]))


class TableCells(Extension):
    """Registers the tree processor."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Run it after the tree processors of Python-Markdown and MkDocs."""
        md.treeprocessors.register(_Cells(md), NAME, _LAST)


def makeExtension(**options: object) -> TableCells:  # noqa: N802 - the name that Python-Markdown calls
    """Return the extension, as Python-Markdown asks for it."""
    return TableCells(**options)
