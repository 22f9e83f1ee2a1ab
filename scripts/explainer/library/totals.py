"""Sums and tallies over figures of several records: what was added, what was left out, and how the result is qualified."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from explainer.base.dataclass import dataclass
from explainer.kinds.measure import Measure
from explainer.library.figure_states import chosen, counting, held, in_order, unit_of
from explainer.library.groups import GroupKey, family_name, groups, stated_name
from explainer.library.library import Library, sort_key
from explainer.library.rounding import as_coarse_as
from explainer.records.dossier import FAMILY, YEAR, Sum, Tally
from explainer.records.record import Record
from explainer.records.sourced import Certainty, Comparator, Figure


@dataclass(frozen=True, slots=True)
class Addend:
    """One figure of a sum, with the record that holds it."""

    record: Record
    figure: Figure


def unqualified(figure: Figure) -> bool:
    """Whether a source states a figure as a fact without a comparator, a range or a margin; it may be a round one even so."""
    return (
        figure.comparator is Comparator.EXACTLY
        and figure.certainty is Certainty.STATED
        and figure.high is None
        and figure.margin is None
    )


def combined(figures: Iterable[Figure]) -> Comparator:
    """Comparator of a sum: none only if no part is qualified, "at least" and "more than" only if no part may be too high."""
    every = tuple(figures)
    if all(unqualified(figure) for figure in every):
        return Comparator.EXACTLY
    safe = (Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.MORE_THAN)
    if all(
        figure.comparator in safe and figure.certainty is Certainty.STATED and figure.margin is None for figure in every
    ):
        more = any(figure.comparator is Comparator.MORE_THAN for figure in every)
        return Comparator.MORE_THAN if more else Comparator.AT_LEAST
    return Comparator.ABOUT


LOWER_BOUNDS = frozenset({Comparator.AT_LEAST, Comparator.MORE_THAN})
"""The qualifiers that say what a number is not below."""


@dataclass(frozen=True, slots=True)
class ShownSum:
    """A sum as readers see it."""

    value: Decimal
    """The sum, rounded to the place of its coarsest qualified part."""
    comparator: Comparator

    high = margin = unit = None
    """A sum is one number, in the unit of its measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Figures that are added up; the sum is without a qualifier only if every part is."""

    parts: tuple[Addend, ...]

    @property
    def value(self) -> Decimal:
        """The sum of the parts, not rounded, as data files have it; a range counts with its lower end."""
        return sum((part.figure.value for part in self.parts), Decimal(0))

    @property
    def unqualified(self) -> int:
        """The number of parts without a qualifier."""
        return sum(unqualified(part.figure) for part in self.parts)

    @property
    def comparator(self) -> Comparator:
        """The comparator with which the sum may be stated."""
        return combined(part.figure for part in self.parts)

    @property
    def shown(self) -> ShownSum:
        """The sum with no more digits than its qualified parts carry; one without such parts has all of its digits."""
        qualified = [part.figure.value for part in self.parts if not unqualified(part.figure)]
        down = self.comparator in LOWER_BOUNDS
        return ShownSum(as_coarse_as(self.value, qualified, down=down), self.comparator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(Added):
    """A sum requested in `site.yml`, with its parts."""

    sum: Sum
    measure: Measure


def totals(library: Library) -> tuple[Total, ...]:
    """Every sum requested in `site.yml`."""
    return tuple(_total(library, item) for item in library.dossier.sums)


def totals_of(library: Library, record: Record) -> tuple[Total, ...]:
    """The sums that include a figure of a record."""
    return tuple(total for total in totals(library) if any(part.record is record for part in total.parts))


def _total(library: Library, item: Sum) -> Total:
    measure = library.get(Measure, item.measure)
    records = [library.at(reference) for reference in item.records]
    parts = tuple(
        Addend(record, figure)
        for record in records
        for figure in chosen(record, measure)
        if figure.certainty in {Certainty.STATED, item.also}
    )
    return Total(sum=item, measure=measure, parts=parts)


class ExclusionReason(StrEnum):
    """Why a figure is left out of a sum; `earlier` if a newer one of the same measure counts, `part` of one that counts a part."""

    NO_FIGURE = "no-figure"
    POTENTIAL = "potential"
    ESTIMATED = "estimated"
    RANGE = "range"
    OTHER_UNIT = "other-unit"
    EARLIER = "earlier"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Left:
    """A record that a sum leaves out, and why."""

    record: Record
    figure: Figure | None
    reason: ExclusionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Added):
    """One group of a tally: its records, the figures added, and those left out."""

    label: str
    group: Record | None
    """The record by which the group is formed; None for a year or a family."""
    records: tuple[Record, ...]
    left: tuple[Left, ...]

    @property
    def reasons(self) -> tuple[tuple[ExclusionReason, int], ...]:
        """The number of omissions per reason, for the reasons that occur."""
        counted = ((reason, sum(item.reason is reason for item in self.left)) for reason in ExclusionReason)
        return tuple(pair for pair in counted if pair[1])


@dataclass(frozen=True, slots=True)
class Tallied:
    """A tally with its rows."""

    tally: Tally
    kind: str
    """The type of the counted records."""
    grouped_by: str | None
    """The type of the records that form the groups; None if the groups are years or families."""
    measure: Measure | None
    rows: tuple[Row, ...]
    records: int
    """The number of different records counted in all groups."""
    ungrouped: int
    """The number of records of the type that belong to no group."""

    @property
    def dated(self) -> bool:
        """Whether any figure, added or left out, has a date of its own."""
        added = [part.figure for row in self.rows for part in row.parts]
        left = [item.figure for row in self.rows for item in row.left if item.figure]
        return any(figure.date is not None for figure in (*added, *left))

    @property
    def overlaps(self) -> bool:
        """Whether a record is in several rows, so that the rows must not be added up."""
        return sum(len(row.records) for row in self.rows) > self.records


@dataclass(frozen=True, slots=True)
class _Member:
    """A record in a group, with its figures of the measure: those that count, earlier ones, and those of a part."""

    record: Record
    figures: tuple[Figure, ...] = ()
    earlier: tuple[Figure, ...] = ()
    parts: tuple[Figure, ...] = ()


def tallies(library: Library) -> tuple[Tallied, ...]:
    """Every tally requested in `site.yml`."""
    return tuple(tallied(library, item) for item in library.dossier.tallies)


def tallied(library: Library, item: Tally) -> Tallied:
    """Compute one tally: years in chronological order, other groups with the largest first."""
    model = library.kinds.by_folder[item.of]
    measure = library.get(Measure, item.measure) if item.measure else None
    every = library.by_kind.get(model.KIND, ())
    found: dict[str, list[_Member]] = defaultdict(list)
    kinds: dict[str, None] = {}
    for record in every:
        named = _named(library, record, item)
        kinds |= dict.fromkeys(group.kind for group in named if group.kind)
        for value, member in _members(record, [group.value for group in named], item, measure):
            found[value].append(member)
    found = _nameable(item, found)
    kind = next(iter(kinds), None)
    rows = [_row(library, value, kind, members, measure) for value, members in found.items()]
    grouped = {member.record for members in found.values() for member in members}
    return Tallied(
        item, model.KIND, kind, measure, _sorted(rows, item, measure), len(grouped), len(every) - len(grouped)
    )


def _nameable(item: Tally, found: Mapping[str, list[_Member]]) -> dict[str, list[_Member]]:
    """The groups but for a family of a single record that states no name of it: that is no family."""
    return {
        family: members
        for family, members in found.items()
        if item.by != FAMILY or len(members) > 1 or stated_name(family, (member.record for member in members))
    }


def _named(library: Library, record: Record, item: Tally) -> list[GroupKey]:
    """The groups of a tally to which a record belongs, but for those that the tally leaves out."""
    folders = library.kinds.by_kind
    return [
        group
        for group in groups(record, item.by)
        if not group.kind or f"{folders[group.kind].FOLDER}/{group.value}" not in item.without
    ]


def _sorted(rows: Iterable[Row], item: Tally, measure: Measure | None) -> tuple[Row, ...]:
    """The rows of a tally that count something, in their order, and those of families under their names."""
    if item.by == FAMILY:
        rows = [dataclasses.replace(row, label=family_name(row.label, row.records)) for row in rows]
    if measure:
        rows = [row for row in rows if row.parts or any(left.figure for left in row.left)]
    if item.by == YEAR:
        return tuple(sorted(rows, key=lambda row: row.label))
    return tuple(sorted(rows, key=lambda row: (*_size(row, measure), sort_key(row.label))))


def _size(row: Row, measure: Measure | None) -> tuple[Decimal | int, Decimal | int]:
    """Sort key by which the largest row comes first: as it is shown, so that no smaller number stands above a larger one."""
    return (-row.shown.value, -row.value) if measure else (-len(row.records), 0)


def _members(
    record: Record, values: Iterable[str], item: Tally, measure: Measure | None
) -> Iterator[tuple[str, _Member]]:
    """Assign a record to its groups; of a tally by year, the date of its newest figure comes before its own."""
    member = _member(record, measure) if measure else _Member(record)
    # All figures of the newest date have the same date, or none.
    date = member.figures[0].date if member.figures and item.by == YEAR else None
    for value in dict.fromkeys(values):
        yield str(date.start.year) if date else value, member


def _member(record: Record, measure: Measure) -> _Member:
    newest = counting(record, measure)
    every = in_order(held(record, measure.id))
    earlier = tuple(figure for figure in every if figure not in newest and not figure.partial)
    return _Member(record, newest, earlier, tuple(figure for figure in every if figure.partial))


def _row(library: Library, value: str, kind: str | None, members: list[_Member], measure: Measure | None) -> Row:
    group = library.entries[(kind, value)].record if kind else None
    return Row(
        label=group.label if group else value,
        group=group,
        records=tuple(member.record for member in members),
        parts=tuple(part for member in members for part in _parts_of(member, measure)) if measure else (),
        left=tuple(left for member in members for left in _left_of(member, measure)) if measure else (),
    )


def _parts_of(member: _Member, measure: Measure) -> Iterator[Addend]:
    """What a sum counts of a record."""
    return (Addend(member.record, figure) for figure in member.figures if _reason(figure, measure) is None)


def _left_of(member: _Member, measure: Measure) -> Iterator[Left]:
    """What a sum leaves out of a record."""
    if not member.figures and not member.parts:
        yield Left(member.record, None, ExclusionReason.NO_FIGURE)
    for figure in member.figures:
        if reason := _reason(figure, measure):
            yield Left(member.record, figure, reason)
    yield from (Left(member.record, figure, ExclusionReason.EARLIER) for figure in member.earlier)
    yield from (Left(member.record, figure, ExclusionReason.PART) for figure in member.parts)


def _reason(figure: Figure, measure: Measure) -> ExclusionReason | None:
    """Reason why a figure cannot be added to others; None if it can."""
    if figure.certainty is not Certainty.STATED:
        return ExclusionReason(figure.certainty.value)
    if figure.high is not None or figure.margin is not None:
        return ExclusionReason.RANGE
    return ExclusionReason.OTHER_UNIT if unit_of(figure, measure) != measure.unit else None
