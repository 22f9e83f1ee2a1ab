"""Bar charts: horizontal for named groups, vertical for years; a bar is hollow if its number is not exact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.figures.graphic import Chart, cut
from explainer.figures.svg import WIDTH, line, rect, reserve, text

MOST = 12
"""Maximum number of horizontal bars in a chart."""
LABELLED = 12
"""Maximum number of vertical bars that all carry their number."""
_PITCH, _BAR, _LONGEST = 40, 12, 58
_FOOT, _HIGH = 190, 170
"""The foot of vertical bars, and the height of the highest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A group and its number."""

    label: str
    value: float
    told: str
    """The number as displayed, with its qualifier."""
    exact: bool = True

    @property
    def style(self) -> str:
        """The class of its mark."""
        return "exact" if self.exact else "inexact"


_Place = tuple[Bar, float, float]
"""A vertical bar, its middle and its top."""


def lying(bars: Sequence[Bar]) -> Chart:
    """One horizontal bar per group, with its name above and its number at the end."""
    room = WIDTH - reserve([bar.told for bar in bars])
    most = max(bar.value for bar in bars) or 1
    rows = (_row(bar, place * _PITCH, room * bar.value / most) for place, bar in enumerate(bars))
    return Chart(len(bars) * _PITCH, "".join(rows))


def _row(bar: Bar, top: float, length: float) -> str:
    return (
        text("name", 0, top + 13, cut(bar.label, _LONGEST))
        + rect(bar.style, 1, top + 19, length, _BAR)
        + text("strong", length + 7, top + 17.5 + _BAR, bar.told)
    )


def standing(bars: Sequence[Bar | None], labels: Sequence[str]) -> Chart:
    """One vertical bar per year, with its number above; a year without data (None) stays empty."""
    known = [bar for bar in bars if bar]
    edge = _edge(known, WIDTH / len(labels))
    pitch = (WIDTH - 2 * edge) / len(labels)
    middles = [edge + (place + 0.5) * pitch for place in range(len(labels))]
    most = max(bar.value for bar in known) or 1
    places = [(bar, x, _FOOT - _HIGH * bar.value / most) for bar, x in zip(bars, middles, strict=True) if bar]
    layers = (
        _columns(places, min(pitch * 0.62, 34)),
        [line("axis", 0, _FOOT, WIDTH, _FOOT)],
        _numbers(places, every=len(labels) <= LABELLED),
        _years(labels, middles),
    )
    return Chart(_FOOT + 26, "".join(mark for layer in layers for mark in layer))


def _edge(bars: Sequence[Bar], pitch: float) -> float:
    """The margin that the first and the last number need where they are wider than their bar's share of the chart."""
    return max(0.0, (reserve([bar.told for bar in bars]) - pitch) / 2)


def _columns(places: Sequence[_Place], width: float) -> Iterator[str]:
    for bar, x, top in places:
        if bar.value:
            yield rect(bar.style, x - width / 2, top, width, _FOOT - top)


def _numbers(places: Sequence[_Place], *, every: bool) -> Iterator[str]:
    """The numbers of every bar, or, where there is no room for all, of the highest ones and the last."""
    most = max(bar.value for bar, _, _ in places)
    for place in places:
        bar, x, top = place
        if every or bar.value == most or place is places[-1]:
            yield text("strong halo", x, top - 6, bar.told, "middle")


def _years(labels: Sequence[str], middles: Sequence[float]) -> Iterator[str]:
    """The labels below the bars: ten at most, the last among them."""
    every = -(-len(labels) // 10)
    for place in range((len(labels) - 1) % every, len(labels), every):
        yield text("axis", middles[place], _FOOT + 18, labels[place], "middle")
