"""Find lists, quotations and tables in a story that Python-Markdown would render differently from the source.

Python-Markdown renumbers list items, drops the cells of a row that the header has no column for, and takes some marks
inside a paragraph for the start of another block, all without a warning. This module therefore replays its block parser
(with tables, definition lists and `sane_lists`) step by step, as far as the parser decides which number an item gets and
which lines form a table, and reports a fault wherever the rendered page would differ from the source.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from explainer.reading.elements import HOLDERS, TAB, Element, SourceLine, source_lines, tag_of
from explainer.reading.prose import CODE, ProseFault, masked
from explainer.reading.table_rows import QUOTATION, is_table, wrong_rows

_MARKS = re.compile(r"\||^(?:[ \t]|[-*+:][ \t]|\d+\.[ \t])*(?:>|\d+\.[ \t])", re.MULTILINE)
"""Cheap pre-check: a text without a match has no faults."""
_NUMBERED = re.compile(r" {0,3}(?P<number>\d+)\. +")
_BULLET = re.compile(r" {0,3}[*+-] +")
_INSIDE = re.compile(r" {4,7}(?:\d+\.|[*+-]) +")
_QUOTED = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r"#{1,6}(?:\\.|[^\\])*$")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_RULE = re.compile(r" {0,3}(?>(?:-+ {0,2}){3,}|(?:_+ {0,2}){3,}|(?:\*+ {0,2}){3,}) *")
_DEFINED = re.compile(r" {0,3}: {1,3}")
_FLUSH = re.compile(r" {0,3}[^ :]")
_LARGEST = 999
"""Largest number with which a list may begin; a larger one is taken for a year or a figure."""
_DEEPEST = 40
"""Maximum nesting depth of lists and quotations."""


def faults(text: str) -> tuple[ProseFault, ...]:
    """Faults where the rendered page would differ from the source, in the order of the text."""
    if not _MARKS.search(text):
        return ()
    walk = _Walk()
    walk.chunk(Element("page"), list(source_lines(masked(text))))
    return tuple(sorted(dict.fromkeys(walk.found), key=lambda fault: fault.offset))


_Block = list[SourceLine]


@dataclass(slots=True)
class _Item:
    """The lines of a list item, with the line that began it and, in a numbered list, its number."""

    lines: _Block
    begun: SourceLine | None
    number: str | None
    inside: bool = False


def _first(block: _Block, matches: Callable[[str], object]) -> int | None:
    return next((index for index, line in enumerate(block) if matches(line.text)), None)


class _Walk:
    """Replays Python-Markdown's block parser over a story, with its names for states and elements."""

    def __init__(self) -> None:
        self.found: list[ProseFault] = []
        self.states: list[str] = []

    def fault(self, line: SourceLine, message: str) -> None:
        """Record a fault at a line."""
        self.found.append(ProseFault(message, line.place))

    def state(self) -> str:
        """The current parser state; empty at the top level."""
        return self.states[-1] if self.states else ""

    def chunk(self, parent: Element, lines: _Block) -> None:
        """Split lines into blocks at empty lines, and parse each block."""
        block: _Block = []
        for line in lines:
            code = line.text.startswith(CODE)
            if line.text.strip() and not code:
                block.append(line)
                continue
            self.block(parent, block)
            block = []
            if code:
                parent.add("pre")
        self.block(parent, block)

    def block(self, parent: Element, block: _Block, state: str | None = None) -> None:
        """Parse a block: each step consumes some of its lines and returns the rest."""
        if len(self.states) > _DEEPEST:
            if block:
                self.fault(block[0], _DEEP)
            return
        if state:
            self.states.append(state)
        while block:
            block = self._step(parent, block) if block[0].text.strip() else block[1:]
        if state:
            self.states.pop()

    def _step(self, parent: Element, block: _Block) -> _Block:
        for step in _STEPS:
            left = step(self, parent, block)
            if left is not None:
                return left
        if self.state() != "list":
            parent.add("p")
        elif not parent.children:  # in a tight list the text belongs to the item and is no element of its own
            parent.text = True
        return []

    def indented(self, parent: Element, block: _Block) -> _Block | None:
        """Indented lines below a list item belong to the item; elsewhere they are a code block."""
        if not block[0].inside:
            return None
        for holders in HOLDERS:
            if self.state() != "detabbed" and holders.take(parent):
                deep = (len(block[0].text) - len(block[0].text.lstrip(" "))) // 4
                level, within = holders.innermost(parent, int(self.state() == "list"), deep)
                inner = [line.cut(4 * level) if line.text.startswith(TAB * level) else line for line in block]
                self.block(holders.item(parent, within), inner, "detabbed")
                return []
        parent.add("pre")
        rest = _first(block, lambda text: not text.startswith(TAB))
        return block[rest:] if rest else []

    def table(self, parent: Element, block: _Block) -> _Block | None:
        """A table consumes its whole block."""
        rows = [line.text.strip(" ") for line in block]
        found = wrong_rows(rows)
        for place, message in found:
            self.fault(block[place], message)
        if not is_table(rows):
            return None
        parent.add("table")
        return []

    def heading(self, parent: Element, block: _Block) -> _Block | None:
        """A heading ends the block above it and begins another below it."""
        place = _first(block, _HEADING.match)
        if place is None:
            return None
        self.block(parent, block[:place])
        parent.add("h")
        rest = block[place + 1 :]
        return [line.cut(4) if line.inside else line for line in rest] if self.state() == "looselist" else rest

    def underlined(self, parent: Element, block: _Block) -> _Block | None:
        """A line underlined with dashes or equals signs is a heading."""
        if len(block) < 2 or not _UNDERLINE.fullmatch(block[1].text):
            return None
        parent.add("h")
        return block[2:]

    def rule(self, parent: Element, block: _Block) -> _Block | None:
        """A horizontal rule ends the block above it and begins another below it."""
        place = _first(block, _RULE.fullmatch)
        if place is None:
            return None
        self.block(parent, block[:place])
        parent.add("hr")
        return block[place + 1 :]

    def listed(self, parent: Element, block: _Block) -> _Block | None:
        """A list, or further items of the list before it."""
        numbered = _NUMBERED.match(block[0].text)
        if not numbered and not _BULLET.match(block[0].text):
            return None
        tag = "ol" if numbered else "ul"
        items = self._items(tag, block)
        into = self._list(parent, tag, items)
        for item in items:
            if item.inside and into.last:
                self.block(into.last, item.lines, "list")
            else:
                self._item(into, tag, item, "list")
        return []

    def _list(self, parent: Element, tag: str, items: list[_Item]) -> Element:
        """The list that items go into: the one before them, which takes the first of them at once, or a new one."""
        if parent.last and parent.last.tag == tag:
            into = parent.last
            if into.last:
                into.last.loosen()
            self._item(into, tag, items.pop(0), "looselist")
            return into
        if parent.tag in {"ol", "ul"}:
            return parent
        into = parent.add(tag)
        self._begin(into, items[0])
        return into

    def _items(self, tag: str, block: _Block) -> list[_Item]:
        mark = _NUMBERED if tag == "ol" else _BULLET
        items: list[_Item] = []
        for line in block:
            if found := mark.match(line.text):
                items.append(_Item([line.cut(found.end())], line, found["number"] if tag == "ol" else None))
            elif _INSIDE.match(line.text) and not items[-1].inside:
                items.append(_Item([line], None, None, inside=True))
            else:
                items[-1].lines.append(line)
                self._swallowed(tag, line)
        return items

    def _swallowed(self, tag: str, line: SourceLine) -> None:
        """Record a fault if a line that becomes text of a list's item looks like the start of another block."""
        other = None if _INSIDE.match(line.text) else (_BULLET if tag == "ol" else _NUMBERED).match(line.text)
        if other:
            self.fault(line, _BULLET_BELOW if tag == "ol" else _NUMBER_BELOW.format(number=other["number"]))
        elif line.text.lstrip().startswith(">"):
            self.fault(line, QUOTATION)

    def _begin(self, into: Element, item: _Item) -> None:
        """Begin numbering with the number of the list's first item; a number above `_LARGEST` is a fault."""
        if item.number is None or item.begun is None:
            return
        into.number = int(item.number)
        if into.number > _LARGEST:
            self.fault(item.begun, _YEAR.format(number=item.number))

    def _item(self, into: Element, tag: str, item: _Item, state: str) -> None:
        if item.begun and into.tag != tag:
            self.fault(item.begun, _MIXED)
        elif item.begun and item.number is not None and item.number != str(into.number):
            self.fault(item.begun, _COUNT.format(number=item.number, shown=into.number))
        into.number += 1
        self.block(into.add("li"), item.lines, state)

    def defined(self, parent: Element, block: _Block) -> _Block | None:
        """A definition, below the line or paragraph that it defines."""
        place = _first(block, _DEFINED.match)
        if place is None or (place == 0 and not parent.children):
            return None
        head, below = block[place], block[place + 1 :]
        said = _definition(below)
        loose = place == 0 and tag_of(parent.last) == "p"
        if loose:
            parent.children.pop()
        into = parent.joined("dl").add("dd")
        self.block(into, [head.cut(_past(_DEFINED, head.text)), *said], "looselist" if loose else "list")
        return below[len(said) :]

    def quoted(self, parent: Element, block: _Block) -> _Block | None:
        """A quotation, from its first `>` to the end of the block."""
        place = _first(block, _QUOTED.match)
        if place is None:
            return None
        if place:
            self.fault(block[place], QUOTATION)
            self.block(parent, block[:place])
        into = parent.joined("blockquote")
        self.states.append("blockquote")
        self.chunk(into, [line.cut(_past(_QUOTED, line.text)) for line in block[place:]])
        self.states.pop()
        return []


_STEPS: tuple[Callable[[_Walk, Element, _Block], _Block | None], ...] = (
    _Walk.indented,
    _Walk.table,
    _Walk.heading,
    _Walk.underlined,
    _Walk.rule,
    _Walk.listed,
    _Walk.defined,
    _Walk.quoted,
)


def _definition(below: _Block) -> _Block:
    """The lines below the first one of a definition that belong to it: all if the next is not indented, else those that are."""
    if below and _FLUSH.match(below[0].text):
        return below
    end = _first(below, lambda text: not text.startswith(TAB))
    return [line.cut(4) for line in below[:end]]


def _past(mark: re.Pattern[str], text: str) -> int:
    found = mark.match(text)
    return found.end() if found else 0


_COUNT = (
    "item {number} of this list would be shown as {shown}, because a list counts on; expected {shown}; "
    "write {shown}., {number}\\. where no item is meant, or a line of text between two lists"
)
_YEAR = (
    f"'{{number}}.' at the start of a line begins a numbered list; expected a number up to {_LARGEST} there; "
    "write {number}\\. where no list is meant"
)
_BULLET_BELOW = (
    "a bullet right below a numbered item would be shown as its text; expected an empty line between two lists; "
    "add one, or indent the bullet by four spaces to put it into the item"
)
_NUMBER_BELOW = (
    "a number right below a bullet would be shown as its text; expected an empty line between two lists; "
    "add one, indent the number by four spaces to put it into the bullet, or write {number}\\. where no list is meant"
)
_MIXED = (
    "this item would become one of a list of the other kind; expected bullets and numbers in lists of their own; "
    "write each list below a line of its own text"
)
_DEEP = f"lists and quotations lie more than {_DEEPEST} deep in each other; expected a few; write it plainer"
