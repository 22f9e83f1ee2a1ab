"""Freshness of records: which are due for review because their date has passed or their newest source is old."""

import calendar
import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from explainer.base.dataclass import dataclass
from explainer.base.values import PartialDate
from explainer.kinds.source import Source
from explainer.library.library import Library
from explainer.library.mentions import cited_by
from explainer.records.record import Entry, Record


class StaleReason(StrEnum):
    """Why a record is due for review."""

    DUE = "due"
    """Its `review_by` is past."""
    OLD = "old"
    """Its newest dated source is older than a limit."""


_TOLD = {StaleReason.DUE: "review_by {} is past", StaleReason.OLD: "its newest source is of {}"}


@dataclass(frozen=True, slots=True)
class Age:
    """The dates that decide whether a record is due for review."""

    due: PartialDate | None
    """Its `review_by` date."""
    newest: PartialDate | None
    """The publication date of its newest dated source."""

    def reasons(self, today: dt.date, months: int | None) -> Iterator[tuple[StaleReason, PartialDate]]:
        """Reasons to review it on a day, each with the date that triggers it; without `months` no source is too old."""
        if self.due and self.due.last_day < today:
            yield StaleReason.DUE, self.due
        if months is not None and self.newest and self.newest.last_day < months_before(today, months):
            yield StaleReason.OLD, self.newest


@dataclass(frozen=True, slots=True, order=True)
class Stale:
    """A record due for review, with its place and the reason."""

    path: str
    line: int
    label: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.label}: {self.reason}"


def age(library: Library, record: Record) -> Age:
    """Look up the review date of a record and the date of its newest source."""
    published = (library.get(Source, ident).published for ident in cited_by(record))
    dated = [date for date in published if date]
    due = record.review_by if isinstance(record, Entry) else None
    return Age(due, max(dated, key=lambda date: date.last_day) if dated else None)


def stale(library: Library, today: dt.date, months: int | None = None) -> list[Stale]:
    """Records due for review on a day: `review_by` is past, or the newest dated source is older than `months`."""
    return sorted(set(_found(library, today, months)))


def _found(library: Library, today: dt.date, months: int | None) -> Iterator[Stale]:
    for entry in library.entries.values():
        for reason, date in age(library, entry.record).reasons(today, months):
            line = entry.document.place(("review_by" if reason is StaleReason.DUE else "id",))[0]
            yield Stale(entry.document.path, line, entry.record.label, _TOLD[reason].format(date))


def months_before(day: dt.date, months: int) -> dt.date:
    """The day `months` earlier; the last day of that month if it is shorter, and the first of all days before that."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
