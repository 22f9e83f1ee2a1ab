"""Chart of terms of office: one bar per person, pale for an inexact date, with an arrow for an unknown end."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from explainer.base.values import PartialDate
from explainer.figures.graphic import Chart
from explainer.figures.in_time import ticks
from explainer.figures.svg import WIDTH, line, name, rect, symbol, text

_PITCH, _HEAD, _BAR, _LONGEST = 38, 30, 10, 52
_ARROW = 34
"""Length in pixels of the dashes for an unknown end."""
_STUB = 3
"""Width of the bar where the dashes begin."""
_LONG = 45
"""Number of days from which the vagueness of a date is visible."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office and when it was held; at least one end is known."""

    label: str
    start: PartialDate | None
    end: PartialDate | None

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that is known."""
        known = [date.year for date in (self.start, self.end) if date]
        return known[0], known[-1]


@dataclass(frozen=True, slots=True)
class Body:
    """Tenures in one organisation."""

    name: str
    tenures: tuple[Tenure, ...]


def offices(bodies: Sequence[Body]) -> Chart:
    """Draw every tenure on one scale of years, organisation by organisation."""
    every = [tenure.years for body in bodies for tenure in body.tenures]
    first, after = min(years[0] for years in every), max(years[1] for years in every) + 1
    start, end = dt.date(first, 1, 1).toordinal(), dt.date(after, 1, 1).toordinal()

    def across(day: dt.date) -> float:
        return round(_ARROW + (WIDTH - 2 * _ARROW) * (day.toordinal() - start) / (end - start), 1)

    years = {str(year): across(dt.date(year, 1, 1)) for year in ticks(first, after)}
    marks = [text("axis", x, 14, year, "middle") for year, x in years.items()]
    y = 24.0
    for body in bodies:
        named, more = name(0, y + 5, body.name, _LONGEST - 4, "strong")
        marks.append(named)
        y += _HEAD + more
        for tenure in body.tenures:
            named, more = name(0, y - 1, tenure.label, _LONGEST)
            marks.append(named)
            y += more
            marks += [line("axis", x, y + 16, x, y + 20 + _BAR) for x in years.values()]
            marks += _bar(tenure, y + 18, across)
            y += _PITCH
    return Chart(y + 4, "".join(marks))


def _bar(tenure: Tenure, top: float, across: Callable[[dt.date], float]) -> Iterator[str]:
    """The bar of a tenure, dark from the last day of its possible start to the first of its possible end."""
    for date in (tenure.start, tenure.end):
        if date and (date.last_day - date.first_day).days >= _LONG:
            left = across(date.first_day)
            yield rect("vague", left, top, across(date.last_day) - left, _BAR)
    start = across(tenure.start.last_day) if tenure.start else None
    end = across(tenure.end.first_day) if tenure.end else None
    match start, end:
        case float(), float() if start < end:
            yield rect("exact", start, top, end - start, _BAR)
        case None, float():
            yield rect("exact", end - _STUB, top, _STUB, _BAR)
            yield from _arrow(end, -1, top)
        case float(), None:
            yield rect("exact", start, top, _STUB, _BAR)
            yield from _arrow(start, 1, top)


def _arrow(x: float, way: Literal[-1, 1], top: float) -> Iterator[str]:
    """Dashes from where a tenure is known towards its unknown end."""
    middle, tip = top + _BAR / 2, x + way * (_ARROW - 6)
    yield line("open", x, middle, tip, middle)
    yield symbol("exact", tip, middle, "left" if way < 0 else "right")
