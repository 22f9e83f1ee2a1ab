"""Records that an editor should look at again: their day has come, or their newest source is old."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from explainer.library import Library, cited_by
from explainer.records import Source
from explainer.records.record import Entry, Record


@dataclass(frozen=True, slots=True, order=True)
class Stale:
    """A record to look at, and why."""

    path: str
    line: int
    label: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.label}: {self.reason}"


def stale(library: Library, today: dt.date, months: int | None = None) -> list[Stale]:
    """Records whose `review_by` is past on a day, or whose newest dated source is older than some months; by file and line."""
    return sorted(set(_found(library, today, months)))


def _found(library: Library, today: dt.date, months: int | None) -> Iterator[Stale]:
    limit = months_before(today, months) if months is not None else None
    for entry in library.entries.values():
        record, document = entry.record, entry.document
        due = record.review_by if isinstance(record, Entry) else None
        if due is not None and due.last_day < today:
            line = document.place(("review_by",))[0]
            yield Stale(document.path, line, record.label, f"review_by {due} is past")
        newest = _newest(library, record) if limit else None
        if limit and newest and newest < limit:
            yield Stale(document.path, document.place(("id",))[0], record.label, f"its newest source is of {newest}")


def _newest(library: Library, record: Record) -> dt.date | None:
    """The day on which the newest source of a record was published, where any is dated."""
    published = (library.get(Source, ident).published for ident in cited_by(record))
    return max((date.last_day for date in published if date), default=None)


def months_before(day: dt.date, months: int) -> dt.date:
    """The day some months earlier; the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
