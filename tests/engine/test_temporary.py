"""Where tests keep their temporary files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests import temporary


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)
    monkeypatch.delenv("TMPDIR", raising=False)


def test_files_stay_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(temporary, "has_room", lambda _: True)
    temporary.keep_in_memory()

    assert os.environ["TMPDIR"] == str(tmp_path)


@pytest.mark.parametrize("room", [False, True])
def test_files_are_in_memory_only_where_there_is_room(
    room: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporary, "MEMORY", tmp_path)
    monkeypatch.setattr(temporary, "_free_memory", lambda: 1 << 60)
    monkeypatch.setattr(temporary, "ROOM", 0 if room else 1 << 60)
    temporary.keep_in_memory()

    assert (Path(tempfile.gettempdir()) == tmp_path) is room


def test_a_folder_that_is_not_there_has_no_room(tmp_path: Path) -> None:
    assert not temporary.has_room(tmp_path / "nothing")
