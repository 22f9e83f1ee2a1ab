"""Figures of one measure in one record: what distinguishes them, which one counts, and what its number means."""

import re
from collections import Counter
from collections.abc import Iterable

from explainer.base.dataclass import dataclass
from explainer.base.language import Amount, Language
from explainer.base.values import Dates
from explainer.kinds.measure import Measure, Quantity
from explainer.records.record import Record
from explainer.records.sourced import Certainty, Figure
from explainer.records.traits import WithFigures

Moment = tuple[int, int]
"""Sort key of a date: the sum of the ordinals of its first and last day, then that of the last day."""


def moment(dates: Dates) -> Moment:
    """Sort key of a date by its midpoint, where charts draw it; equal only for dates that cover the same days."""
    first, last = dates.start.first_day.toordinal(), dates.end.last_day.toordinal()
    return first + last, last


def within(one: Dates, other: Dates) -> bool:
    """Whether one of two dates contains the other, so that neither is newer, as with November 2018 and 2018."""
    starts = one.start.first_day, other.start.first_day
    ends = one.end.last_day, other.end.last_day
    return (starts[0] <= starts[1] and ends[1] <= ends[0]) or (starts[1] <= starts[0] and ends[0] <= ends[1])


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Sort figures from oldest to newest, those without a date last."""
    return tuple(sorted(figures, key=lambda item: (item.date is None, moment(item.date) if item.date else ())))


def held(record: Record, measure: str) -> tuple[Figure, ...]:
    """The figures of a measure in a record, in file order."""
    figures = record.figures if isinstance(record, WithFigures) else ()
    return tuple(figure for figure in figures if figure.measure == measure)


Scope = tuple[str, str | None, str | None, str | None]
"""What a figure counts: the measure, and the place, the group and the whole where it counts only a part."""


def scope(figure: Figure) -> Scope:
    """What a figure counts; figures of one scope in one record must be told apart by their dates."""
    return figure.measure, figure.place, figure.group, figure.part_of


def whole(record: Record, measure: str) -> tuple[Figure, ...]:
    """The figures of a measure that count all that the record counts of it, in file order."""
    return tuple(figure for figure in held(record, measure) if not figure.partial)


def newest(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures of the newest date among those of one scope; all of them if fewer than two dates differ."""
    every = tuple(figures)
    dated = {moment(figure.date) for figure in every if figure.date}
    if len(dated) < 2:
        return every
    return tuple(figure for figure in every if figure.date and moment(figure.date) == max(dated))


@dataclass(frozen=True, slots=True)
class FiguresShown:
    """The figures of a record, as its page shows them."""

    large: tuple[Figure, ...]
    """Those that stand by themselves, in file order: only the newest of a measure with several dates."""
    dated: tuple[tuple[Figure, ...], ...]
    """The figures of each measure and scope with several dates, oldest first."""


def shown(figures: Iterable[Figure]) -> FiguresShown:
    """Decide how figures of several measures are shown."""
    every = tuple(figures)
    groups: dict[Scope, list[Figure]] = {}
    for figure in every:
        groups.setdefault(scope(figure), []).append(figure)
    now = {one: newest(group) for one, group in groups.items()}
    return FiguresShown(
        large=tuple(figure for figure in every if figure in now[scope(figure)]),
        dated=tuple(in_order(group) for one, group in groups.items() if len(now[one]) < len(group)),
    )


def unit_of(figure: Amount, measure: Measure) -> str:
    """The unit of a figure of a measure; that of the measure also where the figure repeats it with other capitals."""
    own = figure.unit
    return own if own and own.casefold() != measure.unit.casefold() else measure.unit


def kind(figure: Figure, measure: Measure) -> tuple[str, Certainty]:
    """The unit and the certainty of a figure, which distinguish two figures of the same date."""
    return unit_of(figure, measure), figure.certainty


def undecided(figures: Iterable[Figure], measure: Measure) -> bool:
    """Whether the newest figures of a measure are ambiguous: only some have a date, or two of one kind share a date."""
    every = tuple(figures)
    if 0 < sum(figure.date is None for figure in every) < len(every):
        return True
    alike = Counter((figure.date and moment(figure.date), kind(figure, measure)) for figure in every)
    return any(number > 1 for number in alike.values())


def counting(record: Record, measure: Measure) -> tuple[Figure, ...]:
    """The figures of a measure that count for a record: those of the newest date; none if that is ambiguous.

    A figure of one place, of one group or of a part of another figure never counts for the record.
    """
    every = whole(record, measure.id)
    return () if undecided(every, measure) else newest(every)


def chosen(record: Record, measure: Measure) -> tuple[Figure, ...]:
    """The single figure that represents a measure in a record, or an empty tuple if there is none.

    Of several figures with the newest date, it is the one with certainty `stated` in the measure's own unit.
    """
    found = counting(record, measure)
    if len(found) > 1:
        found = tuple(figure for figure in found if kind(figure, measure) == (measure.unit, Certainty.STATED))
    return found


def heading(words: Language, measure: Measure, figure: Figure | None = None) -> str:
    """The name of a measure above numbers, with the unit unless that is people or part of the name: "nets taken (kg)"."""
    own = unit_of(figure, measure) if figure else measure.unit
    people = measure.counts is Quantity.PEOPLE and own == measure.unit
    said = people or re.search(rf"(?<!\w){re.escape(own)}(?!\w)", measure.name, re.IGNORECASE)
    return measure.name if said else words("mark-off.brackets").format(before=measure.name, within=own)
