"""Cache of drawings on disk, one file per drawing with the digest of its data."""

import contextlib
import re
from collections.abc import Container, Mapping
from pathlib import Path

from explainer.base.dependencies import CURRENT, DRAWING
from explainer.base.files import digest_of, is_half_written, write_whole

KEPT = ".cache/figures"
"""Folder of the cache; it may be deleted at any time."""

_KEY = re.compile(r"[0-9a-f]{64}|world-[\w.-]+")


class DrawingStore:
    """A drawing cache on disk; each file begins with the digest of the rest, and is ignored if that does not match.

    `get` and `put` never write to disk; only `store` does, which a run calls after it has written `docs/`.
    """

    def __init__(self, root: Path) -> None:
        """Use the cache in the folder of the dossier; nothing is read yet."""
        self._folder = root / KEPT
        self._read: dict[str, str] = {}
        self._made: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """Look up the text of a key; None if there is none or its digest does not match."""
        if CURRENT.trace is not None:
            CURRENT.trace.used.add(DRAWING + key)
        known = self._made.get(key) or self._read.get(key)
        if known is not None:
            return known
        try:
            raw = (self._folder / key).read_bytes()
        except OSError:
            return None
        digest, _, data = raw.partition(b"\n")
        if digest != digest_of(data).encode():
            return None
        return self._read.setdefault(key, data.decode())

    def put(self, key: str, text: str) -> None:
        """Add a text in memory, until `store` writes it."""
        self._made[key] = text

    def fresh(self) -> Mapping[str, str]:
        """The texts that `store` will write."""
        return self._made

    def store(self, needed: Container[str] = ()) -> OSError | None:
        """Write new drawings, delete those neither read in this run nor `needed`, and return the last write error."""
        trouble = None
        for key, text in self._made.items():
            data = text.encode()
            try:
                write_whole(self._folder / key, digest_of(data).encode() + b"\n" + data)
            except OSError as error:
                trouble = error
        with contextlib.suppress(OSError):  # if the folder cannot be listed, nothing is deleted
            for path in self._folder.iterdir() if not self._folder.is_symlink() else ():
                ours = _KEY.fullmatch(path.name) or is_half_written(path.name)
                if ours and path.name not in self._made and path.name not in self._read and path.name not in needed:
                    with contextlib.suppress(OSError):
                        path.unlink()
        return trouble
