"""Outlines of countries on a plane, and maps on which some of them are marked.

The shapes come from the package countryinfo: coarse outlines of 173 countries, a point each for most of the others.
They are projected with Equal Earth, which keeps areas true: https://doi.org/10.1080/13658816.2018.1504949
"""

import functools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from itertools import pairwise
from typing import Any

from explainer.base.values import country_codes
from explainer.figures.graphic import Map

WIDTH = 960
"""Width of a map in the units of its drawing."""
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
_EDGE = 2 * math.sqrt(3) * math.pi / (3 * _A1)
_SCALE = WIDTH / 2 / _EDGE
_NORTH, _SOUTH = 83.7, -56.5
"""Northernmost and southernmost latitude of a map; no country lies beyond."""
_SHARE = 16 / 9
"""Aspect ratio, width to height, of a map of a part of the world."""
_NARROWEST = 300
"""Minimum width of a map's view, in the same units."""
_WIDEST = 700
"""Width of the view from which a map shows the whole world."""
_DOT, _DOT_ON = 3, 7
_TINY = 9
"""Size below which a marked country gets a dot."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, eq=False)
class MapShape:
    """A country on the plane: its outlines, the largest first, or, where none are known, the point where it lies."""

    rings: tuple[tuple[Point, ...], ...]
    point: Point

    @functools.cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The bounding box of each outline."""
        return tuple(_box(ring) for ring in self.rings)


def project(longitude: float, latitude: float) -> Point:
    """Degrees -> a point on a plane of `WIDTH`, y downwards from the northern edge."""
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = math.radians(longitude) * math.cos(theta) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    return WIDTH / 2 + _SCALE * x, _SCALE * (_TOP - _rise(theta))


def _rise(theta: float) -> float:
    t2 = theta * theta
    return theta * (_A1 + _A2 * t2 + t2 * t2 * t2 * (_A3 + _A4 * t2))


_TOP = _rise(math.asin(_M * math.sin(math.radians(_NORTH))))
HEIGHT = math.ceil(project(0, _SOUTH)[1])
"""Height of a map of the world."""
_ALL: Box = (0, 0, WIDTH, HEIGHT)


@functools.cache
def world() -> Mapping[str, MapShape]:
    """ISO 3166-1 alpha-2 code -> country, for all that the package knows."""
    return dict(_from_package())


def _from_package() -> Iterator[tuple[str, MapShape]]:
    """Code, projected outlines and point of every country that has an ISO code and is on the map."""
    folder = resources.files("countryinfo") / "data"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    for name in names:
        data = json.loads((folder / name).read_text(encoding="utf-8"))
        code = data.get("ISO", {}).get("alpha2")
        if code not in country_codes():
            continue
        rings = sorted(filter(_is_on_map, _rings(data.get("geoJSON") or {})), key=_area, reverse=True)
        point = _point(data, rings)
        if point and point[1] < HEIGHT:
            yield code, MapShape(tuple(tuple(ring) for ring in rings), point)


def _rings(data: Mapping[str, Any]) -> Iterator[list[Point]]:
    for feature in data.get("features", ()):
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for polygon in polygons:
            for ring in polygon:
                yield [_tenths(project(*place)) for place in ring]


def _is_on_map(ring: list[Point]) -> bool:
    return min(y for _, y in ring) < HEIGHT


def _tenths(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _area(ring: list[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def _point(data: Mapping[str, Any], rings: list[list[Point]]) -> Point | None:
    """The position of a dot: the middle of the largest outline, or else the point that the package gives."""
    if rings:
        left, top, right, bottom = _box(rings[0])
        return _tenths(((left + right) / 2, (top + bottom) / 2))
    place = data.get("latlng") or data.get("capital_latlng")
    if place and isinstance(place[0], list):
        place = place[0]
    return _tenths(project(place[1], place[0])) if place else None


def _box(ring: Sequence[Point]) -> Box:
    return min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring)


def undrawn(drawing: Map) -> tuple[str, ...]:
    """The marked countries that a map cannot draw because it has neither outline nor point for them; sorted."""
    return tuple(sorted(drawing.spots.keys() - world().keys()))


def size(drawing: Map) -> tuple[int, int]:
    """Width and height of a map, in the units of its drawing."""
    _, top, _, bottom = view = _view(drawing, world())
    return WIDTH, round((bottom - top) * _zoom(view))


def _zoom(view: Box) -> float:
    return WIDTH / (view[2] - view[0])


def _view(drawing: Map, lands: Mapping[str, MapShape]) -> Box:
    """What a map shows: the whole world, or the part in which the marked countries lie, with some room around."""
    marked = [lands[code] for code in sorted(drawing.spots) if code in lands]
    if drawing.whole or not marked:
        return _ALL
    boxes = [land.boxes[0] if land.rings else (*land.point, *land.point) for land in marked]
    left, top, right, bottom = _box([*(box[:2] for box in boxes), *(box[2:] for box in boxes)])
    width = max(1.3 * (right - left), 1.3 * (bottom - top) * _SHARE, _NARROWEST)
    if width > _WIDEST:
        return _ALL
    height = width / _SHARE
    x = min(max((left + right - width) / 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) / 2, 0), HEIGHT - height)
    return x, y, x + width, y + height


def draw(drawing: Map) -> str:
    """The elements of a map: every country as a path or a dot, those that are marked with the class of their step."""
    view = _view(drawing, world())
    shapes: list[str] = []
    dots: list[str] = []
    for code, land in sorted(world().items()):
        spot = drawing.spots.get(code)
        name = spot.says if spot else drawing.names.get(code) or country_codes()[code]
        style = f' class="step-{spot.step}"' if spot else ""
        title = f"<title>{escape(name, quote=False)}</title>"
        if d := _whole(land) if view == _ALL else _outline(land, view, _zoom(view)):
            shapes.append(f'<path{style} d="{d}">{title}</path>')
        if dot := _dot(land, view, marked=spot is not None):
            dots.append(f"<circle{style}{dot}>{title}</circle>")
    return f'<g class="lands">{"".join(shapes)}{"".join(dots)}</g>'


def _dot(land: MapShape, view: Box, *, marked: bool) -> str:
    """The place and size of a dot, for a country without an outline or with one too small to be seen; else empty."""
    zoom = _zoom(view)
    if not _inside(land.point, view) or (land.rings and not (marked and _tiny(land, zoom))):
        return ""
    x, y = (land.point[0] - view[0]) * zoom, (land.point[1] - view[1]) * zoom
    return f' cx="{x:.0f}" cy="{y:.0f}" r="{_DOT_ON if marked else _DOT}"'


def _tiny(land: MapShape, zoom: float) -> bool:
    left, top, right, bottom = land.boxes[0]
    return max(right - left, bottom - top) * zoom < _TINY


def _inside(point: Point, view: Box) -> bool:
    return view[0] <= point[0] <= view[2] and view[1] <= point[1] <= view[3]


@functools.lru_cache(maxsize=1_000)
def _whole(land: MapShape) -> str:
    """The outlines on a map of the world, made once: most maps show the same."""
    return _outline(land, _ALL, 1)


def _outline(land: MapShape, view: Box, zoom: float) -> str:
    """The outlines within the view as path data in whole units, each point relative to the one before."""
    seen = (
        ring
        for ring, (left, top, right, bottom) in zip(land.rings, land.boxes, strict=True)
        if right >= view[0] and left <= view[2] and bottom >= view[1] and top <= view[3]
    )
    return "".join(
        _path([(round((x - view[0]) * zoom), round((y - view[1]) * zoom)) for x, y in ring]) for ring in seen
    )


def _path(places: list[tuple[int, int]]) -> str:
    """One closed outline; empty if fewer than three of its points remain apart from each other."""
    corners = [place for place, before in zip(places, [None, *places], strict=False) if place != before]
    if corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < 3:
        return ""
    moves = ((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(corners))
    steps = " ".join(f"{x}{y}" if y < 0 else f"{x} {y}" for x, y in moves).replace(" -", "-")
    return f"M{corners[0][0]} {corners[0][1]}l{steps}z"
