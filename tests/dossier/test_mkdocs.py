"""The stock commands of MkDocs and ProperDocs build the same site of the real dossier as our own."""

from __future__ import annotations

import shutil
from pathlib import Path

import properdocs
import pytest

from tests.engine.test_mkdocs import built, differing, html
from tests.served import copy_project


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A copy of the project with its own records."""
    return copy_project(tmp_path / "real")


def test_stock_mkdocs_builds_the_same_bytes_as_our_own_command(real: Path) -> None:
    ours = built(real, "explainer", "build")
    shutil.rmtree(real / "site")
    theirs = built(real, "mkdocs", "build", "--strict")

    assert html(ours)
    assert differing(ours, theirs) == []


def test_properdocs_builds_the_same_pages(real: Path) -> None:
    ours = built(real, "explainer", "build")
    shutil.rmtree(real / "site")
    theirs = built(real, properdocs.__name__, "build", "-f", "mkdocs.yml", "--strict")

    assert html(ours) == html(theirs)
