"""Outputs on disk while a run makes the others, so that memory never holds the bytes of all of them.

A spool has a file without a name for each process: a worker appends to its own, with which it was forked, and tells where
in it an output lies; the parent reads it when the output is written. What else a worker answers goes the same way: pickled
in memory, the results of a large dossier would take as much again. Nothing is left behind, however a run ends.
"""

import errno
import io
import os
import pickle
import tempfile
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

from explainer.base.files import Output

T = TypeVar("T")
_CACHE = ".cache"
_PIECE = 1 << 16
"""Bytes of a value that are read at once."""


class SpoolPlace(NamedTuple):
    """Where the bytes of an output lie: the number of the file, the first byte in it and their number."""

    file: int
    begin: int
    length: int


class OutputTold(NamedTuple):
    """An output without its bytes, as a worker sends it."""

    path: str
    source: str | None
    digest: str
    place: SpoolPlace | None
    data: bytes = b""
    """Its bytes, where they could not be put on disk."""


class SpoolFile:
    """A file without a name and without a buffer, which a worker that ends would lose."""

    def __init__(self, root: Path) -> None:
        """Open it beside the cache of a dossier, because a folder for temporary files may lie in memory."""
        self.file = _opened(root / _CACHE)
        weakref.finalize(self, self.file.close)

    def write(self, data: bytes) -> None:
        """Add some bytes. Raises OSError if there is no room for them."""
        if self.file.write(data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def append(self, data: bytes) -> tuple[int, int] | None:
        """Add some bytes; returns the first of them in the file and their number, or None if there is no room."""
        return self._added(lambda: self.write(data))

    def dump(self, value: object) -> tuple[int, int] | None:
        """Add a value, pickled piece by piece; returns what `append` does."""
        return self._added(lambda: pickle.dump(value, self, pickle.HIGHEST_PROTOCOL))

    def _added(self, write: Callable[[], None]) -> tuple[int, int] | None:
        with suppress(OSError):
            begin = self.file.seek(0, os.SEEK_END)
            write()
            return begin, self.file.tell() - begin
        return None

    def read(self, begin: int, length: int) -> bytes:
        """Read some bytes again."""
        if hasattr(os, "pread"):  # a worker that shares the file may be adding to it at its own place
            return os.pread(self.file.fileno(), length, begin)
        self.file.seek(begin)
        return self.file.read(length)

    def load(self, begin: int, length: int) -> Any:
        """Read a value that was added, piece by piece."""
        part = io.BufferedReader(_SpooledValue(self, begin, length), _PIECE)
        return pickle.load(part)  # noqa: S301 - a process of this run wrote it, and nobody else has the file


class _SpooledValue(io.RawIOBase):
    """Some bytes of a file, read in their order."""

    def __init__(self, file: SpoolFile, begin: int, length: int) -> None:
        self._file, self._at, self._end = file, begin, begin + length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(self._at, min(len(buffer), self._end - self._at))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class Spool:
    """The files of a run; number 0 is that of the parent."""

    def __init__(self, root: Path | None) -> None:
        """Open the file of the parent; without a folder of a dossier, nobody wants the bytes and none are kept."""
        self._files: list[SpoolFile] = []
        self._root = root
        self.own = 0
        """The number of the file of this process."""
        self.open(1)

    def open(self, processes: int) -> None:
        """Open files for as many processes, before they are forked."""
        while self._root is not None and len(self._files) < processes:
            self._files.append(SpoolFile(self._root))

    def keep(self, output: Output, digest: str) -> OutputTold:
        """Put the bytes of an output on disk; those for which there is no room stay in memory."""
        told = OutputTold(output.path, output.source, digest, None)
        if not self._files:
            return told
        place = self._files[self.own].append(output.data)
        return told._replace(place=SpoolPlace(self.own, *place)) if place else told._replace(data=output.data)

    def read(self, place: SpoolPlace) -> bytes:
        """The bytes at a place."""
        return self._files[place.file].read(place.begin, place.length)

    def send(self, value: T) -> "SpoolPlace | T":
        """What a worker answers with for a value: its place, or itself if there is no room for it."""
        place = self._files[self.own].dump(value) if self._files else None
        return SpoolPlace(self.own, *place) if place else value

    def received(self, answer: "SpoolPlace | T") -> T:
        """The value that a worker answered with."""
        if not isinstance(answer, SpoolPlace):
            return answer
        value: T = self._files[answer.file].load(answer.begin, answer.length)
        return value

    def output(self, told: OutputTold) -> Output:
        """An output of this process or of another one."""
        if told.place is None:
            return Output(told.path, told.data, told.source, told.digest)
        return SpooledOutput(told, told.place, self)


class SpooledOutput(Output):
    """An output whose bytes are on disk, and are read whenever they are asked for."""

    __slots__ = ("_place", "_spool")
    _place: SpoolPlace
    _spool: Spool

    def __init__(self, told: OutputTold, place: SpoolPlace, spool: Spool) -> None:
        """Take what is known of it, and where its bytes are."""
        for name, value in (("path", told.path), ("source", told.source), ("known", told.digest)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_place", place)
        object.__setattr__(self, "_spool", spool)

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self._spool.read(self._place)


def _opened(folder: Path) -> IO[bytes]:
    """A file without a name in a folder, or in that for temporary files where it cannot be there."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        return tempfile.TemporaryFile(dir=folder, buffering=0)
    return tempfile.TemporaryFile(buffering=0)
