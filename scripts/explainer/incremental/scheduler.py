"""Schedules the tasks of a build: takes cached results where they are current, and runs the rest in worker processes.

Workers pull tasks from a shared queue, the longest first. The outputs of a task depend on the library alone, so it does
not matter which worker runs it; if a worker is lost, the parent runs the tasks whose results are missing.
"""

import math
import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from explainer.base.dependencies import Memo
from explainer.base.files import Output
from explainer.base.progress import Progress
from explainer.base.workers import WorkerLost, Workers, processes
from explainer.incremental.results import BuildState
from explainer.outputs import Task
from explainer.pages import environment

FEW = 50
"""Minimum number of batches per process; running fewer takes less time than forking a worker."""
_TURNS = 900
"""Approximate number of chunks in the queue; all their indices must fit into the buffer of a pipe."""
_PIECE = 500
"""Maximum number of tasks whose outputs a worker sends in one message."""


class Batch(NamedTuple):
    """Tasks that share work, and therefore run in the same process."""

    portions: tuple[Task, ...]
    page: bool = False
    """Whether it generates a page and the files beside it; only such batches count as progress."""
    long: bool = False
    """Whether it takes much longer than others; such batches are started first."""


Made = dict[str, tuple[Output, ...]]
"""Name of a task -> its outputs."""


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Runs tasks, or takes their results from the cache."""

    kept: BuildState
    shared: Memo
    progress: Progress
    jobs: int = 1
    """Maximum number of processes."""

    def outputs(self, groups: Sequence[Batch], there: Mapping[str, str] | None) -> dict[str, Output]:
        """Path -> output of all tasks; if two tasks generate the same path, the first one wins.

        `there` holds the digests of the files in `docs/`. If it is None, cached results are reused even if their files
        are missing there.
        """
        made: Made = {}
        waiting: list[Batch] = []
        for group in groups:
            missing = []
            for portion in group.portions:
                found = self.kept.known(portion.name, there)
                if found is None:
                    missing.append(portion)
                else:
                    made[portion.name] = found
            if missing:
                waiting.append(group._replace(portions=tuple(missing)))
        self.progress.begin("compose", sum(group.page for group in waiting))
        made |= self._made(waiting)
        outputs: dict[str, Output] = {}
        for group in groups:
            for portion in group.portions:
                for output in made[portion.name]:
                    outputs.setdefault(output.path, output)
        return outputs

    def _made(self, groups: Sequence[Batch]) -> Made:
        number = processes(self.jobs, len(groups) // FEW)
        if number == 1:
            return self._make(groups, self.progress)
        environment.compile_all(self.kept.kinds)
        turns = list(_turns(sorted(groups, key=lambda group: not group.long)))
        made: Made = {}
        crew = Workers()
        queue = _queue(len(turns))
        mark = self.kept.mark(self.shared)
        try:
            crew.fork(number)
            progress = Progress() if crew.parent else self.progress
            for turn in _taken(queue):
                made |= self._make(turns[turn], progress, crew)
            if crew.parent:
                self._tell(crew, made, mark)
            for process in crew.down:
                self._hear(crew, process, made)
        except WorkerLost as ended:
            self.progress.say(f"{ended}; the pages that are missing are made without it")
        except BaseException as error:
            if crew.parent:
                crew.leave(f"a process that made pages failed ({error!r})", well=False)
            raise
        finally:
            os.close(queue)
            crew.end()
        lost = [group for group in groups if any(portion.name not in made for portion in group.portions)]
        return made | self._make(lost, self.progress)

    def _make(self, groups: Iterable[Batch], progress: Progress, crew: Workers | None = None) -> Made:
        """Run the tasks of some batches; `crew` is the worker pool if this process is part of one."""
        made: Made = {}
        for group in groups:
            for portion in group.portions:
                made[portion.name] = self.kept.make(portion.name, portion.make)
            if group.page:
                progress.step(crew.count() - progress.done if crew else 1)
        return made

    def _tell(self, crew: Workers, made: Made, mark: BuildState.Mark) -> NoReturn:
        """Send the results of this worker to the parent, in several messages, and exit."""
        names = list(made)
        for start in range(0, len(names), _PIECE):
            crew.tell({name: made[name] for name in names[start : start + _PIECE]})
        crew.tell(None)
        crew.leave(self.kept.since(mark, self.shared), well=True)

    def _hear(self, crew: Workers, process: int, made: Made) -> None:
        """Receive the results of a worker and merge all of them, or none and raise WorkerLost if it failed."""
        told: Made = {}
        while (piece := crew.answer(process)) is not None:
            told |= piece
        self.kept.gain(crew.answer(process))
        made |= told


def _turns(groups: Sequence[Batch]) -> Iterator[Sequence[Batch]]:
    """Split batches, long ones first, into chunks of the queue: a long batch alone, several of the others together."""
    long = sum(group.long for group in groups)
    yield from ((group,) for group in groups[:long])
    width = max(1, math.ceil((len(groups) - long) / _TURNS))
    for start in range(long, len(groups), width):
        yield groups[start : start + width]


def _queue(length: int) -> int:
    """A pipe used as a queue shared by all processes, filled with the numbers below `length`."""
    reader, writer = os.pipe()
    os.write(writer, array("I", range(length)).tobytes())
    os.close(writer)
    return reader


def _taken(queue: int) -> Iterator[int]:
    """Take numbers from the queue until it is empty; no other process gets the same ones."""
    while number := os.read(queue, array("I").itemsize):
        yield int.from_bytes(number, sys.byteorder)
