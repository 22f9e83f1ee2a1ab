"""Split prose into its blocks, as CommonMark with tables does: paragraphs, headings, lists, quotations, tables, code.

Follows the algorithm in the appendix of the specification: each line continues the open containers whose marks it
repeats, then begins new ones, and what is left of it goes into the innermost leaf.
"""

import re
from dataclasses import field
from enum import StrEnum

from explainer.base.dataclass import dataclass
from explainer.reading.source_lines import SourceLine, source_lines
from explainer.reading.table_rows import alignments, cells

DEEPEST = 20
"""Maximum nesting depth of lists and quotations."""
_HEADING = re.compile(r"(#{1,6})(?=[ ]|$)[ ]*")
_FENCE = re.compile(r"(`{3,}(?!.*`)|~{3,})")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_RULE = re.compile(r"(?:(?:-[ ]*){3,}|(?:_[ ]*){3,}|(?:\*[ ]*){3,})")
_ITEM = re.compile(r"(?:[-+*]|(?P<number>[0-9]{1,9})[.)])(?=[ ]|$)")
_MARKED = re.compile(r"(?:[-+*>]|[0-9]+[.)])(?=[ ]|$)")
_STARTS = frozenset("#`~-_*+=>0123456789|:")
"""The characters with which a line may begin that is more than text."""


class BlockKind(StrEnum):
    """What a block is."""

    ROOT = "root"
    QUOTE = "quote"
    LIST = "list"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    UNDERLINED = "underlined"
    RULE = "rule"
    TABLE = "table"
    FENCE = "fence"
    CODE = "code"
    TOO_DEEP = "too deep"


@dataclass(slots=True)
class Block:
    """A block: a leaf with its lines, or a container with its children."""

    kind: BlockKind
    begun: SourceLine
    """What was left of the line with which it begins, from its own mark on."""
    lines: list[SourceLine] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    gap: bool = False
    """Whether an empty line stands before it."""
    interrupts: bool = False
    """Of a quotation: whether it stands right below a line of a paragraph."""
    mark: str = ""
    """Of a list: its bullet, or the character behind its numbers; of a heading or a fence: its mark."""
    number: str = ""
    """Of an item: its number, as it is written."""
    astray: SourceLine | None = None
    """Of a paragraph: a line that programs take for different things, because it is indented by four spaces or more."""
    width: int = 0
    """Of an item: the indentation of what belongs to it; of a fence: its own."""
    closed: bool = False
    """Of a fence: whether a line ends it; else all that follows is in it."""


def blocks(text: str) -> list[Block]:
    """The blocks of a text."""
    parser = _Parser()
    for line in source_lines(text):
        parser.read(line)
        if len(parser.open) > 2 * DEEPEST:
            return [Block(BlockKind.TOO_DEEP, line)]
    return parser.root.children


class _Parser:
    """The open containers, outermost first, and the leaf that takes the next line."""

    def __init__(self) -> None:
        self.root = Block(BlockKind.ROOT, SourceLine("", (0,)))
        self.open = [self.root]
        self.leaf: Block | None = None
        self.gap = False

    def read(self, line: SourceLine) -> None:
        """Read the next line."""
        matched, rest = self._continued(line)
        lazy = matched < len(self.open)
        if self.leaf and self.leaf.kind is BlockKind.FENCE and not lazy:
            self._fenced(self.leaf, rest)
            return
        if not rest.text.strip(" "):
            self._close(matched)
            self.gap = True
            return
        self._begin(matched, rest)
        self.gap = False

    def _continued(self, line: SourceLine) -> tuple[int, SourceLine]:
        """How many of the open containers a line continues, and what is left of it."""
        rest = line
        for place, block in enumerate(self.open):
            if block.kind is BlockKind.QUOTE:
                if rest.indent > 3 or not rest.text.startswith(">", rest.indent):
                    return place, rest
                rest = _quoted(rest)
            elif block.kind is BlockKind.ITEM:
                if not rest.text.strip(" "):
                    if not block.children:
                        return place, rest
                elif rest.indent < block.width:
                    return place, rest
                rest = rest.cut(min(block.width, rest.indent))
        return len(self.open), rest

    def _begin(self, matched: int, rest: SourceLine) -> None:
        """Begin the blocks that the rest of a line begins, and add what is text to a leaf."""
        above = self._paragraph()
        whole = matched == len(self.open)
        while (indent := rest.indent) < 4 and rest.text[indent] in _STARTS:
            below = above if whole else None
            rest = rest.cut(indent)
            if self._leaf(matched, rest, below, indent):
                return
            inner = self._container(matched, rest, below, indent)
            if inner is None:
                break
            rest, matched, above, whole = inner, len(self.open), None, True
            if matched > 2 * DEEPEST or not rest.text.strip(" "):
                return
        if indent > 3 and above is None:
            self._code(matched, rest)
        else:
            self._text(matched, rest, above, whole=whole)

    def _paragraph(self) -> Block | None:
        """The paragraph that the line above belongs to, if it does."""
        return self.leaf if self.leaf and self.leaf.kind is BlockKind.PARAGRAPH else None

    def _text(self, matched: int, rest: SourceLine, above: Block | None, *, whole: bool) -> None:
        if above is not None:  # also where a line leaves out the marks of the containers of a paragraph
            if rest.indent > 3 and (not whole or _MARKED.match(rest.left().text)):
                above.astray = rest.left()
            above.lines.append(rest.left())
        elif whole and self.leaf and self.leaf.kind is BlockKind.TABLE:
            self.leaf.lines.append(rest.left())
        else:
            self._close(matched)
            self.leaf = self._add(Block(BlockKind.PARAGRAPH, rest.left(), [rest.left()]))

    def _leaf(self, matched: int, rest: SourceLine, above: Block | None, indent: int) -> bool:
        """Begin a leaf that is no paragraph, if a line does."""
        if above and self._table(above, rest):
            return True
        block: Block | None = None
        if found := _HEADING.match(rest.text):
            block = Block(BlockKind.HEADING, rest, [_heading_of(rest, found.end())], mark=found[1])
        elif found := _FENCE.match(rest.text):
            block = Block(BlockKind.FENCE, rest, mark=found[1], width=indent)
        elif above and _UNDERLINE.fullmatch(rest.text):
            above.kind = BlockKind.UNDERLINED
            above.mark, above.begun = rest.text[0], rest
            self.leaf = None
            return True
        elif _RULE.fullmatch(rest.text):
            block = Block(BlockKind.RULE, rest)
        if block is None:
            return False
        self._close(matched)
        self.leaf = self._add(block)
        if block.kind is not BlockKind.FENCE:
            self.leaf = None
        return True

    def _table(self, above: Block, rest: SourceLine) -> bool:
        """Make the last line of a paragraph the head of a table, if the line below it divides head and body."""
        head = above.lines[-1]
        if "|" not in head.text or not (columns := alignments(rest.text.rstrip(" "))):
            return False
        if len(cells(_stripped(head))) != len(columns):
            return False
        above.lines.pop()
        siblings = self.open[-1].children
        if not above.lines:
            siblings.pop()
        self.leaf = Block(BlockKind.TABLE, head, [head, rest], gap=above.gap and not above.lines)
        siblings.append(self.leaf)
        return True

    def _container(self, matched: int, rest: SourceLine, above: Block | None, indent: int) -> SourceLine | None:
        """Begin a quotation or a list's item, if a line does; returns what is left of the line."""
        if rest.text.startswith(">"):
            return self._quotation(matched, rest)
        found = _ITEM.match(rest.text)
        if not found:
            return None
        inner = rest.cut(found.end())
        empty = not inner.text.strip(" ")
        number = found["number"] or ""
        if above and (empty or int(number or 1) != 1):
            return None
        self._close(matched)
        self._into_list(rest, found.group()[-1])
        pad = inner.indent if not empty and inner.indent < 5 else 1
        item = Block(BlockKind.ITEM, rest, number=number, width=indent + found.end() + pad)
        self.open.append(self._add(item))
        return inner.cut(pad)

    def _quotation(self, matched: int, rest: SourceLine) -> SourceLine:
        interrupts = self._paragraph() is not None
        self._close(matched)
        self.open.append(self._add(Block(BlockKind.QUOTE, rest, interrupts=interrupts)))
        return _quoted(rest)

    def _into_list(self, rest: SourceLine, mark: str) -> None:
        """Make the innermost container the list that an item with a mark belongs to."""
        if self.open[-1].kind is BlockKind.LIST and self.open[-1].mark == mark:
            return
        self.open.append(self._add(Block(BlockKind.LIST, rest, mark=mark)))

    def _code(self, matched: int, rest: SourceLine) -> None:
        if matched == len(self.open) and self.leaf and self.leaf.kind is BlockKind.CODE:
            self.leaf.lines.append(rest)
            return
        self._close(matched)
        self.leaf = self._add(Block(BlockKind.CODE, rest.left(), [rest]))

    def _fenced(self, fence: Block, rest: SourceLine) -> None:
        """Add a line to fenced code, or close it."""
        bare = rest.text.strip(" ")
        if rest.indent < 4 and len(bare) >= len(fence.mark) and set(bare) == {fence.mark[0]}:
            self.leaf = None
            fence.closed = True
        else:
            fence.lines.append(rest.cut(min(fence.width, rest.indent)))

    def _close(self, matched: int) -> None:
        """Close the leaf and all containers but the outermost ones."""
        del self.open[matched:]
        self.leaf = None

    def _add(self, block: Block) -> Block:
        """Append a block to the innermost container that takes it."""
        if block.kind is not BlockKind.ITEM and self.open[-1].kind is BlockKind.LIST:
            self.open.pop()
        block.gap = self.gap
        self.open[-1].children.append(block)
        return block


def _heading_of(line: SourceLine, start: int) -> SourceLine:
    """The words of a heading, without the marks that may close it."""
    text = line.text.rstrip(" ")
    bare = text.rstrip("#")
    if bare.endswith(" "):
        text = bare.rstrip(" ")
    return line.part(start, max(start, len(text)))


def _quoted(line: SourceLine) -> SourceLine:
    """What stands behind the mark of a quotation."""
    inner = line.cut(line.indent + 1)
    return inner.cut(1) if inner.text.startswith(" ") else inner


def _stripped(row: SourceLine) -> SourceLine:
    return row.left().part(0, len(row.left().text.rstrip(" ")))
