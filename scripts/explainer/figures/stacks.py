"""Groups of records: as squares, one a record, or as bars, whole or in parts."""

from collections.abc import Iterator, Sequence

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Chart
from explainer.figures.svg import WIDTH, beside, group, longest_bar, name, number, rect, reserve, step_style, text

_SQUARE, _PITCH = 15.0, 19.0
_HEAD, _GAP, _BAR, _LONGEST = 20, 12, 13, 48
_ROW = 24
"""From one row to the next where names stand before the marks."""
_SEAM = 1.5
"""What is free between two parts of a bar."""


@dataclass(frozen=True, slots=True)
class One:
    """A record as a square."""

    says: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """A group with its records."""

    label: str
    told: str
    members: tuple[One, ...]


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar: its size, its shade, and what it says."""

    size: int
    style: str
    says: str


@dataclass(frozen=True, slots=True)
class Parted:
    """A bar in parts."""

    label: str
    told: str
    parts: tuple[BarPart, ...]


def strip(stacks: Sequence[Stack]) -> Chart:
    """One row of squares a group, behind its name with its number at the end; below both where a name is long."""
    side = beside([stack.label for stack in stacks])
    room = WIDTH - side - reserve([stack.told for stack in stacks]) if side else WIDTH
    across = int(room // _PITCH)
    marks, top = [], 0.0
    for stack in stacks:
        named, more = name(0, top, stack.label, _LONGEST)
        head = 0 if side else _HEAD + more
        end = side + min(len(stack.members), across) * _PITCH + 4
        told = text("strong", end, top + 13, stack.told) if side else text("strong", WIDTH, top + 13, stack.told, "end")
        marks += [named, told, *_squares(stack.members, side, top + head, across)]
        top += head + -(-len(stack.members) // across) * _PITCH + (_ROW - _PITCH if side else _GAP)
    linked = any(one.href for stack in stacks for one in stack.members)
    return Chart(round(top, 1), "".join(marks), linked=linked)


def _squares(members: Sequence[One], left: float, top: float, across: int) -> Iterator[str]:
    """A square for each record, in rows of so many."""
    for place, one in enumerate(members):
        x, y = left + place % across * _PITCH + 1, top + place // across * _PITCH
        yield group(rect("exact", x, y, _SQUARE, _SQUARE), one.href, one.says)


def parted(bars: Sequence[Parted]) -> Chart:
    """One bar a group, in parts where it has several: behind its name, or below it where one is long."""
    side = beside([bar.label for bar in bars])
    start = side or 1.0
    sizes = [sum(part.size for part in bar.parts) for bar in bars]
    unit = longest_bar(start, [(size, bar.told) for size, bar in zip(sizes, bars, strict=True)]) / max(sizes)
    marks, top = [], 0.0
    for size, bar in zip(sizes, bars, strict=True):
        named, more = name(0, top, bar.label, _LONGEST)
        head = 2 if side else _HEAD + more
        marks += [named, *_parts(bar, start, top + head, unit)]
        marks.append(text("strong", start + size * unit + 6, top + head + _BAR - 2, bar.told))
        top += _ROW if side else head + _BAR + _GAP
    return Chart(top, "".join(marks))


def _parts(bar: Parted, start: float, top: float, unit: float) -> Iterator[str]:
    """The parts of a bar one behind the other, with a seam between them."""
    for place, part in enumerate(bar.parts):
        length = part.size * unit
        wide = length if place == len(bar.parts) - 1 else max(length - _SEAM, length / 2)
        yield group(_part(part.style, start, top, wide), says=part.says)
        start += length


def _part(style: str, x: float, y: float, length: float) -> str:
    """A part; one in a shade has a pattern as well, for readers whose system chooses the colours."""
    if not style.startswith("step-"):
        return rect(style, x, y, length, _BAR)
    where = f'x="{number(x)}" y="{number(y)}" width="{number(length)}" height="{_BAR}"'
    return f"<rect{step_style(int(style[-1]))} {where}/>"


def shades(number: int) -> Iterator[str]:
    """The classes of the parts of a bar: from strong to faint."""
    order = {1: (4,), 2: (4, 2), 3: (4, 3, 1)}.get(number, (4, 3, 2, 1))
    return (f"step-{order[min(place, len(order) - 1)]}" for place in range(number))
