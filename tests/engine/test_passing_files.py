"""Files that programs leave beside what somebody writes are no sources; and a record in a README is told, not left out."""

from pathlib import Path

import pytest

from explainer.base.portable_names import is_passing
from explainer.docs import content
from tests.conftest import HARBOUR, Run, copied

PASSING = (
    "#accord.md#", ".#accord.md", ".accord.md.swp", "accord.md.swp", "accord.md~", "4913", "~$accord.md", "accord.md.tmp", "._accord.md",
    ".DS_Store", "Thumbs.db", "desktop.ini",
)  # fmt: skip
KEPT = ("accord.md", "accord.md.bak", "accord (1).md", "49130.md", "#accord.md", "all.yml", "tmp.md")


@pytest.mark.parametrize("name", PASSING)
def test_what_programs_leave_beside_a_file_is_no_source(name: str) -> None:
    assert is_passing(name)


@pytest.mark.parametrize("name", KEPT)
def test_what_somebody_may_have_written_is_one(name: str) -> None:
    assert not is_passing(name)


def test_a_record_that_is_being_written_is_read_without_what_the_editor_puts_beside_it(tmp_path: Path) -> None:
    root = copied(HARBOUR, tmp_path / "harbour")
    before = content.content_files(root)
    for name in PASSING:
        (root / "content/explainers" / name).write_text("junk", encoding="utf-8")

    assert content.content_files(root) == before


def test_a_copy_by_hand_is_told(harbour: Path, run: Run) -> None:
    (harbour / "content/explainers/accord.md.bak").write_text("x", encoding="utf-8")

    assert (
        "content/explainers/accord.md.bak:1:1: an explainer does not stand in such a file"
        in run("--root", harbour, "check").err
    )


def test_a_record_in_a_readme_is_told_because_it_would_not_be_shown(harbour: Path, run: Run) -> None:
    (harbour / "content/explainers/README.md").write_text("# What stands here\n\nid: nothing\n", encoding="utf-8")
    assert run("--root", harbour, "check").status == 0

    (harbour / "content/explainers/accord.md").replace(harbour / "content/explainers/README.md")

    assert (
        "content/explainers/README.md:2:1: README.md describes its folder and is not shown; expected a record in a file of its own "
        "name, such as accord.md; rename it"
    ) in run("--root", harbour, "check").err
