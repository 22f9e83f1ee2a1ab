"""The page about the data: statistics on records, sources and citations, computed from the records."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from explainer.base.values import Dates, PartialDate
from explainer.kinds.person import Role
from explainer.kinds.source import Seen, Source, SourceKind
from explainer.library import addresses
from explainer.library.freshness import Age, StaleReason, age
from explainer.library.library import Library
from explainer.library.mentions import cited_by
from explainer.library.unresolved import UnresolvedCounts, counted
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage
from explainer.records.editions import Editions, Provision
from explainer.records.model import Model
from explainer.records.record import Record
from explainer.records.references import parts
from explainer.records.sourced import (
    Certainty,
    Citation,
    Classified,
    Comparator,
    DatedFact,
    Figure,
    Name,
    Period,
    Position,
    citations_of,
)


class Statement(StrEnum):
    """The kinds of statements that carry citations."""

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
class About:
    """Template data of the page about the data."""

    records: tuple[tuple[str, int], ...]
    confidence: tuple[tuple[str, int], ...]
    """Figures by how their sources qualify them."""
    figures: int
    sources: tuple[tuple[SourceKind, tuple[int, ...]], ...]
    """Sources by kind, with the number that was read to each extent, in the order of `Seen`."""
    descriptive: int
    """Sources whose title describes them, because none could be read."""
    statements: tuple[SourceSupport, ...]
    unofficial: tuple[tuple[str, tuple[Record, ...]], ...]
    """Records that cite sources, but no official one, by type."""
    counted: UnresolvedCounts
    oldest: DatedCount | None
    newest: DatedCount | None
    stale: tuple[tuple[Record, StaleReason, PartialDate], ...]
    """Records due for review on the day of the last editorial pass, with the reason and the date that triggers it."""


def _confidence(figure: Figure) -> str:
    if figure.certainty is not Certainty.STATED:
        return str(figure.certainty)
    if figure.high is not None:
        return "range"
    return "plain" if figure.comparator is Comparator.EXACTLY else str(figure.comparator)


def _cites(part: Model, record: Record) -> tuple[Citation, ...]:
    cites = citations_of(part)
    if isinstance(part, Provision) and isinstance(record, Editions) and record.text:
        return (record.text, *cites)
    return cites


def _kind(part: Model) -> Statement:
    return next((kind for model, kind in _STATEMENTS if isinstance(part, model)), Statement.FACT)


def _statements(library: Library, record: Record) -> str:
    """Per-record counts of statements and their sources, serialised as JSON so that they can be cached."""
    confidence: Counter[str] = Counter()
    number: Counter[Statement] = Counter()
    resting: Counter[Statement] = Counter()
    for part in parts(record):
        if isinstance(part, Figure):
            confidence[_confidence(part)] += 1
        cites = _cites(part, record)
        if cites:
            number[_kind(part)] += 1
            resting[_kind(part)] += any(_is_official(library, cite.source) for cite in cites)
    dated = _dates(record)
    cited = set(cited_by(record))
    old = age(library, record)
    return json.dumps(
        {
            "confidence": confidence,
            "number": number,
            "resting": resting,
            "first": min((dates.start.first_day.isoformat() for dates in dated), default=None),
            "last": max((dates.end.last_day.isoformat() for dates in dated), default=None),
            "due": str(old.due) if old.due else None,
            "published": str(old.newest) if old.newest else None,
            "unofficial": bool(cited) and not any(_is_official(library, ident) for ident in cited),
            "source": [record.kind, record.seen, record.title_is_descriptive] if isinstance(record, Source) else None,
        }
    )


def _is_official(library: Library, ident: str) -> bool:
    return library.get(Source, ident).kind is SourceKind.OFFICIAL


def _dates(record: Record) -> list[Dates]:
    """The dates of a record's statements, sorted by their last days."""
    found = (value for part in parts(record) for value in _dates_in(part))
    return sorted((dates for dates in found if isinstance(dates, Dates)), key=lambda dates: dates.end.last_day)


def _dates_in(part: Model) -> Iterator[object]:
    """The dates that stand in a part itself, not in a part of it."""
    if isinstance(part, Period):
        yield part.dates
    for name in type(part).model_fields:
        yield getattr(part, name)


def _oldest(record: Record) -> DatedCount:
    return DatedCount(min(_dates(record), key=lambda dates: dates.start.first_day), record)


def _newest(record: Record) -> DatedCount:
    return DatedCount(_dates(record)[-1], record)


def _about(library: Library) -> About:
    confidence: Counter[str] = Counter()
    number: Counter[str] = Counter()
    resting: Counter[str] = Counter()
    sources: Counter[tuple[str, str]] = Counter()
    descriptive: list[bool] = []
    unsupported: set[tuple[str, str]] = set()
    first: list[tuple[str, tuple[str, str]]] = []
    last: list[tuple[str, tuple[str, str]]] = []
    stale: list[tuple[Record, StaleReason, PartialDate]] = []
    for entry in library.entries.values():
        record = entry.record
        name = f"statements {record.KIND} {record.ident}"
        found = json.loads(library.shared.text(name, partial(_statements, library, record)))
        confidence.update(found["confidence"])
        number.update(found["number"])
        resting.update(found["resting"])
        if found["source"]:
            kind, seen, described = found["source"]
            sources[kind, seen] += 1
            descriptive.append(described)
        if found["unofficial"]:
            unsupported.add(record.key)
        old = Age(*(PartialDate.read(text) if text else None for text in (found["due"], found["published"])))
        for reason, date in old.reasons(library.dossier.updated.last_day, library.dossier.stale_after):
            stale.append((record, reason, date))
        if found["first"]:
            first.append((found["first"], record.key))
            last.append((found["last"], record.key))
    unofficial = [
        (model.KIND, tuple(record for record in library.all(model) if record.key in unsupported))
        for model in library.kinds.sections.values()
        if model is not Source
    ]
    shown = (
        "plain",
        *(word for word in Comparator if word is not Comparator.EXACTLY),
        "range",
        *(word for word in Certainty if word is not Certainty.STATED),
    )
    return About(
        records=tuple((model.KIND, len(library.all(model))) for model in library.kinds.types if library.all(model)),
        confidence=tuple((word, confidence[word]) for word in shown if confidence[word]),
        figures=sum(confidence.values()),
        sources=tuple((kind, tuple(sources[kind, seen] for seen in Seen)) for kind in SourceKind),
        descriptive=sum(descriptive),
        statements=tuple(SourceSupport(kind, number[kind], resting[kind]) for kind in Statement if number[kind]),
        unofficial=tuple((kind, records) for kind, records in unofficial if records),
        counted=counted(library),
        oldest=_oldest(library.entries[min(first)[1]].record) if first else None,
        newest=_newest(library.entries[max(last)[1]].record) if last else None,
        stale=tuple(stale),
    )


def pages(library: Library) -> Iterator[LazyPage]:
    """The page about the data."""
    yield index(library, addresses.DATA, lambda: section_page(library, addresses.DATA, _about(library)))
