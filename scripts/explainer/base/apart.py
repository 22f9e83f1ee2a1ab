"""Runs a piece of work in a process of its own: beside this one, or so that the system has back all memory that it took.

A process that freed much memory keeps most of it, because something in use is left on nearly every page of it; and
whatever it forks holds these pages as well.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import NoReturn, TypeVar

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """What a piece of work returns, done in a forked process where the system has them.

    If it is lost, or raises anything, the work is done here once more, where it raises that again.
    """
    return begun(work, waited_for=True)()


def begun(work: Callable[[], T], *, waited_for: bool = False) -> Callable[[], T]:
    """Begin a piece of work beside this process. Returns what waits for its end, and returns and raises as `apart` does.

    If nobody waits, it ends with this process; only work that is `waited_for` in any case can begin processes of its own.
    """
    if not hasattr(os, "fork"):
        return work
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_do, args=(work, here, there), daemon=not waited_for)
    try:
        process.start()
    except OSError:  # no more processes can be started
        here.close()
        there.close()
        return work
    there.close()

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


def _do(work: Callable[[], object], up: Connection, own: Connection) -> None:
    """In the process: do the work, and send what it returns; end with the parent even if that is killed."""
    up.close()
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        own.send(work())
    except Exception:  # noqa: BLE001 - the parent sees it when it does the work
        os._exit(1)


def end_with_parent() -> NoReturn:
    """Wait for the end of the parent process, and end then."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
