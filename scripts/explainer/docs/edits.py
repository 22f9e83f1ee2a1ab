"""Writes files that editors own: new and reformatted records, JSON Schemas, results of link checks."""

import os
from collections.abc import Mapping
from pathlib import Path

from explainer.base.files import text_of_file, write_whole
from explainer.docs import content
from explainer.library import link_status
from explainer.library.link_status import Visit


def write_new(root: Path, path: str, data: bytes) -> None:
    """Create a file; raises FileExistsError if it exists, so that nothing is ever overwritten."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    place = root / path
    file = place.open("xb")
    try:
        with file:
            file.write(data)
    except BaseException as error:  # a full disk, or Ctrl-C; half a file would be in the way of the next try
        place.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, os.fspath(place)) from error
        raise


def overwrite(root: Path, path: str, data: bytes) -> None:
    """Replace the contents of a file that editors own, atomically."""
    write_whole(content.place(root, path), data)


def visits(root: Path) -> dict[str, Visit]:
    """Load URL -> last visit, as the link checker stored it."""
    return link_status.read(text_of_file(root / link_status.NAME))


def sync_folder(root: Path, folder: str, files: Mapping[str, str]) -> list[str]:
    """Write files into a folder and delete its other `.json` files; returns the paths that changed, sorted."""
    there = {path.relative_to(root).as_posix(): path for path in (root / folder).glob("*.json")}
    changed = [path for path, text in files.items() if text_of_file(root / path) != text]
    for path in changed:
        write_whole(root / path, files[path].encode())
    gone = sorted(set(there) - set(files))
    for path in gone:
        there[path].unlink()
    return sorted([*changed, *gone])
