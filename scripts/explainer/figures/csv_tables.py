"""Tables as CSV: UTF-8 with a byte order mark, a header, line endings as in RFC 4180, and no cell that a spreadsheet runs as a formula."""

from collections.abc import Callable, Iterable
from csv import writer
from decimal import Decimal
from typing import NamedTuple

from explainer.figures.graphic import Cell, Coarse, Table
from explainer.records.record import Record

BOM = "\ufeff"
"""Begins every CSV: without it a spreadsheet on Windows reads another encoding, and shows `CÃ´te` for `Côte`."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a cell a formula; https://owasp.org/www-community/attacks/CSV_Injection."""


def csv(table: Table) -> bytes:
    """Serialise the data of a figure: a header, then one line per row."""
    return serialised(table.columns, ((_written(cell) for cell in row) for row in table.rows))


def serialised(columns: Iterable[str], rows: Iterable[Iterable[str | None]]) -> bytes:
    """A CSV of a header and rows of texts, which are quoted where they need it; None is an empty text."""
    return joined(columns, lines(rows))


def lines(rows: Iterable[Iterable[str | None]]) -> list[str]:
    """Rows of texts as lines of CSV, each with its end."""
    found: list[str] = []
    writer(_Written(found.append), lineterminator="\r\n").writerows(rows)
    return found


class _Written(NamedTuple):
    """What a writer of CSV takes for a file: it writes row by row."""

    write: Callable[[str], None]


def joined(columns: Iterable[str], rows: Iterable[str]) -> bytes:
    """A CSV of a header and lines."""
    return "".join((BOM, *lines([columns]), *rows)).encode()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Coarse():
            return f"{cell.value:f}"
        case Decimal():
            return f"{cell:f}"
        case int():
            return str(cell)
        case Record():
            return _text(cell.label)
        case _:
            return _text(cell)


def _text(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
