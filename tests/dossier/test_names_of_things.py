"""The real dossier: a name belongs to one thing, and what was once mixed up is kept apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from explainer.kinds.event import Event
from explainer.kinds.explainer import Explainer
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person
from explainer.kinds.term import Term
from explainer.library.library import Library
from explainer.records.record import Entry
from tests.conftest import own_library
from tests.kinds_of_dossier import Agreement, Goal, Operation, Resolution

THINGS = (Agreement, Goal, Operation, Organisation, Person, Resolution, Term)
"""Types whose records stand for one thing each; themes, types of crime and explainers are subjects, which may overlap."""
OWN = ("name", "title", "abbreviation", "symbol")
CITATION = re.compile(r"\[@([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Called:
    """What a record is called."""

    key: str
    own: frozenset[str]
    """The names by which it goes itself."""
    other: frozenset[str]
    """The other names under which people look for it."""


@pytest.fixture(scope="module")
def dossier() -> Library:
    """The real dossier."""
    return own_library()


def called(record: Entry) -> Called:
    """What a record is called, without regard to capitals."""
    own = {str(value).casefold() for field in OWN if (value := getattr(record, field, None))}
    other = {name.casefold() for name in getattr(record, "other_names", ())} - own
    return Called(f"{record.FOLDER}/{record.id}", frozenset(own), frozenset(other))


def borrowed(things: list[Called]) -> Iterator[tuple[str, str, str]]:
    """Each record that has the own name of another among its other names, where that one does not call it back."""
    for one in things:
        for another in things:
            same = one.own & (another.own | another.other)
            if one is not another and not same:
                yield from ((one.key, another.key, name) for name in sorted(one.other & another.own))


def names(record: Organisation | Agreement) -> frozenset[str]:
    """Every name of a record."""
    told = called(record)
    return told.own | told.other


def test_no_other_name_is_the_name_of_another_thing(dossier: Library) -> None:
    things = [called(record) for kind in THINGS for record in dossier.all(kind)]

    assert list(borrowed(things)) == []


def test_a_name_that_is_borrowed_is_seen_and_twins_are_not() -> None:
    database = Called("organisations/files", frozenset({"files"}), frozenset({"name check", "the archive"}))
    service = Called("organisations/check", frozenset({"name check"}), frozenset())
    twin = Called("terms/archive", frozenset({"the archive"}), frozenset({"files"}))

    assert list(borrowed([database, service, twin])) == [("organisations/files", "organisations/check", "name check")]


def test_i_checkit_is_a_service_beside_the_database_that_it_queries(dossier: Library) -> None:
    database, service = dossier.get(Organisation, "sltd"), dossier.get(Organisation, "i-checkit")
    tool = next(item for item in dossier.get(Goal, "2").capabilities if item.name == "I-Checkit")

    assert not any("checkit" in name for name in names(database))
    assert (service.kind, service.part_of, tool.record) == ("service", "interpol", "organisations/i-checkit")
    assert "(sltd.md)" in (service.body or "")
    assert "(i-checkit.md)" in (database.body or "")


def test_the_cybercrime_treaty_and_the_committee_that_drew_it_up_have_their_own_names(dossier: Library) -> None:
    treaty = dossier.get(Agreement, "un-cybercrime-convention-2024")
    committee = dossier.get(Organisation, "cybercrime-ad-hoc-committee")

    assert {"united nations convention against cybercrime", "hanoi convention"} <= names(treaty)
    assert not names(treaty) & names(committee)
    assert committee.name.startswith("Ad Hoc Committee to Elaborate a Comprehensive International Convention")
    assert (committee.part_of, str(treaty.signed.date)) == ("general-assembly", "2025-10-25")
    assert "79/243" in (treaty.summary or "")
    assert "74/247" in (committee.summary or "")


@pytest.mark.parametrize("event", ["cyber-convention-2024", "hanoi-2025", "marrakech-2025"])
def test_what_happened_to_the_treaty_is_told_on_its_page(event: str, dossier: Library) -> None:
    assert "agreements/un-cybercrime-convention-2024" in dossier.get(Event, event).about


@pytest.mark.parametrize(
    ("record", "part"),
    [
        ("interpol-notices", "diffusion"),
        ("interpol-notices", "red notice"),
        ("interpol-databases", "nominal database"),
        ("interpol-databases", "fingerprint database"),
        ("interpol-databases", "facial image database"),
    ],
)
def test_a_part_of_it_or_a_thing_beside_it_is_no_name_of_it(record: str, part: str, dossier: Library) -> None:
    assert part not in names(dossier.get(Organisation, record))


def test_the_plan_that_belongs_to_an_arrangement_is_no_name_of_it(dossier: Library) -> None:
    assert not any("action plan" in name for name in names(dossier.get(Agreement, "unodc-interpol-2016")))


def test_the_red_notice_explainer_tells_of_the_review_before_publication_with_its_sources(dossier: Library) -> None:
    body = dossier.get(Explainer, "red-notice-machinery").body or ""
    told = {
        source
        for line in body.splitlines()
        if "review" in line or "before" in line
        for source in CITATION.findall(line)
    }
    hours = next(line for line in body.splitlines() if "24 hours" in line)

    assert "friedman-interpol-glossary" in CITATION.findall(hours)
    assert {"friedman-interpol-glossary", "uk-2020-red-notices"} <= told
    assert "nothing on this was read" not in body
    assert all(f"(../organisations/{body_id}.md)" in body for body_id in ("ndtf", "ccf"))
    assert "Article 2 " in body
