"""Triangular matrix of pairs: one cell per pair, with its count, and each name once."""

from collections.abc import Mapping, Sequence

from explainer.figures import vega
from explainer.figures.graphic import Chart, cut, shades, steps
from explainer.figures.palette import LAND, ON_STEPS, PAPER, STEPS

MOST = 15
"""Maximum number of names in a chart."""
LONGEST = 18
"""Maximum number of characters of a name."""


def pairs(names: Sequence[str], counts: Mapping[tuple[int, int], int]) -> Chart:
    """Draw a triangular matrix with names on the diagonal; `counts` is by indices into `names`, the lower first."""
    shown = [cut(name, LONGEST) for name in names]
    number = len(shown)
    cell = round(min(40.0, (vega.WIDTH - vega.reserve(shown[-3:])) / number), 1)
    classes = steps(counts.values())
    layers: list[vega.Spec] = []
    grid = [
        {"x": column * cell, "x2": (column + 1) * cell, "y": row * cell, "y2": (row + 1) * cell}
        for row in range(number)
        for column in range(row)
        if (column, row) not in counts
    ]
    layers.append(vega.boxes(grid, color=LAND, stroke=PAPER, strokeWidth=2))
    for shade, (low, high) in zip(shades(len(classes)), classes, strict=True):
        rows: list[vega.Row] = [
            {
                "x": column * cell,
                "x2": (column + 1) * cell,
                "y": row * cell,
                "y2": (row + 1) * cell,
                "says": f"{count:,}",
            }
            for (column, row), count in sorted(counts.items())
            if low <= count <= high
        ]
        numbers = [{"x": row["x"] + cell / 2, "y": row["y"] + cell / 2 + 4.5, "says": row["says"]} for row in rows]
        layers.append(vega.boxes(rows, color=STEPS[shade - 1], stroke=PAPER, strokeWidth=2))
        layers.append(vega.texts(numbers, align="center", color=ON_STEPS[shade - 1]))
    labels = [
        {"x": place * cell + 4, "y": place * cell + cell / 2 + 4.5, "says": name} for place, name in enumerate(shown)
    ]
    layers.append(vega.texts(labels, fontWeight="bold"))
    return Chart(vega.spec(number * cell, layers))
