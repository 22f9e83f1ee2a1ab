"""Generates the pages for a command, in a process of its own if that takes much memory or time."""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from explainer.base import heap
from explainer.base.problems import ContentError
from explainer.base.progress import Progress
from explainer.cli.terminal import counted

if TYPE_CHECKING:
    from explainer.base.shard import Shard
    from explainer.incremental.store import Store
    from explainer.publish.untouched import Look
    from explainer.records.dossier import Dossier

MANY = 1_000
"""Number of new files above which records are freed before rendering, since each page worker would hold them."""
MANY_FILES = 20_000
"""Number of files in docs/ above which records are freed in any case, since they and the site together take much memory."""
LARGE = 2_000_000
"""Bytes of content/ from which on pages are generated in a process of its own, whose memory the system has back."""


class Generated(NamedTuple):
    """What generating the pages leaves for building the site."""

    about: "Dossier"
    """The dossier's settings."""
    told: str
    """A sentence on how many files were written."""
    digests: Mapping[str, str]
    """Path in `docs/` -> digest of every file that was written or found as it is."""


class _Step(NamedTuple):
    """What is told once the pages are written, and once more when all that the next run takes is kept."""

    found: Generated | ContentError | None
    seconds: Mapping[str, float]
    unkept: str
    sound: frozenset[str] = frozenset()
    """The entries of the store that are known to be as their names say."""
    seen: "Look | None" = None
    """What a look at `docs/` found then, in a process that has nothing else to do."""


class Generation:
    """Pages that are being generated."""

    def __init__(self, progress: Progress, store: "Store", answers: Iterator[_Step], *, beside: bool) -> None:
        """Take what is told of it, and whether it is done in a process beside this one."""
        self._progress, self._store, self._answers = progress, store, answers
        self.beside = beside
        self.seen: Look | None = None
        """What a look at `docs/` found, once all is kept."""

    def written(self) -> Generated:
        """Wait until the pages are written; what is done in this process is done to its end. Raises ContentError."""
        answer = next(self._answers)
        self._note(answer)
        found = answer.found
        if not self.beside:
            self.kept()
        if not isinstance(found, Generated):
            raise found or RuntimeError  # the first answer always tells what was found
        return found

    def kept(self) -> None:
        """Wait until what the next run takes is kept, too."""
        for answer in self._answers:
            self._note(answer)

    def _note(self, answer: _Step) -> None:
        self._progress.seconds = {**self._progress.seconds, **answer.seconds}
        self._progress.unkept = self._progress.unkept or answer.unkept
        self._store.know(answer.sound)
        self.seen = answer.seen


@contextlib.contextmanager
def generating(
    root: Path,
    progress: Progress,
    jobs: int,
    *,
    shard: "Shard | None" = None,
    store: "Store | None" = None,
    look: "Callable[[], Look | None]" = lambda: None,
) -> Iterator[Generation]:
    """Begin to generate the pages, in a process of its own if that takes much memory; it is waited for at the end of the block.

    Such a process looks at `docs/` when it has written it and kept what the next run takes.
    """
    from explainer.base.apart import answers
    from explainer.incremental.store import Store

    store = store or Store(root, progress)
    work = partial(_stepwise, root, jobs, shard, store, look, os.getpid())
    if not hasattr(os, "fork") or not _is_large(root / "content"):
        yield Generation(progress, store, work(), beside=False)
        return
    _load_what_both_need(root)
    with answers(work) as told_of:
        yield Generation(progress, store, told_of, beside=True)


def generated(
    root: Path, progress: Progress, jobs: int, shard: "Shard | None" = None, store: "Store | None" = None
) -> Generated:
    """Generate the pages, and keep what the next run takes. Raises ContentError."""
    with generating(root, progress, jobs, shard=shard, store=store) as pages:
        found = pages.written()
        pages.kept()
    return found


def _load_what_both_need(root: Path) -> None:
    """Load the code that generating and building need, so that not each of two processes does; what is wrong comes up there."""
    from explainer.docs import documents  # noqa: F401 - with all that reads and holds records
    from explainer.kinds import registry

    with contextlib.suppress(Exception):
        registry.load(root)


def _is_large(folder: Path) -> bool:
    """Whether the files in a folder have many bytes; no more of them are looked at than tell that."""
    left = LARGE
    for base, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # whoever reads it tells of it
                left -= os.lstat(f"{base}/{name}").st_size
            if left <= 0:
                return True
    return False


def _stepwise(
    root: Path,
    jobs: int,
    shard: "Shard | None",
    store: "Store",
    look: "Callable[[], Look | None]",
    parent: int,
) -> Iterator[_Step]:
    """Generate the pages; unless the process ends with that, free what the records of a large dossier take."""
    from explainer import build

    progress = store.progress
    ends = os.getpid() != parent  # what the process holds goes with it
    steps = build.generating(root, progress, jobs=jobs, shard=shard, store=store)
    try:
        library, plan = next(steps)
    except ContentError as stopped:
        yield _Step(stopped, progress.seconds, progress.unkept)
        return
    words = told(len(plan.write), len(plan.keep), len(plan.remove))
    yield _Step(Generated(library.dossier, words, plan.digests), progress.seconds, progress.unkept)
    for _ in steps:  # pragma: no cover - there are two
        pass
    many = len(plan.write) > MANY or len(plan.digests) > MANY_FILES
    del library, plan
    if many and not ends:
        heap.give_back()
    yield _Step(None, {}, progress.unkept, store.known_sound(), look() if ends else None)


def told(written: int, kept: int, removed: int) -> str:
    """How many files were written, and how many not."""
    return f"{counted(written, 'page')} written, {kept:,} kept, {removed:,} removed"
