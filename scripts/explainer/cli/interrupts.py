"""Ctrl-C: the first one ends a run in order, a later one at once, and none of them shows Python's own last words."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

STOPPED = 130
"""Exit status after Ctrl-C, as a shell reports it: 128 and the number of the signal."""
_SAME = 0.5
"""Seconds within which signals count as one press: a wrapper such as make or a shell may pass it on a second time."""

_SOON = 0.01
"""Seconds after which a press is made again that was lost."""


class Interrupts:
    """Handler of SIGINT for the process that creates it; in forked children the signal ends the child at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, end: Callable[[int], object] = os._exit) -> None:
        """Handle nothing yet; `clock` and `end` are replaced by tests."""
        self._clock, self._end = clock, end
        self._own = os.getpid()
        self._first: float | None = None

    def begin(self) -> None:
        """Install the handler, unless the parent ignores Ctrl-C for us, as `nohup` and background jobs do."""
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            return
        signal.signal(signal.SIGINT, self)
        sys.unraisablehook = self._raised_where_none_can

    def over(self) -> None:
        """Let Ctrl-C end the process without words: nothing is left to be cleaned up but the interpreter."""
        if signal.getsignal(signal.SIGINT) is self:
            signal.signal(signal.SIGINT, signal.SIG_DFL)

    def __call__(self, _: int, __: FrameType | None) -> None:
        """Raise KeyboardInterrupt on the first press, and end the process on a later one, as cleaning up may take long."""
        if os.getpid() != self._own:
            self._end(STOPPED)
        elif self._first is None:
            self._first = self._clock()
            raise KeyboardInterrupt
        elif self._clock() - self._first > _SAME:
            self._end(STOPPED)

    def _raised_where_none_can(self, lost: "sys.UnraisableHookArgs") -> None:
        """Press again for an interrupt that came while Python ran a finaliser, where exceptions are printed and dropped.

        Another thread does so a moment later: what is raised in here would be printed and dropped as well.
        """
        if not issubclass(lost.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(lost)
            return
        self._first = None
        again = threading.Timer(_SOON, signal.raise_signal, (signal.SIGINT,))
        again.daemon = True
        again.start()
