"""Watches a dossier's source files for changes: the system reports them, and a burst of reports is one change."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from explainer.base.portable_names import is_passing
from explainer.base.problems import ContentError
from explainer.kinds import registry
from explainer.library import addresses
from explainer.publish.mkdocs_words import CONFIGURATION

CALM = 0.06
"""Debounce interval: seconds without a report after which a burst of changes is over."""
LONGEST_STORM = 3.0
"""Maximum seconds of a burst, after which a build begins although files still change."""
POLLING = 0.5
"""Seconds between two looks at all files, where the system does not report changes."""
TURN = 1.0
"""Seconds after which a wait begins anew, because Windows lets nobody interrupt one without an end."""
_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""What changes a dossier; that a file is opened and read, as a build does, is no change."""


class Watcher(FileSystemEventHandler):
    """Reports of the system about a dossier's files, from its start to its end as a context manager."""

    def __init__(self, root: Path, theme: str | None, say: Callable[[str], None]) -> None:
        """Watch nothing yet. `say` hears once if the system cannot report changes."""
        self._root, self._theme, self._say = root, Path(theme) if theme else None, say
        self._news = threading.Condition()
        self._reported: set[str] = set()
        self._polls = False
        self._observer: BaseObserver = Observer()
        self._watches: dict[tuple[str, bool], tuple[tuple[int, int], ObservedWatch]] = {}
        """Path and whether the folders in it count -> device and inode, and the watch."""

    def __enter__(self) -> Self:
        """Begin to collect reports."""
        try:
            self._observer.start()
        except OSError as error:
            self._poll(error)
        self._follow()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop collecting."""
        self._observer.stop()
        if self._observer.is_alive():
            self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note the paths of a report; called by a thread of the observer."""
        with self._news:
            self._reported |= {os.fsdecode(path) for path in (event.src_path, event.dest_path) if path}
            self._news.notify_all()

    def wait(self) -> None:
        """Block until sources change and the burst of changes ends, at most LONGEST_STORM seconds later."""
        while not self._changed(self._next(TURN)):
            pass
        started = time.monotonic()
        while time.monotonic() - started < LONGEST_STORM and self._changed(self._next(CALM)):
            pass
        self._follow()  # before the build, which reads what lies in new folders by now

    def has_news(self) -> bool:
        """Whether sources changed since the last wait; what else was reported is forgotten."""
        with self._news:
            reported = set(self._reported)
        if self._changed(reported):
            return True
        with self._news:
            self._reported -= reported
        return False

    def _next(self, seconds: float) -> set[str]:
        """The paths reported since the last call; waits at most so many seconds for one."""
        with self._news:
            self._news.wait_for(lambda: self._reported, timeout=seconds)
            found, self._reported = self._reported, set()
        return found

    def _changed(self, reported: set[str]) -> bool:
        if not reported:
            return False
        made = _made(self._root)
        return any(self._is_source(Path(path), made) for path in reported)

    def _is_source(self, path: Path, made: frozenset[str]) -> bool:
        """Whether a path is a source, or a folder above the sources, and not a file that the generator writes."""
        docs = self._root / "docs"
        if path.is_relative_to(docs) and path != docs:
            first = path.relative_to(docs).parts[0]
            if first in made or path == docs / addresses.HOME:
                return False
        for place in self._places():
            if path.is_relative_to(place):
                return not any(is_passing(part) for part in path.relative_to(place).parts)
            if place.is_relative_to(path):
                return True
        return False

    def _places(self) -> Iterator[Path]:
        """Records, hand-written pages, own kinds, configuration and theme."""
        yield self._root / "content"
        yield self._root / "docs"
        yield self._root / registry.FOLDER
        yield self._root / CONFIGURATION
        if self._theme:
            yield self._theme

    def _wanted(self) -> Iterator[tuple[Path, bool]]:
        """Folders to watch, each with whether those in it count; never the folders of pages that the generator writes."""
        docs = self._root / "docs"
        for place in self._places():
            yield next(path for path in place.parents if path.is_dir()), False  # where the place itself comes and goes
            if place.is_dir():
                yield place, place != docs
        if docs.is_dir():
            made = _made(self._root)
            for path in sorted(docs.iterdir()):
                if path.name not in made and not is_passing(path.name) and path.is_dir():
                    yield path, True

    def _follow(self) -> None:
        """Watch the folders that are there now, and no longer those that are gone or replaced."""
        try:
            wanted = {(os.fspath(path), deep): _identity(path) for path, deep in self._wanted()}
        except FileNotFoundError:  # a folder went in this moment, which is a change as well
            self._again()
            return
        for key in [key for key, (identity, _) in self._watches.items() if wanted.get(key) != identity]:
            self._observer.unschedule(self._watches.pop(key)[1])
        try:
            for key in sorted(wanted.keys() - self._watches.keys()):
                self._add(key, wanted[key])
        except OSError as error:
            if not self._polls:
                self._poll(error)
                self._follow()

    def _add(self, key: tuple[str, bool], identity: tuple[int, int]) -> None:
        """Watch one folder; raises OSError if the system watches no more of them."""
        try:
            watch = self._observer.schedule(self, key[0], recursive=key[1], event_filter=_EVENTS)
        except FileNotFoundError:
            self._again()
        else:
            self._watches[key] = identity, watch

    def _again(self) -> None:
        with self._news:
            self._reported.add(os.fspath(self._root))

    def _poll(self, error: OSError) -> None:
        """Look at all files again and again instead, because the system reports no changes or no more of them."""
        self._observer.stop()
        self._polls, self._watches = True, {}
        self._observer = PollingObserver(timeout=POLLING)
        self._observer.start()
        self._say(
            f"This system does not report changes of files ({error.strerror or error}); "
            f"they are looked for every {POLLING:g} s, which takes more of its time"
        )


def _identity(path: Path) -> tuple[int, int]:
    """What tells a folder from another one that takes its path."""
    stat = path.stat()
    return stat.st_dev, stat.st_ino


def _made(root: Path) -> frozenset[str]:
    """The folders of `docs/` that the generator writes; those of the engine while a kind cannot be loaded."""
    try:
        return frozenset(addresses.owned(registry.load(root)))
    except (ContentError, OSError):  # a folder that goes in this moment
        return frozenset(addresses.owned(registry.ENGINE))
