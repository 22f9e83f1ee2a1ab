"""A case of the fuzzer: a dossier, what of it is other than in the original, and a command; and how it is kept in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

DESCRIPTION = "case.json"


@dataclass(frozen=True)
class Case:
    """What is tried."""

    base: str
    """The name of the dossier that is changed."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Path in the dossier -> what stands there."""
    gone: tuple[str, ...] = ()
    """Paths of files that are not there."""
    command: tuple[str, ...] = ()
    """A command that is run in the dossier's folder; without one the dossier is checked, generated and perhaps built."""
    variables: Mapping[str, str | None] = field(default_factory=dict)
    """What the environment holds; None where it lacks something."""
    build: bool = False
    """Whether the site is built as well."""

    def with_file(self, path: str, raw: bytes) -> Case:
        """The same case with another text in a file."""
        return replace(self, files={**self.files, path: raw})

    def without(self, path: str) -> Case:
        """The same case in which a file is as in the original."""
        return replace(self, files={name: raw for name, raw in self.files.items() if name != path})

    def put(self, root: Path) -> bool:
        """Change a copy of the dossier; says whether the system lets files have such names."""
        try:
            for path in self.gone:
                (root / path).unlink(missing_ok=True)
            for path, raw in self.files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(raw)
        except (OSError, ValueError):
            return False
        return True

    def save(self, folder: Path, found: str) -> None:
        """Keep it in a folder of its own, with what was wrong; names of files stand in the description alone."""
        folder.mkdir(parents=True, exist_ok=True)
        names = {path: f"input-{number}" for number, path in enumerate(sorted(self.files), 1)}
        for path, name in names.items():
            (folder / name).write_bytes(self.files[path])
        about = {
            "found": found,
            "base": self.base,
            "files": names,
            "gone": self.gone,
            "command": self.command,
            "variables": self.variables,
            "build": self.build,
        }
        (folder / DESCRIPTION).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def load(folder: Path) -> Case:
    """The case that is kept in a folder."""
    about = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    files = {path: (folder / name).read_bytes() for path, name in about["files"].items()}
    gone, command = tuple(about["gone"]), tuple(about["command"])
    return Case(about["base"], files, gone, command, about["variables"], about["build"])
