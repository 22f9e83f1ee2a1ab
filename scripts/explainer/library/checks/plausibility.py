"""The rules that a figure makes sense: within the bounds of its measure, and no part larger than its whole."""

from collections.abc import Iterator
from decimal import Decimal

from explainer.base.problems import Problem
from explainer.kinds.measure import Measure
from explainer.library.checks import by_record
from explainer.library.checks.signature import Pages
from explainer.library.figure_states import kind, moment
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord
from explainer.records.record import Record
from explainer.records.sourced import Certainty, Comparator, Figure
from explainer.records.traits import WithFigures


def figures_make_sense(library: Library, pages: Pages) -> Iterator[Problem]:
    """A figure keeps the bounds and the decimals of its measure, and what is part of another figure is not larger."""
    every = (entry for entry in library.entries.values() if entry.mentions.figures)
    yield from by_record.found(library, every, _senseless)


def _senseless(library: Library, entry: LoadedRecord) -> Iterator[Problem]:
    """The problems with the figures of one record."""
    figures = entry.record.figures if isinstance(entry.record, WithFigures) else ()
    for place, figure in enumerate(figures):
        for field, message in _implausible(library, entry.record, figure):
            yield entry.document.problem(("figures", place, field), message)


def _implausible(library: Library, record: Record, figure: Figure) -> Iterator[tuple[str, str]]:
    """Field and message of what makes no sense in a figure."""
    measure = library.get(Measure, figure.measure)
    for field, value in (("value", figure.value), ("high", figure.high)):
        if value is not None and (message := _bounds(measure, value) or _decimals(measure, value, figure)):
            yield field, message
    if figure.margin is not None and (message := _margin(measure, figure.value, figure.margin)):
        yield "margin", message
    if figure.place is not None and (message := _no_place(library.at(figure.place), figure.place)):
        yield "place", message
    if message := _larger_than_whole(library, record, figure):
        yield "value", message


def _no_place(record: Record, reference: str) -> str | None:
    """Message if a record is nowhere on the map."""
    if record.PLACE:
        return None
    return (
        f"{reference} is a {record.KIND}, which is no place; expected a record that is, as in countries/TD; correct it, "
        "or write group: for of whom or of what the number counts a part"
    )


def measures_refer_rightly(library: Library, pages: Pages) -> Iterator[Problem]:
    """No measure is part of itself, and none is both part of another and apart from it."""
    for measure in library.all(Measure):
        document = library.document(measure)
        wholes, waiting = set[str](), list(measure.part_of)
        while waiting:
            if (ident := waiting.pop()) not in wholes:
                wholes.add(ident)
                waiting.extend(library.get(Measure, ident).part_of)
        if measure.id in wholes:
            yield document.problem(
                ("part_of",), f"'{measure.id}' is part of itself; expected a measure that holds more; name another"
            )
        for index, ident in enumerate(measure.apart_from):
            if ident == measure.id or ident in wholes:
                what = "is itself" if ident == measure.id else "already holds it, by part_of"
                message = f"'{ident}' {what}; expected a measure that counts something else; delete it here"
                yield document.problem(("apart_from", index), message)


def _bounds(measure: Measure, value: Decimal) -> str | None:
    if measure.least <= value and (measure.most is None or value <= measure.most):
        return None
    most = "" if measure.most is None else f" to {measure.most}"
    expected = f"expected {measure.least}{most}" if most else f"expected {measure.least} or more"
    return (
        f"{value} cannot be a number of '{measure.id}'; {expected}; correct the number, "
        f"or the bounds of the measure (least:, most:) if the source is right"
    )


def _margin(measure: Measure, value: Decimal, margin: Decimal) -> str | None:
    """Message if a margin of error reaches beyond the bounds of the measure."""
    beyond = [end for end in (value - margin, value + margin) if _bounds(measure, end)]
    if not beyond or _bounds(measure, value):
        return None
    return (
        f"{value} ± {margin} reaches {beyond[0]}, which cannot be a number of '{measure.id}'; expected a margin within "
        f"its bounds; correct it, or the bounds of the measure (least:, most:) if the source is right"
    )


def _decimals(measure: Measure, value: Decimal, figure: Figure) -> str | None:
    own_unit = figure.unit is not None and figure.unit.casefold() != measure.unit.casefold()
    exponent = value.as_tuple().exponent
    found = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if measure.places is None or own_unit or found <= measure.places:
        return None
    expected = "a whole number" if measure.places == 0 else f"at most {measure.places} decimals"
    return (
        f"{value} is not exact to what '{measure.id}' counts; expected {expected}; correct the number, "
        "or write decimals: in the measure"
    )


def _larger_than_whole(library: Library, record: Record, figure: Figure) -> str | None:
    """Message if a figure is larger than one of the same record that holds it."""
    for whole in record.figures if isinstance(record, WithFigures) else ():
        if whole.partial or not _holds(library, whole, figure) or not _comparable(library, whole, figure):
            continue
        if figure.value > whole.value:
            return (
                f"{figure.value} of '{figure.measure}' is more than the {whole.value} of '{whole.measure}' "
                "of which it is part; expected no more; correct one of the numbers, or delete part_of: or the place: "
                "or group: that makes it a part"
            )
    return None


def _holds(library: Library, whole: Figure, part: Figure) -> bool:
    if part.part_of is not None:
        return whole.measure == part.part_of
    if part.partial:
        return whole.measure == part.measure
    return whole.measure in library.get(Measure, part.measure).part_of


def _comparable(library: Library, whole: Figure, part: Figure) -> bool:
    """Whether both numbers can be compared: counted as surely, at one time, in one unit, and the whole is no mere bound."""
    dates = whole.date and moment(whole.date), part.date and moment(part.date)
    one = kind(whole, library.get(Measure, whole.measure)) == kind(part, library.get(Measure, part.measure))
    bounded = whole.comparator in {Comparator.EXACTLY, Comparator.UP_TO, Comparator.LESS_THAN, Comparator.NEARLY}
    return one and dates[0] == dates[1] and bounded and whole.high is None and part.certainty is Certainty.STATED
