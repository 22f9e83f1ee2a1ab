"""The page about the data: what the records rest on, counted from the records themselves."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from explainer import addresses
from explainer.library import Library, cited_by
from explainer.pages.page import Page
from explainer.pages.shared import section_page
from explainer.records import TYPES, Dispute, Resolution, Source
from explainer.records.person import Role
from explainer.records.record import (
    Certainty,
    Citation,
    Classified,
    Comparator,
    DatedFact,
    Entry,
    Figure,
    Model,
    Name,
    Period,
    Position,
    Record,
    parts,
)
from explainer.records.resolution import Provision
from explainer.records.source import Seen, SourceKind
from explainer.values import Dates


class Statement(StrEnum):
    """What kind of statement carries citations."""

    FIGURE = "figure"
    PROVISION = "provision"
    DATED = "dated"
    ROLE = "role"
    NAME = "name"
    POSITION = "position"
    CLASSIFICATION = "classification"
    RECORD = "record"
    FACT = "fact"


_STATEMENTS: tuple[tuple[type[Model], Statement], ...] = (
    (Figure, Statement.FIGURE),
    (Provision, Statement.PROVISION),
    (DatedFact, Statement.DATED),
    (Period, Statement.DATED),
    (Role, Statement.ROLE),
    (Name, Statement.NAME),
    (Position, Statement.POSITION),
    (Classified, Statement.CLASSIFICATION),
    (Record, Statement.RECORD),
)


@dataclass(frozen=True, slots=True)
class Resting:
    """Statements of one kind: how many there are, and how many rest on an official source."""

    kind: Statement
    number: int
    official: int


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated statement, and the record that holds it."""

    dates: Dates
    record: Record


@dataclass(frozen=True, slots=True)
class About:
    """What the page about the data lays out."""

    records: tuple[tuple[str, int], ...]
    confidence: tuple[tuple[str, int], ...]
    """Figures by how their sources qualify them."""
    figures: int
    sources: tuple[tuple[SourceKind, tuple[int, ...]], ...]
    """Sources by kind, and for each how many were read to which extent, in the order of `Seen`."""
    descriptive: int
    """Sources whose title describes them, because none could be read."""
    statements: tuple[Resting, ...]
    unofficial: tuple[tuple[str, tuple[Record, ...]], ...]
    """Records that cite sources, but no official one, by type."""
    disputes: int
    settled: int
    questions: int
    asking: int
    """How many records have open questions."""
    oldest: Dated | None
    newest: Dated | None


def _confidence(figure: Figure) -> str:
    if figure.certainty is not Certainty.STATED:
        return str(figure.certainty)
    if figure.high is not None:
        return "range"
    return "plain" if figure.comparator is Comparator.EXACTLY else str(figure.comparator)


def _cites(part: Model, record: Record) -> tuple[Citation, ...]:
    cites: tuple[Citation, ...] = getattr(part, "cite", ())
    if isinstance(part, Provision) and isinstance(record, Resolution) and record.text:
        return (record.text, *cites)
    return cites


def _kind(part: Model) -> Statement:
    return next((kind for model, kind in _STATEMENTS if isinstance(part, model)), Statement.FACT)


def _about(library: Library) -> About:
    official = {source.id for source in library.all(Source) if source.kind is SourceKind.OFFICIAL}
    confidence: Counter[str] = Counter()
    number: Counter[Statement] = Counter()
    resting: Counter[Statement] = Counter()
    dated: list[Dated] = []
    for entry in library.entries.values():
        record = entry.record
        for part in parts(record):
            if isinstance(part, Figure):
                confidence[_confidence(part)] += 1
            cites = _cites(part, record)
            if cites:
                number[_kind(part)] += 1
                resting[_kind(part)] += any(cite.source in official for cite in cites)
            dates = part.dates if isinstance(part, Period) else getattr(part, "date", None)
            if isinstance(dates, Dates):
                dated.append(Dated(dates, record))
    entries = [entry.record for entry in library.entries.values() if isinstance(entry.record, Entry)]
    settled = [dispute.settled is not None for record in entries for dispute in record.disputes]
    settled += [dispute.settled is not None for dispute in library.all(Dispute)]
    dated.sort(key=lambda item: (item.dates.end.last_day, item.record.key))
    unofficial = [
        (model.KIND, tuple(record for record in library.all(model) if _unofficial(record, official)))
        for model in TYPES
        if model.KIND in addresses.SECTIONS and model is not Source
    ]
    shown = (
        "plain",
        *(word for word in Comparator if word is not Comparator.EXACTLY),
        "range",
        *(word for word in Certainty if word is not Certainty.STATED),
    )
    return About(
        records=tuple((model.KIND, len(library.all(model))) for model in TYPES if library.all(model)),
        confidence=tuple((word, confidence[word]) for word in shown if confidence[word]),
        figures=sum(confidence.values()),
        sources=tuple(
            (
                kind,
                tuple(
                    sum(source.kind is kind and source.seen is seen for source in library.all(Source)) for seen in Seen
                ),
            )
            for kind in SourceKind
        ),
        descriptive=sum(source.title_is_descriptive for source in library.all(Source)),
        statements=tuple(Resting(kind, number[kind], resting[kind]) for kind in Statement if number[kind]),
        unofficial=tuple((kind, records) for kind, records in unofficial if records),
        disputes=len(settled),
        settled=sum(settled),
        questions=sum(len(record.open_questions) for record in entries),
        asking=sum(bool(record.open_questions) for record in entries),
        oldest=min(dated, key=lambda item: (item.dates.start.first_day, item.record.key), default=None),
        newest=dated[-1] if dated else None,
    )


def _unofficial(record: Record, official: set[str]) -> bool:
    cited = set(cited_by(record))
    return bool(cited) and not cited & official


def pages(library: Library) -> Iterator[Page]:
    """The page about the data."""
    yield section_page(library, addresses.DATA, _about(library))
