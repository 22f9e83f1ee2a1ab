"""Files as bytes: outputs with their digests, and atomic writes."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


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
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def is_half_written(name: str) -> bool:
    """Whether a file name is that of a temporary file of `write_whole`; a killed run leaves one behind."""
    return name.startswith(".") and name.endswith(".part")


def text_of_file(path: Path) -> str | None:
    """Read a text file; None if it cannot be read or is not valid UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
