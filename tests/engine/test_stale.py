"""Records that an editor should look at again."""

import datetime as dt
from pathlib import Path

import pytest

from explainer import build
from explainer.library import freshness
from explainer.records.dossier import MOST_MONTHS
from tests.conftest import Run, change

PATH = "content/operations/beacon-2003.md"


@pytest.mark.parametrize(("today", "number"), [("2004-05-31", 0), ("2004-06-01", 1)])
def test_a_record_is_stale_once_its_day_is_past(today: str, number: int, harbour: Path, run: Run) -> None:
    change(harbour / PATH, ("id: beacon-2003\n", "id: beacon-2003\nreview_by: 2004-05\n"))
    ran = run("--root", harbour, "stale", "--today", today)

    assert ran.status == 0
    assert ran.out.splitlines()[:-1] == [f"{PATH}:3: Operation Beacon II: review_by 2004-05 is past"] * number


def test_a_record_is_stale_once_its_newest_source_is_old(harbour: Path) -> None:
    library = build.load(harbour)
    found = {item.path for item in freshness.stale(library, dt.date(2003, 5, 2), 12)}

    assert "content/agreements/lantern-2000.md" not in found or PATH not in found
    assert PATH not in found
    assert PATH in {item.path for item in freshness.stale(library, dt.date(2004, 5, 2), 12)}
    assert freshness.stale(library, dt.date(2004, 5, 2)) == []


def test_the_page_about_the_data_shows_the_same_list(harbour: Path, run: Run) -> None:
    change(harbour / PATH, ("id: beacon-2003\n", "id: beacon-2003\nreview_by: 2004-05\n"))
    change(harbour / "content/site.yml", ("title:", "stale_after: 12\ntitle:"))
    library, _ = build.generate(harbour)
    day = library.dossier.updated.last_day
    found = freshness.stale(library, day, 12)
    page = (harbour / "docs/data/index.md").read_text(encoding="utf-8")
    shown = page.partition("{#stale}")[2].partition("\n## ")[0]

    assert len(found) > 5
    assert shown.count("\n- ") == len(found)
    assert "Operation Beacon II](../operations/beacon-2003.md): to be looked at again by May 2004" in shown
    assert "its newest source is of" in shown
    assert run("--root", harbour, "stale", "--today", day.isoformat()).out == (
        "".join(f"{item}\n" for item in found) + f"{len(found)} of {len(library.entries)} records to look at again.\n"
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 24, "2024-12-31"),
    ],
)
def test_months_are_counted_back(day: str, months: int, expected: str) -> None:
    assert freshness.months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)


def test_a_day_that_is_none_is_refused(harbour: Path, run: Run) -> None:
    assert run("--root", harbour, "stale", "--today", "soon").status == 2


def test_no_month_before_the_first_year_is_asked_for(harbour: Path, run: Run) -> None:
    assert freshness.months_before(dt.date(50, 3, 1), 1200) == dt.date(1, 1, 1)

    for command in (("stale", "--months", "1200"), ("links",)):
        ran = run("--root", harbour, *command, "--today", "0001-01-01")
        assert ran.status == 2
        assert "0001-01-01 is too early to count back from; expected 1000-01-01 or later, as in 2026-11-24." in ran.err
    assert run("--root", harbour, "stale", "--months", "1200", "--today", "1000-01-01").status == 0


def test_the_months_of_the_settings_are_those_of_the_option(harbour: Path, run: Run) -> None:
    assert run("--root", harbour, "stale", "--months", MOST_MONTHS, "--today", "2004-01-01").status == 0
    assert run("--root", harbour, "stale", "--months", MOST_MONTHS + 1).status == 2


def test_days_back_that_no_calendar_has_are_refused(harbour: Path, run: Run) -> None:
    assert "36501 is not in the range 0<=x<=36500" in run("--root", harbour, "links", "--days", 36_501).err
