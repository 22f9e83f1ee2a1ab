"""Files of `docs/` that several processes write: the same ones as by one, and what the system refuses is told all the same."""

import os
from pathlib import Path

import pytest

from explainer import build
from explainer.base.files import write_whole
from explainer.base.problems import ContentError
from explainer.docs import ledger, write
from tests.conftest import tree

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are several processes where there is fork")


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even few files be written by several processes."""
    monkeypatch.setattr(write, "FEW", 20)


@pytest.mark.parametrize("jobs", [2, 5])
def test_several_processes_write_what_one_writes(harbour: Path, tmp_path: Path, jobs: int) -> None:
    build.generate(harbour, jobs=1)
    alone = tree(harbour / "docs")
    for path in alone:
        (harbour / "docs" / path).unlink()
    here: list[str] = []

    def noted(path: Path, data: bytes) -> None:
        here.append(path.name)
        write_whole(path, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "write_whole", noted)
        build.generate(harbour, jobs=jobs)

    assert tree(harbour / "docs") == alone
    assert len(here) < len(alone)  # others wrote the rest


def test_a_file_that_another_process_may_not_write_is_told(harbour: Path) -> None:
    build.generate(harbour, jobs=1)
    last = max(path for path in tree(harbour / "docs") if "/" in path)

    def refuses(path: Path, data: bytes) -> None:
        if path == harbour / "docs" / last:
            raise OSError(28, "No space left on device", str(path))
        write_whole(path, data)

    for path in tree(harbour / "docs"):
        if path != ledger.NAME:
            (harbour / "docs" / path).unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "write_whole", refuses)
        with pytest.raises(ContentError) as raised:
            build.generate(harbour, jobs=3)

    assert [problem.path for problem in raised.value.problems] == [f"docs/{last}"]
    build.generate(harbour, jobs=3)
    assert last in tree(harbour / "docs")
