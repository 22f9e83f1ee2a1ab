"""The content-addressed store of everything kept between runs, in `.cache/store/`.

An entry is a file named by the SHA-256 of its bytes; this is its seal, and an entry that does not match it is deleted
instead of used. A root is a named value, such as the records or the index of pages: a small file that names the entry
with the value, and the entries that this value needs. Writing is best effort, because without the store a run is only
slower: the first error is noted in `progress`, and nothing is raised.
"""

import contextlib
import functools
import hashlib
import marshal
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from explainer.base.files import digest_of, is_half_written, write_pieces, write_whole
from explainer.base.progress import Progress
from explainer.incremental.cache_folder import trouble_with

FOLDER = ".cache/store"
"""The folder of the store in a dossier; it may be deleted at any time."""
ROOTS = "roots"
"""The folder in the store that holds the roots."""
VERIFIED = "verified"
"""The root that tells how the verified entries looked."""
CLOCK = ".clock"
"""A file beside the roots by which the time of the file system is told."""
TICK = 2_000_000_000
"""The coarsest clock of a file system, in nanoseconds: that of FAT."""
DAMAGED = (ValueError, EOFError, TypeError, KeyError, AttributeError, IndexError)
"""What using a damaged value can raise: it is plain data of any shape."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
State = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, and inode of an entry."""


class Store:
    """The store of one dossier."""

    def __init__(self, root: Path, progress: Progress | None = None) -> None:
        """Use the store of the dossier in `root`, if its folder can be written."""
        self.folder = root / FOLDER
        self.progress = progress or Progress()
        trouble = trouble_with(self.folder) or trouble_with(self.folder / ROOTS)
        self.progress.keeps_nothing(trouble)
        self.usable = trouble is None
        self._began = self._clock()
        self._top = os.fspath(self.folder)
        self._verified: set[str] = set()
        """The entries that this run read, and found as their names say."""
        self._unchanged: set[str] = set()
        """Those that look as they did when an earlier run read them."""

    def _clock(self) -> int:
        """The time by the clock of the store's file system, in nanoseconds; 0 if the store cannot be used."""
        path = self.folder / ROOTS / CLOCK
        with self._best_effort():
            if self.usable:
                path.touch()
                return path.stat().st_mtime_ns
        return 0

    @property
    def settled(self) -> int:
        """The time before which a change must have been made for a later one to leave a trace.

        A file system may give two changes within one tick of its clock the same time.
        """
        return self._began - TICK

    # --- entries

    def get(self, digest: str) -> bytes | None:
        """Read an entry; None if it is missing or damaged, and then it is deleted."""
        if not self.usable or not _DIGEST.fullmatch(digest):
            return None
        path = self.folder / digest
        try:
            # Opening a pipe would wait for a writer, and a link could lead to one.
            data = path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else None
        except OSError:
            return None
        if data is not None and digest_of(data) == digest:
            self._verified.add(digest)
            return data
        self._verified.discard(digest)
        with contextlib.suppress(OSError):
            path.unlink()
        return None

    def put(self, data: bytes) -> str:
        """Add an entry; returns its digest."""
        digest = digest_of(data)
        with self._best_effort():
            if self.usable and not (self.folder / digest).exists():
                write_whole(self.folder / digest, data)
        return digest

    def add(self, pieces: Iterable[bytes]) -> str | None:
        """Add an entry that comes in pieces, and is never in memory as a whole; returns its digest, None if it cannot be written."""
        found = hashlib.sha256()

        def read() -> Iterator[bytes]:
            for piece in pieces:
                found.update(piece)
                yield piece

        with self._best_effort():
            if self.usable:
                write_pieces(self.folder, read(), found.hexdigest)
                return found.hexdigest()
        return None

    def adopt(self, digest: str, path: Path) -> None:
        """Add a finished file, whose digest is known: as a hard link, or as a copy where there are none."""
        with self._best_effort():
            if self.usable and not (self.folder / digest).exists():
                try:
                    os.link(path, self.folder / digest)
                except OSError:
                    write_whole(self.folder / digest, path.read_bytes())

    def link(self, digest: str, target: str) -> bool:
        """Put an entry at `target`, as a hard link or as a copy, in place of any file there; False if it is damaged."""
        there = self.is_sound(digest) or self.get(digest) is not None
        source = self.folder / digest
        with contextlib.suppress(OSError):
            if there and os.path.samestat(os.lstat(source), os.lstat(target)):
                return True
        if not there:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108 - called thousands of times
            return False
        try:
            os.link(source, target)
        except OSError:  # something is there, which somebody may be reading, or the system makes no links
            data = self.get(digest)
            if data is None:
                return False
            self._replace(source, data, Path(target))
        return True

    @staticmethod
    def _replace(source: Path, data: bytes, target: Path) -> None:
        """Put an entry in the place of a file, in one step: at no moment is there none, or half of one."""
        part = target.with_name(f".{target.name}.part")
        try:
            part.unlink(missing_ok=True)
            os.link(source, part)
            part.replace(target)
        except OSError:
            write_whole(target, data)

    def is_sound(self, digest: str) -> bool:
        """Whether an entry is known to be as its name says: verified in this run, or in one before and not changed since."""
        if digest in self._verified or digest in self._unchanged:
            return True
        noted = self._noted.get(digest)
        if noted is None or noted != self._state(digest):
            return False
        self._unchanged.add(digest)
        return True

    def known_sound(self) -> frozenset[str]:
        """The entries that this process knows to be as their names say."""
        return frozenset(self._verified)

    def know(self, sound: Iterable[str]) -> None:
        """Take over what another process of this run knows of entries."""
        self._verified.update(sound)

    @functools.cached_property
    def _noted(self) -> Mapping[str, State]:
        """Digest -> how each entry looked that an earlier run verified."""
        value = self.load(VERIFIED)
        return value if isinstance(value, dict) else {}

    def _state(self, digest: str) -> State | None:
        """How an entry looks; None if it is no file.

        The time at which the inode changed says nothing here: it changes with every hard link.
        """
        try:
            looked = os.lstat(f"{self._top}/{digest}")
        except (OSError, ValueError):
            return None
        return (looked.st_size, looked.st_mtime_ns, looked.st_ino) if stat.S_ISREG(looked.st_mode) else None

    def inodes(self) -> dict[str, int]:
        """Digest -> inode of every entry, by which a hard link to it is recognised."""
        if not self.usable:
            return {}
        with os.scandir(self.folder) as entries:
            return {entry.name: entry.inode() for entry in entries if _DIGEST.fullmatch(entry.name)}

    # --- roots

    def load(self, name: str) -> Any:
        """Read the value of a root; None if there is none or it is damaged.

        Values are marshalled, never pickled: a store that comes from elsewhere can hold wrong data, but run no code.
        """
        digest = next(iter(self._named(name)), None)
        if digest is None:
            return None
        with contextlib.suppress(*DAMAGED):
            owner, value = marshal.loads(self.get(digest) or b"")  # noqa: S302 - plain values, verified by their digest
            if owner == name:
                return value
        self.damaged(name)
        return None

    def damaged(self, name: str) -> None:
        """Say that the value of a root cannot be used."""
        self.progress.say(f"{FOLDER}/{ROOTS}/{name} is damaged or another version's; what it kept is made again")

    def save(self, name: str, value: Any, entries: Iterable[str] = ()) -> None:
        """Write the value of a root, which keeps `entries` from being pruned.

        The name is kept with the value: two roots with equal values share no entry, so replacing one leaves the other.
        """
        if not self.usable:
            return
        before = self._named(name)[:1]
        digest = self.put(marshal.dumps((name, value)))
        with self._best_effort():
            write_whole(self.folder / ROOTS / name, "\n".join([digest, *entries]).encode())
            for old in before:
                if old != digest and _DIGEST.fullmatch(old):
                    (self.folder / old).unlink(missing_ok=True)

    def prune(self) -> None:
        """Delete the entries that no root needs, and note which of the others were verified."""
        if not self.usable:
            return
        with self._best_effort():
            roots = (path.name for path in (self.folder / ROOTS).iterdir())
            needed = {digest for name in roots if name != VERIFIED for digest in self._named(name)}
            sound = self._sound_states(needed)
            if sound != self._noted:
                self.save(VERIFIED, sound)
            self._delete_all_but(needed.union(self._named(VERIFIED)))

    def _delete_all_but(self, needed: Collection[str]) -> None:
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name not in needed and (_DIGEST.fullmatch(entry.name) or is_half_written(entry.name)):
                    os.unlink(entry.path)  # noqa: PTH108 - called thousands of times

    def _sound_states(self, needed: Collection[str]) -> dict[str, State]:
        """How the needed entries looked when they were verified, but those that changed too shortly before this run."""
        found = {digest: state for digest, state in self._noted.items() if digest in needed}
        for digest in self._verified.intersection(needed):
            state = self._state(digest)
            if state and state[1] < self.settled:
                found[digest] = state
        return found

    def _named(self, name: str) -> list[str]:
        """The digests in the file of a root: of its value, then of the entries that it needs."""
        path = self.folder / ROOTS / name
        try:
            return path.read_text("ascii").split("\n") if self.usable and path.is_file() else []
        except (OSError, ValueError):
            return []

    @contextlib.contextmanager
    def _best_effort(self) -> Iterator[None]:
        """Note an error in writing instead of raising it."""
        try:
            yield
        except OSError as error:
            self.progress.keeps_nothing(error)
