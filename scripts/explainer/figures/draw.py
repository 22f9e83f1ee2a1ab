"""Draw graphics as SVG."""

from collections import deque

from explainer.figures import svg, world
from explainer.figures.graphic import Chart, Graphic, Map, Matrix

_recent: deque[tuple[Map, str]] = deque(maxlen=4)
"""Maps that were drawn last, with their marks."""


def marks(graphic: Graphic) -> tuple[str, svg.Point]:
    """The marks of a graphic and the size of their field; nothing for a matrix, which is shown as a table."""
    match graphic.drawing:
        case Chart() as chart:
            return f'<g font-size="{svg.SIZE}">{chart.marks}</g>', size(graphic)
        case Map() as drawing:
            return _map(drawing), size(graphic)
        case _:
            return "", size(graphic)


def _map(drawing: Map) -> str:
    """The marks of a map; the last few are kept, since a file, a frame and a card show the same one after another."""
    found = next((marks for known, marks in _recent if known == drawing), None)
    if found is None:
        found = world.draw(drawing)
        _recent.append((drawing, found))
    return found


def layers(graphic: Graphic) -> tuple[str, str, svg.Point]:
    """The marks as two drawings, of which the lower is the same for many graphics and may be empty, and the size of their field."""
    if isinstance(graphic.drawing, Map):
        return *world.layers(graphic.drawing), size(graphic)
    return "", *marks(graphic)


def size(graphic: Graphic) -> svg.Point:
    """Width and height of the field of a graphic, which is not drawn for it; zero for a matrix."""
    match graphic.drawing:
        case Chart() as chart:
            return chart.width, chart.height
        case Map() as drawing:
            return world.size(drawing)
        case _:
            return 0, 0


def draw(graphic: Graphic) -> str:
    """Draw a graphic as one line of SVG; empty for a matrix."""
    inside, field = marks(graphic)
    if not inside:
        return ""
    return svg.framed(
        inside,
        says=graphic.alternative or graphic.says,
        size=field,
        kind=graphic.shape,
        linked=not isinstance(graphic.drawing, Matrix) and graphic.drawing.linked,
    )
