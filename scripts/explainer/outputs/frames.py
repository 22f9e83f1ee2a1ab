"""The frame in which another site shows a figure, as high at every width as the page in it, which runs no script to say so.

The height is reckoned from the drawing, which grows with the width, and from the texts, which take fewer lines then. A line
through these heights at several widths is what CSS can follow: space below in parts of the width.
"""

from collections.abc import Iterable, Sequence
from html import escape
from math import ceil

from explainer.figures import draw
from explainer.figures.graphic import Chart, Graphic, Matrix
from explainer.figures.standalone import text_width, wrapped
from explainer.library import addresses, places
from explainer.library.library import Library
from explainer.outputs.embed_tables import texts
from explainer.records.record import Record

EDGE, CHART, PLAIN = 12, 460, 640
"""What is free around the page, and how wide a chart and any other figure gets."""
_NARROWEST, _PHONE = 280, 320
"""Widths of a frame in pixels: below the first, the page may scroll; from the second, the height follows a line."""
_SPARE = 16
"""What is added, because the widths of texts are estimates."""
_COLUMN = 20
"""Width of a column of marks."""
_MARK = 13.5
"""Height of a mark in a cell that has several."""
_LEADING = 1.45
"""Height of a line of text, in sizes of its font."""


def widest(graphic: Graphic) -> int:
    """How wide the content gets; a wider frame is as high."""
    return CHART if isinstance(graphic.drawing, Chart) else PLAIN


def height(library: Library, graphic: Graphic, told: Sequence[str], width: float) -> float:
    """How high the page is in a frame of some width; `told` is what stands below the figure."""
    room = min(width - 2 * EDGE, widest(graphic))
    keys = sum(22 + text_width(key.label, 14) for key in graphic.legend)
    return (
        2 * EDGE
        + _lines(graphic.title, 17, room, bold=True) * 17 * 1.3
        + _text(graphic.says, 15, room)
        + 20
        + _drawn(graphic, room)
        + (4 + ceil(keys / (room - 30)) * 23 if graphic.legend else 0)
        + sum(_text(note, 13, room) for note in told[:-2])
        + _table(library, graphic, room)
        + 12
        + sum(_text(line, 13, room) for line in told[-2:])
    )


def framed(library: Library, graphic: Graphic, told: Sequence[str]) -> str:
    """The lines to copy: a frame, named for ears, loaded when it comes near, as high as the page in it at every width.

    Its name is what the figure shows, because a finding may change after the lines were copied.
    """
    address = places.whole(library, f"{addresses.EMBED}/{graphic.id}/")
    least, start, part, most = _course(library, graphic, told)
    follows = f"clamp({least}px,calc({start}px + {part}%),{most}px)" if least < most else f"{most}px"
    return (
        f'<div style="position:relative;padding-bottom:{follows}">\n'
        f'<iframe src="{escape(address)}" title="{escape(graphic.says)}" loading="lazy" width="100%" height="{most}" '
        'style="position:absolute;top:0;left:0;width:100%;height:100%;border:0"></iframe>\n</div>'
    )


def _course(library: Library, graphic: Graphic, told: Sequence[str]) -> tuple[int, int, int, int]:
    """Least height, where the line begins, its rise in parts of the width, and the most: the line passes above every height."""
    whole = widest(graphic) + 2 * EDGE
    widths = range(_PHONE, whole + 1, 20)
    tall = {wide: height(library, graphic, told, wide) for wide in (_NARROWEST, *widths, whole)}
    part = round(100 * (tall[whole] - tall[_PHONE]) / (whole - _PHONE))
    start = _SPARE + max(tall[wide] - part * wide / 100 for wide in (*widths, whole))
    narrow, wide = max(start + part * _PHONE / 100, tall[_NARROWEST]), start + part * whole / 100
    return ceil(min(narrow, wide)), ceil(start), part, ceil(max(narrow, wide))


def _lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    return len(list(wrapped(text, size, room, bold=bold)))


def _text(text: str, size: float, room: float) -> float:
    """The height of a paragraph with what is free above it."""
    return 4 + _lines(text, size, room) * size * _LEADING


def _drawn(graphic: Graphic, room: float) -> float:
    """The height of a drawing, or of a matrix, whose rows are as high as their names."""
    if isinstance(graphic.drawing, Matrix):
        matrix = graphic.drawing
        names = room - _COLUMN * len(matrix.columns)
        return 9 + 13 * _LEADING + sum(_matrix_row(matrix, row, names) for row in matrix.rows)
    width, tall = draw.size(graphic)
    return room * tall / width


def _matrix_row(matrix: Matrix, row: Record, names: float) -> float:
    """The height of a row of a matrix: of its name, or of the cell with most marks, which stand below each other."""
    most = max((len(matrix.marks.get((row.ident, column.ident), ())) for column in matrix.columns), default=0)
    return max(_row([(row.label, names)]), 9 + _MARK * most + (13 * _LEADING - _MARK))


def _table(library: Library, graphic: Graphic, room: float) -> float:
    """The height of the data: a line where it is folded, else its rows."""
    if not graphic.table.rows:
        return 0
    summary = 8 + 13 * _LEADING
    if not is_open(graphic):
        return summary
    rows = list(texts(library, graphic))
    rooms = _columns(list(zip(*rows, strict=True)), room)
    return summary + 28 + sum(_row(zip(row, rooms, strict=True)) for row in rows)


def _columns(columns: Sequence[Sequence[str]], room: float) -> list[float]:
    """The widths of columns as browsers share them out: room for the longest word of each, the rest by what it says."""
    least = [max(text_width(word, 13) for text in column for word in text.split() or [""]) for column in columns]
    more = [max(text_width(text, 13) for text in column) - word for column, word in zip(columns, least, strict=True)]
    free = max(0.0, room - 8 * len(columns) - sum(least)) / (sum(more) or 1)
    return [word + free * extra for word, extra in zip(least, more, strict=True)]


def _row(cells: Iterable[tuple[str, float]]) -> float:
    """The height of a row of a table: of its longest cell, with the line below."""
    return 9 + 13 * _LEADING * max(_lines(text, 12, room) for text, room in cells)


def is_open(graphic: Graphic) -> bool:
    """Whether the data are shown from the start: sentences are read with the drawing."""
    return "says" in graphic.table.columns
