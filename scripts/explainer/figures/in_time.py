"""Records in time: lanes on one axis with a mark a record, and a grid of rows by years."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from explainer.figures.graphic import Chart, cut
from explainer.figures.svg import GLYPH, WIDTH, group, line, name, rect, text

_EDGE, _HEAD, _GAP = 18, 33, 12
_LONGEST = 40
_ROW, _SIDE, _NAME, _LETTER = 26, 150, 20, 7.4
"""Of a grid: height of a row, room for names and their characters, and the usual width of one."""
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
    """A name, and in each year the number of records and what they are."""

    label: str
    cells: Mapping[int, tuple[int, str]]


def step(span: int, most: int = 6) -> int:
    """The round number of years from tick to tick."""
    return next(years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if span / years <= most or years == 1000)


def ticks(first: int, last: int) -> list[int]:
    """Round years between two years, both included."""
    every = step(last - first)
    return list(range(-(-first // every) * every, last + 1, every))


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


def grid(rows: Sequence[GridRow]) -> Chart:
    """One row a group, behind its name: in each year a dot as large as there are records, with their number."""
    years = [year for row in rows for year in row.cells]
    side = min(_SIDE, max(len(cut(row.label, _NAME)) for row in rows) * _LETTER + 6)
    field = _GridField(min(years), max(years), side, max(count for row in rows for count, _ in row.cells.values()))
    marks = [mark for place, row in enumerate(rows) for mark in _grid_row(row, place * _ROW + 13.0, field)]
    below = len(rows) * _ROW + 15
    every = max(1, -(-round(5 * GLYPH) // int(field.pitch)))
    marks += [
        text("axis", field.x(year), below, str(year), "middle") for year in range(field.last, field.first - 1, -every)
    ]
    return Chart(below + 6, "".join(marks))


@dataclass(frozen=True, slots=True)
class _GridField:
    """The years of a grid, the room for names beside them, and the largest number in it."""

    first: int
    last: int
    side: float
    most: int

    @property
    def pitch(self) -> float:
        """The width of a year."""
        return min(56.0, (WIDTH - self.side - 8) / (self.last - self.first + 1))

    def x(self, year: int) -> float:
        """The middle of a year."""
        return self.side + (year - self.first + 0.5) * self.pitch

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
