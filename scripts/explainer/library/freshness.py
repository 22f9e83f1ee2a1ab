"""Records that an editor should look at again: their day has come, or their newest source is old."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from explainer.base.values import PartialDate
from explainer.library.library import Library
from explainer.library.mentions import cited_by
from explainer.records.record import Entry, Record
from explainer.records.source import Source


class StaleReason(StrEnum):
    """Why a record is to be looked at again."""

    DUE = "due"
    """Its `review_by` is past."""
    OLD = "old"
    """Its newest dated source is older than a limit."""


_TOLD = {StaleReason.DUE: "review_by {} is past", StaleReason.OLD: "its newest source is of {}"}


@dataclass(frozen=True, slots=True)
class Age:
    """How old a record is."""

    due: PartialDate | None
    """When an editor wanted to look at it again."""
    newest: PartialDate | None
    """When its newest dated source was published."""

    def reasons(self, today: dt.date, months: int | None) -> Iterator[tuple[StaleReason, PartialDate]]:
        """Why to look at it again on a day, with the date that says so; without `months` no source is too old."""
        if self.due and self.due.last_day < today:
            yield StaleReason.DUE, self.due
        if months is not None and self.newest and self.newest.last_day < months_before(today, months):
            yield StaleReason.OLD, self.newest


@dataclass(frozen=True, slots=True, order=True)
class Stale:
    """A record to look at, and why."""

    path: str
    line: int
    label: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.label}: {self.reason}"


def age(library: Library, record: Record) -> Age:
    """How old a record is."""
    published = (library.get(Source, ident).published for ident in cited_by(record))
    dated = [date for date in published if date]
    due = record.review_by if isinstance(record, Entry) else None
    return Age(due, max(dated, key=lambda date: date.last_day) if dated else None)


def stale(library: Library, today: dt.date, months: int | None = None) -> list[Stale]:
    """Records whose `review_by` is past on a day, or whose newest dated source is older than some months; by file and line."""
    return sorted(set(_found(library, today, months)))


def _found(library: Library, today: dt.date, months: int | None) -> Iterator[Stale]:
    for entry in library.entries.values():
        for reason, date in age(library, entry.record).reasons(today, months):
            line = entry.document.place(("review_by" if reason is StaleReason.DUE else "id",))[0]
            yield Stale(entry.document.path, line, entry.record.label, _TOLD[reason].format(date))


def months_before(day: dt.date, months: int) -> dt.date:
    """The day some months earlier; the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
