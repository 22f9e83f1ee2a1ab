"""Files as bytes: what a run is to write, its digest, and writing that is whole or not at all."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Output:
    """Bytes at a path."""

    path: str
    """Relative to `docs/`, with forward slashes."""
    data: bytes
    source: str | None = None
    """The file in `content/` to edit instead of this one; None where several make it."""
    known: str = ""
    """The digest where it is known already; then `data` may be empty, for a file that is there."""

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal digits."""
        return self.known or digest_of(self.data)


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
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
    """Whether a file is what a killed run left; nobody else names files so."""
    return name.startswith(".") and name.endswith(".part")


def text_of_file(path: Path) -> str | None:
    """The text of a file; None where it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
