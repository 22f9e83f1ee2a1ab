"""The stock command of MkDocs builds the same site of the real dossier as our own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import tree
from tests.engine.test_mkdocs import bring_compiled, built, differing, html
from tests.shared import alone

pytest_plugins = ("tests.served",)


def test_stock_mkdocs_builds_the_same_bytes_as_our_own_command(
    dossier: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = shutil.ignore_patterns("site", "dist", "build.lock", "build.holder")
    with alone(tmp_path_factory, "dossier"):
        real = bring_compiled(shutil.copytree(dossier, tmp_path / "real", ignore=kept))
    ours = tree(dossier / "site")
    theirs = built(real, "mkdocs", "build", "--strict", anew=True)

    assert html(ours)
    assert differing(ours, theirs) == []
