"""Renders the pages of a site in several processes, forked once MkDocs knows the site's files and navigation.

The parent renders the first share itself. A forked worker continues the same MkDocs build with its own share, so that
nothing has to be sent to it, and reports twice: titles and metadata for the navigation, then the entries of its rendered
pages and its warnings. A pool cannot do this, because a worker begins in the middle of a build.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection, Pipe
from typing import Any, NoReturn

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from explainer.base import refusals
from explainer.base.apart import LOST, REFUSED, processes
from explainer.publish.fingerprints import beside
from explainer.publish.page_index import KeptPage
from explainer.publish.shards import spread
from explainer.publish.swap import PublishError

FEW = 24
"""Minimum number of pages per worker; rendering fewer is faster than forking a process."""


COPIED = 200
"""Cost of a file that is copied, in bytes of Markdown that are rendered."""


def dealt(weights: Mapping[str, int], jobs: int, copied: int = 0) -> dict[str, int]:
    """Page -> number of the process that renders it; the first one copies a number of files besides."""
    return spread(weights, [copied * COPIED, *[0] * (processes(jobs, len(weights) // FEW) - 1)])


class _Records(logging.Handler):
    """Log handler of a forked worker: collects warnings, which the parent logs."""

    def __init__(self, records: list[tuple[str, int, str]]) -> None:
        """Take the list to which records are appended."""
        super().__init__(logging.WARNING)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        """Append one log record."""
        self.records.append((record.name, record.levelno, record.getMessage()))


class WorkerError(Exception):
    """A worker could not render a page: what MkDocs said there."""

    def __init__(self, said: list[str]) -> None:
        """Take the warnings, or what was raised."""
        super().__init__("a page could not be rendered")
        self.said = said


class PageWorkers:
    """The processes that render the pages of one build, seen from one of them."""

    def __init__(self, jobs: int) -> None:
        """Set the maximum number of processes; forks none."""
        self.jobs = jobs
        self.shares: dict[str, int] = {}
        """Source of each page to render -> number of the process that renders it."""
        self._own = 0
        """The number of this process; 0 is the parent."""
        self._parent = os.getpid()
        self._up: Connection | None = None
        """The connection to the parent; None in the parent itself."""
        self._down: dict[int, Connection] = {}
        """Process id -> connection of each worker; empty in the workers."""
        self._counts = multiprocessing.RawArray("I", 1)
        """The number of pages that each process has rendered, in shared memory."""
        self._records: list[tuple[str, int, str]] = []
        """Warnings logged in a forked worker: logger, level, message."""

    @property
    def forked(self) -> bool:
        """Whether this process is a forked worker."""
        return self._up is not None

    def deal(self, sizes: Mapping[str, int], copied: int) -> None:
        """Share out the pages to render: source -> size of its Markdown; the parent copies a number of files besides."""
        self.shares = dealt(sizes, self.jobs, copied)

    def fork(self, config: MkDocsConfig) -> frozenset[str]:
        """Fork the workers, if any, and return the sources of the pages that other processes render.

        Only the parent builds the rest of the site: a forked worker renders no templates of the theme, writes into a
        folder of its own and keeps its warnings for the parent. Raises PublishError if a fork fails.
        """
        last = max(self.shares.values(), default=0)
        self._counts = multiprocessing.RawArray("I", last + 1)
        for own in range(1, last + 1):
            if self._forked_as(own):
                logging.getLogger("mkdocs").addHandler(_Records(self._records))
                config.theme.static_templates = set()
                config.site_dir = beside(config.site_dir, own)
                break
        return frozenset(page for page, share in self.shares.items() if share != self._own)

    def _forked_as(self, own: int) -> bool:
        """Fork the worker with a number; returns True in the worker."""
        here, there = Pipe()
        try:
            pid = os.fork()
        except OSError as error:
            raise PublishError(REFUSED.format(error.strerror)) from error
        if pid:
            there.close()
            self._down[pid] = here
            return False
        for connection in (here, *self._down.values()):
            connection.close()
        self._own, self._up, self._down = own, there, {}
        return True

    def exchange(self, mine: dict[str, Any]) -> dict[str, Any]:
        """Merge the dictionaries of all processes and return the result in each."""
        if self._up is not None:
            self._up.send((True, mine))
            everything: dict[str, Any] = self._up.recv()
            return everything
        merged = dict(mine)
        for connection in self._down.values():
            merged |= _answer(connection)
        for connection in self._down.values():
            connection.send(merged)
        return merged

    def count(self) -> int:
        """Count one more rendered page and return the total of all processes; a worker whose parent is gone exits."""
        if self.forked and os.getppid() != self._parent:
            os._exit(1)
        self._counts[self._own] += 1
        return sum(self._counts)

    def collect(self, rendered: Mapping[str, KeptPage]) -> dict[str, KeptPage]:
        """Merge the rendered pages of all processes and log their warnings; a forked worker reports its own and exits."""
        if self.forked:
            self._leave((rendered, self._records), well=True)
        found = dict(rendered)
        for connection in self._down.values():
            theirs, records = _answer(connection)
            found |= theirs
            for name, level, words in records:
                logging.getLogger(name).log(level, "%s", words)
        return found

    def fail(self, error: BaseException) -> None:
        """Report an error and the warnings before it to the parent, and exit; does nothing in the parent itself."""
        if self.forked:
            words = [words for _, _, words in self._records]
            self._leave(error if refusals.is_of_the_system(error) else words or [str(error).strip()], well=False)

    def _leave(self, said: object, *, well: bool) -> NoReturn:
        """Send a last message to the parent and exit at once: the rest of the build is the parent's to do."""
        with contextlib.suppress(OSError):
            if self._up is not None:
                self._up.send((well, said))
        os._exit(0 if well else 1)

    def end(self) -> None:
        """Kill and reap the workers that are still running."""
        for pid, connection in self._down.items():
            connection.close()
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
        self._down = {}


def _answer(connection: Connection) -> Any:
    """Receive the next message of a worker; raises WorkerError or its OSError if it failed, PublishError if it exited early."""
    try:
        well, found = connection.recv()
    except (EOFError, OSError) as error:
        raise PublishError(LOST) from error
    if not well:
        raise found if isinstance(found, OSError) else WorkerError(found)
    return found


def check_anchors(files: Files, pages: Mapping[str, KeptPage], shares: Mapping[str, int], level: int) -> None:
    """Log missing anchors, as MkDocs does, for links to a rendered page from one of another worker or the cache."""
    for source, kept in pages.items():
        file = files.src_uris[source]
        others = {
            files.src_uris[to]: anchors
            for to, anchors in kept.links.items()
            if to in shares and shares[to] != shares.get(source) and to in files.src_uris
        }
        if others and file.page is not None:
            file.page.links_to_anchors = others
            file.page.validate_anchor_links(files=files, log_level=level)
