"""Maps on which some countries are marked: the whole world with insets, or the part in which they lie."""

import functools
import math
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

from explainer.base.values import country_codes
from explainer.figures.graphic import Map, Spot
from explainer.figures.outlines import Box, MapShape, Outlines, box_of, outlines
from explainer.figures.projection import HEIGHT, WIDTH, Point, project
from explainer.figures.svg import step_style

_SHARE = 16 / 9
"""Aspect ratio, width to height, of a map of a part of the world."""
_NARROWEST = 160
"""Minimum width of a map's view, in units of the plane."""
_WIDEST = 630
"""Width of the view from which a map shows the whole world."""
_ROOM = 1.4
"""Width of a view for each unit that the marked countries take."""
_DOT, _DOT_ON = 3, 7
_SPECK = 4
"""Size below which no outline of a country is drawn but its largest: an island that would look like a speck."""
_TINY = 9
"""Size below which a marked country gets a dot."""
_NEAR = 2.5
"""From this zoom on, a map of a part of the world has outlines of more detail; from farther away nobody would see it."""
_APART = ((1.7, 4), (3.6, 3), (math.inf, 2))
"""Up to which zoom points of an outline that are how near to each other are left out on a map of a part of the world, from
the farthest: the more countries it shows, the less of each is seen, and the more of its weight is in them."""
_ALL: Box = (0, 0, WIDTH, HEIGHT)


class _Inset(NamedTuple):
    """A part of the world with many small countries, drawn larger in a corner of the sea."""

    view: Box
    at: Point
    zoom: float

    @property
    def size(self) -> Point:
        """Width and height on the map."""
        left, top, right, bottom = self.view
        return (right - left) * self.zoom, (bottom - top) * self.zoom


def _between(west: float, south: float, east: float, north: float) -> Box:
    """The view of a part of the world, from degrees."""
    return box_of([project(west, north), project(east, north), project(west, south), project(east, south)])


_INSETS = (
    _Inset(_between(-87, 9.5, -59, 25), (8, 328), 2.6),
    _Inset(_between(-6, 36, 31, 57), (650, 370), 1.75),
)
"""They lie in the sea and reach below the map, which is higher where one is drawn, so that no country is beneath them."""
_BELOW = 4
_ENOUGH = 2
"""An inset is drawn for this many marked countries that are small on the map of the world."""
_SMALL = 14


class _Frame(NamedTuple):
    """A part of the plane and how much larger it is drawn."""

    view: Box
    zoom: float
    apart: int = 1
    """Points of an outline that are nearer to each other than this are left out."""

    def place(self, point: Point) -> Point:
        """A point of the plane, in the units of the drawing."""
        return (point[0] - self.view[0]) * self.zoom, (point[1] - self.view[1]) * self.zoom

    def shows(self, box: Box) -> bool:
        """Whether any of a box lies in the view."""
        left, top, right, bottom = self.view
        return box[2] >= left and box[0] <= right and box[3] >= top and box[1] <= bottom


_WORLD = _Frame(_ALL, 1)


def undrawn(drawing: Map) -> tuple[str, ...]:
    """The marked countries that a map cannot draw because it has neither outline nor point for them; sorted."""
    return tuple(sorted(drawing.spots.keys() - outlines("world").lands.keys()))


def has_unsettled(drawing: Map) -> bool:
    """Whether a map shows a border that is not settled."""
    frame = _frame(drawing)
    return any(frame.shows(box_of(line)) for line in outlines("world").unsettled)


def shows_all(drawing: Map) -> bool:
    """Whether a map shows the whole world."""
    return _frame(drawing).view == _ALL


def size(drawing: Map) -> tuple[int, int]:
    """Width and height of a map, in the units of its drawing."""
    frame = _frame(drawing)
    left, top, right, bottom = frame.view
    feet = (inset.at[1] + inset.size[1] + _BELOW for inset in _insets(drawing, frame))
    return round((right - left) * frame.zoom), round(max((bottom - top) * frame.zoom, *feet, 0))


def _frame(drawing: Map) -> _Frame:
    """What a map shows, and how large."""
    frame = _part(drawing)
    if drawing.small:
        return _Frame(frame.view, frame.zoom / 2, apart=3)
    if frame.zoom <= 1:
        return frame._replace(apart=4) if drawing.light or drawing.coarse else frame
    return frame._replace(apart=max(_apart(frame), 3) if drawing.coarse else _apart(frame))


def _apart(frame: _Frame) -> int:
    """How near to each other points are left out in a part of the world."""
    return next(apart for zoom, apart in _APART if frame.zoom < zoom)


def _part(drawing: Map) -> _Frame:
    """The whole world, or the part in which the marked countries lie, with some room around."""
    lands = outlines("world").lands
    marked = [lands[code] for code in sorted(drawing.spots) if code in lands]
    if drawing.whole or not marked:
        return _WORLD
    boxes = [land.boxes[0] if land.rings else (*land.point, *land.point) for land in marked]
    left, top, right, bottom = box_of([*(box[:2] for box in boxes), *(box[2:] for box in boxes)])
    width = max(_ROOM * (right - left), _ROOM * (bottom - top) * _SHARE, _NARROWEST)
    if width > _WIDEST:
        return _WORLD
    height = width / _SHARE
    x = min(max((left + right - width) / 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) / 2, 0), HEIGHT - height)
    return _Frame((x, y, x + width, y + height), WIDTH / width)


def draw(drawing: Map) -> str:
    """The elements of a map: every country as a path or a dot, those that are marked with the class of their step."""
    frame = _frame(drawing)
    lands = _lands(drawing, frame, outlines("world" if frame.zoom < _NEAR else "part"))
    if frame.view != _ALL:
        width, height = size(drawing)
        return lands + f'<rect class="rim" x="1" y="1" width="{width - 2}" height="{height - 2}"/>'
    return lands + "".join(_inset(drawing, inset, frame.apart) for inset in _insets(drawing, frame))


def layers(drawing: Map) -> tuple[str, str]:
    """The elements of a map of the whole world as two drawings: the countries without a mark, and above it what is marked.

    The first is the same for all such maps, so that pictures draw it once. A map of a part of the world is all in the second.
    """
    frame = _frame(drawing)
    if frame.view != _ALL:
        return "", draw(drawing)
    insets = (_inset(drawing, inset, frame.apart) for inset in _insets(drawing, frame))
    world = outlines("world")
    marked = replace(world, lands={code: land for code, land in world.lands.items() if code in drawing.spots})
    return _unmarked(frame), _lands(drawing, frame, marked) + "".join(insets)


@functools.lru_cache(maxsize=8)
def _unmarked(frame: _Frame) -> str:
    """The whole world without a mark."""
    return _lands(Map({}, {}), frame, outlines("world"))


def _insets(drawing: Map, frame: _Frame) -> tuple[_Inset, ...]:
    """The insets of a map: none on one of a part of the world, or at half the size."""
    whole = frame.view == _ALL and frame.zoom == 1
    return tuple(inset for inset in _INSETS if whole and _is_needed(drawing, inset))


def _lands(drawing: Map, frame: _Frame, drawn: Outlines) -> str:
    """The countries in a frame, and the borders among them that are not settled."""
    shapes: list[str] = []
    dots: list[str] = []
    for code, land in sorted(drawn.lands.items()):
        if not frame.shows(land.box):
            continue
        spot = drawing.spots.get(code)
        style = step_style(spot.step) if spot else ""
        title = _title(drawing, code)
        if d := _outline(land, frame):
            shapes.append(_linked(spot, f'<path{style} d="{d}">{title}</path>'))
        if dot := _dot(land, frame, marked=spot is not None):
            dots.append(_linked(spot, f"<circle{style}{dot}>{title}</circle>"))
    lines = "".join(_path(_units(line, frame)) for line in drawn.unsettled if frame.shows(box_of(line)))
    border = f'<path class="unsettled" d="{lines}"/>' if lines else ""
    return f'<g class="lands" aria-hidden="true">{"".join(shapes)}{"".join(dots)}</g>{border}'


def _linked(spot: Spot | None, mark: str) -> str:
    """A mark as a link to the page of its country; keys and ears pass it over, because a table or a list holds the same links."""
    return f'<a href="{escape(spot.href)}" tabindex="-1">{mark}</a>' if spot and spot.href else mark


def _title(drawing: Map, code: str) -> str:
    """The name of a country, with what is said of it where it is marked."""
    spot = drawing.spots.get(code)
    name = spot.says if spot else drawing.names.get(code) or country_codes().get(code)
    return f"<title>{escape(name, quote=False)}</title>" if name else ""


def _is_needed(drawing: Map, inset: _Inset) -> bool:
    """Whether enough of the marked countries of an inset are too small on the map of the world."""
    lands, frame = outlines("world").lands, _Frame(inset.view, 1)
    inside = (lands[code] for code in drawing.spots if code in lands)
    small = [land for land in inside if frame.shows((*land.point, *land.point)) and _width(land) < _SMALL]
    return len(small) >= _ENOUGH


def _inset(drawing: Map, inset: _Inset, apart: int) -> str:
    """A part of the world again, larger, in a frame of its own."""
    width, height = (round(side) for side in inset.size)
    x, y = inset.at
    inside = _lands(drawing, _Frame(inset.view, inset.zoom, apart), outlines("part"))
    edge = f'<rect class="inset" width="{width}" height="{height}"/>'
    return f'<svg x="{x}" y="{y}" width="{width}" height="{height}">{edge}{inside}{edge.replace("inset", "rim")}</svg>'


def _dot(land: MapShape, frame: _Frame, *, marked: bool) -> str:
    """The place and size of a dot, for a country without an outline or with one too small to be seen; else empty."""
    if not frame.shows((*land.point, *land.point)) or (
        land.rings and not (marked and _width(land) * frame.zoom < _TINY)
    ):
        return ""
    x, y = frame.place(land.point)
    return f' cx="{x:.0f}" cy="{y:.0f}" r="{_DOT_ON if marked else _DOT}"'


def _width(land: MapShape) -> float:
    """The longer side of a country's largest outline, in units of the plane; zero where it has none."""
    if not land.rings:
        return 0
    return _side(land.boxes[0])


def _side(box: Box) -> float:
    left, top, right, bottom = box
    return max(right - left, bottom - top)


@functools.lru_cache(maxsize=20_000)
def _outline(land: MapShape, frame: _Frame) -> str:
    """The outlines of a country in a frame as path data in whole units, each point relative to the one before.

    Made once: most maps show the same parts of the world.
    """
    largest = land.boxes[:1]
    seen = (
        (ring, box)
        for ring, box in zip(land.rings, land.boxes, strict=True)
        if frame.shows(box) and (box in largest or _side(box) * frame.zoom >= _SPECK)
    )
    return "".join(_path(_units(_clipped(ring, box, frame), frame), closed=True) for ring, box in seen)


def _clipped(ring: Sequence[Point], box: Box, frame: _Frame) -> Sequence[Point]:
    """An outline within a view and a little beyond, cut at its four edges in turn (Sutherland and Hodgman, 1974).

    An edge beyond the box around the outline cuts nothing.
    """
    beyond = 4 / frame.zoom
    left, top, right, bottom = frame.view
    for axis, edge, sign in (
        (0, left - beyond, 1),
        (1, top - beyond, 1),
        (0, -right - beyond, -1),
        (1, -bottom - beyond, -1),
    ):
        if sign * box[axis if sign > 0 else axis + 2] <= edge:
            ring = _cut(ring, axis, edge, sign)
    return ring


def _cut(ring: Sequence[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """The part of an outline on one side of an edge: where `sign` times the coordinate on an axis is at least `edge`."""
    kept: list[Point] = []
    before = ring[-1] if ring else (0.0, 0.0)
    was_inside = sign * before[axis] >= edge
    for point in ring:
        inside = sign * point[axis] >= edge
        if inside != was_inside:
            share = (edge * sign - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if inside:
            kept.append(point)
        before, was_inside = point, inside
    return kept


def _units(points: Sequence[Point], frame: _Frame) -> list[tuple[int, int]]:
    """Points of the plane in whole units of the drawing, without repetitions or such as lie too near."""
    kept: list[tuple[int, int]] = []
    (left, top, _, _), zoom, apart = frame
    was_x, was_y = math.inf, math.inf
    for x, y in points:  # the place in the frame, written out: there are millions
        at_x, at_y = round((x - left) * zoom), round((y - top) * zoom)
        if abs(at_x - was_x) + abs(at_y - was_y) >= apart:
            kept.append((at_x, at_y))
            was_x, was_y = at_x, at_y
    return kept


def _path(corners: list[tuple[int, int]], *, closed: bool = False) -> str:
    """One line, or one closed outline; empty if it has fewer than two, or three, points."""
    if closed and len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < 2 + closed:
        return ""
    steps = []
    was_x, was_y = corners[0]
    for x, y in corners[1:]:
        steps.append(f"{x - was_x} {y - was_y}")
        was_x, was_y = x, y
    return f"M{corners[0][0]} {corners[0][1]}l{' '.join(steps).replace(' -', '-')}{'z' if closed else ''}"
