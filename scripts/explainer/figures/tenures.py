"""Chart of terms of office: one bar per person, pale for an inexact date, with an arrow for an unknown end."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from explainer.base.values import PartialDate
from explainer.figures import vega
from explainer.figures.graphic import Chart, cut
from explainer.figures.palette import LINE, MAIN, MUTED, TINT

_PITCH, _HEAD, _BAR, _LONGEST = 38, 30, 10, 58
_ARROW = 34
"""Length in pixels of the dashes for an unknown end."""
_LONG = 45
"""Number of days from which the vagueness of a date is visible."""


Kind = Literal["axis", "grid", "head", "name", "known", "vague", "dashes", "before", "onwards"]


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
        return round(_ARROW + (vega.WIDTH - 2 * _ARROW) * (day.toordinal() - start) / (end - start), 1)

    span = max(1, -(-(after - first) // 6))
    years = [year for year in range(first, after + 1) if (after - year) % span == 0]
    found: defaultdict[Kind, list[vega.Row]] = defaultdict(list)
    found["axis"] = [{"x": across(dt.date(year, 1, 1)), "y": 14, "says": str(year)} for year in years]
    y = 24.0
    for body in bodies:
        found["head"].append({"x": 0, "y": y + 18, "says": cut(body.name, _LONGEST - 4)})
        y += _HEAD
        for tenure in body.tenures:
            found["name"].append({"x": 0, "y": y + 12, "says": cut(tenure.label, _LONGEST)})
            top = y + 18
            found["grid"] += [
                {"x": row["x"], "x2": row["x"], "y": top - 2, "y2": top + _BAR + 2} for row in found["axis"]
            ]
            for kind, row in _marks(tenure, top, across):
                found[kind].append(row)
            y += _PITCH
    arrow = {"filled": True, "color": MAIN, "size": 60}
    return Chart(
        vega.spec(
            y + 4,
            [
                vega.lines(found["grid"], color=LINE),
                vega.texts(found["axis"], align="center", color=MUTED),
                vega.boxes(found["vague"], color=TINT, stroke=MAIN, strokeWidth=1),
                vega.boxes(found["known"], color=MAIN),
                vega.lines(found["dashes"], color=MAIN, strokeWidth=2, strokeDash=[4, 3]),
                vega.points(found["before"], shape="triangle-left", **arrow),
                vega.points(found["onwards"], shape="triangle-right", **arrow),
                vega.texts(found["head"], fontWeight="bold"),
                vega.texts(found["name"]),
            ],
        )
    )


def _marks(tenure: Tenure, top: float, across: Callable[[dt.date], float]) -> Iterator[tuple[Kind, vega.Row]]:
    """Draw the bar of a tenure, dark from the last day of its possible start to the first of its possible end."""
    low, middle = top + _BAR, top + _BAR / 2
    for date in (tenure.start, tenure.end):
        if date and (date.last_day - date.first_day).days >= _LONG:
            yield "vague", {"x": across(date.first_day), "x2": across(date.last_day), "y": top, "y2": low}
    if tenure.start and tenure.end:
        left, right = across(tenure.start.last_day), across(tenure.end.first_day)
        if left < right:
            yield "known", {"x": left, "x2": right, "y": top, "y2": low}
    elif tenure.end:
        right = across(tenure.end.first_day)
        tip = right - _ARROW + 6
        yield "known", {"x": right - 3, "x2": right, "y": top, "y2": low}
        yield "dashes", {"x": tip, "x2": right, "y": middle, "y2": middle}
        yield "before", {"x": tip, "y": middle}
    elif tenure.start:
        left = across(tenure.start.last_day)
        tip = left + _ARROW - 6
        yield "known", {"x": left, "x2": left + 3, "y": top, "y2": low}
        yield "dashes", {"x": left, "x2": tip, "y": middle, "y2": middle}
        yield "onwards", {"x": tip, "y": middle}
