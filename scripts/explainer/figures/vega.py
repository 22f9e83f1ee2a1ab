"""Building blocks of our Vega-Lite specifications: a fixed size, explicit positions, plain colours.

Positions are pixels of a field that is 420 wide, so that text of 13 is 11 or more on a narrow phone. No axis, legend or
title is left to Vega, which would measure their text with the machine's fonts and so draw differently on each machine.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from explainer.figures.palette import INK

WIDTH = 420
SIZE = 13
"""Font size in pixels."""
GLYPH = 8.6
"""Average width of a character at that size, in bold and in the widest of the usual fonts."""

Spec = dict[str, Any]
Row = Mapping[str, Any]


def spec(height: float, layers: Sequence[Spec]) -> Spec:
    """Build a specification of the given height from its layers, lowest first."""
    return {
        "width": WIDTH,
        "height": height,
        "padding": 0,
        "autosize": {"type": "none"},
        "background": None,
        "config": {"view": {"stroke": None}},
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def _pixels(name: str) -> Spec:
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _layer(mark: Spec, rows: Sequence[Row], fields: Mapping[str, str]) -> Spec:
    encoding: Spec = {channel: _pixels(name) for channel, name in fields.items()}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def boxes(rows: Sequence[Row], **style: Any) -> Spec:
    """Rectangles from (x, y) to (x2, y2)."""
    return _layer({"type": "rect", **style}, rows, {"x": "x", "x2": "x2", "y": "y", "y2": "y2"})


def lines(rows: Sequence[Row], **style: Any) -> Spec:
    """Straight lines from (x, y) to (x2, y2)."""
    return _layer({"type": "rule", **style}, rows, {"x": "x", "x2": "x2", "y": "y", "y2": "y2"})


def path(rows: Sequence[Row], **style: Any) -> Spec:
    """One line through every (x, y), in the order given."""
    layer = _layer({"type": "line", **style}, rows, {"x": "x", "y": "y"})
    layer["encoding"]["order"] = {"field": "x", "type": "quantitative"}
    return layer


def points(rows: Sequence[Row], **style: Any) -> Spec:
    """A mark at every (x, y)."""
    return _layer({"type": "point", "opacity": 1, **style}, rows, {"x": "x", "y": "y"})


def texts(rows: Sequence[Row], **style: Any) -> Spec:
    """The text `says` at every (x, y)."""
    mark = {"type": "text", "fontSize": SIZE, "color": INK, "align": "left", "baseline": "alphabetic", **style}
    layer = _layer(mark, rows, {"x": "x", "y": "y"})
    layer["encoding"]["text"] = {"field": "says", "type": "nominal"}
    return layer


def reserve(labels: Sequence[str]) -> float:
    """Space in pixels to reserve for the widest of some labels."""
    return max((len(label) for label in labels), default=0) * GLYPH + 8
