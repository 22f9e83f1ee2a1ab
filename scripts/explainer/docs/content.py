"""Reads the files of `content/` as bytes, and reports those that cannot be read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from explainer.base.problems import Problem, shown
from explainer.reading.encoding import LARGEST_FILE

CONTENT = "content"


@dataclass(frozen=True, slots=True)
class File:
    """A file of `content/`, as bytes."""

    path: str
    """Relative to the dossier's folder, with forward slashes."""
    raw: bytes


def content_files(root: Path) -> tuple[list[File], list[Problem]]:
    """Read every file of `content/`, sorted by path, with a problem for each one that cannot be read."""
    folder = root / CONTENT
    files: list[File] = []
    problems: list[Problem] = []
    if not folder.is_dir():
        found = "is not a folder" if folder.exists() else "is missing"
        return [], [
            Problem(
                CONTENT,
                1,
                1,
                f"{CONTENT}/ {found}; expected the records of a dossier in {CONTENT}/; make it, or name another dossier with --root",
            )
        ]
    for path in _walk(folder, problems, root):
        name = shown(path.relative_to(root).as_posix())
        try:
            if path.is_symlink() and not path.resolve(strict=True).is_relative_to(folder.resolve()):
                problems.append(
                    Problem(name, 1, 1, "is a link that leads outside content/; expected a file; copy the file here")
                )
            elif not path.is_file():
                problems.append(Problem(name, 1, 1, "is not a regular file; expected text; rename or delete it"))
            elif path.stat().st_size > LARGEST_FILE:
                size = path.stat().st_size / 1024 / 1024
                problems.append(
                    Problem(
                        name,
                        1,
                        1,
                        f"the file has {size:.0f} MB; expected at most {LARGEST_FILE // 1024 // 1024} MB; split it into records",
                    )
                )
            else:
                files.append(File(name, path.read_bytes()))
        except RuntimeError:  # Python 3.11 and 3.12 raise it for a symlink loop
            problems.append(Problem(name, 1, 1, "is a link that leads nowhere; expected a file; delete it"))
        except FileNotFoundError:
            problems.append(
                Problem(name, 1, 1, "is a link that leads nowhere; expected a file; delete it or copy the file here")
            )
        except OSError as error:
            problems.append(
                Problem(
                    name, 1, 1, f"cannot be read ({error.strerror}); expected a readable file; check its permissions"
                )
            )
    return sorted(files, key=lambda file: file.path), problems


def _walk(folder: Path, problems: list[Problem], root: Path) -> Iterator[Path]:
    """Walk a folder and yield every file that is neither hidden nor a backup.

    Symlinks to folders, and folders with the name of a record file, are yielded instead of walked, so that the caller
    can report them.
    """

    def unreadable(error: OSError) -> None:
        name = Path(error.filename).relative_to(root).as_posix()
        problems.append(
            Problem(
                name,
                1,
                1,
                f"the folder cannot be read ({error.strerror}); expected a readable folder; check its permissions",
            )
        )

    for base, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in [name for name in folders if Path(base, name).is_symlink() or name.endswith((".md", ".yml"))]:
            folders.remove(name)
            yield Path(base, name)
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith("~"):
                yield Path(base, name)


def lines(root: Path, path: str) -> list[str]:
    """Read the lines of a file, for excerpts in reports; empty if it cannot be read."""
    try:
        return (root / path).read_text(encoding="utf-8", errors="replace").split("\n")
    except (OSError, ValueError):
        return []
