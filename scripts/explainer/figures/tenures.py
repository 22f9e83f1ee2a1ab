"""Chart of terms of office: a row for each holder, behind the name; today's are strong, and so is whoever has no known end.

The axis begins where most terms lie. What is before it is an arrow, with its years in words where nothing of it is after.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from explainer.base.dataclass import dataclass
from explainer.base.values import PartialDate
from explainer.figures.graphic import Chart
from explainer.figures.in_time import YEAR, ticks
from explainer.figures.svg import WIDTH, group, line, name, rect, symbol, text

_BODY, _YEARS, _OFFICE, _ROW, _BAR, _GAP = 24, 17, 20, 20, 10, 10
"""Heights: of a body's name, of the years below it, of an office's title, of a row and its bar, and of what is between."""
_SIDE, _LETTER, _LONGEST = 168, 7.4, 52
"""Most room for names, the usual width of a letter in it, and the letters of a title."""
_EDGE, _DASHES, _STUB = 10, 20, 3
"""Room for the tip of an arrow, length of the dashes for a date that is not known, and of the bar where they begin."""
_LONG = 45
"""Number of days from which the vagueness of a date is visible."""
_FEW = 10
"""One term in so many may lie before the axis."""
_TICKS = 6
"""Spaces between the years of the axis, at most."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """When somebody held an office; at least one date is known."""

    holder: str
    start: PartialDate | None
    end: PartialDate | None
    today: bool = False
    """Whether it goes on, as far as is known."""
    told: str = ""
    """Its dates in words."""
    last: PartialDate | None = None
    """Where the end is not known: the last date on which it is known to have been held."""

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that is known."""
        known = [date.year for date in (self.start, self.last, self.end) if date]
        return known[0], known[-1]

    @property
    def style(self) -> str:
        """The class of its marks."""
        return "exact" if self.today else "past"


@dataclass(frozen=True, slots=True)
class Office:
    """An office, and who held it."""

    title: str
    tenures: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """Offices of one organisation."""

    name: str
    offices: tuple[Office, ...]


def begins(tenures: Sequence[Tenure], last: int) -> int:
    """The year in which the axis begins: the first, or a later one where that gives most terms half as much room again."""
    years = sorted(tenure.years[0] for tenure in tenures)
    dense = years[len(years) // _FEW] // 5 * 5
    return dense if dense - years[0] > (last - dense) / 2 else years[0]


def ends(tenures: Sequence[Tenure], today: dt.date) -> int:
    """The year in which the axis ends: that of today where a term goes on, or else the last that is known."""
    latest = max(tenure.years[1] for tenure in tenures)
    return max(today.year, latest) if any(tenure.today for tenure in tenures) else latest


@dataclass(frozen=True, slots=True)
class _TermField:
    """The room of the bars, right of the names, and its scale of years."""

    side: float
    first: int
    today: dt.date
    last: int

    def x(self, day: dt.date) -> float:
        """Where a day is; one before the axis is at its beginning."""
        start, end = dt.date(self.first, 1, 1).toordinal(), dt.date(self.last + 1, 1, 1).toordinal()
        across = (WIDTH - _EDGE - self.side) * (day.toordinal() - start) / (end - start)
        return round(self.side + max(0.0, across), 1)

    @property
    def years(self) -> dict[str, float]:
        """The labels of the axis, and where they are."""
        room = WIDTH - _EDGE - self.side
        places = {year: self.x(dt.date(year, 1, 1)) for year in ticks(self.first, self.last, min(_TICKS, room / YEAR))}
        return {str(year): x for year, x in places.items() if x + YEAR * 0.4 <= WIDTH}


def offices(bodies: Sequence[Body], today: dt.date) -> Chart:
    """Draw every tenure on one scale of years: organisation by organisation, office by office, in the order given."""
    every = [tenure for body in bodies for office in body.offices for tenure in office.tenures]
    last = ends(every, today)
    side = min(_SIDE, max(len(tenure.holder) for tenure in every) * _LETTER + 10)
    field = _TermField(side, begins(every, last), today, last)
    marks, top = [], 0.0
    for body in bodies:
        drawn, top = _body(body, top, field)
        marks += drawn
    return Chart(top, "".join(marks))


def _body(body: Body, top: float, field: _TermField) -> tuple[list[str], float]:
    """An organisation with its years and offices, and where it ends."""
    named, more = name(0, top, body.name, _LONGEST - 8, "strong")
    top += _BODY + more
    marks = [named, *(text("axis", x, top + 10, year, "middle") for year, x in field.years.items())]
    top += _YEARS
    for office in body.offices:
        titled, more = name(0, top, office.title, _LONGEST, "axis")
        top += _OFFICE + more
        rows, end = [], top
        for tenure in office.tenures:
            drawn, high = _row(tenure, end, field)
            rows.append(drawn)
            end += high
        years = field.years.values() if any(tenure.years[1] >= field.first for tenure in office.tenures) else ()
        marks += [titled, *(line("axis", x, top, x, end - 2) for x in years), *rows]
        top = end + 2
    return marks, top + _GAP


def _row(tenure: Tenure, top: float, field: _TermField) -> tuple[str, float]:
    """The name of a holder and the bar, and their height."""
    style = "strong" if tenure.today else "name"
    named, more = name(0, top, tenure.holder, int((field.side - 8) / _LETTER), style)
    return group(named + "".join(_bar(tenure, top + 4, field)), says=tenure.told), _ROW + more


def _bar(tenure: Tenure, top: float, field: _TermField) -> Iterator[str]:
    """The bar of a tenure, whole from the last day of its possible start to the first of its possible end."""
    first, last = tenure.years
    if last < field.first:
        years = str(first) if first == last else f"{first}–{last}"
        yield symbol(tenure.style, field.side + 4, top + _BAR / 2, "left")
        yield text("axis", field.side + 13, top + 9.5, years)
        return
    for date in (tenure.start, tenure.end):
        if date and (date.last_day - date.first_day).days >= _LONG and date.year >= field.first:
            left = field.x(date.first_day)
            yield rect("vague", left, top, field.x(date.last_day) - left, _BAR)
    yield from _known(tenure, top, field)


def _known(tenure: Tenure, top: float, field: _TermField) -> Iterator[str]:
    """What is known of a tenure: a bar between two dates, one with dashes at a date, one with an arrow today."""
    start = field.x(tenure.start.last_day) if tenure.start else None
    end = field.x(tenure.end.first_day) if tenure.end else None
    middle = top + _BAR / 2
    match start, end:
        case float(), float() if start < end:
            yield from _between(tenure, start, end, top, field)
        case None, float():
            yield rect(tenure.style, end - _STUB, top, _STUB, _BAR)
            yield line("open", end - _STUB, middle, max(field.side, end - _DASHES), middle)
        case float(), None if tenure.today:
            now = max(start + _STUB, field.x(field.today) - 4)
            yield rect(tenure.style, start, top, now - start, _BAR)
            yield symbol(tenure.style, now + 4, middle, "right")
        case _, None:
            yield from _open(tenure, start, top, field)


def _between(tenure: Tenure, start: float, end: float, top: float, field: _TermField) -> Iterator[str]:
    """A bar between two places; where it begins before the axis, behind an arrow."""
    before = tenure.years[0] < field.first
    left = start + 6 if before else start
    yield rect(tenure.style, left, top, max(_STUB, end - left), _BAR)
    yield symbol(tenure.style, field.side + 3, top + _BAR / 2, "left") if before else ""


def _open(tenure: Tenure, start: float | None, top: float, field: _TermField) -> Iterator[str]:
    """A tenure whose end is not known: a bar up to where it is known last, and dashes at each side without a date."""
    middle = top + _BAR / 2
    known = field.x(tenure.last.first_day) if tenure.last else start
    if known is None:  # pragma: no cover - one date is always known
        return
    if start is None:
        yield line("open", known, middle, max(field.side, known - _DASHES), middle)
    left = known if start is None else start
    end = max(known, left + _STUB)
    yield from _between(tenure, left, end, top, field)
    yield line("open", end, middle, min(WIDTH - 2.0, end + _DASHES - _STUB), middle)
