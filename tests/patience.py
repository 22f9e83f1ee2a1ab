"""How long tests wait for what is to happen: for the event itself, and so long that only what hangs is given up.

A test that fails because a machine is slow says nothing. So no other module of the tests holds a bound in seconds, but
for those of a thing that never happens, which is over however slow the machine is.
"""

import time
from collections.abc import Callable

import pytest

HANG = 900.0
"""Seconds after which a program, a server or another process hangs: many times what the slowest machine takes for it."""

BROWSER = 120.0
"""Seconds in which a page must do what is expected of it.

Less than for others, because an expectation that is wrong is waited for as long before its test fails; many times what
a page takes where several builds run beside it.
"""


def until(happened: Callable[[], object], what: str) -> None:
    """Wait until something has happened; the test fails, in these words, where it hangs."""
    given_up = time.monotonic() + HANG
    while not happened():
        if time.monotonic() > given_up:
            pytest.fail(f"{what}: not within {HANG:.0f} s", pytrace=False)
        time.sleep(0.01)
