"""Parse a text of several paragraphs, and lay it out so that Python-Markdown finds the blocks that CommonMark finds.

What an editor writes is kept where both agree, and laid out anew where that says the same: lists and tables get an empty
line before them, what belongs to an item is indented by four spaces. What would lose or change words is a fault.
"""

import re
from collections.abc import Iterator

from explainer.reading.blocks import DEEPEST, Block, BlockKind, blocks
from explainer.reading.inlines import as_code, inline
from explainer.reading.prose_parts import CitationMark, DataMark, Mark, Part, ProseFault, TextRun
from explainer.reading.source_lines import Passage, SourceLine
from explainer.reading.table_rows import alignments, cells, hides_a_bar, unescaped

LARGEST = 999
"""Largest number with which a list may begin; a larger one is taken for a year or a figure."""
_BREAK = "<br>\n"
_TAB = " " * 4
_CONTAINERS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.QUOTE})
"""What may stand in a list's item or in a quotation."""


def story_parts(text: str, folder: str) -> Iterator[Part]:
    """The parts of a story; links are resolved from `folder`."""
    yield from _StoryLayout(text, folder).within(blocks(text), "", top=True)


class _StoryLayout:
    """Lays out the blocks of one text."""

    def __init__(self, text: str, folder: str) -> None:
        self.text = text
        self.folder = folder

    def within(
        self, children: list[Block], prefix: str, *, top: bool = False, before: Block | None = None
    ) -> Iterator[Part]:
        """The blocks of a container, each line behind the prefix of the container; the first line has it already."""
        for block in children:
            if before is not None:
                yield from self._between(before, block, prefix, top=top)
            if block.interrupts and block.kind is BlockKind.QUOTE:
                yield ProseFault(_QUOTATION, block.begun.place)
            if not top and block.kind not in _CONTAINERS:
                yield ProseFault(_NOT_WITHIN.get(block.kind, _OUTSIDE), block.begun.place)
            else:
                yield from self._block(block, prefix)
            before = block

    def _between(self, before: Block, block: Block, prefix: str, *, top: bool) -> Iterator[Part]:
        """The empty line between two blocks, and what keeps apart two that would become one."""
        bare = prefix.rstrip(" ")
        if _joined(before, block):
            if not top:
                yield ProseFault(_ADJACENT, block.begun.place)
            yield Mark(f"\n{bare}\n{prefix}<!-- -->")
        yield Mark(f"\n{bare}\n{prefix}")

    def _block(self, block: Block, prefix: str) -> Iterator[Part]:
        match block.kind:
            case BlockKind.PARAGRAPH:
                yield from self._paragraph(block, prefix)
            case BlockKind.HEADING:
                yield from self._heading(block)
            case BlockKind.RULE:
                yield Mark("---")
            case BlockKind.QUOTE:
                yield from self._quote(block, prefix)
            case BlockKind.LIST:
                yield from self._list(block, prefix)
            case BlockKind.TABLE:
                yield from self._table(block)
            case BlockKind.FENCE:
                yield from self._fence(block)
            case kind:
                message = _TITLE if kind is BlockKind.UNDERLINED and block.mark == "=" else _FAULTS[kind]
                yield ProseFault(message, block.begun.place)

    def _paragraph(self, block: Block, prefix: str) -> Iterator[Part]:
        """A paragraph, or the block of data that one outside of lists and quotations is."""
        if not prefix and (data := _data(block)):
            yield data
            return
        yield from _strays(block)
        yield from self._inline(block.lines, prefix)

    def _inline(self, lines: list[SourceLine], prefix: str = "") -> Iterator[Part]:
        last = lines[-1]
        passage = Passage([*lines[:-1], last.part(0, len(last.text.rstrip(" ")))])
        found = inline(passage.text, passage.place, self.folder, _BREAK)
        if not prefix:
            yield from found
            return
        for part in found:
            if isinstance(part, TextRun | Mark) and "\n" in part.text:
                yield type(part)(part.text.replace("\n", f"\n{prefix}"))
            else:
                yield part

    def _heading(self, block: Block) -> Iterator[Part]:
        if block.mark == "#":
            yield ProseFault(_TITLE, block.begun.place)
            return
        if not block.lines[0].text:
            yield ProseFault(_EMPTY_HEADING, block.begun.place)
            return
        yield Mark(f"{block.mark} ")
        parts = list(self._inline(block.lines))
        for place, part in enumerate(parts):
            if isinstance(part, CitationMark | DataMark):
                yield ProseFault(_CITED_HEADING, part.offset)
            elif place == len(parts) - 1 and isinstance(part, TextRun) and part.text.endswith("#"):
                bare = part.text.rstrip("#\\")
                yield TextRun(bare + "&#35;" * part.text.count("#", len(bare)))
            else:
                yield part

    def _quote(self, block: Block, prefix: str) -> Iterator[Part]:
        if not block.children:
            yield ProseFault(_EMPTY_QUOTE, block.begun.place)
        yield Mark("> ")
        yield from self.within(block.children, f"{prefix}> ")

    def _list(self, block: Block, prefix: str) -> Iterator[Part]:
        numbered = bool(block.children[0].number)
        spaced = _spaced(block)
        count = int(block.children[0].number or 0)
        if count > LARGEST:
            yield ProseFault(_YEAR.format(number=block.children[0].number), block.begun.place)
            return
        for place, item in enumerate(block.children):
            if place:
                yield Mark(f"\n{prefix.rstrip(' ')}\n{prefix}" if spaced else f"\n{prefix}")
            if numbered and item.number != str(count):
                yield ProseFault(_COUNT.format(number=item.number, shown=count), item.begun.place)
            if fault := _item_fault(item):
                yield fault
                return
            yield Mark(f"{count}. " if numbered else f"{block.mark} ")
            yield from self._item(item, f"{prefix}{_TAB}", spaced=spaced)
            count += 1

    def _item(self, item: Block, prefix: str, *, spaced: bool) -> Iterator[Part]:
        """The blocks of an item; a list right below its text stays there, so that the list is shown without gaps."""
        first, *rest = item.children
        yield from self._block(first, prefix)
        if rest and not spaced:
            yield Mark(f"\n{prefix}")
        yield from self.within(rest, prefix, before=first if spaced else None)

    def _table(self, block: Block) -> Iterator[Part]:
        head, divider, *rows = block.lines
        columns = alignments(divider.text.rstrip(" "))
        if not rows:
            yield ProseFault(_NO_ROWS, head.place)
        for place, row in enumerate((head, *rows)):
            found = cells(row.part(0, len(row.text.rstrip(" "))))
            if place:
                yield Mark("\n")
            if hides_a_bar(row.text):
                yield ProseFault(_HIDDEN_BAR, row.place)
            elif len(found) > len(columns):
                yield ProseFault(_CELLS.format(cells=len(found), head=len(columns)), row.place)
            yield Mark("|")
            for cell in found:
                yield Mark(" ")
                if cell.text:
                    yield from self._inline([unescaped(cell)])
                yield Mark(" |")
            yield Mark("  |" * (len(columns) - len(found)))
            if not place:
                yield Mark("\n|" + "".join(f" {column} |" for column in columns))

    def _fence(self, block: Block) -> Iterator[Part]:
        if not block.closed:
            yield ProseFault(_UNCLOSED.format(mark=block.mark), block.begun.place)
        code = "".join(f"{self.text[line.places[0] : line.places[-1]]}\n" for line in block.lines)
        yield Mark("<pre><code>")
        yield TextRun(as_code(code))
        yield Mark("</code></pre>")


_DATA = re.compile(r"\[\[([a-z][^\[\]\n]*)\]\] *")


def _data(paragraph: Block) -> DataMark | None:
    """The block of data that a paragraph is, if it is nothing else."""
    found = _DATA.fullmatch(paragraph.lines[0].text) if len(paragraph.lines) == 1 else None
    return DataMark(found[1], paragraph.lines[0].place, alone=True) if found else None


def _strays(paragraph: Block) -> Iterator[Part]:
    """Lines of a paragraph that look like the start of another block, or that some programs take for one."""
    if paragraph.astray:
        yield ProseFault(_ASTRAY, paragraph.astray.place)
    for line in paragraph.lines:
        if line.text.startswith(">"):
            yield ProseFault(_QUOTATION, line.place)
        elif "|" in line.text and alignments(line.text.rstrip(" ")):
            yield ProseFault(_HEADLESS, line.place)


def _joined(before: Block, block: Block) -> bool:
    """Whether Python-Markdown would make one block of two."""
    if before.kind is not block.kind:
        return False
    if block.kind is BlockKind.LIST:
        return bool(before.children[0].number) == bool(block.children[0].number)
    return block.kind is BlockKind.QUOTE


def _spaced(block: Block) -> bool:
    """Whether empty lines stand between or within the items of a list."""
    return any(
        (place and item.gap)
        or any(
            (number and (child.gap or child.kind is not BlockKind.LIST or number > 1))
            or (child.kind is BlockKind.LIST and _spaced(child))
            for number, child in enumerate(item.children)
        )
        for place, item in enumerate(block.children)
    )


def _item_fault(item: Block) -> ProseFault | None:
    """What is wrong with the beginning of an item, which is to be a paragraph."""
    if not item.children:
        return ProseFault(_EMPTY_ITEM, item.begun.place)
    first = item.children[0]
    if first.kind is BlockKind.PARAGRAPH:
        return None
    return ProseFault(_NOT_WITHIN.get(first.kind, _MARK_IN_MARK), first.begun.place)


_TITLE = "holds a heading of the first level; the title comes from the record; begin headings with ##"
_EMPTY_HEADING = (
    "this heading has no words; expected some behind the mark; add them, or write \\# where the mark is meant"
)
_EMPTY_QUOTE = "this quotation has no words; expected some behind >; add them, or write \\> where the mark is meant"
_EMPTY_ITEM = "this item of a list has no words; expected some behind the mark; add them, or delete it"
_CITED_HEADING = "a heading cannot cite; expected words alone; cite in the text below it"
_QUOTATION = (
    "> in the middle of a paragraph begins a quotation; expected an empty line before a quotation; "
    "add one, or write \\> where the mark is meant"
)
_UNCLOSED = (
    "code begins here and no line ends it, so that all that follows would be code; expected {mark} on a line of its own behind it; "
    "add one with as many signs"
)
_ADJACENT = (
    "two lists or quotations of one kind follow each other here, and would become one; expected words between them; "
    "add a line of text, or make them one with equal marks"
)
_MARK_IN_MARK = "an item of a list begins with the mark of another block; expected words; write some before it, or \\ before the second mark"
_OUTSIDE = (
    "this block stands in a list or in a quotation, where it would be shown otherwise; expected it outside; move it"
)
_FAULTS = {
    BlockKind.CODE: "four spaces at the start of a line make it a block of code; expected a paragraph without them; delete them, quote with >, or put code between ```",
    BlockKind.UNDERLINED: "dashes right below a paragraph make a heading of it; expected ## before a heading; write that, or an empty line above the dashes where a line across the page is meant",
    BlockKind.TOO_DEEP: f"lists and quotations lie more than {DEEPEST} deep in each other; expected a few; write it plainer",
}
"""BlockKind of block -> message about one that prose must not contain."""
_NOT_WITHIN = {BlockKind.CODE: _FAULTS[BlockKind.CODE], BlockKind.UNDERLINED: _FAULTS[BlockKind.UNDERLINED]}
_COUNT = (
    "item {number} of this list would be shown as {shown}, because a list counts on; expected {shown}; "
    "write {shown}., {number}\\. where no item is meant, or a line of text between two lists"
)
_YEAR = (
    f"'{{number}}.' at the start of a line begins a numbered list; expected a number up to {LARGEST} there; "
    "write {number}\\. where no list is meant"
)
_CELLS = (
    "this row has {cells} cells, the head {head}; expected no more than the head has; "
    "add a column to the head, or write \\| where no new cell is meant"
)
_HEADLESS = (
    "a line as below the head of a table, but no head with as many cells stands above it; expected a head; "
    "give both as many cells, put an empty line before the table, or write \\| where no table is meant"
)
_ASTRAY = (
    "this line is indented by four spaces or more, but belongs to no item of a list, so that it would be text of the line above; "
    "expected its mark or its first word right below the first word of the item that it belongs to; indent it so"
)
_NO_ROWS = "this table has no row below its head; expected one at least; add it, or write \\| where no table is meant"
_HIDDEN_BAR = "a | in code or in a citation ends the cell in other programs; expected none there; write \\| in code, and another mark in a citation"
