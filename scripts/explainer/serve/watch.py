"""Notices which files of a dossier changed."""

import contextlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.library import addresses
from explainer.publish import builder

OFTEN = 0.15
"""Seconds between two looks at the files."""
CALM = 0.06
"""Seconds without a change after which a storm of changes is over."""
LONGEST_STORM = 3.0
OWN_FOLDERS = "/-/explainer/"

Moments = dict[str, tuple[int, int]]
"""File -> when it was last changed, and its size."""


def watched(root: Path, theme: str | None) -> Iterator[Path]:
    """What a site is made of: records, pages that people wrote, configuration and theme."""
    yield root / "content"
    yield root / "docs"
    yield root / builder.CONFIGURATION
    if theme:
        yield Path(theme)


def moments(root: Path, places: Iterable[Path]) -> Moments:
    """When each file was last changed; what the generator itself writes is left out."""
    found: Moments = {}
    docs = os.fspath(root / "docs")
    for place in places:
        if place.is_file():
            _note(found, os.fspath(place))
        for base, folders, names in os.walk(place):
            folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
            if base == docs:
                folders[:] = [name for name in folders if name not in addresses.GENERATED]
                names = [name for name in names if name != addresses.HOME]  # noqa: PLW2901 - what is left of them
            for name in names:
                if not name.startswith(".") and not name.endswith("~"):
                    _note(found, os.path.join(base, name))  # noqa: PTH118 - thousands of times
    return found


def _note(found: Moments, path: str) -> None:
    with contextlib.suppress(OSError):
        stat = os.stat(path)  # noqa: PTH116 - thousands of times
        found[path] = (stat.st_mtime_ns, stat.st_size)


def changed_files(root: Path, places: tuple[Path, ...], before: Moments) -> Moments:
    """Wait for a change and for the end of the storm that it may be part of; what the files are then."""
    while (now := moments(root, places)) == before:
        time.sleep(OFTEN)
    started = time.monotonic()
    while time.monotonic() - started < LONGEST_STORM:
        time.sleep(CALM)
        then, now = now, moments(root, places)
        if then == now:
            break
    return now
