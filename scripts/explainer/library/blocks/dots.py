"""Numbers as dots: how many units one stands for, and which numbers no dots can show."""

from collections.abc import Sequence
from decimal import Decimal

MOST = 1_200
"""Maximum number of dots in a drawing."""


def scale(values: Sequence[float | Decimal]) -> int:
    """How many units a dot stands for: 1, 2, 5, 10 and so on, so that a drawing has at most `MOST` dots."""
    unit, steps = 1, (2, 2.5, 2)
    for place in range(60):
        if sum(float(value) for value in values) / unit <= MOST:
            break
        unit = int(unit * steps[place % 3])
    return unit


def undrawn(values: Sequence[Decimal]) -> tuple[int, str] | None:
    """The place of the first number that would be drawn as another, and what is expected of it; None if there is none."""
    unit = scale(values)
    for place, value in enumerate(values):
        if value < 0:
            return place, "zero or more, since a dot cannot be less than none"
        if 0 < value < unit:
            return place, f"zero, or {unit} at least, since a dot stands for {unit}"
    return None
