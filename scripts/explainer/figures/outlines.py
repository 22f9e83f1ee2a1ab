"""The outlines of all countries and territories with an ISO code, on the plane of a map.

They are facts of geography, derived from Natural Earth 1:50m (public domain) by `scripts/derive_outlines.py`. Each
border is kept once, as an arc that both neighbours share, so that no gap opens between them at any scale.
"""

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.figures.projection import Point

FILE = Path(__file__).parent / "outlines.json"
"""Levels of detail, `world` and `part`, each with its arcs, the outlines of each country as rings of them, and the
borders that are not settled; then the points of territories too small for an outline."""
PER_UNIT = 20
"""Steps of an arc in one unit of the plane."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, eq=False)
class MapShape:
    """A country on the plane: its outlines, the largest first, or, where it has none, the point where it lies."""

    rings: tuple[tuple[Point, ...], ...]
    point: Point

    @functools.cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The bounding box of each outline."""
        return tuple(box_of(ring) for ring in self.rings)

    @functools.cached_property
    def box(self) -> Box:
        """The bounding box of all that is drawn of it."""
        return box_of([*(box[:2] for box in self.boxes), *(box[2:] for box in self.boxes), self.point])


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The countries at one level of detail."""

    lands: Mapping[str, MapShape]
    """ISO 3166-1 alpha-2 code -> country; the empty code has land that no side is given."""
    unsettled: tuple[tuple[Point, ...], ...]
    """Borders that are not settled."""


def box_of(points: Iterable[Sequence[float]]) -> Box:
    """The bounding box of points."""
    every = list(points)
    return min(p[0] for p in every), min(p[1] for p in every), max(p[0] for p in every), max(p[1] for p in every)


@functools.cache
def outlines(level: str) -> Outlines:
    """The countries at a level of detail: `world` for a map of the whole, `part` for a map of a part of it."""
    data = _data()
    arcs = [tuple(_points(steps)) for steps in data[level]["arcs"]]
    lands = {code: _shape(arcs, rings) for code, rings in data[level]["lands"].items()}
    points = {code: MapShape((), (x, y)) for code, (x, y) in data["points"].items()}
    return Outlines({**lands, **points}, tuple(arcs[arc] for arc in data[level]["unsettled"]))


@functools.cache
def _data() -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"))


def _points(steps: Sequence[int]) -> Iterable[Point]:
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / PER_UNIT, y / PER_UNIT


def _shape(arcs: Sequence[Sequence[Point]], rings: Iterable[Iterable[int]]) -> MapShape:
    outlined = tuple(
        tuple(place for arc in ring for place in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])) for ring in rings
    )
    left, top, right, bottom = box_of(outlined[0])
    return MapShape(outlined, (round((left + right) / 2, 1), round((top + bottom) / 2, 1)))
