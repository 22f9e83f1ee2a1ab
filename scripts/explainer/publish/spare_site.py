"""The site before the last, put aside in `.cache/store/spare/`: its folders and unchanged files become the next site's."""

import os
from collections.abc import Mapping
from pathlib import Path

from explainer.base.files import remove_empty
from explainer.incremental.store import Store
from explainer.publish import manifest


def place(store: Store) -> Path | None:
    """Where the site before the last is put; None if nothing can be kept."""
    return store.folder / "spare" if store.usable else None


class SpareSite:
    """The site before the last, of which the next one keeps what is the same."""

    def __init__(self, store: Store) -> None:
        """Take the store, beside whose entries it lies."""
        self._store = store
        self._left: dict[str, str] | None = None
        """Address -> digest of the files that are left in it, once it is pruned."""

    def prune(self, wanted: Mapping[str, str]) -> None:
        """Delete all files but the hard links of entries that are wanted, because writing to one would write through its hard link.

        `wanted` maps address -> digest. Raises OSError if the spare folder is missing or unusable.
        """
        spare = place(self._store)
        if spare is None:
            return
        if spare.is_symlink():  # the link's target is not ours
            spare.unlink()
        if self._left is None:
            known = self._store.inodes()
            placed: set[str] = set()
            _prune(os.fspath(spare), {path: known.get(digest) for path, digest in wanted.items()}, placed)
            self._left = {path: wanted[path] for path in placed}
        for path in [path for path, digest in self._left.items() if wanted.get(path) != digest]:
            del self._left[path]
            (spare / path).unlink()
            remove_empty(spare, (spare / path).parent)

    def reuse(self, site: str, wanted: Mapping[str, str]) -> frozenset[str]:
        """Replace the empty folder `site` by the spare one, pruned. Returns the addresses that have their file already."""
        spare = place(self._store)
        try:
            self.prune(wanted)
            if spare is None or self._left is None:
                return frozenset()
            (spare / manifest.STAGING).touch()
            Path(site, manifest.STAGING).unlink(missing_ok=True)
            os.rmdir(site)  # noqa: PTH106 - `site` is a str
            spare.rename(site)
        except OSError:  # the spare folder is missing or unusable
            os.makedirs(site, exist_ok=True)  # noqa: PTH103 - as above
            return frozenset()
        placed, self._left = frozenset(self._left), None
        return placed


def _prune(top: str, wanted: Mapping[str, int | None], placed: set[str], inside: str = "") -> bool:
    """Delete all files below a folder except those in `wanted` (address -> inode), and folders left empty.

    The addresses of the files that are left are added to `placed`. Returns whether any file is left. Raises OSError if something cannot be deleted.
    """
    stays = False
    with os.scandir(top) as entries:
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if _prune(entry.path, wanted, placed, f"{path}/"):
                    stays = True
                else:
                    os.rmdir(entry.path)  # noqa: PTH106 - called thousands of times
            elif wanted.get(path) == entry.inode():
                placed.add(path)
                stays = True
            else:
                os.unlink(entry.path)  # noqa: PTH108 - as above
    return stays
