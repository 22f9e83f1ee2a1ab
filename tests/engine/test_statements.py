"""Remarks on single statements: sentences without a citation beside others with one, and numbers that no figure has."""

from pathlib import Path

import pytest

from explainer.base.web_address import bare_address
from tests.conftest import Run, change

PATH = "content/operations/beacon-2001.md"
SUMMARY = "summary: Two harbours looked for lost boats and found nearly 40.[@log-2001]"
UNCITED = "this sentence states figures or dates but cites nothing, beside others that do"


def _check(harbour: Path, run: Run, paragraph: str) -> str:
    path = harbour / PATH
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n\n{paragraph}\n", encoding="utf-8")
    ran = run("--root", harbour, "check")
    assert ran.status == 0, ran.err
    return ran.err


@pytest.mark.parametrize(
    ("paragraph", "column"),
    [
        ("The log is old.[@log-2001] It counts 77 lamps.", 28),
        ("It counts 77 lamps. The log is old.[@log-2001]", 1),
        ("The log of 1999 is lost.\nA copy is kept.[@log-2001]", 1),
        ("It was “about fifty.” The log says so.[@log-2001]", 1),
        ("- The log is old.[@log-2001] It counts 77 lamps.", 30),
        ("The log counts 12 lamps.[@log-2001] It counts 77 lamps, not 12.", 37),
    ],
)
def test_a_sentence_with_a_figure_beside_one_that_cites_is_remarked(
    paragraph: str, column: int, harbour: Path, run: Run
) -> None:
    said = _check(harbour, run, paragraph)

    assert said.count(UNCITED) == 1
    assert f":{column}: remark: {UNCITED}" in said


@pytest.mark.parametrize(
    "paragraph",
    [
        "The log is old.[@log-2001] It counts lamps.",
        "It counts 77 lamps.[@log-2001] Of these 77 none was lit.",
        "The log is old.[@log-2001] We counted 77 lamps in it.",
        "The log is old.[@log-2001] [Beacon 2003](beacon-2003.md) came later.",
        "It counts 77 lamps.[@log-2001] It names no. 5 harbours too.[@log-2001]",
        "It weighs 1,200 kg, i.e. 1.2 t, says the log.[@log-2001]",
        "| The log | lamps |\n|---|---|\n| old[@log-2001] | 12 |",
    ],
)
def test_a_sentence_that_rests_on_something_is_left_alone(paragraph: str, harbour: Path, run: Run) -> None:
    assert UNCITED not in _check(harbour, run, paragraph)


def test_a_number_in_a_summary_that_no_figure_has_is_remarked(harbour: Path, run: Run) -> None:
    change(harbour / PATH, (SUMMARY, "summary: They looked and had 41 boats found.[@log-2001]"))
    ran = run("--root", harbour, "check")

    assert ran.status == 0
    assert (
        "remark: 41 is no figure of 'boats-found' here; expected 40, as in the figures; correct one of them" in ran.err
    )


@pytest.mark.parametrize(
    "summary",
    [
        "summary: They had 40 boats found.[@log-2001]",
        "summary: They had 41 lamps found.[@log-2001]",
        "summary: They had 1,041 boats.[@log-2001]",
    ],
)
def test_a_number_that_a_figure_has_or_that_counts_something_else_is_left_alone(
    summary: str, harbour: Path, run: Run
) -> None:
    change(harbour / PATH, (SUMMARY, summary))

    assert run("--root", harbour, "check").err == ""


@pytest.mark.parametrize(
    ("paragraph", "remarked"),
    [
        ("The log has 41 boats found.[@log-2001]", True),
        ("The log has 31 boats found in the north.[@log-2001]", False),
        ("A review has 41 boats found.[@accord-text]", False),
    ],
)
def test_a_story_may_name_parts_and_what_other_sources_count(
    paragraph: str, remarked: bool, harbour: Path, run: Run
) -> None:
    assert ("is no figure of 'boats-found'" in _check(harbour, run, paragraph)) is remarked


@pytest.mark.parametrize(
    "url",
    [
        "http://gazette.example/a?id=1",
        "https://www.gazette.example/a?id=1",
        "https://GAZETTE.example/a/?id=1",
        "https://gazette.example:443/a?id=1#top",
        "https://gazette.example/a?utm_source=letter&id=1&gclid=x",
    ],
)
def test_what_does_not_distinguish_pages_is_not_compared(url: str) -> None:
    assert bare_address(url) == bare_address("https://gazette.example/a?id=1")


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/A?id=1",
        "https://gazette.example/a?id=2",
        "https://gazette.example:8080/a?id=1",
        "https://en.gazette.example/a?id=1",
    ],
)
def test_what_distinguishes_pages_is_compared(url: str) -> None:
    assert bare_address(url) != bare_address("https://gazette.example/a?id=1")
