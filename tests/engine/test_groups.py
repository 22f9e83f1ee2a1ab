"""By what a tally groups records: by every organisation that had a part, and without the one that it leaves out."""

from pathlib import Path

import pytest

from explainer import build
from explainer.library.totals import tallied
from explainer.records.dossier import Tally
from tests.conftest import change

ROLES = ("led", "coordinated", "supported", "facilitated")


def counted(root: Path, *without: str) -> tuple[dict[str, int], int]:
    """How many operations each organisation had a part in, and how many of them have none."""
    found = tallied(build.load(root), Tally(id="x", title="X", of="operations", by="bodies", without=without))
    return {row.group.ident if row.group else row.label: len(row.records) for row in found.rows}, found.ungrouped


@pytest.mark.parametrize("role", ROLES)
def test_a_body_counts_in_whatever_role_a_record_names_it(harbour: Path, role: str) -> None:
    change(
        harbour / "content/operations/beacon-2001.md",
        ("led: [{organisation: union, cite: [log-2001]}]", f"{role}: [{{organisation: union, cite: [log-2001]}}]"),
    )

    assert counted(harbour) == ({"union": 1, "lamp-office": 1}, 1)


def test_a_body_with_two_roles_counts_once(harbour: Path) -> None:
    change(
        harbour / "content/operations/beacon-2001.md",
        ("partners: [lamp-office]", "supported: [{organisation: union, cite: [log-2001]}]\npartners: [union]"),
    )

    assert counted(harbour) == ({"union": 1}, 1)


def test_the_body_that_nearly_all_records_name_is_left_out(harbour: Path) -> None:
    change(harbour / "content/operations/beacon-2001.md", ("partners: [lamp-office]", "partners: []"))

    assert counted(harbour, "organisations/union") == ({}, 2)


@pytest.mark.parametrize(
    ("by", "without", "said"),
    [
        ("bodies", "regions/north-sea", "is no group of what goes by 'bodies'; expected a record of organisations"),
        ("year", "organisations/union", "is no group of what goes by 'year'; its groups are no records"),
        ("bodies", "organisations/unoin", "no organisation has the id 'unoin'; did you mean 'union'?"),
    ],
)
def test_what_is_left_out_must_be_a_group(harbour: Path, by: str, without: str, said: str) -> None:
    change(
        harbour / "content/site.yml",
        ("tallies:\n", f"tallies:\n  - {{id: x, title: X, of: operations, by: {by}, without: [{without}]}}\n"),
    )

    (problem,) = build.check(harbour, pages=False).problems
    assert said in str(problem)
    assert str(problem).startswith("content/site.yml:")
