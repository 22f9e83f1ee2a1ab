"""Digests of files that earlier runs read, so that a file which nobody touched since is not read again.

As in git's index, a file is taken for unchanged if its size, its times and its inode are as they were when it was read,
and if it was not changed right before: a file system may give two changes within one tick of its clock the same time
(git's "racy" entries), so such a file is read once more by the next run.
"""

import os
import stat

from explainer.base.files import digest_of
from explainer.incremental.store import DAMAGED, Store

PAGES, SITE = "seen-by-pages", "seen-by-site"
"""The roots of the store that hold them: of the files in `docs/` that the generator compares, and of all that a site is made from."""
State = tuple[int, int, int, int]
"""Size, times of the last change of the content and of the inode in nanoseconds, and inode."""


class SeenFiles:
    """The digests of some files, by path; those that an earlier run saw come from the store."""

    def __init__(self, store: Store | None = None, name: str = PAGES) -> None:
        """Load what the store knows under a name; without a store every file is read."""
        self._store, self._name = store, name
        self._before: dict[str, tuple[State, str]] = {}
        self._now: dict[str, tuple[State, str]] = {}
        if store:
            self._load(store)

    def _load(self, store: Store) -> None:
        try:
            known = dict(store.load(self._name) or {})
            if not all(isinstance(digest, str) for _, digest in known.values()):
                raise ValueError(self._name)
            self._before = known
        except DAMAGED:
            store.damaged(self._name)

    def digest(self, path: str) -> str:
        """SHA-256 of a file, which is read if it may have changed; raises OSError if it cannot be."""
        return self.of(path, os.lstat(path))

    def of(self, path: str, looked: os.stat_result) -> str:
        """The same of a file that was looked at already; `looked` is what `os.lstat` told of it."""
        state = (looked.st_size, looked.st_mtime_ns, looked.st_ctime_ns, looked.st_ino)
        known = self._now.get(path) or self._before.get(path)
        if known is None or known[0] != state or not stat.S_ISREG(looked.st_mode):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - called thousands of times
                known = (state, digest_of(file.read()))
        self._now[path] = known
        return known[1]

    def save(self) -> None:
        """Keep the digests of the files that this run asked for, but of those that changed too shortly before it."""
        if self._store is None:
            return
        settled, before = self._store.settled, self._before
        kept = {
            path: known
            for path, known in self._now.items()
            if known is before.get(path) or max(known[0][1:3]) < settled
        }
        if kept != before:
            self._store.save(self._name, kept)
