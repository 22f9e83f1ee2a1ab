"""Keeps bytes of a run under a name for the next one, each with the digest of its data."""

from pathlib import Path

from explainer.base.files import digest_of, write_whole

MEMORY = ".cache/memory"
"""Where a run leaves what it read and made for the next one; it may be deleted at any time."""


def recall(root: Path, name: str) -> bytes | None:
    """What an earlier run retained under a name; None where there is nothing, empty where it cannot be believed."""
    try:
        raw = (root / MEMORY / name).read_bytes()
    except OSError:
        return None
    head, _, data = raw.partition(b"\n")
    return data if head == digest_of(data).encode() else b""


def retain(root: Path, name: str, data: bytes) -> OSError | None:
    """Let the next run know something; what kept that from being written, which costs only time."""
    try:
        write_whole(root / MEMORY / name, digest_of(data).encode() + b"\n" + data)
    except OSError as error:
        return error
    return None
