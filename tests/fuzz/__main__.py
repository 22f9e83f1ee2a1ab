"""Fuzzes for some time: `python -m tests.fuzz --seconds 600`, or `make fuzz SECONDS=600`.

A process works through one case after another, and another process watches it: one that dies or hangs is a finding too,
and a new one goes on. There is such a pair for each processor (`--jobs`), and they take turns with the seeds. What was found is made smaller and kept in tests/fuzz/corpus/, where a test tries it for ever; so
take away what is no fault, and mend the rest. The same seed gives the same cases for the same dossiers.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import multiprocessing
import os
import pickle
import re
import secrets
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import mutate
from tests.fuzz.bases import BASES, Bases
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


@dataclass(frozen=True)
class Shared:
    """What all processes of a run share."""

    bases: Bases
    known: Path
    """A folder with a file for every fault that was found."""
    corpus: Path
    until: float
    step: int
    """From one seed of a process to its next: the number of processes."""


class Fuzzer:
    """The state of one process of a run: all of it in a folder, so that any process can go on."""

    def __init__(self, folder: Path, run: Shared) -> None:
        self.folder, self.run = folder, run
        self.bases, self.known, self.corpus, self.until = run.bases, run.known, run.corpus, run.until
        self.current = folder / "current"
        folder.mkdir()

    def work(self, seed: int) -> None:
        """Try cases from a seed on, until the time or the turn is over."""
        for number in range(seed, seed + TURN * self.run.step, self.run.step):
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
        try:
            (self.known / digest).touch(exist_ok=False)
        except FileExistsError:
            return

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

    def through(self, seed: int) -> None:
        """Take one turn after another from a seed on, until the time is over."""
        while time.monotonic() < self.until:
            self.turn(seed)
            seed = self.seed(seed)
            (self.folder / "next").write_text(str(seed))

    def tried(self, seed: int) -> int:
        """How many cases were tried, from a seed on."""
        return (int((self.folder / "next").read_text()) - seed) // self.run.step

    def seed(self, before: int) -> int:
        """The seed after the last one that was tried; `before` if none was since."""
        if not self.current.exists():
            return before
        return int(pickle.loads(self.current.read_bytes())[0]) + self.run.step  # noqa: S301 - written by ourselves


def fuzzed(run: Shared, folder: Path, first: int) -> int:
    """Let all processes work until the time is over; the number of cases that they tried."""
    starts = {Fuzzer(folder / str(number), run): first + number for number in range(run.step)}
    forked = multiprocessing.get_context("fork")
    processes = [forked.Process(target=fuzzer.through, args=(seed,)) for fuzzer, seed in starts.items()]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return sum(fuzzer.tried(seed) for fuzzer, seed in starts.items())


def main() -> int:
    """Fuzz; the exit status is 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=600, help="for how long (default: 600)")
    parser.add_argument("--seed", type=int, help="where to begin (default: anywhere)")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time (default: one a processor)"
    )
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="where findings are kept")
    options = parser.parse_args()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what was found may not be writable
    first = options.seed if options.seed is not None else secrets.randbelow(10**9)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, remembering():
        known = Path(folder) / "known"
        known.mkdir()
        bases = Bases(Path(folder) / "bases")
        for name in BASES:
            bases.files(name), bases[name]  # made once, and what was compiled for them is known to every process
        print(f"seed {first}, {options.seconds:.0f} s, {options.jobs} at a time", flush=True)
        run = Shared(bases, known, options.corpus, time.monotonic() + options.seconds, options.jobs)
        tried = fuzzed(run, Path(folder), first)
        found = len(list(known.iterdir()))
    print(f"{tried:,} cases, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
