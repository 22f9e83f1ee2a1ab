"""Disputes and open questions, collected once for every page that lists or counts them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeVar

from explainer.base.dataclass import dataclass
from explainer.kinds.dispute import Dispute
from explainer.library.library import Library
from explainer.records.record import Entry
from explainer.records.sourced import Disagreement, OpenQuestion


@dataclass(frozen=True, slots=True)
class Disputed:
    """A record and a disagreement that it holds."""

    record: Entry
    dispute: Disagreement


@dataclass(frozen=True, slots=True)
class Unknown:
    """A record and its open questions."""

    record: Entry
    questions: tuple[OpenQuestion, ...]


R = TypeVar("R", Disputed, Unknown)


@dataclass(frozen=True, slots=True)
class UnresolvedCounts:
    """The numbers of disputes and open questions."""

    across: int
    """Disputes that are records of their own, because they concern several."""
    within: int
    """Disputes held by another record."""
    settled: int
    questions: int
    asking: int
    """The number of records with open questions."""

    @property
    def disputes(self) -> int:
        """The number of all disputes, in records of their own or held by others."""
        return self.across + self.within


def _entries(library: Library) -> list[Entry]:
    return [entry.record for entry in library.entries.values() if isinstance(entry.record, Entry)]


def disputed(library: Library) -> tuple[Disputed, ...]:
    """The disagreements that records hold."""
    return tuple(Disputed(record, dispute) for record in _entries(library) for dispute in record.disputes)


def unknown(library: Library) -> tuple[Unknown, ...]:
    """The records that have open questions."""
    return tuple(Unknown(record, record.open_questions) for record in _entries(library) if record.open_questions)


def by_kind(library: Library, every: Iterable[R]) -> tuple[tuple[str, tuple[R, ...]], ...]:
    """What is not resolved, by the type of its record, in the order of the types."""
    found: defaultdict[str, list[R]] = defaultdict(list)
    for each in every:
        found[each.record.KIND].append(each)
    return tuple((model.KIND, tuple(found[model.KIND])) for model in library.kinds.types if found[model.KIND])


def counted(library: Library) -> UnresolvedCounts:
    """Count the disputes and open questions."""
    across = library.all(Dispute)
    within, settled, questions, asking = map(sum, zip(*_numbers(library), (0, 0, 0, 0), strict=True))
    return UnresolvedCounts(
        across=len(across),
        within=within,
        settled=len([item for item in across if item.settled]) + settled,
        questions=questions,
        asking=asking,
    )


def _numbers(library: Library) -> Iterator[Iterable[int]]:
    """Of each record its disagreements, those that are settled, its open questions, and whether it has any; kept between runs."""
    for record in _entries(library):
        text = library.shared.text(f"unresolved {' '.join(record.key)}", partial(_told, record))
        if text:
            yield map(int, text.split())


def _told(record: Entry) -> str:
    """The same as a text; an empty one for a record in which everything is resolved."""
    settled = sum(1 for dispute in record.disputes if dispute.settled)
    numbers = (len(record.disputes), settled, len(record.open_questions), int(bool(record.open_questions)))
    return " ".join(map(str, numbers)) if any(numbers) else ""
