"""Derive the outlines of countries from Natural Earth, as `scripts/explainer/figures/outlines.json` holds them.

Natural Earth is in the public domain. It is read as TopoJSON from the npm package world-atlas, unpacked in a folder:
`python scripts/derive_outlines.py FOLDER`. Neighbours share their borders there, so a border is simplified once and
leaves no gap. Countries that the map at 1:50m leaves out come from the one at 1:10m, and territories with an ISO code
that it counts as a part of another country are taken out of it.
"""

import heapq
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pycountry

from explainer.figures.outlines import FILE, PER_UNIT
from explainer.figures.projection import project

DETAIL = {"world": 0.55, "part": 0.045}
"""Level of detail -> the area, in square units of the map, of the smallest triangle that a corner may make."""
ISLANDS = {"world": 0.9, "part": 0.06}
"""Level of detail -> the area of the smallest outline that is kept beside a larger one of the same country."""
NUMBERS = {country.numeric: country.alpha_2 for country in pycountry.countries}
CODES = {"Somaliland": "SO", "N. Cyprus": "CY", "Kosovo": "RS", "Siachen Glacier": ""}
"""Shape without an ISO code -> the country of which the UN counts it as a part; none for what no side is given."""
PARTS = (
    ("FR", "GF", (-55, 2, -51, 6)),
    ("FR", "GP", (-62, 15.7, -60.9, 16.6)),
    ("FR", "MQ", (-61.3, 14.3, -60.7, 15)),
    ("FR", "RE", (55, -21.5, 56, -20.7)),
    ("FR", "YT", (44.9, -13.1, 45.4, -12.5)),
    ("NO", "SJ", (-10, 70.5, 36, 81)),
    ("NO", "BV", (3, -55, 4, -54)),
    ("NL", "BQ", (-69, 12, -62.8, 17.7)),
    ("NZ", "TK", (-173, -9.6, -171, -8.4)),
    ("Indian Ocean Ter.", "CX", (105, -11, 106, -10)),
    ("Indian Ocean Ter.", "CC", (96, -13, 97.5, -11)),
    ("RU", "UA", (32, 44.2, 36.8, 46.4)),
)
"""Country of which Natural Earth counts an outline as a part, the one to which it is given here, and the box around it:
west, south, east, north, in degrees. The General Assembly counts Crimea as a part of Ukraine (resolution 68/262)."""
UNSETTLED = (
    ("IN", "PK", (73, 32.6, 80, 37.5)),
    ("IN", "", (73, 32.6, 80, 37.5)),
    ("PK", "", (73, 32.6, 80, 37.5)),
    ("SD", "SS", (20, 0, 40, 20)),
    ("MA", "EH", (-20, 15, 0, 30)),
    ("RS", "RS", (19, 41, 23, 44)),
)
"""Borders that maps of the UN do not draw as settled: both countries, and the box in which they are not."""
WITHOUT_OUTLINE = {"TK": (-171.85, -9.17), "BV": (3.36, -54.42)}

Ring = list[int]
"""The numbers of the arcs around an outline; that of an arc which is followed backwards is inverted."""
Box = tuple[float, float, float, float]
Place = tuple[float, float]


class Atlas:
    """The shapes of one scale of Natural Earth: arcs in degrees, and the outlines of each country as rings of them."""

    def __init__(self, path: Path) -> None:
        """Read a TopoJSON file."""
        data = json.loads(path.read_text(encoding="utf-8"))
        self.arcs: list[list[Place]] = []
        self._pieces = [self._add(_degrees(arc, data["transform"])) for arc in data["arcs"]]
        self.plane = [[project(*place) for place in arc] for arc in self.arcs]
        self.lands: defaultdict[str, list[Ring]] = defaultdict(list)
        for shape in data["objects"]["countries"]["geometries"]:
            name = shape["properties"]["name"]
            code = NUMBERS.get(shape.get("id", ""), CODES.get(name, name))
            polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            self.lands[code] += [part for polygon in polygons for ring in polygon for part in self._parts(ring)]

    def _add(self, arc: list[Place]) -> list[int]:
        """Add an arc, cut where it crosses the antimeridian; the numbers of its pieces."""
        first = len(self.arcs)
        piece = arc[:1]
        for a, b in pairwise(arc):
            if abs(b[0] - a[0]) > 180:
                side = 180.0 if a[0] > 0 else -180.0
                way = b[0] + 2 * side - a[0]
                latitude = a[1] + (b[1] - a[1]) * (side - a[0]) / way if way else a[1]
                self.arcs.append([*piece, (side, latitude)])
                piece = [(-side, latitude)]
            piece.append(b)
        self.arcs.append(piece)
        return list(range(first, len(self.arcs)))

    def _parts(self, ring: Ring) -> Iterator[Ring]:
        """An outline as the parts of it on either side of the antimeridian, each closed along it."""
        arcs = [
            piece
            for arc in ring
            for piece in (self._pieces[arc] if arc >= 0 else [~each for each in reversed(self._pieces[~arc])])
        ]
        breaks = [at for at, arc in enumerate(arcs) if _end(self, arcs[at - 1], -1) != _end(self, arc, 0)]
        if not breaks:
            yield arcs
            return
        arcs = arcs[breaks[0] :] + arcs[: breaks[0]]
        starts = [at - breaks[0] for at in breaks]
        for start, end in zip(starts, [*starts[1:], len(arcs)], strict=True):
            yield arcs[start:end]

    def box(self, ring: Ring) -> Box:
        """West, south, east and north of an outline."""
        places = [place for arc in ring for place in self.arcs[arc if arc >= 0 else ~arc]]
        return (
            min(x for x, _ in places), min(y for _, y in places), max(x for x, _ in places), max(y for _, y in places),
        )  # fmt: skip


def _degrees(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> list[Place]:
    x = y = 0
    places = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        places.append(
            (
                x * transform["scale"][0] + transform["translate"][0],
                y * transform["scale"][1] + transform["translate"][1],
            )
        )
    return places


def within(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another."""
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def part_out(atlas: Atlas) -> None:
    """Give outlines to the territory or country of which they are a part."""
    for whole, part, box in PARTS:
        moved = [ring for ring in atlas.lands.get(whole, ()) if within(atlas.box(ring), box)]
        atlas.lands[whole] = [ring for ring in atlas.lands.get(whole, ()) if ring not in moved]
        if moved:
            atlas.lands[part] += moved


def stitched(atlas: Atlas, rings: Iterable[Ring]) -> list[Ring]:
    """Join outlines that share a border: arcs that are followed in both directions lie inside."""
    every = list(rings)
    used = set(chain.from_iterable(every))
    inside = {arc for arc in used if ~arc in used}
    apart = [ring for ring in every if not inside.intersection(ring)]
    joined = set(chain.from_iterable(filter(inside.intersection, every)))
    return [*apart, *_walked(atlas, sorted(joined - inside))]


def _walked(atlas: Atlas, loose: Iterable[int]) -> Iterator[Ring]:
    """The outlines that arcs make when each is followed by one that begins where it ends."""
    starts: defaultdict[Place, list[int]] = defaultdict(list)
    for arc in loose:
        starts[_end(atlas, arc, 0)].append(arc)
    while any(starts.values()):
        ring = [next(filter(None, starts.values())).pop()]
        while _end(atlas, ring[-1], -1) != _end(atlas, ring[0], 0):
            ring.append(starts[_end(atlas, ring[-1], -1)].pop())
        yield ring


def _end(atlas: Atlas, arc: int, end: int) -> Place:
    places = atlas.arcs[arc if arc >= 0 else ~arc]
    return places[end] if arc >= 0 else places[-1 - end]


def unsettled(atlas: Atlas) -> Iterator[int]:
    """The arcs along which a border is not settled."""
    sides = {code: set(chain.from_iterable(rings)) for code, rings in atlas.lands.items()}
    for one, other, box in UNSETTLED:
        shared = {max(arc, ~arc) for arc in sides.get(one, ()) if ~arc in sides.get(other, ())}
        yield from (arc for arc in shared if within(atlas.box([arc]), box))


def simplified(arc: Sequence[Place], smallest: float) -> list[Place]:
    """Drop corners that make small triangles, the smallest first, and keep both ends (Visvalingam and Whyatt, 1993)."""
    corners = _Corners(arc)
    least = 5 if arc[0] == arc[-1] else 2
    while corners.heap and len(corners.kept) > least:
        size, at, *sides = heapq.heappop(corners.heap)
        if at not in corners.kept or sides != [corners.before[at], corners.after[at]]:
            continue
        if size >= smallest:
            break
        corners.drop(at, size)
    return [arc[at] for at in sorted(corners.kept)]


class _Corners:
    """The corners of an arc, each with its neighbours and the area of the triangle that it makes with them."""

    def __init__(self, arc: Sequence[Place]) -> None:
        self.arc = arc
        self.kept = set(range(len(arc)))
        self.before, self.after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
        self.heap: list[tuple[float, int, int, int]] = []
        for at in range(1, len(arc) - 1):
            self._push(at, 0)

    def drop(self, at: int, size: float) -> None:
        """Join the neighbours of a corner, which then count for at least as much as it did."""
        left, right = self.before[at], self.after[at]
        self.kept.remove(at)
        self.after[left], self.before[right] = right, left
        for beside in {left, right} - {0, len(self.arc) - 1}:
            self._push(beside, size)

    def _push(self, at: int, least: float) -> None:
        left, right = self.before[at], self.after[at]
        size = max(least, _triangle(self.arc[left], self.arc[at], self.arc[right]))
        heapq.heappush(self.heap, (size, at, left, right))


def _triangle(a: Place, b: Place, c: Place) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(places: Sequence[Place]) -> float:
    """The area inside an outline."""
    following = [*places[1:], places[0]]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(places, following, strict=True))) / 2


def lands_of(atlas: Atlas, further: Atlas) -> Iterator[tuple[Atlas, str, list[Ring]]]:
    """The outlines of each country or territory, with the scale that has them."""
    for code in sorted({*NUMBERS.values(), ""} - {"AQ"}):
        source = atlas if atlas.lands.get(code) else further
        if rings := stitched(source, source.lands.get(code, ())):
            yield source, code, rings


class _Level:
    """The arcs that are used at a level of detail, numbered as they come; as steps in parts of a unit."""

    def __init__(self, smallest: float) -> None:
        self.arcs: list[list[int]] = []
        self._smallest = smallest
        self._numbers: dict[tuple[int, int], int] = {}

    def number(self, source: Atlas, arc: int) -> int:
        """The number of an arc, inverted where it is followed backwards."""
        plain = arc if arc >= 0 else ~arc
        key = (id(source), plain)
        if key not in self._numbers:
            self._numbers[key] = len(self.arcs)
            self.arcs.append(_steps(simplified(source.plane[plain], self._smallest)))
        return self._numbers[key] if arc >= 0 else ~self._numbers[key]


def level(atlas: Atlas, further: Atlas, name: str) -> dict[str, Any]:
    """Arcs, outlines by code and borders that are not settled, at a level of detail."""
    used = _Level(DETAIL[name])
    lands = {
        code: [[used.number(source, arc) for arc in ring] for ring in _large(source, rings, ISLANDS[name])]
        for source, code, rings in lands_of(atlas, further)
    }
    lines = sorted({used.number(atlas, arc) for arc in unsettled(atlas)})
    return {"arcs": used.arcs, "lands": lands, "unsettled": lines}


def _large(source: Atlas, rings: Iterable[Ring], least: float) -> list[Ring]:
    """The largest outline, and all others of at least some area; the largest first."""
    sized = sorted(((area(around(source, ring)), ring) for ring in rings), key=lambda item: -item[0])
    return [ring for at, (size, ring) in enumerate(sized) if at == 0 or size >= least]


def around(atlas: Atlas, ring: Ring) -> list[Place]:
    """The points of an outline on the plane, in order."""
    return [place for arc in ring for place in (atlas.plane[arc] if arc >= 0 else atlas.plane[~arc][::-1])]


def _steps(arc: Sequence[Place]) -> list[int]:
    """First point, then the way to each following one, in parts of a unit, without steps of nothing."""
    units = [(round(x * PER_UNIT), round(y * PER_UNIT)) for x, y in arc]
    steps = [units[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(units) if a != b)]
    return [number for step in steps for number in step]


def derived(folder: Path) -> str:
    """The text of the file of outlines."""
    atlas, further = Atlas(folder / "countries-50m.json"), Atlas(folder / "countries-10m.json")
    for scale in (atlas, further):
        part_out(scale)
    levels = {name: level(atlas, further, name) for name in DETAIL}
    points = {code: _rounded(project(*place)) for code, place in sorted(WITHOUT_OUTLINE.items())}
    levels["points"] = {code: place for code, place in points.items() if code not in levels["world"]["lands"]}
    return json.dumps(levels, separators=(",", ":")) + "\n"


def _rounded(place: Place) -> list[float]:
    return [round(place[0], 1), round(place[1], 1)]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("expected the folder of the unpacked npm package world-atlas")
    FILE.write_text(derived(Path(sys.argv[1])), encoding="utf-8")
