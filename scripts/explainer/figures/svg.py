"""SVG text: the five marks that every chart is made of, and the frame with the text for screen readers.

A mark names its colours by a class, which the style sheet resolves in both schemes. Coordinates are units of a field that
is 380 wide, so that text of 13 is 12 or more on a usual phone. The widths of texts are estimated, never measured, so
that a drawing does not depend on the fonts of the machine that builds it.
"""

import textwrap
from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

WIDTH = 380
"""Width of the field of a chart: on a page of 390 pixels, which leaves 358 for it, text is 12 or more."""
SIZE = 13
"""Font size of a chart."""
GLYPH = 8.6
"""Average width of a character at that size, in bold and in the widest of the usual fonts."""

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
_ARROWS: dict[str, tuple[Point, ...]] = {"left": ((-4, 0), (4, -5), (4, 5)), "right": ((4, 0), (-4, -5), (-4, 5))}
"""Name of a symbol -> its corners around the middle."""


def number(value: float) -> str:
    """Format a coordinate with at most one decimal, which is finer than any screen shows; never `-0`."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def step_style(step: int) -> str:
    """The attributes of a shape in the step of a scale: its class, and a pattern for readers whose system chooses the colours.

    The patterns stand once on a page (`theme/partials/step-patterns.html`); elsewhere the style sheet's colours go first.
    """
    return f' class="step-{step}" fill="url(#x-step-{step})"'


def rect(style: str, x: float, y: float, width: float, height: float) -> str:
    """A rectangle from its upper left corner."""
    return _mark("rect", style, x=x, y=y, width=width, height=height)


def line(style: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line between two points."""
    return _mark("line", style, x1=x1, y1=y1, x2=x2, y2=y2)


def polyline(style: str, points: Iterable[Point]) -> str:
    """A line through points, in the order given."""
    return f'<polyline class="{style}" points="{_points(points)}"/>'


def symbol(style: str, x: float, y: float, shape: Literal["circle", "left", "right"] = "circle") -> str:
    """A mark at a point: a circle, or an arrow to one side."""
    if shape == "circle":
        return _mark("circle", style, cx=x, cy=y, r=4.7)
    return f'<polygon class="{style}" points="{_points((x + dx, y + dy) for dx, dy in _ARROWS[shape])}"/>'


def text(style: str, x: float, y: float, says: str, anchor: Anchor = "start") -> str:
    """A line of text on the baseline `y`."""
    how = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{style}" x="{number(x)}" y="{number(y)}"{how}>{escape(says, quote=False)}</text>'


LINE = 16
"""From one line of a name to the next."""


def name(x: float, top: float, says: str, longest: int, style: str = "name") -> tuple[str, int]:
    """A name from `top`, on a second line where it is longer than `longest`; and the height of that line, or zero.

    What does not fit on two lines ends in an ellipsis.
    """
    first, *rest = textwrap.wrap(says, longest, max_lines=2, placeholder="…") or [""]
    marks = [text(style, x, top + 13 + place * LINE, part) for place, part in enumerate((first, *rest))]
    return "".join(marks), LINE * len(rest)


def group(inside: str, href: str = "", says: str = "") -> str:
    """Marks with what they say, which a pointer shows, as a link if there is an address."""
    told = f"<title>{escape(says, quote=False)}</title>" if says else ""
    if href:
        return f'<a href="{escape(href)}">{told}{inside}</a>'
    return f"<g>{told}{inside}</g>" if told else inside


def reserve(labels: Sequence[str]) -> float:
    """Space to reserve for the widest of some labels."""
    return max((len(label) for label in labels), default=0) * GLYPH + 8


_BESIDE = 20
"""Number of characters of the longest name that stands beside its marks."""
_LETTER = 7.4
"""Usual width of a character of a name."""


def beside(names: Sequence[str]) -> float:
    """Room for names in a column before their marks, where all of them are short; zero where they stand above."""
    longest = max(map(len, names), default=0)
    return longest * _LETTER + 10 if 0 < longest <= _BESIDE else 0.0


def longest_bar(start: float, bars: Sequence[tuple[float, str]]) -> float:
    """Length of the longest of some bars from `start`, so that each has room for its number behind it."""
    most = max((value for value, _ in bars), default=0)
    rooms = [(WIDTH - start - reserve([told])) * most / value for value, told in bars if value > 0]
    return min(rooms, default=WIDTH - start)


def framed(inside: str, *, says: str, size: Point, kind: str, linked: bool = False) -> str:
    """Wrap a drawing as one line of SVG, with what it says to those who do not see it.

    That is an attribute, because browsers show a `title` of the whole to whoever points at any part. A drawing whose marks
    are links is no single image, by the HTML standard; the marks of one that is are hidden from screen readers, because a
    table says the same in order.
    """
    width, height = (number(value) for value in size)
    role = "" if linked else ' role="img"'
    # Chromium tells the texts in an image one by one
    marks = inside if linked else f'<g aria-hidden="true">{inside}</g>'
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"{role} '
        f'aria-label="{escape(says)}" data-search-exclude="">{marks}</svg>'
    )


def _mark(name: str, style: str, **places: float) -> str:
    where = "".join(f' {key}="{number(value)}"' for key, value in places.items())
    return f'<{name} class="{style}"{where}/>'


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)
