"""Calendars (iCalendar, RFC 5545) of dated records, of terms of office and of reviews that are due; whole days only.

A date that is known to the month or the year has no place in a calendar and is left out.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates, PartialDate
from explainer.data import news
from explainer.kinds.person import Person
from explainer.kinds.source import Source
from explainer.library import addresses, sections
from explainer.library.library import Library
from explainer.reading import prose
from explainer.records.record import Entry, Record
from explainer.records.traits import Dated

FOLDER = f"{addresses.DATA}/calendars"
"""Folder of the files, relative to `docs/`."""
ALL, OFFICES, REVIEWS = "all", "offices", "reviews"
OCTETS = 75
"""Longest line, in bytes; the rest goes on in the next one after a space."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\u2028": "\\n", "\u2029": "\\n"})
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, which RFC 5545 forbids (3.1, CONTROL), and halves of a character, which no UTF-8 holds.

Spaces that do not break a line, and joiners, without which words of Persian or Hindi are spelt wrongly, are none of these.
"""


@dataclass(frozen=True, slots=True)
class Appointment:
    """An entry of a calendar."""

    ident: str
    first: date
    last: date
    title: str
    says: str
    address: str
    sort: str
    """What it is: the name of its calendar as well."""


class CalendarEvent(NamedTuple):
    """An entry of a calendar as it stands in the file."""

    first: str
    """Its first day, as dates sort."""
    ident: str
    sort: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar, with what it is called."""

    name: str
    title: str
    entries: tuple[CalendarEvent, ...]

    @property
    def path(self) -> str:
        """Where it lies, relative to `docs/`."""
        return f"{FOLDER}/{self.name}.ics"


def calendars(library: Library) -> tuple[Calendar, ...]:
    """Every calendar that has entries, made once for the page that lists them and for the files themselves."""
    return library.shared.get("calendars", partial(_calendars, library))


def _calendars(library: Library) -> tuple[Calendar, ...]:
    """All of them but the reviews, which editors want, then one a sort."""
    every = [event for entry in library.entries.values() for event in _kept(library, entry.record)]
    every.sort()  # by first day and id, which no two share
    sorts = dict.fromkeys((ALL, *library.kinds.sections, OFFICES, REVIEWS))
    found = ((sort, [item for item in every if _is_in(sort, item)]) for sort in sorts)
    return tuple(Calendar(sort, title(library, sort), tuple(items)) for sort, items in found if items)


def _kept(library: Library, record: Record) -> Iterator[CalendarEvent]:
    """The entries of a record, kept between runs."""
    if isinstance(record, Dated | Person | Entry):
        text = library.shared.text(f"events {' '.join(record.key)}", partial(_written, library, record))
        yield from map(CalendarEvent._make, json.loads(text) if text else ())


def _written(library: Library, record: Record) -> str:
    """The entries of a record as JSON; an empty text for none."""
    found = [
        event(library, each)
        for each in (*_dated(library, record), *_offices(library, record), *_review(library, record))
    ]
    return json.dumps(found, ensure_ascii=False) if found else ""


def event(library: Library, item: Appointment) -> CalendarEvent:
    """An entry as it stands in the file."""
    stamp = f"{library.dossier.updated.first_day:%Y%m%d}T000000Z"
    text = _lines(_event(item, stamp))
    return CalendarEvent(item.first.isoformat(), item.ident, item.sort, item.title, text)


def _is_in(sort: str, item: CalendarEvent) -> bool:
    return item.sort == sort or (sort == ALL and item.sort != REVIEWS)


def title(library: Library, name: str) -> str:
    """What a calendar is called."""
    site = library.dossier.title
    if name in {ALL, OFFICES, REVIEWS}:
        return library.words(f"calendars.{name}").format(site=site)
    section = sections.title(library.dossier, library.words, name)
    return library.words("calendars.section").format(site=site, section=section)


def _dated(library: Library, record: Record) -> Iterator[Appointment]:
    """The main date of a record, if its days are known; that a source came out is no event here."""
    if not isinstance(record, Dated) or isinstance(record, Source):
        return
    when = record.when
    if when and not (record.is_withdrawn or record.section() is None):
        yield from _entry(library, record, when, (addresses.section(record), record.label, record.answer or ""))


def _offices(library: Library, person: Record) -> Iterator[Appointment]:
    """The days on which terms of office of a person began and ended."""
    roles = person.roles if isinstance(person, Person) and not person.is_withdrawn else ()
    for number, role in enumerate(roles, 1):
        for word, day in (("began", role.start), ("ended", role.end)):
            if day:
                said = library.words(f"calendars.{word}").format(person=person.label, office=role.title)
                told = (OFFICES, said, role.note or "")
                yield from _entry(library, person, Dates(day, day), told, f"-{number}-{word}")


def _review(library: Library, record: Record) -> Iterator[Appointment]:
    """The day by which an editor should look at a record again."""
    if isinstance(record, Entry) and record.review_by and not record.is_withdrawn:
        last = record.review_by.last_day  # a month or a year ends on its last day, and the review is due by then
        day = PartialDate(last.year, last.month, last.day)
        said = library.words("calendars.due").format(record=record.label)
        yield from _entry(library, record, Dates(day, day), (REVIEWS, said, ""), "-review")


def _entry(
    library: Library, record: Record, when: Dates, told: tuple[str, str, str], more: str = ""
) -> Iterator[Appointment]:
    sort, name, says = told
    if when.start.day is None or when.end.day is None:
        return
    host = urlsplit(library.dossier.url).hostname
    ident = f"{record.FOLDER}-{record.ident}{more}@{host}"
    address = news.address(library, record)
    yield Appointment(ident, when.start.first_day, when.end.last_day, name, prose.plain(says), address, sort)


def ics(library: Library, calendar: Calendar) -> bytes:
    """A calendar as a file; the same records give the same bytes."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(library.dossier.title)}//explainer//{library.language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(calendar.title)}",
        f"X-WR-CALNAME:{_text(calendar.title)}",
    ]
    return "".join([_lines(head), *(entry.text for entry in calendar.entries), _lines(["END:VCALENDAR"])]).encode()


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Appointment, stamp: str) -> Iterable[str]:
    says = [f"DESCRIPTION:{_text(entry.says)}"] if entry.says else []
    return (
        "BEGIN:VEVENT",
        f"UID:{_text(entry.ident)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_day(entry.first)}",
        f"DTEND;VALUE=DATE:{_day(_after(entry.last))}",
        f"SUMMARY:{_text(entry.title)}",
        *says,
        f"URL:{entry.address}",
        f"CATEGORIES:{_text(entry.sort)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _after(day: date) -> date:
    """The next day; the last day that there is has none, and stands for itself."""
    return day if day == date.max else day + timedelta(days=1)


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    """A text as a value: escaped, and without the characters that no calendar may hold."""
    if not text.isprintable():
        text = _REFUSED.sub("", text)
    return text.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """A line in pieces that are short enough, cut between characters; each but the first begins with a space."""
    if len(line) <= OCTETS and line.isascii():
        yield line
        return
    piece, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    yield piece
