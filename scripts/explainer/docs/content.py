"""Reads the files of `content/` as bytes, and reports those that cannot be read."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from explainer.base import portable_names
from explainer.base.dataclass import dataclass
from explainer.base.problems import ContentError, Problem, shown
from explainer.base.unicode_text import composed
from explainer.reading.encoding import LARGEST_FILE

CONTENT = "content"


@dataclass(frozen=True, slots=True)
class File:
    """A file of `content/`, as bytes."""

    path: str
    """Relative to the dossier's folder, with forward slashes, in the normalisation form C; `place` says where it is."""
    raw: bytes


def required(root: Path) -> None:
    """Raise ContentError if there is no dossier in a folder, so that a command leaves nothing in one that is no dossier."""
    folder = root / CONTENT
    if not folder.is_dir():
        found = "is not a folder" if folder.exists() else "is missing"
        message = f"{CONTENT}/ {found}; expected the records of a dossier in {CONTENT}/; make it, or name another dossier with --root"
        raise ContentError([Problem(CONTENT, 1, 1, message)])


def number(root: Path) -> int:
    """How many files there are, as far as that can be seen."""
    return sum(len(names) for _, _, names in os.walk(root / CONTENT))


def content_files(root: Path) -> tuple[list[File], list[Problem]]:
    """Read every file of `content/`, sorted by path, with a problem for each one that cannot be read."""
    try:
        required(root)
    except ContentError as stopped:
        return [], stopped.problems
    folder = root / CONTENT
    files: list[File] = []
    problems: list[Problem] = []
    named: dict[str, str] = {}
    written: list[str] = []
    for path in _walk(folder, problems, root):
        there = path.relative_to(root).as_posix()
        name = shown(unicodedata.normalize("NFC", there))
        read = _twin(named.setdefault(name, there), there) or _read(path, folder)
        if isinstance(read, bytes):
            files.append(File(name, read))
            written.append(unicodedata.normalize("NFC", there))
        else:
            problems.append(Problem(name, 1, 1, read))
    problems += _not_on_every_disk(written)
    return sorted(files, key=lambda file: file.path), problems


def _twin(first: str, path: str) -> str | None:
    """Message if another file has the same name but for how its accents are written."""
    return None if first == path else "two files have this name, with accents written in two ways; delete one of them"


def _not_on_every_disk(paths: list[str]) -> Iterator[Problem]:
    """A problem for each file with a name that some system cannot hold, or that it takes for another file's."""
    for path in paths:
        if finding := portable_names.trouble(path):
            yield Problem(shown(path), 1, 1, f"{shown(finding)}; expected a name that every system allows; rename it")
    for path, other in portable_names.twins(paths):
        yield Problem(shown(path), 1, 1, shown(portable_names.twin(other)))


def _read(path: Path, folder: Path) -> bytes | str:
    """The bytes of a file, or the message on why it cannot be read."""
    try:
        return _refused(path, folder) or path.read_bytes()
    except RuntimeError:  # Python 3.11 and 3.12 raise it for a symlink loop
        return "is a link that leads nowhere; expected a file; delete it"
    except FileNotFoundError:
        return "is a link that leads nowhere; expected a file; delete it or copy the file here"
    except OSError as error:
        return f"cannot be read ({error.strerror}); expected a readable file; check its permissions"


def _refused(path: Path, folder: Path) -> str | None:
    """Message if a file is not to be read, although it could be."""
    if path.is_symlink() and not path.resolve(strict=True).is_relative_to(folder.resolve()):
        return "is a link that leads outside content/; expected a file; copy the file here"
    if not path.is_file():
        return "is not a regular file; expected text; rename or delete it"
    size = path.stat().st_size
    if size > LARGEST_FILE:
        most = LARGEST_FILE // 1024 // 1024
        return f"the file has {size / 1024 / 1024:.0f} MB; expected at most {most} MB; split it into records"
    return None


def _walk(folder: Path, problems: list[Problem], root: Path) -> Iterator[Path]:
    """Walk a folder and yield every file that is neither hidden, a backup nor the scratch file of a program.

    Symlinks to folders, and folders with the name of a record file, are yielded instead of walked, so that the caller
    can report them.
    """

    def unreadable(error: OSError) -> None:
        name = Path(error.filename).relative_to(root).as_posix()
        message = f"the folder cannot be read ({error.strerror}); expected a readable folder; check its permissions"
        problems.append(Problem(name, 1, 1, message))

    for base, folders, names in os.walk(folder, onerror=unreadable):
        visible = sorted(name for name in folders if not name.startswith("."))
        folders[:] = [name for name in visible if not _is_in_place_of_a_file(Path(base, name))]
        yield from (Path(base, name) for name in visible if name not in folders)
        yield from (Path(base, name) for name in sorted(names) if not portable_names.is_passing(name))


def _is_in_place_of_a_file(folder: Path) -> bool:
    return folder.is_symlink() or folder.name.endswith((".md", ".yml"))


def place(root: Path, path: str) -> Path:
    """Where a file of `content/` is: systems differ in whether an accent in a name is a character of its own."""
    there = root / path
    if there.exists() or path.isascii():
        return there
    names = (name for name in _walk(root / CONTENT, [], root) if _is_named(name, root, path))
    return next(names, there)


def _is_named(file: Path, root: Path, path: str) -> bool:
    return unicodedata.normalize("NFC", file.relative_to(root).as_posix()) == path


def lines(root: Path, path: str) -> list[str]:
    """Read the lines of a file, for excerpts in reports; empty if it cannot be read."""
    try:
        return composed(place(root, path).read_text(encoding="utf-8", errors="replace")).split("\n")
    except (OSError, ValueError):
        return []
