"""Tables as CSV: UTF-8 with a byte order mark, a header, line endings as in RFC 4180, and no cell that a spreadsheet runs as a formula."""

from decimal import Decimal

from explainer.figures.graphic import Cell, Table
from explainer.records.record import Record

BOM = "\ufeff"
"""Begins every CSV: without it a spreadsheet on Windows reads another encoding, and shows `CÃ´te` for `Côte`."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters that make a cell a formula; https://owasp.org/www-community/attacks/CSV_Injection."""


def csv(table: Table) -> bytes:
    """Serialise the data of a figure: a header, then one line per row."""
    lines = [",".join(table.columns), *(",".join(_written(cell) for cell in row) for row in table.rows)]
    return (BOM + "".join(f"{line}\r\n" for line in lines)).encode()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:f}"
        case int():
            return str(cell)
        case Record():
            return _text(cell.label)
        case _:
            return _text(cell)


def _text(text: str) -> str:
    safe = f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
    quote = '"'
    return f"{quote}{safe.replace(quote, quote * 2)}{quote}" if any(char in safe for char in ',"\r\n') else safe
