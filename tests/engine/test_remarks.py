"""Remarks: shown apart from errors, on every run, and stopping nothing until there are more than the dossier allows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer import build
from explainer.base.problems import Problem, errors
from explainer.cli import report
from explainer.library import checks
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from tests.conftest import Run, change

PATH = "content/operations/beacon-2001.md"
SAID = f"{PATH}:2:5: remark: reads oddly; expected plainer words; check it\n"


def reads_oddly(library: Library, pages: Pages) -> Iterator[Problem]:
    """One operation reads oddly."""
    entry = library.entries[("operation", "beacon-2001")]
    yield Problem(
        entry.document.path,
        *entry.document.place(("id",)),
        "reads oddly; expected plainer words; check it",
        remark=True,
    )


@pytest.fixture(autouse=True)
def _odd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, reads_oddly))


def test_a_remark_is_shown_and_is_no_failure(harbour: Path, run: Run) -> None:
    ran = run("--root", harbour, "check")

    assert ran.status == 0
    assert ran.err == f"{SAID}1 remark in 1 file.\n"
    assert ran.out.startswith("No problem in ")


def test_a_remark_is_shown_again_when_nothing_has_changed(harbour: Path, run: Run) -> None:
    first, second = run("--root", harbour, "check"), run("--root", harbour, "check")

    assert first == second
    assert SAID in second.err


def test_pages_are_generated_in_spite_of_a_remark(harbour: Path, run: Run) -> None:
    ran = run("--root", harbour, "generate")

    assert (ran.status, ran.err) == (0, "")
    assert run("--root", harbour, "check").err == f"{SAID}1 remark in 1 file.\n"


def test_errors_and_remarks_are_counted_apart(harbour: Path, run: Run) -> None:
    change(harbour / "content/operations/beacon-2003.md", ("summary: ", "aliases: [beacon-2001]\nsummary: "))
    ran = run("--root", harbour, "check")

    assert ran.status == 1
    assert ran.err.endswith("1 problem and 1 remark in 2 files; nothing was written.\n")


def test_programs_get_remarks_in_a_list_of_their_own(harbour: Path, run: Run) -> None:
    ran = run("--root", harbour, "check", "--format", "json")
    told = json.loads(ran.out)

    assert ran.status == 0
    assert (told["problems"], [item["path"] for item in told["remarks"]]) == ([], [PATH])


def test_a_pull_request_gets_a_remark_as_a_warning(harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(harbour)
    ran = run("--root", harbour, "check", "--format", "github")

    assert ran.status == 0
    assert ran.out == f"::warning file={PATH},line=2,col=5::reads oddly; expected plainer words; check it\n"


def test_more_remarks_than_the_dossier_allows_are_errors(harbour: Path, run: Run) -> None:
    (harbour / "content/site.yml").open("a", encoding="utf-8").write("remarks: 0\n")
    check, generate = run("--root", harbour, "check"), run("--root", harbour, "generate")

    assert check == generate
    assert check.status == 1
    assert SAID.replace("remark: ", "") in check.err
    assert "content/site.yml:" in check.err
    assert (
        "more remarks than allowed, so that each is an error: 1; expected at most 0; "
        "mend what they name, or raise the number here\n2 problems in 2 files; nothing was written.\n"
    ) in check.err


def test_as_many_remarks_as_the_dossier_allows_are_none(harbour: Path, run: Run) -> None:
    (harbour / "content/site.yml").open("a", encoding="utf-8").write("remarks: 1\n")

    assert run("--root", harbour, "check").status == 0


def test_a_remark_sorts_after_the_error_with_the_same_words_and_is_another_one() -> None:
    error, remark = Problem("a.md", 1, 1, "wrong"), Problem("a.md", 1, 1, "wrong", remark=True)

    assert sorted([remark, error, Problem("a.md", 1, 2, "x")])[:2] == [error, remark]
    assert error != remark
    assert errors([error, remark]) == [error]


def test_a_terminal_names_a_remark() -> None:
    told = report.as_excerpts([Problem("x.md", 1, 1, "odd", remark=True)], {"x.md": ["so"]}, report.Terminal())

    assert told.startswith("x.md:1:1: remark: odd\n")


def test_a_source_of_years_to_come_is_remarked_upon_and_one_of_the_next_year_is_not(harbour: Path, run: Run) -> None:
    path = harbour / "content/sources/papers.yml"
    text = path.read_text(encoding="utf-8")
    updated = build.load(harbour).dossier.updated
    place = re.search(r"published: '?2001[0-9-]*'?", text)
    assert place
    told: dict[int, list[str]] = {}
    for year in (updated.year + 1, updated.year + 543):
        path.write_text(text.replace(place[0], f"published: '{year}-05-20'", 1), encoding="utf-8")
        told[year] = [line for line in run("--root", harbour, "check").err.splitlines() if "is of" in line]

    assert told[updated.year + 1] == []
    (line,) = told[updated.year + 543]
    assert line.partition(": remark: ")[2] == (
        f"is of {updated.year + 543}-05-20, long after {updated}, the day of this dossier; expected a day on which it could be read; "
        "correct it, in years of the Gregorian calendar, or updated: in content/site.yml"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[[lanes events", "'[[lanes events' begins a block that nothing ends, and is shown as it stands; expected ]] behind it; add them"),
        *(
            (
                line,
                f"'{mark}' is no mark here, and is shown as it stands; expected plain Markdown, or a block that names data; say it in words",
            )
            for line, mark in (
                ('!!! note "Mind"', '!!! note "Mind"'),
                ("[TOC]", "[TOC]"),
                ("- [ ] to be done", "- [ ]"),
                ("Rope ~~sold~~ lost.", "~~sold~~"),
                ("## What { #what }", "{ #what }"),
            )
        ),
    ],
)  # fmt: skip
def test_marks_that_would_be_shown_as_they_stand_are_remarked_upon(
    line: str, said: str, harbour: Path, run: Run
) -> None:
    path = harbour / PATH
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n\n{line}\n", encoding="utf-8")
    told = [each.partition(": remark: ")[2] for each in run("--root", harbour, "check").err.splitlines()]

    assert [each for each in told if each and "reads oddly" not in each] == [said]
