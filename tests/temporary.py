"""Where tests keep their temporary files: in memory where there is room, since a disk takes several times as long for small files."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of this run is made in it, with a name that nobody can guess
"""Where Linux keeps files in memory."""
ROOM = 3 << 30
"""Bytes that must be free there, and as much again of the memory: a whole run keeps up to 1.2 GB at a time."""


def _free_memory() -> int:
    """Bytes of memory that programs can still get; 0 where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:")), 0)


def has_room(folder: Path) -> bool:
    """Whether tests can keep their files in a folder in memory: there is room, and what they write there may be run."""
    if sys.platform != "linux" or not os.access(folder, os.W_OK):
        return False
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize >= ROOM and not state.f_flag & os.ST_NOEXEC and _free_memory() >= 2 * ROOM


def keep_in_memory() -> None:
    """Let this process and those that it starts keep temporary files in memory, unless `TMPDIR` says where they belong."""
    if not os.environ.get("TMPDIR") and has_room(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # so that it is asked for again
