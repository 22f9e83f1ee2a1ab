"""The tables of a figure that stands alone as HTML: a matrix, and the data of a drawing; named for ears, with heads of rows."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from explainer.base.row_heads import naming
from explainer.figures.graphic import Cell, Coarse, Graphic, Matrix
from explainer.figures.standalone import alone
from explainer.figures.swatches import swatch
from explainer.library.library import Library
from explainer.records.record import Record
from explainer.records.traits import Numbered


def matrix_table(name: str, matrix: Matrix) -> str:
    """A matrix, its columns headed as briefly as on the page."""
    rows = ((row.label, [_crossing(matrix, row, column) for column in matrix.columns]) for row in matrix.rows)
    return _table(
        name, [matrix.corner, *map(_brief, matrix.columns)], (_row(_head(first, "row"), rest) for first, rest in rows)
    )


def data_table(library: Library, graphic: Graphic) -> str:
    """The data of a graphic, with the same heads of rows as on a page."""
    rows = list(texts(library, graphic))
    columns = list(zip(*rows, strict=True))
    named = naming(len(columns), columns.__getitem__)
    heads = [library.words("columns", key) for key in graphic.table.columns]
    return _table(library.words("graphic.table"), heads, (_data_row(row, named) for row in rows))


def texts(library: Library, graphic: Graphic) -> Iterator[list[str]]:
    """The cells of the data, row by row."""
    return ([_cell(library, value) for value in row] for row in graphic.table.rows)


def _data_row(row: Sequence[str], named: range) -> str:
    cells = (
        _head(text, "row") if text and place in named else f"<td>{escape(text, quote=False)}</td>"
        for place, text in enumerate(row)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _row(first: str, cells: Iterable[str]) -> str:
    """A row of its first cells as HTML and of what stands in the others, also as HTML."""
    return f"<tr>{first}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _table(name: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    return (
        f"<table><caption>{escape(name, quote=False)}</caption><thead><tr>{''.join(_head(head, 'col') for head in heads)}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _head(text: str, scope: str) -> str:
    return f'<th scope="{scope}">{escape(text, quote=False)}</th>'


def _crossing(matrix: Matrix, row: Record, column: Record) -> str:
    return "".join(alone(swatch(key.swatch, key.label)) for key in matrix.marks.get((row.ident, column.ident), ()))


def _brief(record: Record) -> str:
    return str(record.number) if isinstance(record, Numbered) else record.short


def _cell(library: Library, value: Cell) -> str:
    match value:
        case Record():
            return value.label
        case Coarse():
            return library.words.number(value.shown)
        case Decimal() | int():
            return library.words.number(value)
        case _:
            return value or ""
