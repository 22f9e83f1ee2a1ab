"""Fuzzes for some time: `python -m tests.fuzz --seconds 600`, or `make fuzz SECONDS=600`.

A process works through one case after another, and another process watches it: one that dies or hangs is a finding too,
and a new one goes on. What was found is made smaller and kept in tests/fuzz/corpus/, where a test tries it for ever; so
take away what is no fault, and mend the rest. The same seed gives the same cases for the same dossiers.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import pickle
import re
import secrets
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz import mutate
from tests.fuzz.bases import Bases
from tests.fuzz.case import Case
from tests.fuzz.judge import Finding, finding
from tests.fuzz.shrink import Shrinker
from tests.remembered import remembering

CORPUS = Path(__file__).resolve().parent / "corpus"
TRIES = 250
"""How many smaller cases are tried of each finding."""
TURN = 400
"""After so many cases a new process goes on, which has the memory of none."""
SILENCE = 900.0
"""Seconds without a new case after which a process is ended that not even its own watch can stop."""


class Fuzzer:
    """The state of a run: all of it in a folder, so that any process can go on."""

    def __init__(self, folder: Path, corpus: Path, until: float) -> None:
        self.folder, self.corpus, self.until = folder, corpus, until
        self.bases = Bases(folder / "bases")
        self.current = folder / "current"
        self.known = folder / "known"
        self.known.mkdir()

    def work(self, seed: int) -> None:
        """Try cases from a seed on, until the time or the turn is over."""
        for number in range(seed, seed + TURN):
            if time.monotonic() > self.until:
                return
            case = mutate.drawn(number, self.bases)
            self.current.write_bytes(pickle.dumps((number, case)))
            try:
                if found := finding(case, self.bases, self.folder / "trial"):
                    self.keep(case, found, number)
            except Exception:  # noqa: BLE001 - a fault of the fuzzer ends no run, and is told
                print(f"seed {number}: the fuzzer itself failed\n{traceback.format_exc(limit=-3)}", flush=True)

    def keep(self, case: Case, found: Finding, number: int) -> None:
        """Make a finding smaller and write it down, unless its fault is known."""
        digest = hashlib.sha256("\n".join(found.fault).encode("utf-8", "replace")).hexdigest()[:6]
        name = re.sub(r"[^a-z0-9]+", "-", f"{found.kind} {found.where}".lower()).strip("-")[:50].strip("-")
        mark = self.known / digest
        if mark.exists():
            return
        mark.touch()

        def shows(smaller: Case) -> bool:
            again = finding(smaller, self.bases, self.folder / "smaller")
            return again is not None and again.fault == found.fault

        slow = found.kind == "hang"
        smallest = Shrinker(shows, 5 if slow else TRIES).smallest(case, self.bases.files(case.base))
        smallest.save(self.corpus / f"{name}-{digest}", f"{found.kind} ({found.where}): {found.words}")
        print(f"seed {number}: {found.kind} ({found.where}): {found.words}\n  kept as {name}-{digest}", flush=True)

    def dead(self, how: str) -> None:
        """Keep the case in which a process died."""
        number, case = pickle.loads(self.current.read_bytes())  # noqa: S301 - written by ourselves
        name = f"died-{number}"
        case.save(self.corpus / name, f"died: {how}")
        (self.known / name).touch()
        print(f"seed {number}: {how}\n  kept as {name}", flush=True)

    def turn(self, seed: int) -> None:
        """Let a process of its own work, and wait for it."""
        self.current.unlink(missing_ok=True)
        pid = os.fork()
        if not pid:
            status = 1
            try:
                with remembering():
                    self.work(seed)
                status = 0
            finally:
                os._exit(status)
        while not (ended := os.waitpid(pid, os.WNOHANG))[0]:
            time.sleep(0.2)
            if self.current.exists() and time.time() - self.current.stat().st_mtime > SILENCE:
                os.kill(pid, signal.SIGKILL)
        if (code := os.waitstatus_to_exitcode(ended[1])) and self.current.exists():
            self.dead(f"the process ended with {code}")

    def seed(self) -> int:
        """The seed after the last one that was tried."""
        return int(pickle.loads(self.current.read_bytes())[0]) + 1  # noqa: S301 - written by ourselves


def main() -> int:
    """Fuzz; the exit status is 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=600, help="for how long (default: 600)")
    parser.add_argument("--seed", type=int, help="where to begin (default: anywhere)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="where findings are kept")
    options = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what was found may not be writable
    first = seed = options.seed if options.seed is not None else secrets.randbelow(10**9)
    print(f"seed {first}, {options.seconds:.0f} s", flush=True)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        fuzzer = Fuzzer(Path(folder), options.corpus, time.monotonic() + options.seconds)
        while time.monotonic() < fuzzer.until:
            fuzzer.turn(seed)
            seed = fuzzer.seed()
        found = len(list(fuzzer.known.iterdir()))
    print(f"{seed - first:,} cases, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
