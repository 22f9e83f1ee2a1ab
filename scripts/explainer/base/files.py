"""Files as bytes: outputs with their digests, and atomic writes."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from explainer.base.dataclass import dataclass

WAITS: tuple[float, ...] = (0.01, 0.05, 0.2, 0.5, 1.0) if os.name == "nt" else ()
"""Seconds between tries to replace a file or folder: Windows refuses that while another program has it open, and scanners
of viruses open what was just written."""


@dataclass(frozen=True, slots=True)
class Output:
    """A generated file: bytes at a path."""

    path: str
    """Relative to `docs/`, with forward slashes."""
    data: bytes
    source: str | None = None
    """The file in `content/` to edit instead of this one; None if it is generated from several."""
    known: str = ""
    """The digest if it is known already; `data` may then be empty, for a file that need not be written."""

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal digits; computed on each access unless it is `known`."""
        return self.known or digest_of(self.data)


def digest_of(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file atomically, by renaming a temporary file in the same folder; creates missing folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_pieces(path.parent, (data,), lambda: path.name)


def write_pieces(folder: Path, pieces: Iterable[bytes], name: Callable[[], str]) -> None:
    """The same of a file that comes in pieces; `name` tells how it is called once all of them are written."""
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    part = Path(temporary)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        part.chmod(0o644)
        patiently(part.replace, folder / name())
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:  # writing to a file reports no name
            raise OSError(error.errno, error.strerror, os.fspath(folder / name())) from error
        raise


def patiently(move: Callable[[Path], object], target: Path) -> None:
    """Replace or rename by calling `move` with the target; tries again where another program may have it open for a moment."""
    for wait in WAITS:
        try:
            move(target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    move(target)


def is_half_written(name: str) -> bool:
    """Whether a file name is that of a temporary file of `write_whole`; a killed run leaves one behind."""
    return name.startswith(".") and name.endswith(".part")


def text_of_file(path: Path) -> str | None:
    """Read a text file; None if it cannot be read or is not valid UTF-8, or is a pipe, for whose text one would wait."""
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else None
    except (OSError, UnicodeDecodeError):
        return None


def remove_empty(top: Path, folder: Path) -> None:
    """Remove a folder and those around it as long as they are empty, up to `top`, which stays."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
