"""Watches a dossier's source files for changes by polling."""

import contextlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.base.problems import ContentError
from explainer.kinds import registry
from explainer.library import addresses
from explainer.publish import builder

OFTEN = 0.15
"""Polling interval in seconds."""
CALM = 0.06
"""Debounce interval: seconds without a change after which a burst of changes is over."""
LONGEST_STORM = 3.0
OWN_FOLDERS = "/-/explainer/"

Moments = dict[str, tuple[int, int]]
"""File -> modification time in nanoseconds and size in bytes."""


def watched(root: Path, theme: str | None) -> Iterator[Path]:
    """Paths to watch: records, hand-written pages, own kinds, configuration and theme."""
    yield root / "content"
    yield root / "docs"
    yield root / registry.FOLDER
    yield root / builder.CONFIGURATION
    if theme:
        yield Path(theme)


def moments(root: Path, places: Iterable[Path]) -> Moments:
    """Take a snapshot of all watched files, without those that the generator writes."""
    found: Moments = {}
    docs, made = os.fspath(root / "docs"), _made(root)
    for place in places:
        if place.is_file():
            _note(found, os.fspath(place))
        for base, folders, names in os.walk(place):
            folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
            if base == docs:
                folders[:] = [name for name in folders if name not in made]
                names = [name for name in names if name != addresses.HOME]  # noqa: PLW2901 - filtered
            for name in names:
                if not name.startswith(".") and not name.endswith("~"):
                    _note(found, os.path.join(base, name))  # noqa: PTH118 - called thousands of times
    return found


def _made(root: Path) -> frozenset[str]:
    """The folders of `docs/` that the generator writes; those of the engine while a kind cannot be loaded."""
    try:
        return frozenset(addresses.generated(registry.load(root)))
    except ContentError:
        return frozenset(addresses.generated(registry.ENGINE))


def _note(found: Moments, path: str) -> None:
    with contextlib.suppress(OSError):
        stat = os.stat(path)  # noqa: PTH116 - called thousands of times
        found[path] = (stat.st_mtime_ns, stat.st_size)


def changed_files(root: Path, places: tuple[Path, ...], before: Moments) -> Moments:
    """Block until files change and the burst of changes ends (at most LONGEST_STORM seconds). Returns the new snapshot."""
    while (now := moments(root, places)) == before:
        time.sleep(OFTEN)
    started = time.monotonic()
    while time.monotonic() - started < LONGEST_STORM:
        time.sleep(CALM)
        then, now = now, moments(root, places)
        if then == now:
            break
    return now
