"""Triangular matrix of pairs: one cell per pair, with its count, and each name once."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from explainer.figures.graphic import Chart, cut, shades, steps
from explainer.figures.svg import GLYPH, WIDTH, rect, reserve, text

MOST = 15
"""Maximum number of names in a chart."""
LONGEST = 18
"""Number of characters that a name has room for anywhere; the first ones have more."""


def pairs(names: Sequence[str], counts: Mapping[tuple[int, int], int], number: Callable[[int], str]) -> Chart:
    """Draw a triangular matrix with names on the diagonal; `counts` is by indices into `names`, the lower first.

    `number` writes a count in the language of the page.
    """
    shown = [cut(name, LONGEST) for name in names]
    cell = round(min(40.0, (WIDTH - reserve(shown[-3:])) / len(shown)), 1)
    whole = [cut(name, max(LONGEST, int((WIDTH - row * cell) / GLYPH))) for row, name in enumerate(names)]
    return Chart(len(shown) * cell, "".join(_marks(whole, counts, cell, number)))


def _marks(
    names: Sequence[str], counts: Mapping[tuple[int, int], int], cell: float, number: Callable[[int], str]
) -> Iterator[str]:
    classes = steps(counts.values())
    shade = dict(zip(classes, shades(len(classes)), strict=True))
    for row, name in enumerate(names):
        base = (row + 0.5) * cell + 4.5
        for column in range(row):
            count = counts.get((column, row), 0)
            step = next((step for (low, high), step in shade.items() if count and low <= count <= high), None)
            yield rect(f"cell step-{step}" if step else "cell land", column * cell, row * cell, cell, cell)
            if step:
                yield text(f"on-{step}", (column + 0.5) * cell, base, number(count), "middle")
        yield text("strong", row * cell + 4, base, name)
