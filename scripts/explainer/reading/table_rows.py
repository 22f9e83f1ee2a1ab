"""Table rows in a story: whether Python-Markdown parses them as a table, and which rows would lose a cell."""

import re
from collections.abc import Iterator, Sequence

from explainer.reading.prose import HIDDEN

_PIPE = re.compile(r"\\\\|\\\||(\|)")
_OUTER = re.compile(r"(?<!\\)(?:\\\\)*\|$")
_DASHES = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|?")


def is_table(rows: Sequence[str]) -> bool:
    """Whether Python-Markdown parses the lines of a block, stripped of surrounding spaces, as a table."""
    if len(rows) < 2:
        return False
    bordered = _bordered(rows[0])
    columns = _cells(rows[0], bordered=bordered)
    if columns == 1 and not (bordered and all(_bordered(row) for row in rows[1:])):
        return False
    return columns == _cells(rows[1], bordered=bordered) and set(rows[1]) <= set("|:- ")


def wrong_rows(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Index and message for each row that Python-Markdown renders differently from other Markdown programs."""
    if is_table(rows):
        bordered = _bordered(rows[0])
        columns = _cells(rows[0], bordered=bordered)
        for place, row in enumerate(rows):
            if message := _wrong_row(row, columns, bordered=bordered):
                yield place, message
    elif len(rows) > 1 and "|" in rows[0] and _DASHES.fullmatch(rows[1]) and _alike(rows[0], rows[1]):
        yield 0, _BORDERS_OF_THE_HEAD


def _alike(head: str, below: str) -> bool:
    return _cells(head, bordered=True) == _cells(below, bordered=True)


def _bordered(row: str) -> bool:
    return row.startswith("|") or bool(_OUTER.search(row))


def _cells(row: str, *, bordered: bool) -> int:
    """Number of cells in a row; if `bordered`, a pipe at the start or end of the row separates nothing."""
    if bordered:
        row = _OUTER.sub("", row.removeprefix("|"))
    return 1 + sum(1 for found in _PIPE.finditer(row) if found[1])


def _wrong_row(row: str, columns: int, *, bordered: bool) -> str | None:
    cells = _cells(row, bordered=True)
    if HIDDEN in row:
        return _HIDDEN_PIPE
    if row.startswith(">"):
        return QUOTATION
    if cells > columns:
        return _CELLS.format(cells=cells, head=columns)
    return _BORDERS if cells != _cells(row, bordered=bordered) else None


QUOTATION = (
    "> in the middle of a paragraph begins a quotation; expected an empty line before a quotation; "
    "add one, or write \\> where the mark is meant"
)
_CELLS = (
    "this row has {cells} cells, the head {head}; expected no more than the head has; "
    "add a column to the head, or write \\| where no new cell is meant"
)
_BORDERS = (
    "this row has a | at its beginning or end, the head has none; expected all rows alike; "
    "write the head and every row between | and |"
)
_BORDERS_OF_THE_HEAD = (
    "this table would be shown as text, because its rows differ in the | at their beginning and end; "
    "expected all rows alike; write the head and every row between | and |"
)
_HIDDEN_PIPE = "a | in code or in a citation ends the cell in other programs; expected none there; write \\| in code, and another mark in a citation"
