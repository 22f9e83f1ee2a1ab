"""A pool of forked worker processes that report to their parent."""

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
    """The number of processes to use: at most `jobs`, at most one per share of work, 1 if there is no fork."""
    return max(1, min(jobs, shares)) if hasattr(os, "fork") else 1


class WorkerLost(Exception):  # noqa: N818 - named after the event
    """A worker could not be forked, failed, or exited before its work was done."""


@dataclass(slots=True)
class Workers:
    """The worker pool of one build; after `fork`, every process has its own view of it."""

    own: int = 0
    """The number of this process; 0 is the parent."""
    parent: int = 0
    """The process id of the parent; 0 in the parent itself."""
    up: Connection | None = None
    """The connection to the parent; None in the parent itself."""
    down: dict[int, tuple[int, Connection]] = field(default_factory=dict)
    """Number -> process id and connection of each worker; empty in the workers."""
    counts: mmap.mmap | None = None
    """The number of pages that each process has made, in shared memory."""

    def fork(self, number: int) -> None:
        """Fork until there are `number` processes, returning once in each; raises WorkerLost if a fork fails."""
        gc.freeze()  # a GC pass would write to shared pages and defeat copy-on-write
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
        """Count one more page made by this process and return the total of all; exits a worker whose parent is gone."""
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
        """Merge the dictionaries of all processes and return the result in each; raises WorkerLost on failure."""
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
        """Receive the next message of a worker; raises WorkerLost if it failed or exited early."""
        try:
            well, found = self.down[number][1].recv()
        except (EOFError, OSError) as error:
            raise WorkerLost("a process that made pages ended early; is there memory enough? try --jobs 1") from error
        if not well:
            raise WorkerLost(str(found))
        return found

    def tell(self, said: object) -> None:
        """Send a message to the parent; does nothing in the parent itself."""
        if self.up is not None:
            self.up.send((True, said))

    def leave(self, said: object, *, well: bool) -> NoReturn:
        """Send a final message to the parent and exit; `well` says whether the worker succeeded."""
        with contextlib.suppress(OSError):
            if self.up is not None:
                self.up.send((well, said))
        os._exit(0 if well else 1)

    def end(self) -> None:
        """Kill and reap every worker that is still running."""
        for pid, connection in self.down.values():
            connection.close()
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
        self.down = {}
