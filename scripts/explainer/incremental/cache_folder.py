"""Folders in `.cache/`: whether one can be used, and a temporary folder instead of one that cannot."""

import contextlib
import errno
import tempfile
from collections.abc import Iterator
from pathlib import Path

from explainer.base.progress import Progress

TAG = "CACHEDIR.TAG"
"""The file that marks a folder as a cache (https://bford.info/cachedir/); backup programs know it as well."""
_SIGNATURE = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of `explainer build`; it may be deleted at any time.\n"
)


@contextlib.contextmanager
def usable(folder: Path, progress: Progress | None = None) -> Iterator[Path]:
    """Yield the cache folder, creating it if missing; fall back to a temporary folder, deleted on exit.

    An unusable folder (owned by another user, on a read-only disk, or a file of that name) only makes the next run
    slower, so the reason is noted in `progress` and nothing is raised.
    """
    trouble = trouble_with(folder)
    if trouble is None:
        yield folder
        return
    if progress is not None:
        progress.keeps_nothing(trouble)
    with tempfile.TemporaryDirectory(prefix="explainer-", ignore_cleanup_errors=True) as other:
        yield Path(other) / folder.name


def unkept(progress: Progress) -> str:
    """Warning that the run could not write its cache; empty if it could."""
    return progress.unkept and (
        f".cache/ cannot be used ({progress.unkept}); expected a folder that can be written; "
        "mend its permissions or delete it; until then every run does all the work anew"
    )


def _claim(folder: Path) -> None:
    """Mark a linked folder as a cache of ours. Raises OSError where it holds files and no such mark.

    Builds delete what they no longer need from their caches, so a link must never make a folder of records, or of
    another program, look like one.
    """
    if not (folder.is_symlink() or folder.parent.is_symlink()) or (folder / TAG).is_file():
        return
    if any(folder.iterdir()):
        raise OSError(errno.ENOTEMPTY, "it is a link to a folder that holds something else")
    (folder / TAG).write_bytes(_SIGNATURE.encode())


def trouble_with(folder: Path) -> OSError | None:
    """Return the error that makes a folder unusable, or None; tests by writing, as permission bits do not bind root."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _claim(folder)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error
