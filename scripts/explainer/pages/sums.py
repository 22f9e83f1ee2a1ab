"""Sums over figures of several records: what was added, and how much of it is exact."""

from dataclasses import dataclass
from decimal import Decimal

from explainer.library import Library
from explainer.records import Measure
from explainer.records.record import Certainty, Comparator, Figure, Record
from explainer.settings import Sum


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a sum, with the record that holds it."""

    record: Record
    figure: Figure


@dataclass(frozen=True, slots=True)
class Total:
    """A sum with its parts. It is exact only where every part is."""

    sum: Sum
    measure: Measure
    parts: tuple[Part, ...]

    @property
    def value(self) -> Decimal:
        """The parts added up; the lower end where a part is a range."""
        return sum((part.figure.value for part in self.parts), Decimal(0))

    @property
    def exact(self) -> int:
        """How many parts are exact: no comparator, no range, counted."""
        return sum(
            part.figure.comparator is Comparator.EXACTLY
            and part.figure.certainty is Certainty.STATED
            and part.figure.high is None
            for part in self.parts
        )

    @property
    def comparator(self) -> Comparator:
        """How the sum may be stated."""
        return Comparator.EXACTLY if self.exact == len(self.parts) else Comparator.ABOUT


def totals(library: Library) -> tuple[Total, ...]:
    """Every sum that `site.yml` asks for."""
    return tuple(_total(library, item) for item in library.site.sums)


def totals_of(library: Library, record: Record) -> tuple[Total, ...]:
    """The sums that a record is part of."""
    return tuple(total for total in totals(library) if any(part.record is record for part in total.parts))


def _total(library: Library, item: Sum) -> Total:
    parts = []
    for reference in item.records:
        record = library.at(reference)
        figures: tuple[Figure, ...] = getattr(record, "figures", ())
        parts.append(Part(record, next(figure for figure in figures if figure.measure == item.measure)))
    return Total(item, library.get(Measure, item.measure), tuple(parts))
