"""Line chart of a measure over time: one point per date, hollow if the number is not exact."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from explainer.base.values import Dates
from explainer.figures import vega
from explainer.figures.graphic import Chart
from explainer.figures.palette import LINE, MAIN, MUTED, PAPER

LABELLED = 8
"""Maximum number of points that all carry their number."""
_TOP, _HIGH = 26, 180
_LONG = 60
"""Number of days from which a date is drawn as a line rather than a point."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A number and its date."""

    dates: Dates
    value: float
    told: str
    """The number as displayed, with its qualifier."""
    high: float | None = None
    """The upper end of a range."""
    exact: bool = True

    @property
    def middle(self) -> float:
        """The midpoint of its date, in days."""
        return (self.dates.start.first_day.toordinal() + self.dates.end.last_day.toordinal()) / 2


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Three to six round numbers from at or below `low` to at or above `high`."""
    span = (high - low) or abs(high) or 1
    power = 10.0 ** math.floor(math.log10(span / 4))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * 4 >= span)
    step = max(step, 1) if float(low).is_integer() and float(high).is_integer() else step
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(round(place * step, 6) for place in range(first, max(last, first + 1) + 1))


def scale(moments: Sequence[Moment]) -> tuple[float, ...]:
    """The ticks of the scale: from zero, unless all numbers are close together and far from it."""
    low = min(item.value for item in moments)
    high = max(item.high or item.value for item in moments)
    return ticks(low if low > 0 and high - low < low / 2 else min(low, 0), max(high, 0))


_LETTER = 9.2
"""An upper estimate of the width of a bold digit."""
_ROW = 20
"""The height of a label."""


def _apart(places: Sequence[tuple[float, float, str]], left: float) -> list[vega.Row]:
    """Place labels within the drawing; of two that would touch, only the later is kept."""
    kept: list[tuple[float, float, float, str]] = []
    for x, y, says in reversed(places):
        half = len(says) * _LETTER / 2
        middle = round(min(max(x, left + half), vega.WIDTH - half), 1)
        if all(abs(middle - other) > half + room or abs(y - there) > _ROW for other, there, room, _ in kept):
            kept.append((middle, y, half, says))
    return [{"x": x, "y": y, "says": says} for x, y, _, says in reversed(kept)]


def over_time(moments: Sequence[Moment], marks: Sequence[tuple[float, str]]) -> Chart:
    """Draw the moments in chronological order on a labelled `scale`."""
    ordered = sorted(moments, key=lambda item: (item.middle, item.value))
    first = min(item.dates.start.year for item in ordered)
    after = max(item.dates.end.year for item in ordered) + 1
    start, end = dt.date(first, 1, 1).toordinal(), dt.date(after, 1, 1).toordinal()
    left = vega.reserve([label for _, label in marks])
    low, high = marks[0][0], marks[-1][0]
    foot = _TOP + _HIGH

    def across(day: float) -> float:
        return round(left + 8 + (vega.WIDTH - left - 30) * (day - start) / (end - start), 1)

    def up(value: float) -> float:
        return round(foot - _HIGH * (value - low) / (high - low), 1)

    rows: list[vega.Row] = [
        {
            "x": across(item.middle),
            "y": up(item.value),
            "top": up(item.high or item.value),
            "says": item.told if shown else "",
            "exact": item.exact,
        }
        for item, shown in zip(ordered, _shown(ordered), strict=True)
    ]
    spans = [
        {
            "x": across(item.dates.start.first_day.toordinal()),
            "x2": across(item.dates.end.last_day.toordinal()),
            "y": up(item.value),
            "y2": up(item.value),
        }
        for item in ordered
        if (item.dates.end.last_day - item.dates.start.first_day).days >= _LONG
    ]
    ranges = [
        {"x": across(item.middle), "x2": across(item.middle), "y": up(item.value), "y2": up(item.high)}
        for item in ordered
        if item.high is not None
    ]
    every = max(1, -(-(after - first) // 8))
    years = [
        {"x": across(dt.date(year, 7, 1).toordinal()), "y": foot + 20, "says": str(year)}
        for year in range(first, after)
        if (after - 1 - year) % every == 0
    ]
    grid = [{"x": left, "x2": vega.WIDTH, "y": up(value), "y2": up(value)} for value, _ in marks]
    axis = [{"x": left - 6, "y": up(value) + 4.5, "says": label} for value, label in marks]
    labels = _apart([(row["x"], row["top"] - 10, str(row["says"])) for row in rows if row["says"]], left)
    hollow = {"filled": True, "color": PAPER, "stroke": MAIN, "strokeWidth": 2, "size": 70}
    return Chart(
        vega.spec(
            foot + 28,
            [
                vega.lines(grid, color=LINE),
                vega.texts(axis, align="right", color=MUTED),
                vega.texts(years, align="center", color=MUTED),
                vega.lines([*spans, *ranges], color=MUTED, strokeWidth=2),
                vega.path(rows, color=MUTED, strokeWidth=1.5),
                vega.texts(labels, align="center", fontWeight="bold", color=PAPER, stroke=PAPER, strokeWidth=4),
                vega.points([row for row in rows if row["exact"]], filled=True, color=MAIN, size=80),
                vega.points([row for row in rows if not row["exact"]], **hollow),
                vega.texts(labels, align="center", fontWeight="bold"),
            ],
        )
    )


def _shown(ordered: Sequence[Moment]) -> list[bool]:
    """The points that carry their number: all of a few; otherwise the first, the last, the lowest and the highest."""
    if len(ordered) <= LABELLED:
        return [True] * len(ordered)
    values = [item.value for item in ordered]
    kept = {0, len(ordered) - 1, values.index(min(values)), values.index(max(values))}
    return [place in kept for place in range(len(ordered))]
