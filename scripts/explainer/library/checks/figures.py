"""The rule that figures of one measure can be distinguished, and the reasons why a figure cannot be counted."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from explainer.base.problems import Problem, listed
from explainer.kinds.measure import Measure
from explainer.library.checks import by_record
from explainer.library.figure_states import (
    chosen,
    counting,
    held,
    kind,
    moment,
    scope,
    undecided,
    unit_of,
    whole,
    within,
)
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord
from explainer.records.record import Record
from explainer.records.sourced import Figure
from explainer.records.traits import WithFigures

_APART = "; give what counts something else a measure of its own, and put what sources differ on under disputes:"


def figures_are_told_apart(library: Library, pages: frozenset[str]) -> Iterator[Problem]:
    """Several figures of one measure in one record each have a date of their own, and the newest counts everywhere.

    Those of one date differ in unit or certainty. In a record that has no dates itself, a figure whose source gives
    no date has a note of its own instead; no sum, tally or key figure then uses that measure of the record.
    """
    every = (entry for entry in library.entries.values() if entry.mentions.figures > 1)
    yield from by_record.found(library, every, _clashes)


def _clashes(library: Library, entry: LoadedRecord) -> Iterator[Problem]:
    """The figures of one record that cannot be told apart."""
    figures = entry.record.figures if isinstance(entry.record, WithFigures) else ()
    for place in range(len(figures)):
        if clash := _clash(library, entry.record, figures, place):
            yield entry.document.problem(("figures", place, *clash.fields), clash.message + _APART)


class _Clash(NamedTuple):
    """Why a figure cannot be distinguished from others of its measure, and the path, within the figure, of the field to correct."""

    message: str
    fields: tuple[str, ...] = ()


def _clash(library: Library, record: Record, figures: tuple[Figure, ...], place: int) -> _Clash | None:
    """What keeps the figure at a place from being distinguished from the others of its measure; None if nothing does."""
    figure = figures[place]
    others = [(at, other) for at, other in enumerate(figures) if at != place and scope(other) == scope(figure)]
    if figure.date:
        return _of_one_date(library, record, (place, figure), others) or _covered(library, record, figure, others)
    return _undated(library, record, (place, figure), others)


_Placed = tuple[int, Figure]
"""A figure, and its place among those of its record."""


def _alike(library: Library, this: _Placed, others: Iterable[_Placed]) -> list[_Placed]:
    """The figures before one that are of its unit and certainty."""
    place, figure = this
    measure = library.get(Measure, figure.measure)
    own = kind(figure, measure)
    return [(at, other) for at, other in others if at < place and kind(other, measure) == own]


def _of_one_date(library: Library, record: Record, this: _Placed, others: Iterable[_Placed]) -> _Clash | None:
    """The clash of a figure with earlier ones of its date."""
    date = this[1].date
    alike = _alike(library, this, others)
    same = [at for at, other in alike if date and other.date and moment(other.date) == moment(date)]
    if not same:
        return None
    message = f"'{this[1].measure}' has two figures of {date}, here and on {_lines(library, record, same)}"
    return _Clash(f"{message}; expected one a date; correct one of the dates", ("date",))


def _undated(library: Library, record: Record, this: _Placed, others: Iterable[_Placed]) -> _Clash | None:
    """The clash of a figure without a date: with others that have one, or with earlier ones that have none either.

    A note excuses it in a record that has no dates itself, where no date can be given, if it is a note of its own.
    """
    figure, bare = this[1], []
    excused = figure.note is not None and not _has_dates(record)
    for at, other in others:
        if not other.date:
            bare.append((at, other))
        elif not excused:
            return _beside_a_dated_one(library, record, figure, at)
    alike = _alike(library, this, bare)
    same = [at for at, other in alike if not excused or other.note in {None, figure.note}]
    return _not_told_apart(library, record, figure, same) if same else None


def _beside_a_dated_one(library: Library, record: Record, figure: Figure, dated: int) -> _Clash:
    """The clash of a figure without a date with one that has a date."""
    beside = "the date on which it held" + ("" if _has_dates(record) else ", or a note: on why there is none")
    return _Clash(
        f"this figure of '{figure.measure}' has no date, but the one on {_lines(library, record, [dated])} has; "
        f"expected a date: with each; add {beside}"
    )


def _not_told_apart(library: Library, record: Record, figure: Figure, same: list[int]) -> _Clash:
    """The clash of a figure with those at some places, from which neither a date nor a note tells it apart."""
    beside = "a date: to each" + ("" if _has_dates(record) else ", or, where no source gives one, a note: of its own")
    return _Clash(
        f"'{figure.measure}' has two figures that nothing tells apart, here and on {_lines(library, record, same)}; "
        f"expected the date, the place or the group of each; add {beside}, or place: or group: to what counts a part"
    )


def _covered(library: Library, record: Record, figure: Figure, others: Iterable[_Placed]) -> _Clash | None:
    """The clash if a figure's date, the newest, contains or is contained in that of another, so that neither is newer."""
    dated = [(at, other.date) for at, other in others if other.date]
    if not figure.date or any(moment(date) > moment(figure.date) for _, date in dated):
        return None
    for at, date in dated:
        if moment(date) != moment(figure.date) and within(date, figure.date):
            return _Clash(
                f"nothing says whether '{figure.measure}' of {figure.date}, here, is newer than that of {date} on "
                f"{_lines(library, record, [at])}; expected dates of which one is later; write the day to which each counts",
                ("date",),
            )
    return None


def _has_dates(record: Record) -> bool:
    """Whether a record has dates of its own, which apply to its figures without a date."""
    return "dates" in record.__class__.model_fields


def _lines(library: Library, record: Record, places: list[int]) -> str:
    """The line numbers of some figures of a record, in words."""
    document = library.document(record)
    lines = [str(document.place(("figures", place))[0]) for place in places]
    return f"line {lines[0]}" if len(lines) == 1 else f"lines {listed(lines)}"


def why_not_one(library: Library, reference: str, ident: str) -> Iterator[str]:
    """Reasons why no single figure represents a measure in the record that `folder/id` refers to."""
    record, measure = library.at(reference), library.get(Measure, ident)
    if library.gaps.touch(record.key):
        return
    if not held(record, ident):
        yield f"{reference} has no figure of '{ident}'; expected a record that has one"
    elif not whole(record, ident):
        yield (
            f"{reference} has figures of '{ident}' of single places, groups or parts only; expected one of the whole; "
            "name another record or measure"
        )
    elif not counting(record, measure):
        if why := why_undecided(library, record, measure):
            yield f"{why}; expected one that is; add a date: to each, or name another record"
    elif not chosen(record, measure):
        yield (
            f"{reference} has several figures of '{ident}' of one date, and none states a number of {measure.unit} as "
            "counted; expected one that does; name another record or measure"
        )


def why_undecided(library: Library, record: Record, measure: Measure) -> str | None:
    """Message if the newest figure of a measure is ambiguous; None if it is not, or if `_clash` reports the record."""
    if not undecided(whole(record, measure.id), measure):
        return None
    figures = record.figures if isinstance(record, WithFigures) else ()
    places = [at for at, figure in enumerate(figures) if figure.measure == measure.id and not figure.partial]
    if any(_clash(library, record, figures, at) for at in places):
        return None
    return (
        f"nothing says which figure of '{measure.id}' is the newest in {library.document(record).path} "
        f"({_lines(library, record, places)}), where not each has a date"
    )


def why_not_added(library: Library, reference: str, ident: str) -> Iterator[str]:
    """Reasons why a record's figure of a measure cannot be part of a sum."""
    yield from why_not_one(library, reference, ident)
    measure = library.get(Measure, ident)
    for figure in chosen(library.at(reference), measure):
        if unit_of(figure, measure) != measure.unit:
            yield (
                f"{reference} gives '{ident}' in {figure.unit}; expected {measure.unit}, since different units cannot "
                "be added; name another record"
            )
