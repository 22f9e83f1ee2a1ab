"""Where a build may leave something for the next one; elsewhere for as long as it lasts, where it may not."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from explainer.base.progress import Progress


@contextlib.contextmanager
def usable(folder: Path, progress: Progress | None = None) -> Iterator[Path]:
    """A folder of `.cache/`, made where it is missing; one that is deleted afterwards where nothing can be kept in it.

    Another user's, a disk that can only be read, a file in its place: each costs time and nothing else. `progress` is
    told.
    """
    trouble = _trouble(folder)
    if trouble is None:
        yield folder
        return
    if progress is not None:
        progress.keeps_nothing(trouble)
    with tempfile.TemporaryDirectory(prefix="explainer-", ignore_cleanup_errors=True) as other:
        yield Path(other) / folder.name


def unkept(progress: Progress) -> str:
    """What people are told where a run could leave nothing for the next one; empty where it could."""
    return progress.unkept and (
        f".cache/ cannot be used ({progress.unkept}); expected a folder that can be written; "
        "mend its permissions or delete it; until then every run does all the work anew"
    )


def _trouble(folder: Path) -> OSError | None:
    """What keeps a folder from being used; found by trying, because root is refused by other things than permissions."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.scandir(folder).close()
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error
