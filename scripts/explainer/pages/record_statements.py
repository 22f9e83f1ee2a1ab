"""What one record states and on which sources: counts for the page about the data, cached as text between runs."""

import datetime as dt
import functools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Self

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates, PartialDate
from explainer.kinds.person import Role
from explainer.kinds.source import Seen, Source, SourceKind
from explainer.library.freshness import Age, age
from explainer.library.library import Library
from explainer.library.mentions import cited_by
from explainer.records.editions import Provision, citations_within
from explainer.records.model import Model
from explainer.records.record import Record
from explainer.records.references import parts
from explainer.records.sourced import (
    Certainty,
    Classified,
    Comparator,
    DatedFact,
    Figure,
    Name,
    Period,
    Position,
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
class SourceRead:
    """A source: of which kind it is, and how much of it was read."""

    kind: SourceKind
    seen: Seen
    described: bool
    """Whether its title describes it, because it could not be read."""


@dataclass(frozen=True, slots=True)
class RecordStatements:
    """What one record states, counted by kind."""

    confidence: Mapping[str, int]
    """Figures by how their sources qualify them."""
    number: Mapping[str, int]
    """Statements that cite sources, by their kinds, which are words."""
    official: Mapping[str, int]
    """Those of them that cite an official source."""
    first: dt.date | None
    """The earliest day on which one of its dates begins."""
    last: dt.date | None
    """The latest day on which one of its dates begins: a period that goes on for years is no newer than what began after it."""
    age: Age
    unofficial: bool
    """Whether it cites sources, but no official one."""
    source: SourceRead | None
    """What it says of itself, if it is a source."""

    def encoded(self) -> str:
        """Serialise as JSON; `decoded` reads it again."""
        return json.dumps(
            {
                "confidence": self.confidence,
                "number": self.number,
                "official": self.official,
                "first": self.first.isoformat() if self.first else None,
                "last": self.last.isoformat() if self.last else None,
                "age": [str(date) if date else None for date in (self.age.due, self.age.newest)],
                "unofficial": self.unofficial,
                "source": [self.source.kind, self.source.seen, self.source.described] if self.source else None,
            }
        )

    @classmethod
    def decoded(cls, text: str) -> Self:
        """Read what `encoded` wrote."""
        found = json.loads(text)
        source = found["source"]
        return cls(
            confidence=found["confidence"],
            number=found["number"],
            official=found["official"],
            first=dt.date.fromisoformat(found["first"]) if found["first"] else None,
            last=dt.date.fromisoformat(found["last"]) if found["last"] else None,
            age=Age(*(_date(date) if date else None for date in found["age"])),
            unofficial=found["unofficial"],
            source=SourceRead(SourceKind(source[0]), Seen(source[1]), source[2]) if source else None,
        )


_date = functools.cache(PartialDate.read)
"""A date from its text; many records have the same."""


def statements(library: Library, record: Record) -> RecordStatements:
    """What a record states: from the cache if nothing that it depends on has changed, else counted."""
    name = f"statements {record.KIND} {record.ident}"
    text = library.shared.text(name, lambda: _counted(library, record).encoded())
    return RecordStatements.decoded(text)


def _counted(library: Library, record: Record) -> RecordStatements:
    confidence: Counter[str] = Counter()
    number: Counter[str] = Counter()
    official: Counter[str] = Counter()
    for part in parts(record):
        if isinstance(part, Figure):
            confidence[_confidence(part)] += 1
        if cites := citations_within(record, part):
            number[_kind(part)] += 1
            official[_kind(part)] += any(_is_official(library, cite.source) for cite in cites)
    dates = dates_of(record)
    cited = set(cited_by(record))
    return RecordStatements(
        confidence=confidence,
        number=number,
        official=official,
        first=min((each.start.first_day for each in dates), default=None),
        last=max((each.start.first_day for each in dates), default=None),
        age=age(library, record),
        unofficial=bool(cited) and not any(map(partial(_is_official, library), cited)),
        source=SourceRead(record.kind, record.seen, record.title_is_descriptive)
        if isinstance(record, Source)
        else None,
    )


def _confidence(figure: Figure) -> str:
    if figure.certainty is not Certainty.STATED:
        return str(figure.certainty)
    if figure.high is not None:
        return "range"
    return "plain" if figure.comparator is Comparator.EXACTLY else str(figure.comparator)


def _kind(part: Model) -> Statement:
    return next((kind for model, kind in _STATEMENTS if isinstance(part, model)), Statement.FACT)


def _is_official(library: Library, ident: str) -> bool:
    return library.get(Source, ident).kind is SourceKind.OFFICIAL


def dates_of(record: Record) -> list[Dates]:
    """The dates of a record's statements, sorted by their first days."""
    found = (value for part in parts(record) for value in _dates_in(part))
    return sorted((dates for dates in found if isinstance(dates, Dates)), key=lambda dates: dates.start.first_day)


def _dates_in(part: Model) -> Iterator[object]:
    """The dates that stand in a part itself, not in a part of it."""
    if isinstance(part, Period):
        yield part.dates
    for name in part.__class__.model_fields:
        yield getattr(part, name)
