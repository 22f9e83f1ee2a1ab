"""Draws the parts of a text through its editions: a column for each edition, a strand from each part to the one it follows.

What became of a part is told by the shape of its strand and not by colour alone: thin where it went on as it was, thick
where it grew stronger, dashed where it was narrowed, a short stub with a dot where it came, one with a cross where it went.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Chart
from explainer.figures.svg import WIDTH, Anchor, line, number, rect, text

_BAR, _STUB = 9, 17
"""Width of a part, and length of the strand of one that came or went."""
_TALLEST, _THINNEST = 8.0, 2.0
"""Most and least height of a part with the space below it."""
_HIGH, _LOW = 480, 230
"""Height that the parts of the longest edition may take before they get thinner; the same where it is drawn small."""
_HEAD, _BETWEEN, _FOOT = 58, 28, 8

Place = tuple[int, int, int]
"""EditionColumn, group and place in the group of a part, each from 0."""


@dataclass(frozen=True, slots=True)
class EditionColumn:
    """An edition."""

    label: str
    below: str
    """A second line: when."""
    groups: tuple[int, ...]
    """The number of parts in each group."""
    count: str = ""
    """A third line: how many parts it has."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A part of an edition with its way from the one before, or one that ends there."""

    at: Place
    """The part; of one that was dropped, the part of the edition before."""
    before: Place | None
    """The part that it follows; None for one that came, in a first edition, or was dropped."""
    mark: str
    """What became of it: `first`, `new`, `strengthened`, `unchanged`, `narrowed` or `dropped`."""
    says: str
    """Which part it is and what became of it."""
    href: str = ""
    """The relative address of the part; a strand that is only scenery has none."""


def river(
    columns: Sequence[EditionColumn], groups: Sequence[str], strands: Iterable[Strand], *, small: bool = False
) -> Chart:
    """Draw editions from left to right; `groups` names the groups of parts, in the order of the text."""
    plan = _RiverPlan(columns, _LOW if small else _HIGH)
    every = tuple(strands)
    scenery = [strand for strand in every if not strand.href]
    crossed = any(map(_moves, every))
    marks = [*plan.heads(), *plan.labels(groups, named=not crossed), *plan.scenery(scenery)]
    marks += map(plan.linked, sorted((each for each in every if each.href), key=lambda each: _ORDER[each.mark]))
    marks += plan.names(groups) if crossed else ()
    style = "river low" if small else "river"
    return Chart(
        plan.height,
        f'<g class="{style}" aria-hidden="true">{"".join(marks)}</g>',
        linked=any(strand.href for strand in every),
    )


def _moves(strand: Strand) -> bool:
    """Whether a part moved to another group, so that its strand crosses what lies between."""
    return strand.before is not None and strand.before[1] != strand.at[1]


_ORDER: Mapping[str, int] = {"unchanged": 0, "first": 1, "narrowed": 2, "strengthened": 3, "new": 4, "dropped": 5}
"""The strands that change something lie over those that do not."""


class _RiverPlan:
    """Where the parts lie."""

    def __init__(self, columns: Sequence[EditionColumn], high: float) -> None:
        self.columns = columns
        groups = range(max(len(column.groups) for column in columns))
        longest = [max(column.groups[group] for column in columns) for group in groups]
        self.unit = max(_THINNEST, min(_TALLEST, high / max(1, sum(longest))))
        self.tops: list[float] = []
        top = _HEAD + _BETWEEN / 2
        for size in longest:
            self.tops.append(top)
            top += size * self.unit + _BETWEEN
        self.height = top - _BETWEEN + _FOOT
        self._step = (WIDTH - _BAR) / max(1, len(columns) - 1)

    def linked(self, strand: Strand) -> str:
        """A strand that leads to its part, with what became of it."""
        title = f"<title>{escape(strand.says, quote=False)}</title>"
        return f'<a class="{strand.mark}" href="{escape(strand.href)}" tabindex="-1">{title}{self.strand(strand)}</a>'

    def heads(self) -> Iterator[str]:
        """The names of the editions."""
        last = len(self.columns) - 1
        for at, column in enumerate(self.columns):
            anchor: Anchor = "start" if at == 0 else "end" if at == last else "middle"
            x = 0 if at == 0 else WIDTH if at == last else self._left(at) + _BAR / 2
            yield text("strong", x, 13, column.label, anchor)
            yield text("axis", x, 30, column.below, anchor) + text("axis", x, 46, column.count, anchor)

    def labels(self, groups: Sequence[str], *, named: bool) -> Iterator[str]:
        """A line across above the parts of each group, with the names of the groups unless they come later."""
        for top, name in zip(self.tops, groups, strict=False):
            yield line("axis", 0, top - 4, WIDTH, top - 4)
            if named:
                yield text("axis", WIDTH / 2, top - 8, name, "middle")

    def names(self, groups: Sequence[str]) -> Iterator[str]:
        """The names of the groups on a ground of their own, for after strands that lead from group to group across them."""
        for top, name in zip(self.tops, groups, strict=False):
            yield text("name halo", WIDTH / 2, top - 8, name, "middle")

    def scenery(self, strands: Iterable[Strand]) -> Iterator[str]:
        """Strands that are not in question, as one pale path, and their parts as another."""
        ways, parts = "", ""
        for strand in strands:
            if strand.before is not None:
                ways += self._way(strand.before, strand.at)
            if strand.mark != "dropped":
                x, y = self._corner(strand.at)
                parts += f"M{number(x)} {number(y)}h{_BAR}v{number(self._thick)}h-{_BAR}z"
        if parts:
            yield f'<path class="scenery" d="{ways}"/><path class="parts" d="{parts}"/>'

    def strand(self, strand: Strand) -> str:
        """The elements of a strand: its part, and the way to it."""
        x, y = self._corner(strand.at)
        middle = y + self._thick / 2
        if strand.mark == "dropped":
            end = x + _BAR + _STUB
            cross = f"M{number(end - 3)} {number(middle - 3)}l6 6m0 -6l-6 6"
            return f'{line("way", x + _BAR, middle, end - 4, middle)}<path class="end" d="{cross}"/>'
        part = rect("part", x, y, _BAR, self._thick)
        if strand.before is not None:
            return f'<path class="way" d="{self._way(strand.before, strand.at)}"/>{part}'
        if strand.mark == "new":
            dot = f'<circle class="end" cx="{number(x - _STUB)}" cy="{number(middle)}" r="3"/>'
            return line("way", x - _STUB, middle, x, middle) + dot + part
        return part

    @property
    def _thick(self) -> float:
        return round(self.unit * 0.75, 1)

    def _left(self, column: int) -> float:
        return column * self._step

    def _corner(self, at: Place) -> tuple[float, float]:
        column, group, place = at
        return self._left(column), self.tops[group] + place * self.unit

    def _way(self, start: Place, end: Place) -> str:
        """A curve from the right side of one part to the left side of another."""
        x1, y1 = self._corner(start)
        x2, y2 = self._corner(end)
        x1 += _BAR
        half = number((x2 - x1) / 2)
        rise = number(y2 - y1)
        return (
            f"M{number(x1)} {number(y1 + self._thick / 2)}c{half} 0 {half} {rise} {number(x2 - x1)} {rise}"
            if rise != "0"
            else f"M{number(x1)} {number(y1 + self._thick / 2)}h{number(x2 - x1)}"
        )
