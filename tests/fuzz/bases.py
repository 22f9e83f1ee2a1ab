"""The dossiers that are spoilt: the blessed small one, the one in French and Arabic, the one that `init` writes, and this one."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from explainer import build
from explainer.cli import main
from tests.conftest import HARBOUR, PROJECT, TESTS, copied

_MADE = shutil.ignore_patterns("docs", "site", ".cache", ".schemas", "__pycache__")


def _harbour(root: Path) -> None:
    copied(HARBOUR, root)


def _ozone(root: Path) -> None:
    shutil.copytree(TESTS / "dossiers" / "ozone", root, ignore=_MADE)


def _starter(root: Path) -> None:
    with contextlib.redirect_stdout(None):
        if main.main(["init", str(root)]):
            raise RuntimeError(root)


def _ours(root: Path) -> None:
    copied(PROJECT, root)


BASES: Mapping[str, Callable[[Path], None]] = {
    "harbour": _harbour,
    "ozone": _ozone,
    "starter": _starter,
    "ours": _ours,
}
SHARES = {"harbour": 12, "ozone": 6, "starter": 6, "ours": 1}
"""How often each is taken; ours takes ten times as long as the others."""


LARGE = {"ours"}
"""Those that are not made afresh for every case."""


class Bases:
    """The dossiers, each generated once in a folder; copies of them are spoilt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> Path:
        """The folder of a dossier, generated; to be copied, and not to be changed."""
        return self._made(f"{name}-generated", lambda root: build.generate(shutil.copytree(self._plain(name), root)))

    def _plain(self, name: str) -> Path:
        return self._made(name, BASES[name])

    def _made(self, name: str, make: Callable[[Path], object]) -> Path:
        root, part = self.folder / name, self.folder / f"{name}.part"
        if not root.exists():
            shutil.rmtree(part, ignore_errors=True)
            make(part)
            part.rename(root)
        return root

    def files(self, name: str) -> dict[str, bytes]:
        """What people wrote of a dossier: path -> bytes."""
        root = self._plain(name)
        paths = [path for folder in ("content", "scripts/kinds") for path in sorted((root / folder).rglob("*"))]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths if path.is_file()}
