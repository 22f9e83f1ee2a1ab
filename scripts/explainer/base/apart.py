"""Runs a piece of work in a process of its own: beside this one, or so that the system has back all memory that it took.

A process that freed much memory keeps most of it, because something in use is left on nearly every page of it; and
whatever it forks holds these pages as well.
"""

import contextlib
import itertools
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
LOST = "a process that made pages ended early; is there memory enough? try --jobs 1"
REFUSED = "no more processes can be started ({}); try --jobs 1"
"""What is said of processes that make pages."""


def processes(jobs: int, shares: int) -> int:
    """The number of processes to use: at most `jobs`, at most one per share of work, 1 if there is no fork."""
    return max(1, min(jobs, shares)) if hasattr(os, "fork") else 1


def apart(work: Callable[[], T]) -> T:
    """What a piece of work returns, done in a forked process where the system has them.

    If it is lost, or raises anything, the work is done here once more, where it raises that again.
    """
    return begun(work, waited_for=True)()


def begun(work: Callable[[], T], *, waited_for: bool = False) -> Callable[[], T]:
    """Begin a piece of work beside this process. Returns what waits for its end, and returns and raises as `apart` does.

    If nobody waits, it ends with this process; only work that is `waited_for` in any case can begin processes of its own.
    """
    started = _started(partial(_sent, work), waited_for=waited_for)
    if started is None:
        return work
    process, here = started

    def ended() -> T:
        try:
            found: T = here.recv()
        except (EOFError, OSError):
            return work()
        except BaseException:
            process.kill()
            raise
        finally:
            process.join()
            here.close()
        return found

    return ended


@contextlib.contextmanager
def answers(work: Callable[[], Iterator[T]]) -> Iterator[Iterator[T]]:
    """Begin a piece of work beside this process that answers several times; gives its answers, as they come.

    If it is lost, or raises anything, the work is done here once more, but for what it answered already. It is waited for
    at the end of the block, whether its answers were or not; where the block is left because the whole run ends, it ends at once.
    """
    started = _started(partial(_each_sent, work), waited_for=True)
    if started is None:
        yield work()
        return
    process, here = started
    try:
        yield _received(work, here)
    except Exception:
        raise
    except BaseException:
        process.kill()
        raise
    finally:
        here.close()
        process.join()


def _received(work: Callable[[], Iterator[T]], here: Connection) -> Iterator[T]:
    """The answers of a process, then those that it owes if it was lost."""
    told = 0
    with contextlib.suppress(EOFError, OSError):
        while answer := here.recv():
            yield answer[0]
            told += 1
        return
    yield from itertools.islice(work(), told, None)


def _started(
    send: Callable[[Callable[[Any], None]], None], *, waited_for: bool
) -> tuple[BaseProcess, Connection] | None:
    """A process that gives what it has to a function, which sends it here; None if there can be none."""
    if not hasattr(os, "fork"):
        return None
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_do, args=(send, here, there), daemon=not waited_for)
    try:
        process.start()
    except OSError:  # no more processes can be started
        here.close()
        there.close()
        return None
    there.close()
    return process, here


def _sent(work: Callable[[], object], send: Callable[[object], None]) -> None:
    send(work())


def _each_sent(work: Callable[[], Iterator[object]], send: Callable[[object], None]) -> None:
    for answer in work():
        send((answer,))
    send(())


def _do(send: Callable[[Callable[[object], None]], None], up: Connection, own: Connection) -> None:
    """In the process: do the work, and send what it gives; end with the parent even if that is killed."""
    up.close()
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        send(own.send)
    except Exception:  # noqa: BLE001 - the parent sees it when it does the work
        os._exit(1)


def end_with_parent() -> NoReturn:
    """Wait for the end of the parent process, and end then."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
