"""Pages of operations: one per operation, and the index of all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from explainer.kinds.measure import Measure
from explainer.kinds.organisation import Organisation
from explainer.kinds.source import Source, SourceKind
from explainer.library import addresses, figure_words
from explainer.library.figure_states import FiguresShown, chosen, held, shown, unit_of
from explainer.library.library import Library
from explainer.library.totals import Total, totals_of, unqualified
from explainer.pages.charts import figure_lines
from explainer.pages.common import RelatedGroup, index, own, related, section, story
from explainer.pages.page import LazyPage, Page
from explainer.records.sourced import Figure

from . import charts
from .model import Operation

SHOWN = 3
"""Number of figures in a row of the index."""
TAKING_PART = "countries-taking-part"


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that took part, and the top-level organisation to which it belongs."""

    organisation: Organisation
    head: Organisation | None


@dataclass(frozen=True, slots=True)
class OperationPage:
    """Template data of the page of an operation."""

    record: Operation
    figures: FiguresShown
    partners: tuple[Partner, ...]
    """Those that took part and whose part no source names more exactly."""
    countries_unnamed: Decimal | None
    """Number of participating countries beyond those named, if a figure gives it."""
    before: Operation | None
    after: Operation | None
    totals: tuple[Total, ...]
    official: bool
    """Whether any figure or fact cites an official source."""
    related: tuple[RelatedGroup, ...]


@dataclass(frozen=True, slots=True)
class OperationRow:
    """A row of the index: an operation, and the figures of it that the index names."""

    record: Operation
    figures: tuple[Figure, ...]
    stated: str
    """How many countries took part by a source, with the unit in which it counts; empty if none says so."""
    known: str
    """The word for how many of them are known by name; empty if it is all of them, or if no source gives a number."""
    partners: tuple[str, ...]
    """The short names of the organisations that had a part in it."""
    goals: tuple[str, ...]
    """The short names of its goals."""

    @property
    def years(self) -> list[str]:
        """Every year in which it took place, by which the index is filtered."""
        dates = self.record.dates.dates
        return [str(year) for year in range(dates.start.year, dates.end.year + 1)]


@dataclass(frozen=True, slots=True)
class OperationIndex:
    """Template data of the index of operations, latest first."""

    operations: tuple[OperationRow, ...]


def _head(library: Library, organisation: Organisation) -> Organisation | None:
    current = organisation
    while current.part_of is not None:
        current = library.get(Organisation, current.part_of)
    return current if current is not organisation else None


def _families(library: Library) -> Mapping[str, list[str]]:
    """The ids of the operations of each family, earliest first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for operation in sorted(library.all(Operation), key=lambda item: (item.dates.start, item.id)):
        found[operation.family].append(operation.id)
    return found


def _told(library: Library, record: Operation) -> Figure | None:
    """How many countries took part, as a source counts them; None if none does."""
    told = chosen(record, library.get(Measure, TAKING_PART)) if held(record, TAKING_PART) else ()
    return told[0] if told else None


def _unnamed(told: Figure | None, record: Operation) -> Decimal | None:
    """How many countries took part that no source names; None if there are none, or if nothing tells."""
    left = told.value - len(record.countries) if told else Decimal(0)
    return left if left > 0 else None


def _stated(library: Library, told: Figure | None) -> str:
    """How many countries took part in words, as in "about 30 countries"; empty if no source says so."""
    if told is None:
        return ""
    words, measure = library.words, library.get(Measure, TAKING_PART)
    alone = measure.unit_one if told.value == 1 and told.high is None and told.unit is None else None
    amount = figure_words.amount(words, measure, told)
    return words("amount.said").format(amount=amount, what=alone or unit_of(told, measure))


def _known(told: Figure | None, record: Operation) -> str:
    """The word for how many are known by name beside the number that a source gives; empty where both are the same."""
    named = len(record.countries)
    if told is None or (unqualified(told) and told.value == named):
        return ""
    return "none-known" if not named else "known" if (told.high or told.value) >= named else "more-known"


def _is_official(library: Library, figure: Figure) -> bool:
    """Whether a figure rests on an official source."""
    return any(library.get(Source, cite.source).kind is SourceKind.OFFICIAL for cite in figure.cite)


def _page(library: Library, record: Operation) -> OperationPage:
    every = library.shared.plain("families of operations", lambda: _families(library))
    family = [library.get(Operation, ident) for ident in every[record.family]]
    place = family.index(record)
    told_apart = {
        role.organisation for role in (*record.led, *record.coordinated, *record.supported, *record.facilitated)
    }
    partners = [library.get(Organisation, ident) for ident in record.partners if ident not in told_apart]
    return OperationPage(
        record=record,
        figures=shown(record.figures),
        partners=tuple(Partner(item, _head(library, item)) for item in partners),
        countries_unnamed=_unnamed(_told(library, record), record),
        before=family[place - 1] if place else None,
        after=family[place + 1] if place + 1 < len(family) else None,
        totals=totals_of(library, record),
        official=any(_is_official(library, figure) for figure in record.figures),
        related=related(library, record),
    )


def _story(library: Library, record: Operation) -> Page:
    data, told = _page(library, record), _told(library, record)
    graphics = (
        *charts.of_operation(library, record, unnamed=data.countries_unnamed, exact=bool(told and unqualified(told))),
        *figure_lines.of_figures(library, record),
    )
    return story(library, record, data, graphics=graphics)


def _row(library: Library, record: Operation) -> OperationRow:
    def named(kind: str, idents: Iterable[str]) -> tuple[str, ...]:
        return tuple(library.entries[(kind, ident)].record.short for ident in idents)

    told = _told(library, record)
    return OperationRow(
        record,
        shown(record.figures).large[:SHOWN],
        _stated(library, told),
        _known(told, record),
        named("organisation", record.bodies),
        named("goal", [link.goal for link in record.goals]),
    )


def _index(library: Library) -> Page:
    latest = sorted(library.all(Operation), key=lambda item: (item.dates.start, item.id), reverse=True)
    rows = tuple(_row(library, record) for record in latest)
    graphics = (*charts.countries_in_operations(library), *charts.operations_by_year(library))
    return section(library, "operation", OperationIndex(rows), graphics=graphics, wide=True)


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per operation, then the index."""
    for record in library.all(Operation):
        yield own(library, record, partial(_story, library, record))
    yield index(library, addresses.section(Operation), partial(_index, library))
