"""How many digits of a sum its parts carry: one that holds "nearly 4,000" is not known to the unit."""

from collections.abc import Iterable
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

FEWEST_DIGITS = 2
"""The number of digits that a sum keeps, however coarse its parts are: 944 of "nearly 500" and more is about 940, not 900."""


def _exponent(value: Decimal) -> int:
    """The place of the last digit of a number as it is written: 0 for units, 2 for hundreds, -1 for tenths."""
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def as_coarse_as(value: Decimal, parts: Iterable[Decimal], *, down: bool = False) -> Decimal:
    """Round a sum to the place of the last digit that is not zero in the coarsest of some parts; without parts it stays.

    A lower bound is rounded `down`, since "more than" would say too much of a number that was rounded up.
    """
    places = [_exponent(part.normalize()) for part in parts]
    if not places or not value:
        return value
    place = min(max(places), value.adjusted() - FEWEST_DIGITS + 1)
    if place <= _exponent(value):
        return value
    coarse = value.quantize(Decimal((0, (1,), place)), ROUND_FLOOR if down else ROUND_HALF_UP)
    return Decimal(f"{coarse:f}")
