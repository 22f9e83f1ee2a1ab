"""Records in time: lanes on one axis with a mark a record, and a grid of rows by years or by spans of years."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import sqrt

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Chart, cut
from explainer.figures.svg import GLYPH, WIDTH, group, line, name, rect, text

_EDGE, _HEAD, _GAP = 18, 33, 12
_LONGEST = 40
_ROW, _SIDE, _NAME, _LETTER = 26, 150, 20, 7.4
"""Of a grid: height of a row, room for names and their characters, and the usual width of one."""
_MARGIN = 8
"""Of a grid: what is free behind the last column."""
_LEAST, _CLEAR, _SHORTEST = 8.0, 12.0, 5
"""Of a grid: least width of a column of one year and of a span of years, so that each dot is seen; years of the shortest span."""
ROUND = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
"""Numbers of years that are easy to count by."""
YEAR = 5 * GLYPH
"""Room of the label of a year, with what is free beside it."""
_HIGHEST = 46
"""Height of the highest column of a lane."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A name, and how many records there are in each year."""

    label: str
    told: str
    years: Mapping[int, int]
    peak: str = ""
    """The number of its highest column, as displayed."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A name, and in each year, or from it on, the number of records and what they are."""

    label: str
    cells: Mapping[int, tuple[int, str]]


def step(span: int, most: float = 6) -> int:
    """The round number of years from tick to tick."""
    return next(years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if span / years <= most or years == 1000)


def ticks(first: int, last: int, most: float = 6) -> list[int]:
    """Round years between two years, both included."""
    every = step(last - first, most)
    return list(range(-(-first // every) * every, last + 1, every))


def apart(pitch: float, years: int = 1) -> int:
    """The round number of years from label to label where a column of so many years has so much room."""
    fits = (size for size in ROUND if size % years == 0 and size / years * pitch >= YEAR)
    return next(fits, ROUND[-1])


def lanes(rows: Sequence[Lane]) -> Chart:
    """One lane a row, below its name: in each year a column as high as there are records."""
    years = [year for lane in rows for year in lane.years]
    first, last = min(years), max(years)
    room = (WIDTH - 2 * _EDGE) / max(1, last - first)
    most = max(count for lane in rows for count in lane.years.values())
    unit = min(6.0, _HIGHEST / most)
    wide = max(2.2, min(9.0, room - 0.6))
    marks, top = [], 0.0
    for lane in rows:
        named, more = name(0, top, lane.label, _LONGEST)
        marks.append(named + text("strong", WIDTH, top + 13, lane.told, "end"))
        top += more
        foot = top + _HEAD + max(unit * max(lane.years.values()), 6)
        marks.append(line("axis", 0, foot, WIDTH, foot))
        columns = [(_EDGE + (year - first) * room, count) for year, count in sorted(lane.years.items())]
        marks += [rect("exact", x - wide / 2, foot - unit * count, wide, unit * count) for x, count in columns]
        marks.append(_peak(max(columns, key=lambda column: (column[1], column[0])), lane.peak, foot, unit))
        top = foot + _GAP
    below = top - _GAP + 18
    for year, x in _labelled(first, last, room):
        marks.append(line("axis", x, top - _GAP, x, top - _GAP + 5) + text("axis", x, below, str(year), "middle"))
    return Chart(below + 5, "".join(marks))


def _peak(column: tuple[float, int], told: str, foot: float, unit: float) -> str:
    """The number above the highest column of a lane; of several, above the last."""
    x, count = column
    half = len(told) * GLYPH / 2
    return text("axis", min(max(x, half), WIDTH - half), foot - unit * count - 4, told, "middle") if told else ""


def _labelled(first: int, last: int, room: float) -> Iterator[tuple[int, float]]:
    return ((year, _EDGE + (year - first) * room) for year in ticks(first, last))


def years_a_column(years: Collection[int], names: Iterable[str]) -> int:
    """How many years a column of a grid stands for: one, or a round number where there is no room for one each."""
    first, last, room = min(years), max(years), WIDTH - _side(names) - _MARGIN
    if room / (last - first + 1) >= _LEAST:
        return 1
    spans = (size for size in ROUND if size >= _SHORTEST)
    return next((size for size in spans if room / (last // size - first // size + 1) >= _CLEAR), ROUND[-1])


def _side(names: Iterable[str]) -> float:
    """The room for names beside a grid."""
    return min(_SIDE, max(len(cut(label, _NAME)) for label in names) * _LETTER + 6)


def grid(rows: Sequence[GridRow], span: int = 1) -> Chart:
    """One row a group, behind its name: in each year a dot as large as there are records, with their number.

    A column may stand for a `span` of years; its first one is then their key in the cells.
    """
    years = [year for row in rows for year in row.cells]
    most = max(count for row in rows for count, _ in row.cells.values())
    field = _GridField(min(years), max(years), _side(row.label for row in rows), most, span)
    marks = [mark for place, row in enumerate(rows) for mark in _grid_row(row, place * _ROW + 13.0, field)]
    below = len(rows) * _ROW + 15
    marks += [
        text("axis", min(field.x(year), WIDTH - 2 * GLYPH), below, str(year), "middle") for year in field.labelled
    ]
    return Chart(below + 6, "".join(marks))


@dataclass(frozen=True, slots=True)
class _GridField:
    """The years of a grid, the room for names beside them, the largest number in it, and the years that a column is."""

    first: int
    last: int
    side: float
    most: int
    span: int

    @property
    def pitch(self) -> float:
        """The width of a column."""
        return min(56.0, (WIDTH - self.side - _MARGIN) / ((self.last - self.first) // self.span + 1))

    @property
    def labelled(self) -> Iterable[int]:
        """The years below: every so many back from the last; of spans, the round ones."""
        if self.span == 1:
            return range(self.last, self.first - 1, -max(1, -(-round(YEAR) // int(self.pitch))))
        every = apart(self.pitch, self.span)
        return range(-(-self.first // every) * every, self.last + 1, every)

    def x(self, year: int) -> float:
        """The middle of the column of a year."""
        return self.side + ((year - self.first) / self.span + 0.5) * self.pitch

    def radius(self, count: int) -> float:
        """The size of a dot; its area grows with the number."""
        whole = min(10.5, self.pitch / 2 - 1)
        return whole * (0.5 + 0.5 * sqrt(count / self.most)) if self.most > 1 else whole * 0.65


def _grid_row(row: GridRow, y: float, field: _GridField) -> Iterator[str]:
    yield text("name", 0, y + 4.5, cut(row.label, _NAME)) + line("axis", field.side, y, WIDTH, y)
    for year, (count, says) in sorted(row.cells.items()):
        yield group(_dot(field.x(year), y, field.radius(count), count), says=says)


def _dot(x: float, y: float, radius: float, count: int) -> str:
    number = text("on-main", x, y + 4.5, str(count), "middle") if count > 1 and radius > 7 else ""
    return f'<circle class="exact" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>{number}'


def by_year(years: Sequence[int]) -> Mapping[int, int]:
    """How often each year occurs."""
    return Counter(years)
