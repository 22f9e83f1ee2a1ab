"""Triangular matrix of pairs: one cell per pair, with its count, and each name once."""

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence

from explainer.figures.graphic import Chart, cut, shades, steps
from explainer.figures.svg import GLYPH, WIDTH, rect, reserve, text

MOST = 15
"""Maximum number of names in a chart."""
LONGEST = 18
"""Number of characters that a name has room for anywhere; the first ones have more."""
_LINE, _ROOM, _BOTH = 12, 20, 27
"""From one line of a name to the next; the least height of a row for two lines, and where the row above has two as well."""


def pairs(names: Sequence[str], counts: Mapping[tuple[int, int], int], number: Callable[[int], str]) -> Chart:
    """Draw a triangular matrix with names on the diagonal; `counts` is by indices into `names`, the lower first.

    `number` writes a count in the language of the page.
    """
    shown = [cut(name, LONGEST) for name in names]
    cell = round(min(40.0, (WIDTH - reserve(shown[-3:])) / len(shown)), 1)
    return Chart(len(shown) * cell, "".join(_marks(_lines(names, cell), counts, cell, number)))


def _lines(names: Sequence[str], cell: float) -> list[list[str]]:
    """Each name on one line, or on two where it is too long for one; what does not fit on them ends in an ellipsis."""
    told: list[list[str]] = []
    for row, name in enumerate(names):
        longest = max(LONGEST, int((WIDTH - row * cell) / GLYPH))
        least = _BOTH if told and len(told[-1]) > 1 else _ROOM
        told.append(textwrap.wrap(name, longest, max_lines=2 if cell >= least else 1, placeholder="…"))
    return told


def _marks(
    names: Sequence[Sequence[str]], counts: Mapping[tuple[int, int], int], cell: float, number: Callable[[int], str]
) -> Iterator[str]:
    classes = steps(counts.values())
    shade = dict(zip(classes, shades(len(classes)), strict=True))
    for row, lines in enumerate(names):
        base = (row + 0.5) * cell + 4.5
        for column in range(row):
            count = counts.get((column, row), 0)
            step = next((step for (low, high), step in shade.items() if count and low <= count <= high), None)
            if not step:
                yield rect("none", column * cell + 1.5, row * cell + 1.5, cell - 3, cell - 3)
            else:
                yield rect(f"cell step-{step}", column * cell, row * cell, cell, cell)
                yield text(f"on-{step}", (column + 0.5) * cell, base, number(count), "middle")
        first = base - (7.5 if len(lines) > 1 else 0)
        for place, part in enumerate(lines):
            yield text("strong", row * cell + 4, first + place * _LINE, part)
