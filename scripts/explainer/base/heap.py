"""The memory of a process: what it holds to the end, and what it freed and still holds."""

import contextlib
import gc
from collections.abc import Iterator

_one_run = [False]
"""Whether this process ends with the run that it does."""


def for_one_run(*, ends: bool = True) -> None:
    """Say whether this process ends with its run, or goes on with others, as a server does."""
    _one_run[0] = ends


def keep() -> None:
    """Keep what is there out of every later search for unused memory.

    A forked process would copy all that it looks through. One that goes on with other runs would never free what is unused.
    """
    if _one_run[0]:
        gc.freeze()


@contextlib.contextmanager
def lasting() -> Iterator[None]:
    """Make objects that live as long as a run: Python looks for unused ones neither meanwhile nor among these later."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        keep()
        if before:
            gc.enable()


def give_back() -> None:
    """Free what nothing needs any more, and give freed memory back to the system."""
    gc.unfreeze()
    give_back_own()


def give_back_own() -> None:
    """The same in a forked process, but for what it had from its parent: to look there would copy all of it."""
    gc.collect()
    trim()


def trim() -> None:
    """Give freed memory back to the system, where the C library keeps it otherwise: glibc's has `malloc_trim` for that."""
    import ctypes  # few runs need it

    with contextlib.suppress(OSError, AttributeError, TypeError):  # another library, or another system
        ctypes.CDLL(None).malloc_trim(0)
