"""Disputes and open questions, gathered and counted once for every page that names them or says how many there are."""

from dataclasses import dataclass

from explainer.library.library import Library
from explainer.records.dispute import Dispute
from explainer.records.record import Entry
from explainer.records.sourced import Disagreement


@dataclass(frozen=True, slots=True)
class Disputed:
    """A record, and a disagreement that it carries."""

    record: Entry
    dispute: Disagreement


@dataclass(frozen=True, slots=True)
class Unknown:
    """A record, and what is not known about it."""

    record: Entry
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnresolvedCounts:
    """How many disputes and open questions there are."""

    across: int
    """Disputes that are records themselves, because they touch several."""
    within: int
    """Disputes that a record carries."""
    settled: int
    questions: int
    asking: int
    """How many records have open questions."""

    @property
    def disputes(self) -> int:
        """All disputes, wherever they stand."""
        return self.across + self.within


def _entries(library: Library) -> list[Entry]:
    return [entry.record for entry in library.entries.values() if isinstance(entry.record, Entry)]


def disputed(library: Library) -> tuple[Disputed, ...]:
    """The disagreements that records carry."""
    return tuple(Disputed(record, dispute) for record in _entries(library) for dispute in record.disputes)


def unknown(library: Library) -> tuple[Unknown, ...]:
    """The records that have open questions."""
    return tuple(Unknown(record, record.open_questions) for record in _entries(library) if record.open_questions)


def counted(library: Library) -> UnresolvedCounts:
    """What the lists of disputes and of open questions hold, in numbers."""
    across, within, asking = library.all(Dispute), disputed(library), unknown(library)
    return UnresolvedCounts(
        across=len(across),
        within=len(within),
        settled=len([item for item in across if item.settled]) + len([item for item in within if item.dispute.settled]),
        questions=sum(len(item.questions) for item in asking),
        asking=len(asking),
    )
