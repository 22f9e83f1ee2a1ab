"""Beside a record that is broken, only that one is told: nothing that merely follows from it names a file that is right."""

import os
import re
from pathlib import Path

import pytest

from tests.conftest import HARBOUR, copied
from tests.engine.test_ozone import ozone
from tests.spoilt_records import WRONG, misled, records, remember, spoilt

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
EVERY = {"harbour": 1, "ozone": 1} if LONG else {"harbour": 4, "ozone": 12}
"""Of the wrong values each is tried, or one of so many; a misspelt name in every record."""


@pytest.fixture(scope="module", params=EVERY)
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small dossier, mended after each look."""
    folder = tmp_path_factory.mktemp("beside") / request.param
    return remember(copied(HARBOUR, folder) if request.param == "harbour" else ozone(folder))


def test_a_broken_record_is_told_and_no_file_that_is_right(root: Path) -> None:
    every = [
        (f"{document.path} {document.data['id']}: {how}", document.path, broken)
        for model, document in records(root)
        for how, broken in spoilt(model, document, (root / document.path).read_text(encoding="utf-8"))
    ]
    tried = [each for number, each in enumerate(every) if "misspelt" in each[0] or not number % EVERY[root.name]]
    found = {how: misled(root, [(path, broken)]) for how, path, broken in tried}

    assert len(found) > 30
    assert {how: said for how, said in found.items() if said} == {}


def test_broken_settings_are_told_and_no_record(root: Path) -> None:
    text = (root / "content/site.yml").read_text(encoding="utf-8")
    parts = re.findall(r"(?ms)^\w+:.*?(?=^\w|\Z)", text)
    found = {
        name: misled(root, [("content/site.yml", text.replace(part, f"{name}: {WRONG}\nmore{part[len(name) :]}"))])
        for part in parts
        for name in [part.partition(":")[0]]
    }

    assert len(found) > 5
    assert {name: said for name, said in found.items() if said} == {}
