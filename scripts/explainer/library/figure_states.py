"""Several figures of one measure in one record: what tells them apart, which of them counts, and what its number means."""

import re
from collections import Counter
from collections.abc import Iterable

from explainer.base.values import Dates
from explainer.records.record import Record
from explainer.records.sourced import Certainty, Figure
from explainer.records.vocabulary import Measure

Moment = tuple[int, int]
"""A date as a point on a line: the sum of its first and last day, and the last one."""


def moment(dates: Dates) -> Moment:
    """What puts dates in order: their middle, where a chart draws them; the same only for the same days."""
    first, last = dates.start.first_day.toordinal(), dates.end.last_day.toordinal()
    return first + last, last


def within(one: Dates, other: Dates) -> bool:
    """Whether one of two dates holds the other, so that neither is the newer: November 2018 and 2018."""
    starts = one.start.first_day, other.start.first_day
    ends = one.end.last_day, other.end.last_day
    return (starts[0] <= starts[1] and ends[1] <= ends[0]) or (starts[1] <= starts[0] and ends[0] <= ends[1])


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures from the oldest to the newest, and those without a date last."""
    return tuple(sorted(figures, key=lambda item: (item.date is None, moment(item.date) if item.date else ())))


def held(record: Record, measure: str) -> tuple[Figure, ...]:
    """The figures of a measure in a record, in the order of the file."""
    figures: tuple[Figure, ...] = getattr(record, "figures", ())
    return tuple(figure for figure in figures if figure.measure == measure)


def newest(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Of figures of one measure those of the newest date; all of them where they do not have several dates."""
    every = tuple(figures)
    dated = {moment(figure.date) for figure in every if figure.date}
    if len(dated) < 2:
        return every
    return tuple(figure for figure in every if figure.date and moment(figure.date) == max(dated))


def unit_of(figure: Figure, measure: Measure) -> str:
    """The unit of a figure of a measure; that of the measure also where the figure repeats it with other capitals."""
    own = figure.unit
    return own if own and own.casefold() != measure.unit.casefold() else measure.unit


def kind(figure: Figure, measure: Measure) -> tuple[str, Certainty]:
    """What tells two figures of one date apart: the unit, and what the source says it counted."""
    return unit_of(figure, measure), figure.certainty


def undecided(figures: Iterable[Figure], measure: Measure) -> bool:
    """Whether nothing says which figures of a measure are the newest: a date is missing, or is there twice."""
    every = tuple(figures)
    if 0 < sum(figure.date is None for figure in every) < len(every):
        return True
    alike = Counter((figure.date and moment(figure.date), kind(figure, measure)) for figure in every)
    return any(number > 1 for number in alike.values())


def counting(record: Record, measure: Measure) -> tuple[Figure, ...]:
    """The figures of a measure that count for a record, those of its newest date; none where nothing says which that is."""
    every = held(record, measure.id)
    return () if undecided(every, measure) else newest(every)


def chosen(record: Record, measure: Measure) -> tuple[Figure, ...]:
    """The one figure that stands for a measure in a record, if one does.

    Of several of the newest date it is the one that states what was counted, in the measure's own unit.
    """
    found = counting(record, measure)
    if len(found) > 1:
        found = tuple(figure for figure in found if kind(figure, measure) == (measure.unit, Certainty.STATED))
    return found


def what(measure: Measure, figure: Figure | None = None) -> str:
    """What a number counts, in words, with the unit unless the words have it: "cocaine seized (kg)"."""
    own = unit_of(figure, measure) if figure else measure.unit
    said = own == "people" or re.search(rf"(?<!\w){re.escape(own)}(?!\w)", measure.name, re.IGNORECASE)
    return measure.name if said else f"{measure.name} ({own})"
