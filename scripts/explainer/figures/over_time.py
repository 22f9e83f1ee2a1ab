"""Line chart of a measure over time: one point per date, hollow if the number is not exact."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates
from explainer.figures.graphic import Chart
from explainer.figures.in_time import step
from explainer.figures.svg import WIDTH, line, polyline, reserve, symbol, text

LABELLED = 8
"""Maximum number of points that all carry their number."""
_FOOT, _HIGH = 206, 180
"""The foot of the scale, and its height."""
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
        return (self.first + self.last) / 2

    @property
    def first(self) -> int:
        """The first day of its date."""
        return self.dates.start.first_day.toordinal()

    @property
    def last(self) -> int:
        """The last day of its date."""
        return self.dates.end.last_day.toordinal()


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
_YEAR = 44
"""The room of a year below."""
_ROW = 20
"""The height of a label."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """The part of a chart that shows the numbers, and its two scales."""

    years: range
    marks: Sequence[tuple[float, str]]
    """The ticks of the scale, with their labels."""

    @property
    def left(self) -> float:
        """Where the plot begins, right of the labels."""
        return reserve([label for _, label in self.marks])

    def across(self, day: float) -> float:
        """The place of a day."""
        start, end = (dt.date(year, 1, 1).toordinal() for year in (self.years.start, self.years.stop))
        return self.left + 8 + (WIDTH - self.left - 30) * (day - start) / (end - start)

    def up(self, value: float) -> float:
        """The height of a number."""
        low, high = self.marks[0][0], self.marks[-1][0]
        return _FOOT - _HIGH * (value - low) / (high - low)


def over_time(moments: Sequence[Moment], marks: Sequence[tuple[float, str]]) -> Chart:
    """Draw the moments in chronological order on a labelled `scale`."""
    ordered = sorted(moments, key=lambda item: (item.middle, item.value))
    first, last = min(item.dates.start.year for item in ordered), max(item.dates.end.year for item in ordered)
    plot = _Plot(range(first, last + 1), marks)
    path = polyline("trend", ((plot.across(item.middle), plot.up(item.value)) for item in ordered))
    layers = (_axes(plot), _extents(plot, ordered), (path,), _points(plot, ordered), _labels(plot, ordered))
    return Chart(_FOOT + 28, "".join(mark for layer in layers for mark in layer))


def _axes(plot: _Plot) -> Iterator[str]:
    """A line and a label for each tick, and the years below."""
    for value, label in plot.marks:
        yield line("axis", plot.left, plot.up(value), WIDTH, plot.up(value))
        yield text("axis", plot.left - 6, plot.up(value) + 4.5, label, "end")
    for year, x in _years(plot):
        yield text("axis", x, _FOOT + 20, str(year), "middle")


def _years(plot: _Plot) -> Iterator[tuple[int, float]]:
    """The years below, each in its middle: all, or those that are divided by 2, 5, 10 and so on, as there is room."""
    pitch = plot.across(366) - plot.across(1)
    every = step(len(plot.years), max(1, int(pitch * len(plot.years) / _YEAR)))
    places = ((year, plot.across(dt.date(year, 7, 1).toordinal())) for year in plot.years if year % every == 0)
    return ((year, x) for year, x in places if x + _YEAR / 2 <= WIDTH + 4)


def _extents(plot: _Plot, moments: Sequence[Moment]) -> Iterator[str]:
    """A line for each date that is long, and for each number that is a range."""
    for item in moments:
        x, y = plot.across(item.middle), plot.up(item.value)
        if item.last - item.first >= _LONG:
            yield line("extent", plot.across(item.first), y, plot.across(item.last), y)
        if item.high is not None:
            yield line("extent", x, y, x, plot.up(item.high))


def _points(plot: _Plot, moments: Sequence[Moment]) -> Iterator[str]:
    for item in moments:
        style = "exact" if item.exact else "hollow"
        yield symbol(style, plot.across(item.middle), plot.up(item.value))


def _above(plot: _Plot, moments: Sequence[Moment], left: float, right: float) -> float:
    """The top of all points between two sides, so that no number lies on one."""
    return min(
        (plot.up(item.value) for item in moments if left - 5 <= plot.across(item.middle) <= right + 5), default=_FOOT
    )


def _labels(plot: _Plot, ordered: Sequence[Moment]) -> Iterator[str]:
    """The numbers, within the drawing and above the points there; of two that would touch, only the later is kept."""
    kept: list[tuple[float, float, float]] = []
    for item in reversed(_told(ordered)):
        half = len(item.told) * _LETTER / 2
        x = min(max(plot.across(item.middle), plot.left + half), WIDTH - half)
        y = min(_above(plot, ordered, x - half, x + half), plot.up(item.high or item.value)) - 10
        if all(abs(x - other) > half + room or abs(y - there) > _ROW for other, there, room in kept):
            kept.append((x, y, half))
            yield text("strong halo", x, y, item.told, "middle")


def _told(ordered: Sequence[Moment]) -> Sequence[Moment]:
    """The points that carry their number: all of a few; otherwise the first, the last, the lowest and the highest."""
    if len(ordered) <= LABELLED:
        return ordered
    values = [item.value for item in ordered]
    kept = {0, len(ordered) - 1, values.index(min(values)), values.index(max(values))}
    return [item for place, item in enumerate(ordered) if place in kept]
