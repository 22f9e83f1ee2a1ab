"""The page about the data: which dates it calls the oldest and the newest."""

from pathlib import Path

from explainer import build
from explainer.pages.about_data import DataPage
from tests.conftest import change


def test_the_newest_statement_is_the_one_that_begins_last(harbour: Path) -> None:
    fact = "  - {says: It keeps 12 lamps., date: '2001',"
    change(
        harbour / "content/organisations/union.md",
        (fact, f"  - {{says: It dredges 3 docks., date: 2024-12/2027-12, cite: [log-2001]}}\n{fact}"),
    )
    change(harbour / "content/operations/beacon-2003.md", ("start: 2003-04,", "start: 2026-03-16,"))
    newest = DataPage(build.load(harbour)).counts.newest

    assert newest
    assert (newest.record.ident, str(newest.dates.start)) == ("beacon-2003", "2026-03-16")
