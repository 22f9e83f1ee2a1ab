"""A diagram of boxes in rows, and numbered arrows between them.

The row of a box follows from the arrows: it stands as low as those that it leads to allow. An arrow that leads upwards, or
past a row, runs along the right side.
"""

import textwrap
from collections.abc import Mapping, Sequence

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Chart
from explainer.figures.svg import WIDTH, Point, group, number, polyline, rect, text

_LINE, _PAD, _BETWEEN, _GAP, _SIDE = 16.0, 9.0, 44.0, 14.0, 24.0
_LETTER = 7.6
"""Usual width of a character."""
_WIDEST = 200.0
_BADGE = 8.5


@dataclass(frozen=True, slots=True)
class BoxNode:
    """A box: its id, what stands in it, and the address to which it leads."""

    id: str
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between two boxes, by their ids, and its number."""

    start: str
    end: str
    number: int


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a box stands."""

    x: float
    y: float
    width: float
    height: float
    row: int

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def foot(self) -> float:
        return self.y + self.height


def rows_of(nodes: Sequence[str], ties: Sequence[tuple[str, str]]) -> Mapping[str, int]:
    """The row of each node: one above the highest of those that it leads to. A tie that would close a circle leads upwards."""
    below: dict[str, list[str]] = {node: [] for node in nodes}
    for start, end in ties:
        if not _reaches(below, end, start):
            below[start].append(end)
    depth: dict[str, int] = {}

    def deep(node: str) -> int:
        if node not in depth:
            depth[node] = 1 + max((deep(end) for end in below[node]), default=-1)
        return depth[node]

    most = max(deep(node) for node in nodes)
    return {node: most - depth[node] for node in nodes}


def _reaches(below: Mapping[str, Sequence[str]], start: str, end: str) -> bool:
    return start == end or any(_reaches(below, node, end) for node in below[start])


def diagram(nodes: Sequence[BoxNode], arrows: Sequence[Arrow]) -> Chart:
    """The boxes in their rows, and the arrows with their numbers."""
    rows = rows_of([node.id for node in nodes], [(arrow.start, arrow.end) for arrow in arrows])
    aside = [arrow for arrow in arrows if rows[arrow.end] - rows[arrow.start] != 1]
    boxes, height = _placed(nodes, rows, WIDTH - _SIDE * len(aside))
    marks = [
        _arrow(boxes[arrow.start], boxes[arrow.end], arrow, _offset(arrow, arrows))
        for arrow in arrows
        if arrow not in aside
    ]
    for place, arrow in enumerate(aside):
        marks.append(_along(boxes[arrow.start], boxes[arrow.end], arrow, WIDTH - _BADGE - 1 - place * _SIDE))
    marks += [_box(node, boxes[node.id]) for node in nodes]
    return Chart(height, "".join(marks), linked=any(node.href for node in nodes))


def _placed(nodes: Sequence[BoxNode], rows: Mapping[str, int], room: float) -> tuple[Mapping[str, _Box], float]:
    """Where each box stands, and the height of all."""
    found: dict[str, _Box] = {}
    top = 1.0
    for row in range(max(rows.values()) + 1):
        there = [node for node in nodes if rows[node.id] == row]
        width = min(_WIDEST, (room - 2 - _GAP * (len(there) - 1)) / len(there))
        tall = max(len(_lines(node.name, width)) for node in there) * _LINE + 2 * _PAD
        start = (room - width * len(there) - _GAP * (len(there) - 1)) / 2
        for place, node in enumerate(there):
            found[node.id] = _Box(start + place * (width + _GAP), top, width, tall, row)
        top += tall + _BETWEEN
    return found, top - _BETWEEN + 2


def _lines(name: str, width: float) -> list[str]:
    return textwrap.wrap(name, max(6, int((width - 10) / _LETTER))) or [name]


def _box(node: BoxNode, box: _Box) -> str:
    lines = _lines(node.name, box.width)
    first = box.y + (box.height - len(lines) * _LINE) / 2 + 12
    words = [text("name", box.middle, first + place * _LINE, part, "middle") for place, part in enumerate(lines)]
    return group(rect("hollow", box.x, box.y, box.width, box.height) + "".join(words), node.href)


def _offset(arrow: Arrow, arrows: Sequence[Arrow]) -> tuple[float, float]:
    """Where among those that leave its box, and among those that reach the other, an arrow stands: from -1 to 1."""
    return (
        _share([other.end for other in arrows if other.start == arrow.start], arrow.end),
        _share([other.start for other in arrows if other.end == arrow.end], arrow.start),
    )


def _share(ends: Sequence[str], end: str) -> float:
    return 0.0 if len(ends) < 2 else ends.index(end) / (len(ends) - 1) * 2 - 1


def _arrow(start: _Box, end: _Box, arrow: Arrow, offset: tuple[float, float]) -> str:
    """An arrow from the foot of a box to the head of one in the next row; it bends, so that it arrives from above."""
    x1, y1 = start.middle + offset[0] * start.width * 0.3, start.foot
    x2, y2 = end.middle + offset[1] * end.width * 0.3, end.y
    middle, tip = (y1 + y2 - 6) / 2, y2 - 6
    head = [(x2, y2), (x2 - 5, y2 - 8), (x2 + 5, y2 - 8)]
    from_, *bends = (f"{number(x)} {number(y)}" for x, y in ((x1, y1), (x1, middle), (x2, middle), (x2, tip)))
    way = f'<path class="trend" d="M{from_}C{" ".join(bends)}"/>'
    return way + _head(head) + _badge((x1 + x2) / 2, middle, arrow.number)


def _along(start: _Box, end: _Box, arrow: Arrow, x: float) -> str:
    """An arrow along the right side."""
    y1, y2 = start.y + start.height / 2, end.y + end.height / 2
    side = end.x + end.width
    way: list[Point] = [(start.x + start.width, y1), (x, y1), (x, y2), (side + 7, y2)]
    return (
        polyline("trend", way)
        + _head([(side, y2), (side + 8, y2 - 5), (side + 8, y2 + 5)])
        + _badge(x, (y1 + y2) / 2, arrow.number)
    )


def _head(points: Sequence[Point]) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon class="exact" points="{corners}"/>'


def _badge(x: float, y: float, number: int) -> str:
    return f'<circle class="exact" cx="{x:.1f}" cy="{y:.1f}" r="{_BADGE}"/>' + text(
        "on-main", x, y + 4.5, str(number), "middle"
    )
