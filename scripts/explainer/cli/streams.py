"""The three standard streams, made ready once, where the command begins: whatever they are, talking ends no run."""

import contextlib
import errno
import io
import os
import sys
from typing import TextIO

_GONE = {errno.EPIPE, errno.EINVAL}
"""What a pipe answers that nobody reads any more; the second is Windows' word for it."""


class Stream(io.TextIOWrapper):
    """A stream that takes every text: what its encoding lacks is escaped, and what cannot be written is lost.

    The work goes on where nobody reads of it; the exit status says in the end that something was lost.
    """

    lost = False

    def write(self, text: str) -> int:
        """As every stream does."""
        try:
            return super().write(text)
        except OSError as error:
            self._lose(error)
            return len(text)

    def flush(self) -> None:
        """As every stream does."""
        try:
            super().flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        """Send what is left, and all that comes, nowhere; say why, unless whoever read it has simply gone."""
        self.lost = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        if error.errno not in _GONE and self is not sys.stderr:
            sys.stderr.write(f"explainer: the output cannot be written ({error.strerror})\n")


def ready() -> None:
    """Open what is closed, so that no file of ours gets its number, and make the others take every text."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        with contextlib.suppress(OSError):
            os.fstat(number)
            continue
        os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it gets the lowest number that is free  # noqa: FBT003
        stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays open
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="backslashreplace")
    sys.stdout, sys.stderr = _patient(sys.stdout), _patient(sys.stderr)


def _patient(stream: TextIO) -> TextIO:
    """A stream of this process as one that takes every text; any other as it is."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    return Stream(
        stream.buffer,
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def for_programs() -> None:
    """Let the output be UTF-8 from now on, as programs expect it of JSON wherever they run."""
    if isinstance(sys.stdout, Stream):
        sys.stdout.reconfigure(encoding="utf-8")


def finished(status: int) -> int:
    """The exit status of a run, once all that was said is written: 1 in place of 0 where some of it was lost."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return status or int(any(isinstance(stream, Stream) and stream.lost for stream in (sys.stdout, sys.stderr)))
