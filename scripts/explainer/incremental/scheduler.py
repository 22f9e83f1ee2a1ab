"""Makes the portions of a site: as an earlier run left them where nothing changed, the others in several processes.

Whoever is free takes the next ones, those that take longest first. What a process makes follows from the library alone,
so it does not matter who made it; and where a process is lost, what it would have made is made by the first one.
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
from explainer.figures.drawing_cache import DrawingCache
from explainer.incremental.results import BuildState
from explainer.outputs import Task
from explainer.pages import environment

FEW = 50
"""So many groups a process at least; fewer are made sooner than a process is forked."""
_TURNS = 900
"""In about so many turns is the work taken; their numbers fit into a pipe at once."""
_PIECE = 500
"""So many portions are sent at a time."""
_DRAWS = "vl_convert"
"""A package with threads of its own: a process that is forked once they run may wait for them for ever."""


class Batch(NamedTuple):
    """Portions that share work, so that one process should make them all."""

    portions: tuple[Task, ...]
    page: bool = False
    """Whether it is a page with what stands beside it."""
    long: bool = False
    """Whether it takes much longer than others."""


Made = dict[str, tuple[Output, ...]]
"""Name of a portion -> its outputs."""


@dataclass(frozen=True, slots=True)
class Scheduler:
    """What portions are made with."""

    kept: BuildState
    shared: Memo
    cache: DrawingCache
    progress: Progress
    jobs: int = 1
    """As many processes may make them."""

    def outputs(self, groups: Sequence[Batch], there: Mapping[str, str] | None) -> dict[str, Output]:
        """Path -> output of all portions; the first wins where two make the same.

        `there` holds the digests of what lies in `docs/`; with None it does not matter whether what is known lies there.
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
        if number == 1 or _DRAWS in sys.modules:
            return self._make(groups, self.progress)
        environment.compile_all()
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
        """Make some groups, alone or as one of a crew."""
        made: Made = {}
        for group in groups:
            for portion in group.portions:
                made[portion.name] = self.kept.make(portion.name, portion.make)
            if group.page:
                progress.step(crew.count() - progress.done if crew else 1)
        return made

    def _tell(self, crew: Workers, made: Made, mark: BuildState.Mark) -> NoReturn:
        """Say what this process has made, piece by piece, and end it."""
        names = list(made)
        for start in range(0, len(names), _PIECE):
            crew.tell({name: made[name] for name in names[start : start + _PIECE]})
        crew.tell(None)
        crew.leave((self.kept.since(mark, self.shared), self.cache.fresh()), well=True)

    def _hear(self, crew: Workers, process: int, made: Made) -> None:
        """Take what a forked process has made, all of it or nothing. Raises Ended where it failed."""
        told: Made = {}
        while (piece := crew.answer(process)) is not None:
            told |= piece
        gained, drawn = crew.answer(process)
        self.kept.gain(gained)
        for key, text in drawn.items():
            self.cache.put(key, text)
        made |= told


def _turns(groups: Sequence[Batch]) -> Iterator[Sequence[Batch]]:
    """What is taken at a time: a long group by itself, of the others several."""
    long = sum(group.long for group in groups)
    yield from ((group,) for group in groups[:long])
    width = max(1, math.ceil((len(groups) - long) / _TURNS))
    for start in range(long, len(groups), width):
        yield groups[start : start + width]


def _queue(length: int) -> int:
    """A pipe that holds the numbers below a length, for processes to take."""
    reader, writer = os.pipe()
    os.write(writer, array("I", range(length)).tobytes())
    os.close(writer)
    return reader


def _taken(queue: int) -> Iterator[int]:
    """Numbers that no other process takes."""
    while number := os.read(queue, array("I").itemsize):
        yield int.from_bytes(number, sys.byteorder)
