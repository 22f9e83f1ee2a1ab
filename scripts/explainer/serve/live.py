"""State of the server for editors: the last good site, the pages that are newer than it, what is wrong, and what is to come."""

import hashlib
import os
import posixpath
import threading
import time
import traceback
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import field
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from explainer import build
from explainer.base import refusals
from explainer.base.dataclass import dataclass
from explainer.base.problems import ContentError
from explainer.base.progress import Progress
from explainer.build import Ready
from explainer.incremental.results import LastRun
from explainer.incremental.store import Store
from explainer.publish import builder, swap
from explainer.publish.one_page import PageMaker
from explainer.publish.swap import PublishError
from explainer.serve import later_search
from explainer.serve.first_pages import FirstPages, hand_written
from explainer.serve.page_script import to_go

OPEN = 30.0
"""Seconds since its browser last asked for news in which a page counts as open."""
SELDOM = 0.3
"""Shortest time in seconds between two tellings of how many pages are to come."""
_BARE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>explainer</title></head><body></body></html>'


class Superseded(BaseException):
    """Raised to give up a build because sources changed again; no error, so that nothing takes it for one."""


class FoundFile(NamedTuple):
    """What there is at an address of the site."""

    name: str
    """Path of the file in the site."""
    data: bytes
    status: HTTPStatus = HTTPStatus.OK
    moved: bool = False
    """Whether the address lacks a slash at its end."""


@dataclass
class Live:
    """The last good site and the pages that are newer; one thread builds, those of the server read."""

    root: Path
    site: Path
    jobs: int
    say: Callable[[str], None] = lambda _: None
    changed: Callable[[], bool] = lambda: False
    """Whether sources changed since the build began."""
    problems: tuple[str, ...] = ()
    left: int = 0
    """How many pages are still to be made."""
    mount: str = "/"
    """URL path under which the site is served: the path of its own URL."""
    news: threading.Condition = field(default_factory=threading.Condition)
    opened: dict[str, float] = field(default_factory=dict)
    """Address of a page, relative to the site -> when its browser last asked for it, or for news of it."""
    first: Mapping[str, bytes] = field(default_factory=dict)
    """Path in the site -> bytes of what was made before the rest of the site."""
    _last: LastRun | None = None
    _maker: PageMaker | None = None
    _written: Mapping[str, str] = field(default_factory=dict)
    """Path -> text of the hand-written pages of the last build."""

    # --- for the server

    def find(self, name: str) -> FoundFile:
        """What there is at a path below the address of the site."""
        is_folder = os.path.isdir(self.site / name)  # noqa: PTH112 - a Path raises for a name that no system can have
        if is_folder and name and not name.endswith("/"):
            return FoundFile(name, b"", HTTPStatus.FOUND, moved=True)
        target = posixpath.join(name, "index.html") if is_folder or name.endswith("/") else name
        data = self._read(target)
        if data is not None:
            return FoundFile(target, data)
        return FoundFile("404.html", self._read("404.html") or _BARE.encode(), HTTPStatus.NOT_FOUND)

    def _read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none, or if it lies outside the site."""
        if (made := self.first.get(name)) is not None:
            return made
        try:
            target = self.site / name
            return target.read_bytes() if target.resolve().is_relative_to(self.site.resolve()) else None
        except (OSError, ValueError):
            return None

    def version(self, data: bytes) -> str:
        """Version of a page: it differs where a browser would show something else."""
        return hashlib.sha256(data + "\n".join(self.problems).encode()).hexdigest()[:16]

    def local(self, path: str) -> str | None:
        """The path below the address of the site, of one on the host; None if it is not of the site."""
        path = posixpath.normpath("/" + urllib.parse.unquote(path).lstrip("/")) + ("/" if path.endswith("/") else "")
        path = path.replace("//", "/")
        return path.removeprefix(self.mount) if path.startswith(self.mount) else None

    def wait(self, name: str, version: str, left: str, patience: float) -> str:
        """Block until a page has another version, or other numbers are left; returns the version of the page."""
        self.open(name)
        with self.news:
            self.news.wait_for(
                lambda: self.version(self.find(name).data) != version or str(self.left) != left, timeout=patience
            )
            self.open(name)
            return self.version(self.find(name).data)

    def open(self, name: str) -> None:
        """Note that a browser shows a page."""
        self.opened[name] = time.monotonic()

    # --- for the builder

    def refresh(self) -> str:
        """Build anew and notify waiting browsers. Returns a summary of the build, or its problems."""
        before = self.first
        try:
            if not self.root.is_dir():
                raise PublishError(f"{self.root} is gone; expected the dossier's folder; bring it back")  # noqa: TRY301 - reported like every failure
            with swap.alone(self.root, lambda _: None):
                said = self._build()
        except Superseded:
            return f"Saved again with {to_go(self.left)}; begins anew" if self.left else "Saved again; begins anew"
        except Exception as error:  # noqa: BLE001 - an own kind may raise anything, and will be mended while this runs
            problems = _told(error)
            self._tell(problems=problems, left=0, first=before)
            return "\n".join(problems)
        return said

    def _build(self) -> str:
        started = time.perf_counter()
        progress = _Watched(self)
        given = build.ready(self.root, Store(self.root, progress), progress, self._last)
        self._make_first(given, started)
        library, plan = build.generate(self.root, progress, jobs=self.jobs, given=given)
        self._last = given.kept.left(library.shared)
        about, digests = library.dossier, plan.digests
        del library, given, plan  # so that they can be freed
        written = hand_written(self.root)
        built = builder.build(
            self.root, self.site, about, progress=progress, jobs=self.jobs, last_search=True, generated=digests
        )
        self.mount = urllib.parse.urlsplit(about.url).path.rstrip("/") + "/"
        if built.warm is not None:
            self._maker, self._written = PageMaker(built.warm, self.site.with_name("first")), written
        self._tell(problems=(), left=0, first={})
        return f"{built.rendered:,} of {built.pages:,} pages rendered in {time.perf_counter() - started:.2f} s"

    def _make_first(self, given: Ready, started: float) -> None:
        """Make and show the pages that an editor wants to see, before the others are made."""
        maker = self._maker
        if maker is None or given.kept.about != (self._last.about if self._last else ""):
            return  # settings or words changed, which every page may show
        texts = hand_written(self.root)
        changed = {path: text for path, text in texts.items() if self._written.get(path) != text}
        pages = FirstPages(self.root, given, changed)
        self.count(len(pages.stale))
        for done, path in enumerate(pages.wanted(self._opened()), 1):
            try:
                shown = pages.made(path, maker)
            except Exception:  # noqa: BLE001 - the build that follows says what is wrong, whatever it is
                self._maker = None  # it may be half-way through the page
                return
            left = len(pages.stale) - done
            self._tell(problems=(), left=left, first={**self.first, **shown})
            self.say(f"{path} shown after {time.perf_counter() - started:.2f} s; {to_go(left)}")
            if self.changed():
                raise Superseded

    def _opened(self) -> list[str]:
        """The pages that browsers show, the one that was asked for last first."""
        now = time.monotonic()
        return [name for name, seen in sorted(self.opened.items(), key=lambda item: -item[1]) if now - seen < OPEN]

    def _tell(self, *, problems: tuple[str, ...], left: int, first: Mapping[str, bytes]) -> None:
        with self.news:
            self.problems, self.left, self.first = problems, left, first
            self.news.notify_all()

    def count(self, left: int) -> None:
        """Tell how many pages are still to come."""
        with self.news:
            self.left = left
            self.news.notify_all()

    def search(self) -> None:
        """Update the search index after the build, in this process."""
        later_search.update(self.root, self.site)


class _Watched(Progress):
    """Progress of a build that gives it up when sources change, and tells how many pages are to come."""

    def __init__(self, live: Live) -> None:
        """Tell `live`."""
        super().__init__()
        self._live, self._told = live, 0.0

    def show(self) -> None:
        """Called at the start of a stage and after each page."""
        if self._live.changed():
            raise Superseded
        if self.stage == "render" and (time.monotonic() - self._told > SELDOM or not self.done):
            self._told = time.monotonic()
            self._live.count(self.total - self.done)


def _told(error: Exception) -> tuple[str, ...]:
    """Why a build failed, in lines for people."""
    if isinstance(error, ContentError):
        return tuple(str(problem) for problem in error.problems)
    if isinstance(error, PublishError):
        return tuple(str(error).splitlines())
    if isinstance(error, OSError):
        return (refusals.in_words(error),)
    last = traceback.extract_tb(error.__traceback__)[-1]
    reason = str(error).split("\n")[0]
    return (f"{last.filename}:{last.lineno}: failed ({type(error).__name__}: {reason})",)
