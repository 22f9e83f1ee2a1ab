"""Rows of dots, one for each unit that a figure counts; hollow where the figure is not exact.

A row is one line with round dashes of no length, which every browser draws as dots: a thousand of them weigh less than a
kilobyte.
"""

from collections.abc import Iterator, Sequence

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Chart
from explainer.figures.svg import WIDTH, line, text

_PITCH = 6.5
"""From dot to dot; the style sheet has the same number."""
_DOTS = int((WIDTH - 4) // _PITCH)
_HEAD, _GAP = 22, 16


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A figure, and what it is called."""

    label: str
    told: str
    """The number as displayed, with its qualifier."""
    value: float
    exact: bool


def units(rows: Sequence[UnitRow], unit: int) -> Chart:
    """One block of dots below the name and the number of each row; of zero, none."""
    marks, top = [], 0.0
    for row in rows:
        marks.append(text("name", 0, top + 13, row.label) + text("strong", WIDTH, top + 13, row.told, "end"))
        dots = round(row.value / unit)
        marks += _block(dots, top + _HEAD + 3, exact=row.exact)
        top += _HEAD + -(-dots // _DOTS) * _PITCH + _GAP
    return Chart(round(top - _GAP + 2, 1), "".join(marks))


def _block(dots: int, top: float, *, exact: bool) -> Iterator[str]:
    for start in range(0, dots, _DOTS):
        length = (min(_DOTS, dots - start) - 1) * _PITCH + 0.1
        y = top + start / _DOTS * _PITCH
        yield line("units", 3, y, 3 + length, y)
        if not exact:
            yield line("units within", 3, y, 3 + length, y)
