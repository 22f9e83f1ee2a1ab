"""Offices without a known end: what pages, lists and the search say of who holds them, and what they do not."""

from pathlib import Path

import pytest

from explainer import build
from explainer.base.values import PartialDate
from explainer.kinds.person import Person, Role
from explainer.library import offices
from explainer.library.library import Library
from explainer.outputs import search_answers, search_offices
from explainer.pages.composers import compose
from explainer.pages.render import outputs
from explainer.records.sourced import Citation
from tests.conftest import change, problems_of

FILE = "content/people/ada-quay.md"
HELD = "  - {title: Keeper, organisation: union, start: '2001', end: 2003-04, cite: [log-2001]}\n"


def _office(dates: str = "", *, title: str = "Keeper") -> str:
    within = f", {dates}" if dates else ""
    return f"  - {{title: {title}, organisation: union{within}, cite: [log-2001]}}\n"


def _with(root: Path, *roles: str) -> Library:
    """The harbour, whose first person had these offices."""
    change(root / FILE, (HELD, "".join(roles)))
    return build.load(root)


def _page(library: Library, path: str) -> str:
    return next(item.data.decode() for item in outputs(library, compose(library)) if item.path == path)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("start: 2004-11, last_known: 2004-11", "from November 2004, end not found"),
        ("start: 2004-11, last_known: '2004'", "from November 2004, last known 2004"),
        ("start: 2023-11, last_known: 2026-02", "from November 2023, last known February 2026"),
        ("last_known: 2018-09", "known only for September 2018"),
    ],
)
def test_an_office_whose_end_is_not_known_says_so_everywhere_and_is_not_held_today(
    dates: str, said: str, harbour: Path
) -> None:
    library = _with(harbour, _office(dates))
    person = library.get(Person, "ada-quay")
    page = _page(library, "people/ada-quay.md")
    union = library.at("organisations/union")

    assert f"Held\n:   {said}" in page
    assert "Last known office\n" in page
    assert "Since" not in page
    assert f"Keeper, {said}" in _page(library, "organisations/union.md")
    assert f"({said})" in _page(library, "people/index.md")
    assert [reply.says for reply in search_answers.answers(library, person) if reply.asks == "who"] == [
        f"Keeper, UH, {said}"
    ]
    assert [reply for reply in search_answers.answers(library, union) if reply.asks == "who"] == []
    (held,) = search_offices.of_person(library, person)
    assert held.end > 0


def test_an_office_without_an_end_is_held_since_its_start(harbour: Path) -> None:
    library = _with(harbour, _office("start: '2001'"))
    page = _page(library, "people/ada-quay.md")

    assert "Since\n:   2001" in page
    assert "Office\n" in page
    assert "from 2001" in _page(library, "organisations/union.md")


def test_whoever_has_a_successor_is_no_longer_in_office(harbour: Path) -> None:
    (harbour / "content/people/ben-quay.md").write_text(
        f"---\nid: ben-quay\nname: Ben Quay\nsummary: A keeper.\nroles:\n{_office('start: 2017-01')}---\n",
        encoding="utf-8",
    )
    library = _with(harbour, _office("start: '2007'"))
    page = _page(library, "people/ada-quay.md")

    assert "Last office\n" in page
    assert "Held\n:   from 2007, successor from January 2017" in page
    assert "Since\n:   January 2017" in _page(library, "people/ben-quay.md")


def test_an_office_that_ends_later_is_held_today(harbour: Path) -> None:
    page = _page(_with(harbour, _office("start: '2001', end: '2099'")), "people/ada-quay.md")

    assert "\nOffice\n" in page
    assert "Held\n:   2001 – 2099" in page


@pytest.mark.parametrize(
    ("dates", "fault"),
    [
        ("start: '2001', end: '2003', last_known: '2002'", "has an end, 2003, and last_known, 2002"),
        ("start: '2001', last_known: '1999'", "last known on 1999, before it begins on 2001"),
    ],
)
def test_a_last_date_beside_an_end_or_before_the_start_is_a_mistake(dates: str, fault: str, harbour: Path) -> None:
    change(harbour / FILE, (HELD, _office(dates)))

    (problem,) = problems_of(harbour)
    assert problem.startswith(f"{FILE}:6:")
    assert fault in problem


def _role(start: str = "", end: str = "", last: str = "") -> Role:
    read = [PartialDate.read(date) if date else None for date in (start, end, last)]
    return Role(title="R", start=read[0], end=read[1], last_known=read[2], cite=(Citation(source="s"),))


@pytest.mark.parametrize(
    ("role", "beside"),
    [
        (_role("1920", "1922"), False),
        (_role("1920", "1923-09"), False),
        (_role("1920", "1925"), True),
        (_role("1920"), False),
        (_role("1924"), True),
        (_role(last="1923"), True),
        (_role(last="1922"), False),
        (_role(), False),
    ],
)
def test_an_office_held_beside_the_main_one_is_not_told_as_before_it(role: Role, beside: bool) -> None:
    assert offices.is_beside(role, _role("1923-09", "1932")) is beside


def test_the_page_of_a_person_tells_what_was_held_before_from_what_was_held_beside(harbour: Path) -> None:
    roles = (
        _office("start: '1923', end: '1932'"),
        _office("last_known: '1923'", title="Warden"),
        _office("start: '1918', end: '1920'", title="Clerk"),
    )
    page = _page(_with(harbour, *roles), "people/ada-quay.md")

    assert "Also\n:   Warden, [Union of Harbours]" in page
    assert "Before\n:   Clerk, [Union of Harbours]" in page
