"""Schedules the tasks of a build: takes cached results where they are current, and runs the rest in worker processes.

Workers are forked, so that they know the library; the longest tasks are begun first. The outputs of a task depend on the
library alone, so it does not matter which worker runs it; if a worker is lost, this process runs the tasks whose results
are missing. Where the system has no fork, this process runs all of them.
"""

import contextlib
import errno
import itertools
import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from explainer.base import heap
from explainer.base.apart import LOST, REFUSED, begun, end_with_parent, processes
from explainer.base.dataclass import dataclass
from explainer.base.dependencies import Memo
from explainer.base.files import Output
from explainer.base.progress import Progress
from explainer.incremental.results import BuildState, Computed
from explainer.incremental.spool import OutputTold, Spool, SpoolPlace
from explainer.outputs.tasks import Task
from explainer.pages import environment

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

FEW = 50
"""Minimum number of batches per process; running fewer takes less time than forking a worker."""
MANY = 100
"""Minimum number of files with records of a dossier whose heavy batches are worth a process beside this one."""
_TURNS = 24
"""Approximate number of chunks of work per worker."""


class Batch(NamedTuple):
    """Tasks that share work, and therefore run in the same process."""

    portions: tuple[Task, ...]
    page: bool = False
    """Whether it generates a page and the files beside it; only such batches count as progress."""
    long: bool = False
    """Whether it takes much longer than others; such batches are started first."""
    frees: tuple[str, ...] = ()
    """The names of shared results that hardly anybody needs after it, and that would take much memory."""
    heavy: bool = False
    """Whether freeing them leaves memory that is worth giving back to the system."""


Made = dict[str, tuple[OutputTold, ...]]
"""Name of a task -> its outputs, whose bytes are in the spool."""


class _Chunk(NamedTuple):
    """What a worker made of one chunk."""

    made: Made
    computed: Computed


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Runs tasks, or takes their results from the cache."""

    kept: BuildState
    shared: Memo
    progress: Progress
    spool: Spool = field(default_factory=lambda: Spool(None))
    """Where the bytes of outputs wait until they are written."""
    jobs: int = 1
    """Maximum number of processes."""
    derives: bool = True
    """Whether derived tasks are run, and texts are made for late ones; those that are not run have no outputs, unless their result is cached."""
    beside: list[Callable[[], "_Chunk"]] = field(default_factory=list)
    """What waits for the heavy batches that were begun in a process beside this one, and returns what it made of them."""

    @contextlib.contextmanager
    def ahead(self, groups: Sequence[Batch]) -> Iterator[None]:
        """Begin the heavy ones of some batches beside this process; what is not done when the block is left is given up.

        Whether their files in `docs/` are there need not be known for that; `outputs` takes what was made.
        """
        self._begin(groups)
        try:
            yield
        finally:
            for child in multiprocessing.active_children() if self.beside else ():
                child.kill()

    def _begin(self, groups: Sequence[Batch]) -> None:
        """Begin the heavy batches that are to be made in any case, unless workers will make them among many others."""
        current = {portion.name for group in groups for portion in group.portions if self.kept.stands(portion.name)}
        changed = list(_without(groups, current))
        heavy = [group for group in changed if group.heavy]
        few = processes(self.jobs, len(changed) // FEW) == 1 and len(self.kept.records.records) >= MANY
        if not heavy or not few or processes(self.jobs, 2) == 1:
            return
        self.spool.open(2)
        heap.keep()
        self.beside.append(begun(partial(self._begun, heavy, os.getpid()), waited_for=True))

    def _begun(self, groups: Sequence[Batch], parent: int) -> "_Chunk":
        """In the process beside: make some batches. In this one, where it is asked because the other was lost: nothing."""
        if os.getpid() == parent:
            return _Chunk({}, Computed([], {}))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.shared.traces.clear()  # the parent has them
        self.spool.own = 1
        return self.chunk(groups)

    def outputs(self, groups: Sequence[Batch], there: Mapping[str, str] | None) -> dict[str, Output]:
        """Path -> output of all tasks; if two tasks generate the same path, the first one wins.

        `there` holds the digests of the files in `docs/`. If it is None, cached results are reused even if their files
        are missing there.
        """
        portions = [portion for group in groups for portion in group.portions]
        known = self._all_known(portions, there)
        waiting = list(_without(groups, known))
        self.progress.begin("compose", sum(group.page for group in waiting))
        made = self._made([group for group in waiting if not _is_late(group)], list(filter(_is_late, waiting)))
        results = {name: tuple(map(self.spool.output, each)) for name, each in made.items()} | known
        return _by_path(results[portion.name] for portion in portions)

    def _all_known(self, portions: Iterable[Task], there: Mapping[str, str] | None) -> dict[str, tuple[Output, ...]]:
        looked = {portion.name: self._known(portion, there) for portion in portions}
        return {name: found for name, found in looked.items() if found is not None}

    def _known(self, portion: Task, there: Mapping[str, str] | None) -> tuple[Output, ...] | None:
        """The outputs of a task that need not be run; None for any other."""
        found = self.kept.known(portion.name, there)
        return () if found is None and portion.derived and not self.derives else found

    def _made(self, groups: Sequence[Batch], late: Sequence[Batch]) -> Made:
        """Run the tasks of some batches, then of late ones; what they join of heavy batches is soon made, so these need not be waited for."""
        here = [group for group in groups if not (self.beside and group.heavy)]
        number = processes(self.jobs, len(here) // FEW)
        made = self._by_workers(here, number) if number > 1 else {}
        made |= self._make(_missing(here, made), self.progress)
        made |= self._make(late, self.progress)
        for ended in self.beside:
            made |= self._taken(ended())
        self.beside.clear()
        return made | self._make(_missing(groups, made), self.progress)

    def _taken(self, answer: "_Chunk") -> Made:
        """What another process made, with the results that it computed."""
        self.kept.gain(answer.computed)
        for name in answer.computed.results:
            if isinstance(text := self.kept.made[name].text, str):
                self.shared.texts.setdefault(name, text)
        return answer.made

    def _by_workers(self, groups: Sequence[Batch], number: int) -> Made:
        """Run the tasks in worker processes; what is missing in the result was lost with one of them."""
        from concurrent.futures import ProcessPoolExecutor, as_completed  # most runs need no workers

        environment.compile_all(self.kept.records.kinds)
        chunks = list(_chunks(groups, number * _TURNS))
        fork = multiprocessing.get_context("fork")
        self.spool.open(number + 1)
        numbers = fork.SimpleQueue()
        for own in range(1, number + 1):
            numbers.put(own)
        pool = ProcessPoolExecutor(number, fork, initializer=_begin, initargs=(self, chunks, numbers))
        made: Made = {}
        heap.keep()
        try:
            waiting = {pool.submit(_run, at): chunk for at, chunk in enumerate(chunks)}
            self.kept.records.free()  # each worker has them
            for done in as_completed(waiting):
                made |= self._taken(self.spool.received(done.result()))
                self.progress.step(sum(group.page for group in waiting.pop(done)))  # it would hold what was answered
        except Exception as error:  # noqa: BLE001 - whatever a worker raised is raised again where its pages are made
            if reason := _reason(error):
                self.progress.say(f"{reason}; the pages that are missing are made without it")
            for child in multiprocessing.active_children():  # a pool that is not complete never ends its workers
                child.kill()
        finally:
            pool.shutdown(cancel_futures=True)
        return made

    def _make(self, groups: Iterable[Batch], progress: Progress) -> Made:
        """Run the tasks of some batches in this process."""
        made: Made = {}
        for group in groups:
            for portion in group.portions:
                outputs = self.kept.make(portion.name, portion.make)
                made[portion.name] = tuple(self.spool.keep(output, output.digest) for output in outputs)
                if portion.texts is not None and self.derives:
                    portion.texts()
            for name in group.frees:
                self.shared.free(name)
            if group.page:
                progress.step()
        return made

    def chunk(self, groups: Sequence[Batch]) -> _Chunk:
        """Run the tasks of some batches in a worker, with a state of its own, which is sent back as a whole."""
        kept = BuildState(self.kept.records)
        made = replace(self, kept=kept)._make(groups, Progress())
        return _Chunk(made, kept.computed(self.shared))


def derived_pages(groups: Iterable[Batch]) -> Iterator[str]:
    """The paths of the pages that a check need not make."""
    return (portion.page for group in groups for portion in group.portions if portion.page)


def _by_path(results: Iterable[Iterable[Output]]) -> dict[str, Output]:
    """Path -> the first output there."""
    outputs: dict[str, Output] = {}
    for output in itertools.chain.from_iterable(results):
        outputs.setdefault(output.path, output)
    return outputs


def _without(groups: Iterable[Batch], known: Container[str]) -> Iterator[Batch]:
    """Batches without the tasks whose outputs are known, and none that would be left empty."""
    for group in groups:
        missing = tuple(portion for portion in group.portions if portion.name not in known)
        if missing:
            yield group._replace(portions=missing)


def _missing(groups: Iterable[Batch], made: Container[str]) -> Iterator[Batch]:
    """The batches of which something was not made."""
    return (group for group in groups if any(portion.name not in made for portion in group.portions))


def _is_late(group: Batch) -> bool:
    return any(portion.late for portion in group.portions)


def _chunks(groups: Sequence[Batch], number: int) -> Iterator[Sequence[Batch]]:
    """Split batches into about `number` chunks: long ones first, each alone, then several of the others together."""
    yield from ((group,) for group in groups if group.long)
    short = [group for group in groups if not group.long]
    width = max(1, math.ceil(len(short) / number))
    for start in range(0, len(short), width):
        yield short[start : start + width]


def _reason(error: Exception) -> str | None:
    """Why workers did not do their work, with what to try; None for a trouble with files, which is told where it is raised again."""
    if isinstance(error, BrokenExecutor):
        return LOST
    if isinstance(error, OSError):
        return REFUSED.format(error.strerror) if error.errno in {errno.EAGAIN, errno.ENOMEM} else None
    return f"a process that made pages failed ({error!r})"


_inherited: list[tuple[Scheduler, Sequence[Sequence[Batch]]]] = []
"""In a worker: the scheduler of its parent and the chunks of work; the pool passes numbers of chunks only."""


def _begin(scheduler: Scheduler, chunks: Sequence[Sequence[Batch]], numbers: "SimpleQueue[int]") -> None:
    """Prepare a worker: it leaves Ctrl-C to its parent, and ends with it even if that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    scheduler.shared.traces.clear()  # the parent has them
    scheduler.spool.own = numbers.get()
    _inherited.append((scheduler, chunks))


def _run(at: int) -> _Chunk | SpoolPlace:
    scheduler, chunks = _inherited[-1]
    answer = scheduler.spool.send(scheduler.chunk(chunks[at]))
    if any(group.heavy for group in chunks[at]):
        scheduler.shared.texts.clear()  # sent
        heap.give_back_own()
    return answer
