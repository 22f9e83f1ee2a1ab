"""Calendars: read by the parser of a library and by a strict reader of lines, whatever stands in the records."""

import datetime as dt
import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar as Parsed

from explainer import build
from explainer.base.values import PartialDate
from explainer.data import calendars
from explainer.data.calendars import OCTETS, Appointment, Calendar
from explainer.kinds.person import Person
from explainer.library.library import Library
from explainer.records.sourced import Withdrawal
from tests.conftest import change, whole_harbour

HOSTILE = "END:VEVENT\nBEGIN:VALARM; \\, \\n =1+1 " + "лампа " * 30
DAY = dt.date(2026, 1, 2)


@pytest.fixture(scope="module")
def library() -> Library:
    return build.load(whole_harbour())


def written(library: Library, *entries: Appointment, title: str = "Dates") -> bytes:
    return calendars.ics(library, Calendar("all", title, tuple(calendars.event(library, item) for item in entries)))


def appointment(text: str) -> Appointment:
    return Appointment("a@lantern.example", DAY, DAY, text, text, "https://lantern.example/", "timeline")


def assert_strict(data: bytes) -> None:
    """Hold a file against RFC 5545, sections 3.1 and 3.6: endings, lengths and nesting of its lines."""
    text = data.decode()
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert not [line for line in lines if "\n" in line or "\r" in line]
    assert max(len(line.encode()) for line in lines) <= OCTETS
    whole = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    inner = [line for line in whole if line.startswith(("BEGIN:", "END:"))]
    assert inner[0] == "BEGIN:VCALENDAR"
    assert inner[-1] == "END:VCALENDAR"
    assert inner[1:-1] == ["BEGIN:VEVENT", "END:VEVENT"] * (len(inner[1:-1]) // 2)
    assert all(":" in line for line in whole)


def test_every_calendar_is_read_by_a_library_and_by_a_strict_reader(library: Library) -> None:
    found = calendars.calendars(library)

    assert [item.name for item in found][:1] == ["all"]
    for item in found:
        data = calendars.ics(library, item)
        assert_strict(data)
        events = Parsed.from_ical(data).walk("VEVENT")
        assert [str(event["SUMMARY"]) for event in events] == [entry.title for entry in item.entries]
        assert not [event.errors for event in events if event.errors]
        assert all({"UID", "DTSTAMP", "DTSTART"} <= event.keys() for event in events)
        assert len({str(event["UID"]) for event in events}) == len(events)


def test_an_event_ends_on_the_day_after_its_last_one_as_the_format_wants_it(library: Library) -> None:
    (timeline,) = (item for item in calendars.calendars(library) if item.name == "timeline")
    (event,) = Parsed.from_ical(calendars.ics(library, timeline)).walk("VEVENT")

    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (dt.date(2001, 11, 29), dt.date(2001, 12, 3))


def test_the_last_day_that_there_is_has_none_after_it(library: Library) -> None:
    last = appointment("no end")
    data = written(library, replace(last, first=dt.date(9999, 12, 1), last=dt.date.max))
    (event,) = Parsed.from_ical(data).walk("VEVENT")

    assert event.decoded("DTEND") == dt.date.max


def test_terms_of_office_and_reviews_that_are_due_have_calendars_and_vague_dates_have_none(harbour: Path) -> None:
    person = next((harbour / "content/people").glob("*.md"))
    text = person.read_text(encoding="utf-8")
    role = '\nroles:\n  - {title: Keeper, start: 2001-02-03, end: 2004, cite: [log-2001]}\nreview_by: "2026-02"\n'
    before, _, after = text.partition("\nroles:\n")
    rest = after[after.index("\nsummary:") :] if "\nsummary:" in after else "\n---\n"
    person.write_text(before + role + rest.lstrip("\n"), encoding="utf-8")
    found = {item.name: item.entries for item in calendars.calendars(build.load(harbour))}

    assert [(entry.title, dt.date.fromisoformat(entry.first)) for entry in found["offices"]] == [
        ("Ada Quay begins as Keeper", dt.date(2001, 2, 3))
    ]
    assert [(entry.title, dt.date.fromisoformat(entry.first)) for entry in found["reviews"]] == [
        ("To look at again: Ada Quay", dt.date(2026, 2, 28))
    ]
    assert "reviews" not in {entry.sort for entry in found["all"]}

    (keeper,) = (record for record in build.load(harbour).all(Person) if record.roles)
    withdrawn = keeper.model_copy(update={"withdrawn": Withdrawal(date=PartialDate(2026), reason="Another one.")})
    library = build.load(harbour)
    assert [len(list(calendars._offices(library, person))) for person in (keeper, withdrawn)] == [1, 0]


@given(st.text(alphabet=st.one_of(st.sampled_from('\n\r\\;,:" лa\u2028\x00'), st.characters()), max_size=200))
@settings(max_examples=60)
def test_no_text_breaks_out_of_a_calendar(library: Library, text: str) -> None:
    data = written(library, appointment(text), title=text)
    (event,) = Parsed.from_ical(data).walk("VEVENT")

    assert_strict(data)
    assert str(event["SUMMARY"]) == "".join(
        "\n" if char in "\u2028\u2029" else char
        for char in text
        if unicodedata.category(char) not in {"Cc", "Cs"} or char in "\n\t"
    )


@pytest.mark.parametrize(
    "text", ["12\u00a0000 lamps", "12\u202f000", "می\u200cخواهم", "क्\u200dष", "\u2067אב\u2069", "a\tb"]
)
def test_what_readers_need_to_read_a_title_stays(library: Library, text: str) -> None:
    """Spaces that do not break a line, and joiners and marks of direction, which are no control characters."""
    (event,) = Parsed.from_ical(written(library, appointment(text))).walk("VEVENT")

    assert str(event["SUMMARY"]) == text


def test_a_record_that_is_withdrawn_has_no_event_and_is_not_to_be_looked_at_again(harbour: Path) -> None:
    place = harbour / "content/events/all.yml"
    change(place, ("  title: A storm", '  review_by: "2026-02"\n  title: A storm'))
    before = {entry.ident for item in calendars.calendars(build.load(harbour)) for entry in item.entries}
    change(place, ("  title: A storm", "  withdrawn: {date: 2026-01-02, reason: There was none.}\n  title: A storm"))
    after = {entry.ident for item in calendars.calendars(build.load(harbour)) for entry in item.entries}

    host = "lantern.example"
    assert before - after == {f"events-storm@{host}", f"events-storm-review@{host}"}


def test_a_hostile_record_stays_within_its_entry(harbour: Path) -> None:
    place = next((harbour / "content/events").glob("*.yml"))
    change(place, ("says: A storm put out the lamps.", f"says: {json.dumps(HOSTILE)}"))
    library = build.load(harbour)
    for item in calendars.calendars(library):
        assert_strict(calendars.ics(library, item))


def test_a_line_is_cut_between_characters_and_no_earlier_than_it_must(library: Library) -> None:
    lines = written(library, appointment("л" * 200)).split(b"\r\n")

    assert [line for line in lines if line.startswith(b"SUMMARY")] == [b"SUMMARY:" + "л".encode() * 33]
    assert PartialDate(2026, 1, 2).first_day == DAY
