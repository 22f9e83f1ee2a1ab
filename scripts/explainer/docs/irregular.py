"""What stands in `docs/` beside the generated folders and cannot be published: links out of the dossier, and no files at all."""

import os
import stat
from collections.abc import Container, Iterator
from pathlib import Path

from explainer.base.problems import Problem, shown

DOCS = "docs"
_NOWHERE = "is a link that leads nowhere; expected a file; delete it, or copy the file here"
_OUTSIDE = "is a link that leads outside the dossier; expected a file of it; copy the file here"
_ABOVE = "is a link to a folder that it stands in, so that pages would be in each other without end; expected a folder elsewhere; delete it"
_NO_FILE = "is not a regular file; expected a page, or a file that pages show; delete it"
_HIDDEN = "."
_TEMPLATES = "templates"
"""The folder in `docs/` that MkDocs leaves out of a site, as it does what is hidden."""


def found(root: Path, made: Container[str]) -> dict[str, Problem]:
    """Path in `docs/` -> problem; the folders that the generator made are left out.

    A site takes in what a link leads to, folders as well, so they are gone through; a folder to which several lead is told
    once.
    """
    docs = root / DOCS
    allowed = (os.path.realpath(root), os.path.realpath(docs))
    problems: dict[str, Problem] = {}
    waiting, seen = [""], {allowed[1]}
    while waiting:
        inside = waiting.pop()
        for entry in _entries(docs / inside):
            path = f"{inside}{entry.name}"
            if entry.name.startswith(_HIDDEN) or (not inside and (entry.name in made or entry.name == _TEMPLATES)):
                continue
            if message := _trouble(entry, allowed):
                problems[path] = Problem(f"{DOCS}/{shown(path)}", 1, 1, message)
            elif entry.is_dir() and (place := os.path.realpath(entry.path)) not in seen:
                seen.add(place)
                waiting.append(f"{path}/")
    return dict(sorted(problems.items()))


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What is in a folder; nothing if it cannot be listed, which who reads the pages tells."""
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:
        return


def _trouble(entry: os.DirEntry[str], allowed: tuple[str, ...]) -> str | None:
    """Message if a site cannot have what stands at a path."""
    if entry.is_symlink():
        place = Path(os.path.realpath(entry.path))
        if not any(place.is_relative_to(folder) for folder in allowed):
            return _OUTSIDE if os.path.exists(place) else _NOWHERE  # noqa: PTH110 - Path raises where it may not look
        if Path(os.path.realpath(os.path.dirname(entry.path))).is_relative_to(place):  # noqa: PTH120 - not what it leads to
            return _ABOVE
    try:
        mode = entry.stat().st_mode
    except OSError:
        return _NOWHERE
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else _NO_FILE
