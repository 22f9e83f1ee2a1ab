"""Reads and writes cache files, each with the digest of its data."""

from pathlib import Path

from explainer.base.files import digest_of, write_whole

MEMORY = ".cache/memory"
"""Folder of the cache files; it may be deleted at any time."""


def recall(root: Path, name: str) -> bytes | None:
    """Read a cache file; None if it cannot be read, empty if its digest does not match."""
    try:
        raw = (root / MEMORY / name).read_bytes()
    except OSError:
        return None
    head, _, data = raw.partition(b"\n")
    return data if head == digest_of(data).encode() else b""


def retain(root: Path, name: str, data: bytes) -> OSError | None:
    """Best-effort write of a cache file: returns the error if it fails, because the next run is only slower."""
    try:
        write_whole(root / MEMORY / name, digest_of(data).encode() + b"\n" + data)
    except OSError as error:
        return error
    return None
