"""Rows of a table in prose: their cells, and whether a line divides the head of a table from its body (GFM)."""

import re
from collections.abc import Sequence

from explainer.reading.source_lines import SourceLine

_DIVIDER = re.compile(r"(?!- )[|:-][|: -]+")
_ALIGNED = re.compile(r":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^`]*(?<!`)\1(?!`)|\[@[^\[\]]*\]")


def cells(row: SourceLine) -> list[SourceLine]:
    """The cells of a row without the spaces around them; a `|` is part of a cell only behind a backslash."""
    text = row.text
    ends = [found.start() for found in _BAR.finditer(text)]
    starts = [0, *(end + 1 for end in ends)]
    found = [_trimmed(row, start, end) for start, end in zip(starts, [*ends, len(text)], strict=True)]
    if found and not found[0].text:
        found = found[1:]
    if found and not found[-1].text:
        found = found[:-1]
    return found


def _trimmed(row: SourceLine, start: int, end: int) -> SourceLine:
    text = row.text[start:end]
    start += len(text) - len(text.lstrip(" "))
    return row.part(start, max(start, end - (len(text) - len(text.rstrip(" ")))))


def alignments(line: str) -> Sequence[str]:
    """The alignment of each column, as it is written; empty if the line divides no head from a body."""
    if not _DIVIDER.fullmatch(line):
        return ()
    columns = [column.strip(" ") for column in line.split("|")]
    columns = columns[not columns[0] :]
    columns = columns[: -1 if columns and not columns[-1] else None]
    return columns if all(_ALIGNED.fullmatch(column) for column in columns) else ()


def unescaped(cell: SourceLine) -> SourceLine:
    """A cell without the backslashes before its bars."""
    if "\\|" not in cell.text:
        return cell
    kept = [index for index in range(len(cell.text)) if not cell.text.startswith("\\|", index)]
    return SourceLine(
        "".join(cell.text[index] for index in kept), [*(cell.places[index] for index in kept), cell.places[-1]]
    )


def hides_a_bar(row: str) -> bool:
    """Whether a `|` without a backslash stands in code or in a citation."""
    return any(_BAR.search(found.group()) for found in _CODE.finditer(row))
