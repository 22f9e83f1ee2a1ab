"""Several processes that share one work: forks of the one that was there before, which hears what each has done."""

import contextlib
import gc
import mmap
import os
import signal
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe
from typing import Any, NoReturn

_WIDTH = 8


def processes(jobs: int, shares: int) -> int:
    """How many processes work, of as many as may, at so many shares of which each is worth one; one where none can be forked."""
    return max(1, min(jobs, shares)) if hasattr(os, "fork") else 1


class WorkerLost(Exception):  # noqa: N818 - it names what happened
    """A forked process failed, or ended before its work was done."""


@dataclass(slots=True)
class Workers:
    """The processes of one build, as one of them sees them."""

    own: int = 0
    """The number of this process; 0 is the one that was there before."""
    parent: int = 0
    """The process that forked this one; 0 in the first."""
    up: Connection | None = None
    down: dict[int, tuple[int, Connection]] = field(default_factory=dict)
    """Number -> process and connection, of those that were forked here."""
    counts: mmap.mmap | None = None
    """How many pages each has made, in memory that all share."""

    def fork(self, number: int) -> None:
        """Fork until there are `number` processes; returns once in each. Raises Ended where the system has none left."""
        gc.freeze()  # a search for what is not used any more would copy all that the processes share
        self.counts = mmap.mmap(-1, number * _WIDTH)
        for own in range(1, number):
            here, there = Pipe()
            before = os.getpid()
            try:
                pid = os.fork()
            except OSError as error:
                gc.unfreeze()
                raise WorkerLost(f"no more processes can be started ({error.strerror}); try --jobs 1") from error
            if pid == 0:
                here.close()
                for _, connection in self.down.values():
                    connection.close()
                self.own, self.parent, self.up, self.down = own, before, there, {}
                return
            there.close()
            self.down[own] = (pid, here)
        gc.unfreeze()

    def count(self) -> int:
        """Note that this process made one more page; how many all have made. Ends an orphan."""
        if self.parent and os.getppid() != self.parent:
            os._exit(1)
        if self.counts is None:
            return 0
        shown = [int.from_bytes(self.counts[at : at + _WIDTH], "big") for at in range(0, len(self.counts), _WIDTH)]
        shown[self.own] += 1
        at = self.own * _WIDTH
        self.counts[at : at + _WIDTH] = shown[self.own].to_bytes(_WIDTH, "big")
        return sum(shown)

    def exchange(self, mine: dict[str, Any]) -> dict[str, Any]:
        """What all processes have to say, each for its own pages. Raises Ended where one of them failed."""
        if self.up is not None:
            self.up.send((True, mine))
            everything: dict[str, Any] = self.up.recv()
            return everything
        merged = dict(mine)
        for number in self.down:
            merged |= self.answer(number)
        for _, connection in self.down.values():
            connection.send(merged)
        return merged

    def answer(self, number: int) -> Any:
        """What a forked process sends. Raises Ended where it failed or ended before."""
        try:
            well, found = self.down[number][1].recv()
        except (EOFError, OSError) as error:
            raise WorkerLost("a process that made pages ended early; is there memory enough? try --jobs 1") from error
        if not well:
            raise WorkerLost(str(found))
        return found

    def tell(self, said: object) -> None:
        """Send the process that forked this one a piece of what was done."""
        if self.up is not None:
            self.up.send((True, said))

    def leave(self, said: object, *, well: bool) -> NoReturn:
        """End a forked process with its last words."""
        with contextlib.suppress(OSError):
            if self.up is not None:
                self.up.send((well, said))
        os._exit(0 if well else 1)

    def end(self) -> None:
        """End every forked process that still runs."""
        for pid, connection in self.down.values():
            connection.close()
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
        self.down = {}
