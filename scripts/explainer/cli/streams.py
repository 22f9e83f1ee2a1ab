"""The standard streams, prepared once at start-up so that failing output never aborts a run."""

import contextlib
import errno
import io
import os
import sys
from typing import TextIO

_GONE = {errno.EPIPE, errno.EINVAL}
"""Errors on writing to a pipe whose reader has closed it; Windows reports the second."""


class Stream(io.TextIOWrapper):
    """A text stream that never raises on output: unencodable text is escaped, text that cannot be written is dropped.

    The run continues although nothing reads its output; the exit status reports the loss in the end.
    """

    lost = False

    def write(self, text: str) -> int:
        """Write text; on an OSError, drop it."""
        try:
            return super().write(text)
        except OSError as error:
            self._lose(error)
            return len(text)

    def flush(self) -> None:
        """Flush the buffer; on an OSError, drop it."""
        try:
            super().flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        """Redirect further output to the null device; report the error unless the reader has only closed its end."""
        self.lost = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        if error.errno not in _GONE and self is not sys.stderr:
            sys.stderr.write(f"explainer: the output cannot be written ({error.strerror})\n")


def ready() -> None:
    """Open closed standard streams, so that no file gets their descriptors, and wrap stdout and stderr in `Stream`."""
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
    """Wrap a stream in `Stream`; one that is no text wrapper, such as a test's, is returned unchanged."""
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
    """Switch stdout to UTF-8, which programs expect of JSON on every platform."""
    if isinstance(sys.stdout, Stream):
        sys.stdout.reconfigure(encoding="utf-8")


def finished(status: int) -> int:
    """Flush the streams and return the exit status: 1 in place of 0 if output was lost."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return status or int(any(isinstance(stream, Stream) and stream.lost for stream in (sys.stdout, sys.stderr)))
