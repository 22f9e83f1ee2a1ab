"""Keeps drawings between runs, each in a file with the digest of its data."""

import contextlib
import re
from collections.abc import Container, Mapping
from pathlib import Path

from explainer.base.dependencies import CURRENT, DRAWING
from explainer.base.files import digest_of, is_half_written, write_whole

KEPT = ".cache/figures"
"""Where drawings are kept between runs; it may be deleted at any time."""

_KEY = re.compile(r"[0-9a-f]{64}|world-[\w.-]+")


class DrawingStore:
    """Drawings of earlier runs, each in a file that begins with the digest of the rest; one that differs is not believed.

    Reading and drawing write nothing; `store` does, once a run knows that it may write.
    """

    def __init__(self, root: Path) -> None:
        """Look for them in the dossier's folder."""
        self._folder = root / KEPT
        self._read: dict[str, str] = {}
        self._made: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text of a key; None where there is none that can be believed."""
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
        """Keep a text until `store` writes it."""
        self._made[key] = text

    def fresh(self) -> Mapping[str, str]:
        """What `store` will write."""
        return self._made

    def store(self, needed: Container[str] = ()) -> OSError | None:
        """Write what is new and remove what neither this run nor a page `needed`; what kept a drawing from being written."""
        trouble = None
        for key, text in self._made.items():
            data = text.encode()
            try:
                write_whole(self._folder / key, digest_of(data).encode() + b"\n" + data)
            except OSError as error:
                trouble = error
        with contextlib.suppress(OSError):  # a folder whose files cannot be listed keeps what it has
            for path in self._folder.iterdir() if not self._folder.is_symlink() else ():
                ours = _KEY.fullmatch(path.name) or is_half_written(path.name)
                if ours and path.name not in self._made and path.name not in self._read and path.name not in needed:
                    with contextlib.suppress(OSError):
                        path.unlink()
        return trouble
