"""Groups of records: as squares, one a record, or as bars, whole or in parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.figures.graphic import Chart
from explainer.figures.svg import WIDTH, group, name, rect, reserve, text

_SQUARE, _PITCH = 15.0, 19.0
_ACROSS = int(WIDTH // _PITCH)
_HEAD, _GAP, _BAR, _LONGEST = 20, 12, 13, 48


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
    """One row of squares a group, below its name and its number."""
    marks, top = [], 0.0
    for stack in stacks:
        named, more = name(0, top, stack.label, _LONGEST)
        marks.append(named + text("strong", WIDTH, top + 13, stack.told, "end"))
        top += more
        for place, one in enumerate(stack.members):
            x, y = place % _ACROSS * _PITCH + 1, top + _HEAD + place // _ACROSS * _PITCH
            marks.append(group(rect("exact", x, y, _SQUARE, _SQUARE), one.href, one.says))
        top += _HEAD + -(-len(stack.members) // _ACROSS) * _PITCH + _GAP
    linked = any(one.href for stack in stacks for one in stack.members)
    return Chart(top - _GAP, "".join(marks), linked=linked)


def parted(bars: Sequence[Parted]) -> Chart:
    """One bar a group, in parts where it has several."""
    room = WIDTH - reserve([bar.told for bar in bars])
    most = max(sum(part.size for part in bar.parts) for bar in bars)
    marks, top = [], 0.0
    for bar in bars:
        named, more = name(0, top, bar.label, _LONGEST)
        marks.append(named)
        top += more
        end = 1.0
        for part in bar.parts:
            length = room * part.size / most
            marks.append(group(rect(f"cell {part.style}", end, top + _HEAD, length, _BAR), says=part.says))
            end += length
        marks.append(text("strong", end + 6, top + _HEAD + _BAR - 2, bar.told))
        top += _HEAD + _BAR + _GAP
    return Chart(top - _GAP + 2, "".join(marks))


def shades(number: int) -> Iterator[str]:
    """The classes of the parts of a bar: from strong to faint."""
    order = {1: (4,), 2: (4, 2), 3: (4, 3, 1)}.get(number, (4, 3, 2, 1))
    return (f"step-{order[min(place, len(order) - 1)]}" for place in range(number))
