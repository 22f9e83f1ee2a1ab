"""Shows every mistake as a pair: the files of `tests/broken/CASE/content/` and the exact message in `expected.txt`."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import TESTS, Run

BROKEN = TESTS / "broken"
STEP = re.compile(
    r"expected|did you mean|write|delete|add |put |give |correct|check |rename|make it|move|copy|split|save|say |name |begin "
)
"""What the part of a message after the finding says: what was expected, or what to do."""
CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())


def broken(case: str, root: Path) -> Path:
    """The harbour dossier with the files of a case over it."""
    shutil.copytree(BROKEN / case / "content", root / "content", dirs_exist_ok=True)
    return root


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_answered_in_these_words_at_a_line_that_the_file_has_and_nothing_is_written(
    case: str, harbour: Path, run: Run, bless: bool
) -> None:
    root = broken(case, harbour)
    checked, generated = run("--root", root, "check"), run("--root", root, "generate")
    expected = BROKEN / case / "expected.txt"
    if bless:
        expected.write_text(checked.err, encoding="utf-8")

    assert expected.read_text(encoding="utf-8") == checked.err == generated.err
    assert (checked.status, checked.out) == (generated.status, generated.out) == (1, "")
    assert checked.err.endswith("nothing was written.\n")
    assert not (root / "docs").exists()
    for line in checked.err.splitlines()[:-1]:
        path, number, column, _ = line.split(":", 3)
        lines = (root / path).read_text(encoding="utf-8").split("\n")
        assert 1 <= int(number) <= len(lines)
        assert 1 <= int(column) <= len(lines[int(number) - 1]) + 1


@pytest.mark.parametrize("case", CASES)
def test_every_message_says_what_was_found_and_what_to_do(case: str) -> None:
    for line in (BROKEN / case / "expected.txt").read_text(encoding="utf-8").splitlines()[:-1]:
        found, *rest = line.split("; ")

        assert found
        assert any(STEP.search(part) for part in rest), line


def test_the_harbour_itself_has_no_problem(harbour: Path, run: Run) -> None:
    ran = run("--root", harbour, "check")

    assert (ran.status, ran.err) == (0, "")
