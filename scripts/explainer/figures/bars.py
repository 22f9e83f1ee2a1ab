"""Bar charts: horizontal for named groups, vertical for years; a bar is hollow if its number is not exact."""

from collections.abc import Iterable, Iterator, Sequence

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Chart
from explainer.figures.in_time import apart
from explainer.figures.svg import GLYPH, WIDTH, beside, line, longest_bar, name, rect, reserve, text

MOST = 12
"""Maximum number of horizontal bars in a chart."""
LABELLED = 12
"""Maximum number of vertical bars that all carry their number."""
_PITCH, _BAR, _LONGEST = 40, 12, 52
_FOOT, _HIGH = 190, 170
"""The foot of vertical bars, and the height of the highest."""
_YEAR = 24
"""From one lying bar to the next where names and years stand before them."""
_CLEAR, _TALL = 3, 14
"""By how much a bar may rise beside the number of another, and the height of a number."""
_THIN, _THINNEST = 5.0, 3.0
"""Width of a bar where years are narrow: as long as one is free beside it, and the least that is seen well, even over the next."""
_TIGHT, _HALF = 4.4 * GLYPH, 2 * GLYPH
"""Least room from label to label of years, and half of a label."""


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
    """One horizontal bar per group, with its number at the end: behind its name, or below it where one is long."""
    side = beside([bar.label for bar in bars])
    start = side or 1
    room = longest_bar(start, [(bar.value, bar.told) for bar in bars])
    most = max(bar.value for bar in bars) or 1
    marks, top = [], 0
    for bar in bars:
        named, more = name(0, top, bar.label, _LONGEST)
        marks.append(named + _bar(bar, start, top + (2 if side else 19 + more), room * bar.value / most))
        top += _YEAR if side else _PITCH + more
    return Chart(top, "".join(marks))


def _bar(bar: Bar, start: float, top: float, length: float) -> str:
    """A bar from its upper left corner, and its number."""
    return rect(bar.style, start, top, length, _BAR) + text("strong", start + length + 6, top + _BAR - 1.5, bar.told)


def standing(bars: Sequence[Bar | None], labels: Sequence[str]) -> Chart:
    """One vertical bar per year, with its number above; a year without data (None) stays empty.

    Where a number would touch a bar or a number beside it, the bars lie, one below the other.
    """
    places, middles, pitch = _placed(bars, len(labels))
    few, width = len(labels) <= LABELLED, min(_wide(pitch), 34)
    numbered = _numbered(places, every=few)
    clear = [place for place in numbered if not _touches(place, places, numbered, width)]
    if few and len(clear) < len(numbered):
        return _lying_years(bars, labels)
    years = _years(labels, middles, pitch)
    layers = (_columns(places, width), [line("axis", 0, _FOOT, WIDTH, _FOOT)], _numbers(clear), years)
    return Chart(_FOOT + 26, "".join(mark for layer in layers for mark in layer))


def _placed(bars: Sequence[Bar | None], years: int) -> tuple[Sequence[_Place], Sequence[float], float]:
    """Where each bar stands; the middle of every year, and the room that it has."""
    known = [bar for bar in bars if bar]
    edge = _edge(known, WIDTH / years)
    pitch = (WIDTH - 2 * edge) / years
    middles = [edge + (place + 0.5) * pitch for place in range(years)]
    most = max(bar.value for bar in known) or 1
    places = [(bar, x, _FOOT - _HIGH * bar.value / most) for bar, x in zip(bars, middles, strict=True) if bar]
    return places, middles, pitch


def _lying_years(bars: Sequence[Bar | None], labels: Sequence[str]) -> Chart:
    """One horizontal bar per year, behind its name and with its number at the end."""
    start = reserve(labels)
    room = longest_bar(start, [(bar.value, bar.told) for bar in bars if bar])
    most = max(bar.value for bar in bars if bar) or 1
    marks = [line("axis", start, 0, start, len(labels) * _YEAR)]
    for place, (bar, label) in enumerate(zip(bars, labels, strict=True)):
        base = place * _YEAR + 17
        marks.append(text("axis", start - 8, base, label, "end"))
        if bar:
            length = room * bar.value / most
            marks.append(rect(bar.style, start, base - _BAR + 1, length, _BAR) if bar.value else "")
            marks.append(text("strong", start + length + 7, base, bar.told))
    return Chart(len(labels) * _YEAR, "".join(marks))


def _edge(bars: Sequence[Bar], pitch: float) -> float:
    """The margin that the first and the last number need where they are wider than their bar's share of the chart."""
    return max(0.0, (reserve([bar.told for bar in bars]) - pitch) / 2)


def _columns(places: Sequence[_Place], width: float) -> Iterator[str]:
    for bar, x, top in places:
        if bar.value:
            yield rect(bar.style, x - width / 2, top, width, _FOOT - top)


def _numbered(places: Sequence[_Place], *, every: bool) -> Sequence[_Place]:
    """The bars that carry their number: each, or, where there is no room for all, the highest ones and the last."""
    most = max(bar.value for bar, _, _ in places)
    return [place for place in places if every or place[0].value == most or place is places[-1]]


def _touches(place: _Place, bars: Sequence[_Place], numbered: Sequence[_Place], width: float) -> bool:
    """Whether the number of a bar would touch a higher bar, or the number of a later one that is about as high."""
    _, x, top = place
    half = _half(place)
    higher = (there for _, there, other in bars if other < top - _CLEAR)
    later = (other for other in numbered if other[1] > x and abs(other[2] - top) < _TALL)
    return any(abs(there - x) < half + width / 2 for there in higher) or any(
        other[1] - x < half + _half(other) for other in later
    )


def _half(place: _Place) -> float:
    return len(place[0].told) * GLYPH / 2 + 2


def _numbers(places: Iterable[_Place]) -> Iterator[str]:
    """The numbers above their bars."""
    for bar, x, top in places:
        yield text("strong halo", x, top - 6, bar.told, "middle")


def _wide(pitch: float) -> float:
    """The width of a bar."""
    return max(pitch * 0.62, min(pitch - 1, _THIN), _THINNEST)


def _years(labels: Sequence[str], middles: Sequence[float], pitch: float) -> Iterator[str]:
    """The labels below the bars: ten at most, the last among them and whole; where these would touch, round years."""
    every = -(-len(labels) // 10)
    last = min(middles[-1], WIDTH - _HALF)
    if every > 1 and every * pitch - (middles[-1] - last) < _TIGHT:
        return _round_years(labels, middles, apart(pitch))
    shown = range((len(labels) - 1) % every, len(labels), every)
    return (text("axis", min(middles[place], last), _FOOT + 18, labels[place], "middle") for place in shown)


def _round_years(labels: Sequence[str], middles: Sequence[float], every: int) -> Iterator[str]:
    """The labels of years that are divided by a round number, of those that are whole."""
    for label, x in zip(labels, middles, strict=True):
        if int(label) % every == 0 and _HALF <= x <= WIDTH - _HALF:
            yield text("axis", x, _FOOT + 18, label, "middle")
