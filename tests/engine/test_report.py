"""How problems are shown: plain in pipes, with the line and a caret on a terminal, as annotations, for programs."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.base.problems import Problem
from explainer.cli import report
from explainer.cli.report import Terminal
from tests.conftest import ONLY_HERE, Run, change

PATH = "content/operations/beacon-2001.md"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes what follows believe that it talks to a terminal of 60 columns."""

    def begin(**environment: str) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        monkeypatch.delenv("NO_COLOR", raising=False)
        for name, value in {"COLUMNS": "60", "TERM": "xterm", **environment}.items():
            monkeypatch.setenv(name, value)

    return begin


def excerpt(line: str, column: int, message: str = "wrong", *, width: int = 80) -> list[str]:
    """The lines that show a problem on line 1 of a file."""
    told = report.as_excerpts([Problem("x.md", 1, column, message)], {"x.md": [line]}, Terminal(width))
    return told.splitlines()


def test_a_terminal_shows_the_line_and_a_caret_beneath_the_word() -> None:
    assert excerpt("titel: Beacon", 1) == ["x.md:1:1: wrong", "    1 | titel: Beacon", "      | ^^^^^^"]


def test_wide_characters_and_tabs_keep_the_caret_in_its_place() -> None:
    assert excerpt("名前\tx, y", 4)[1:] == ["    1 | 名前 x, y", "      |      ^"]


def test_a_long_line_is_shown_around_the_place() -> None:
    _, line, caret = excerpt("a" * 100 + " here " + "b" * 100, 102, width=50)

    assert len(line) <= 50
    assert (line.index("here"), line[8], line[-1]) == (caret.index("^"), "…", "…")


def test_nothing_that_a_terminal_obeys_gets_through() -> None:
    assert "\033" not in "".join(excerpt("name: \033[2J", 7, "'\033[31m' is no name"))


def test_a_place_that_the_file_does_not_have_shows_no_line() -> None:
    assert excerpt("", 1) == ["x.md:1:1: wrong"]
    assert report.as_excerpts([Problem("y.md", 9, 1, "wrong")], {}, Terminal()) == "y.md:9:1: wrong\n"


@given(st.text(max_size=200), st.integers(1, 210), st.integers(0, 120))
def test_every_line_can_be_shown(line: str, column: int, width: int) -> None:
    told = report.as_excerpts([Problem("x", 1, column, "m")], {"x": [line]}, Terminal(width)).splitlines()

    assert len(told) in {1, 3}
    assert all(char.isprintable() for char in "".join(told))


def test_annotations_are_escaped_as_the_git_host_asks() -> None:
    problem = Problem("a,b:c%.md", 3, 4, "100% wrong:\nas, here\r")

    assert report.as_annotations([problem], "sub/") == (
        "::error file=sub/a%2Cb%3Ac%25.md,line=3,col=4::100%25 wrong:%0Aas, here%0D\n"
    )


def test_a_terminal_gets_colour_and_a_pipe_does_not(harbour: Path, run: Run, terminal: Callable[..., None]) -> None:
    change(harbour / PATH, ("edition: I\n", "editoin: I\n"))
    piped = run("--root", harbour, "check").err
    terminal()
    shown = run("--root", harbour, "check").err

    assert "\033" not in piped
    assert "| \033[0meditoin: I" in shown
    assert "\033[31m^^^^^^^^" in shown
    assert piped.splitlines()[-1] == shown.splitlines()[-1]


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_declined(name: str, value: str, harbour: Path, run: Run, terminal: Callable[..., None]) -> None:
    change(harbour / PATH, ("edition: I\n", "editoin: I\n"))
    terminal(**{name: value})
    shown = run("--root", harbour, "check").err

    assert "\033" not in shown
    assert "      | ^^^^^^^^\n" in shown


def test_check_prints_annotations_for_a_pull_request(harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    change(harbour / PATH, ("edition: I\n", "editoin: I\n"))
    monkeypatch.chdir(harbour.parent)
    ran = run("--root", "harbour", "check", "--format", "github")

    assert ran.status == 1
    assert ran.out.startswith(f"::error file=harbour/{PATH},line=")
    assert ran.err == "1 problem in 1 file; nothing was written.\n"


def test_a_few_files_are_checked_in_the_context_of_all(
    harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(harbour / PATH, ("led: [{organisation: union,", "led: [{organisation: onion,"))
    change(harbour / "content/people/ada-quay.md", ("organisation: union", "organisation: unoin"))
    monkeypatch.chdir(harbour / "content")
    one = run("--root", "..", "check", "operations/beacon-2001.md")
    other = run("--root", "..", "check", "content/goals/1.md")

    assert (one.status, one.out) == (1, "")
    assert one.err.splitlines()[0].endswith("no organisation has the id 'onion'; did you mean 'union'?")
    assert "1 problem in other files" in one.err
    assert (other.status, other.out) == (0, "No problem in 1 file.\n")
    assert "2 problems in other files" in other.err


def test_programs_get_the_problems_of_a_few_files(harbour: Path, run: Run) -> None:
    change(harbour / PATH, ("led: [{organisation: union,", "led: [{organisation: onion,"))

    mine = json.loads(run("--root", harbour, "check", PATH, "--format", "json").out)
    others = json.loads(run("--root", harbour, "check", "content/goals/1.md", "--format", "json").out)

    assert ([item["path"] for item in mine["problems"]], others["problems"]) == ([PATH], [])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("content/operations/beacom-2001.md", "does not exist; expected a file with records; did you mean 'content/operations/beacon-2001.md'?"),
        ("operations/beacom-2001.md", "does not exist; expected a file with records; did you mean 'content/operations/beacon-2001.md'?"),
        ("content/nothing-like-it.md", "does not exist; expected a file with records, as in {content}"),
        ("", "does not exist; expected a file with records, as in {content}"),
        ("../elsewhere.md", "lies outside {content}; expected a file with records, which stands there"),
        ("content/empty", "holds no file; expected a file with records"),
        ("content/.hidden.md", "is hidden or a scratch file, and is not read; expected a file with records"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_records_is_named_and_why(name: str, says: str, harbour: Path, run: Run) -> None:
    (harbour.parent / "elsewhere.md").write_text("x", encoding="utf-8")
    (harbour / "content/.hidden.md").write_text("x", encoding="utf-8")
    (harbour / "content/empty").mkdir()
    ran = run("--root", harbour, "check", name)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"explainer: '{name}' {says.format(content=harbour / 'content')}\n"


@pytest.mark.parametrize(
    "name", [PATH, "operations/beacon-2001.md", "content/operations", "content", "content/operations/"]
)
def test_a_file_is_named_from_content_too_and_a_folder_means_all_that_is_in_it(
    name: str, harbour: Path, run: Run
) -> None:
    change(harbour / PATH, ("led: [{organisation: union,", "led: [{organisation: onion,"))
    ran = run("--root", harbour, "check", name)

    assert ran.status == 1
    assert ran.err.startswith(f"{PATH}:")


def test_a_check_of_one_file_names_the_others_that_have_problems(harbour: Path, run: Run) -> None:
    change(harbour / "content/organisations/union.md", ("id: union", "id: onion"))
    ran = run("--root", harbour, "check", PATH)

    assert (ran.status, ran.out) == (0, "No problem in 1 file.\n")
    assert "in other files (content/organisations/union.md); `explainer check` shows them." in ran.err


@ONLY_HERE
def test_a_file_whose_name_holds_a_line_end_is_checked_and_told_as_such(harbour: Path, run: Run) -> None:
    name = "content/explainers/two\nlines.md"
    (harbour / name).write_bytes((harbour / "content/explainers/accord.md").read_bytes())
    ran = run("--root", harbour, "check", name)

    assert ran.status == 1
    assert (
        "content/explainers/two\\nlines.md:1:1: Windows allows no line end in the name 'two\\nlines.md'; "
        "expected a name that every system allows; rename it"
    ) in ran.err.splitlines()
