"""What is called as a file of a kind and is none: pipes, folders and links to nowhere, as Unix has them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import problems_of


@pytest.mark.parametrize("name", ["x.j2", "page.py", "words.en.yml", "part.py"])
@pytest.mark.parametrize("made", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_file_is_refused_and_not_waited_for(made: Callable[[Path], None], name: str, harbour: Path) -> None:
    path = harbour / "scripts/kinds/operation" / name
    path.unlink(missing_ok=True)
    made(path)
    (path.parent / ".#model.py").symlink_to("ada@host.1:2")

    assert problems_of(harbour) == [
        f"scripts/kinds/operation/{name}:1:1: is not a regular file; expected Python, a template or words; delete it, or copy the file here"
    ]
