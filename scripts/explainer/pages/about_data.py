"""The page about the data: statistics on records, sources and citations, computed from the records."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates, PartialDate
from explainer.data import api
from explainer.data.calendars import Calendar, calendars
from explainer.data.downloads import Download, downloads
from explainer.kinds.source import Seen, Source, SourceKind
from explainer.library import addresses
from explainer.library.freshness import StaleReason
from explainer.library.library import Library
from explainer.library.unresolved import UnresolvedCounts, counted
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage
from explainer.pages.record_statements import RecordStatements, SourceRead, Statement, dates_of, statements
from explainer.records.record import Record
from explainer.records.sourced import Certainty, Comparator


@dataclass(frozen=True, slots=True)
class SourceSupport:
    """Statements of one kind: how many there are, and how many cite an official source."""

    kind: Statement
    number: int
    official: int


@dataclass(frozen=True, slots=True)
class DatedCount:
    """A date of a statement, and the record that holds it."""

    dates: Dates
    record: Record


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is counted over all records."""

    records: tuple[tuple[str, int], ...]
    confidence: tuple[tuple[str, int], ...]
    """Figures by how their sources qualify them."""
    figures: int
    sources: tuple[tuple[SourceKind, tuple[int, ...]], ...]
    """Sources by kind, with the number that was read to each extent, in the order of `Seen`."""
    descriptive: int
    """Sources whose title describes them, because none could be read."""
    statements: tuple[SourceSupport, ...]
    unofficial: tuple[tuple[str, tuple[Record, ...], bool], ...]
    """Records that cite sources, but no official one, by type; and whether there are too many to list."""
    counted: UnresolvedCounts
    oldest: DatedCount | None
    newest: DatedCount | None
    stale: tuple[tuple[Record, StaleReason, PartialDate], ...]
    """Records due for review on the day of the last editorial pass, with the reason and the date that triggers it."""


@dataclass(frozen=True, slots=True)
class DataPage:
    """Template data of the page about the data.

    Only its template looks at every record: what else asks for the page, such as the search, wants its title.
    """

    library: Library
    version: str = api.VERSION
    """That of the API."""

    @property
    def downloads(self) -> tuple[Download, ...]:
        """The files to take away."""
        return downloads(self.library)

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars to subscribe to."""
        return calendars(self.library)

    @property
    def counts(self) -> Statistics:
        """What is counted over all records."""
        return self.library.shared.get("statistics", partial(_statistics, self.library))


_CONFIDENCE = (
    "plain",
    *(str(word) for word in Comparator if word is not Comparator.EXACTLY),
    "range",
    *(str(word) for word in Certainty if word is not Certainty.STATED),
)
"""How sources qualify figures, in the order of the page."""

LISTED = 120
"""Largest number of records of a kind without an official source that are listed."""
K = TypeVar("K")
_Found = Mapping[Record, RecordStatements]


def _statistics(library: Library) -> Statistics:
    found = {entry.record: statements(library, entry.record) for entry in library.entries.values()}
    confidence = _summed(each.confidence for each in found.values())
    sources = tuple(filter(None, (each.source for each in found.values())))
    return Statistics(
        records=tuple(_numbers(library)),
        confidence=tuple((word, confidence[word]) for word in _CONFIDENCE if confidence[word]),
        figures=sum(confidence.values()),
        sources=_by_kind(sources),
        descriptive=sum(source.described for source in sources),
        statements=tuple(_support(found)),
        unofficial=tuple(_unofficial(library, found)),
        counted=counted(library),
        oldest=_oldest(found),
        newest=_newest(found),
        stale=tuple(_stale(library, found)),
    )


def _numbers(library: Library) -> Iterator[tuple[str, int]]:
    """The number of records of each type that has any."""
    for model in library.kinds.types:
        if number := len(library.all(model)):
            yield model.KIND, number


def _by_kind(sources: Iterable[SourceRead]) -> tuple[tuple[SourceKind, tuple[int, ...]], ...]:
    """Sources by kind, with the number that was read to each extent, in the order of `Seen`."""
    read = Counter((source.kind, source.seen) for source in sources)
    return tuple((kind, tuple(read[kind, seen] for seen in Seen)) for kind in SourceKind)


def _summed(counts: Iterable[Mapping[K, int]]) -> Counter[K]:
    """Add up counts by key."""
    every: Counter[K] = Counter()
    for each in counts:
        every.update(each)
    return every


def _support(found: _Found) -> Iterator[SourceSupport]:
    """The kinds of statements that the records make, in the order of `Statement`."""
    number = _summed(each.number for each in found.values())
    official = _summed(each.official for each in found.values())
    for kind in Statement:
        if number[kind]:
            yield SourceSupport(kind, number[kind], official[kind])


def _unofficial(library: Library, found: _Found) -> Iterator[tuple[str, tuple[Record, ...], bool]]:
    """The records without an official source, by type; a source needs none."""
    for model in library.kinds.sections.values():
        records = tuple(record for record in library.all(model) if found[record].unofficial)
        if records and model is not Source:
            yield model.KIND, records, len(records) > LISTED


def _oldest(found: _Found) -> DatedCount | None:
    """The earliest date of a record, of equal ones that of the first record by type and id."""
    first = min(((each.first, record.key, record) for record, each in found.items() if each.first), default=None)
    if first is None:
        return None
    return DatedCount(min(dates_of(first[2]), key=lambda dates: dates.start.first_day), first[2])


def _newest(found: _Found) -> DatedCount | None:
    """The date of a record that begins last, of equal ones that of the last record by type and id."""
    last = max(((each.last, record.key, record) for record, each in found.items() if each.last), default=None)
    return DatedCount(dates_of(last[2])[-1], last[2]) if last else None


def _stale(library: Library, found: _Found) -> Iterator[tuple[Record, StaleReason, PartialDate]]:
    dossier = library.dossier
    for record, each in found.items():
        for reason, date in each.age.reasons(dossier.updated.last_day, dossier.stale_after):
            yield record, reason, date


def pages(library: Library) -> Iterator[LazyPage]:
    """The page about the data."""
    yield index(library, addresses.DATA, lambda: section_page(library, addresses.DATA, DataPage(library)))
