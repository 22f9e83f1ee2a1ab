"""Markdown extension for tables: their names and heads for ears, column labels for phones, and alignment by class.

A tree processor of Python-Markdown. `hooks.on_config` adds it to the configuration, so that stock builds have it too. It is
the one place that makes a table accessible, whoever wrote it: a caption, `scope` on the heads of columns and rows, and
explicit roles, because browsers drop the meaning of a table whose CSS changes `display`, as it does on phones.
"""

import html
import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from explainer.base.dataclass import dataclass
from explainer.base.row_heads import naming

NAME = __name__
"""By which the configuration of MkDocs names the extension."""
_LAST = -10
"""Priority: after everything that still changes text and attributes of cells."""
_ALIGNED = re.compile(r"text-align: (left|center|right);")
_MARK = re.compile(r"<[^>]*>")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "figcaption"})
_UNSAID = frozenset({"cite", "headerlink"})
"""Classes of what is no part of a text: the numbers of sources, and the link of a heading to itself."""
_CITE, _BEGIN, _END = '<sup class="cite">', "\x0e", "\x0f"
"""What opens a group of citations in HTML, and characters that stand in texts where it begins and ends."""
_SPACES = re.compile(r"[ \t\r\n]+")
"""What separates words in HTML; a space that does not break, as within numbers in French, stays."""
_CITATION = re.compile(f"{_BEGIN}[^{_END}]*{_END}")
_NO_CITATION = {ord(_BEGIN): None, ord(_END): None}
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A table, and where it was found."""

    table: Element
    stacked: bool
    """Whether a `div` around it has the class `stack`."""
    about: Element | None
    """The heading or the caption of a figure that it stands under."""


class _Cells(Treeprocessor):
    """Names tables, marks the heads of their columns and rows, and labels and aligns their cells."""

    def run(self, root: Element) -> None:
        """Change the tables below an element."""
        names: set[str] = set()
        for found in _tables(root, [None], stacked=False):
            rows = [list(row) for row in found.table.iter("tr")]
            self._name(found, names, rows)
            self._heads(rows)
            if found.stacked:
                self._label(rows)
            for element in found.table.iter():
                _align(element)
                if role := _ROLES.get(element.tag):
                    element.set("role", role)
        _frame(root)

    def _name(self, found: _Found, names: set[str], rows: Sequence[Sequence[Element]]) -> None:
        """Give a table a caption, for ears only as eyes see it above: its heading, with its columns where that is taken."""
        if found.table.find("caption") is not None or not rows:
            return
        columns = ", ".join(filter(None, map(self._text, rows[0])))
        about = self._title(found.about) if found.about is not None else ""
        name = columns if not about else f"{about} ({columns})" if about in names else about
        names.add(name)
        caption = Element("caption", {"class": "unseen"})
        caption.text = name
        caption.tail = "\n"
        found.table.insert(0, caption)

    def _title(self, about: Element) -> str:
        """The text of a heading; of the caption of a figure its title, which is set in strong type."""
        title = about.find(".//strong") if about.tag == "figcaption" else None
        return self._text(about if title is None else title)

    def _heads(self, rows: Sequence[Sequence[Element]]) -> None:
        """Mark the heads of columns, and of each row the cells that name it."""
        for cell in rows[0] if rows else ():
            _mark(cell, "col", is_head=bool(self._text(cell)))  # nothing is the head of no column
        below = [row for row in rows[1:] if row]
        heads = naming(min(map(len, below), default=0), lambda place: [self._text(row[place]) for row in below])
        for row in below:
            for place, cell in enumerate(row[: max(1, heads.stop)]):
                named = place in heads and bool(self._text(cell))
                _mark(cell, "row", is_head=named or cell.tag == "th")

    def _label(self, rows: Sequence[Sequence[Element]]) -> None:
        """Add `data-label`, the text of the column heading, to every cell below it that does not open its row as a head."""
        heads = [self._text(cell) for cell in rows[0]] if rows else []
        for row in rows[1:]:
            for place, (cell, head) in enumerate(zip(row, heads, strict=False)):
                if head and (place or cell.tag == "td"):
                    cell.set("data-label", head)

    def _text(self, element: Element) -> str:
        """The text of an element without marks, and with what Python-Markdown keeps apart as HTML put back."""
        text = HTML_PLACEHOLDER_RE.sub(self._kept, "".join(_said(element)))
        return _SPACES.sub(" ", _CITATION.sub("", text).translate(_NO_CITATION)).strip()

    def _kept(self, found: re.Match[str]) -> str:
        """The text of the entity, or of the marks with what is among them, that a placeholder stands for."""
        raw = self.md.htmlStash.rawHtmlBlocks[int(found[1])]
        if not isinstance(raw, str):
            return "".join(_said(raw))
        return html.unescape(_MARK.sub("", raw.replace(_CITE, _BEGIN).replace("</sup>", _END)))


def _mark(cell: Element, scope: str, *, is_head: bool) -> None:
    """Make a cell the head of its column or row, or an ordinary one."""
    cell.tag = "th" if is_head else "td"
    if is_head:
        cell.attrib |= {"scope": scope, "role": f"{'column' if scope == 'col' else scope}header"}


def _said(element: Element) -> Iterator[str]:
    """The pieces of an element's text, without what is marked as unsaid."""
    yield element.text or ""
    for child in element:
        if _UNSAID.isdisjoint(_classes(child)):
            yield from _said(child)
        yield child.tail or ""


def _tables(element: Element, about: list[Element | None], *, stacked: bool) -> Iterator[_Found]:
    """The tables below an element in their order; `about` holds the last heading before a place, and is changed."""
    for child in element:
        if child.tag in _HEADINGS:
            about[0] = child
        elif child.tag == "table":
            yield _Found(child, stacked, about[0])
        elif len(child):
            yield from _tables(child, about, stacked=stacked or (child.tag == "div" and "stack" in _classes(child)))


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _frame(element: Element) -> None:
    """Put every table without a class into the two boxes in which the theme lets a wide one scroll."""
    for place, child in enumerate(element):
        if child.tag == "table" and not child.get("class"):
            scrolling, whole = (
                Element("div", {"class": "md-typeset__scrollwrap"}),
                Element("div", {"class": "md-typeset__table"}),
            )
            scrolling.append(whole)
            scrolling.tail, child.tail = child.tail, None
            element[place] = scrolling
            whole.append(child)
        elif len(child):
            _frame(child)


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
