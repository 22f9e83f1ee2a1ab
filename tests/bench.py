"""Measures how long the stations take on a made-up dossier, and holds the numbers against what was promised.

Run as `python -m tests.bench`, it prints a table and writes build/bench.json. It only measures: a number that is over
its limit does not make it fail.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests import synthetic

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "build" / "bench.json"

LOAD = "import sys; from pathlib import Path; from explainer import build; build.load(Path(sys.argv[1]))"
"""Stations 1 to 3 and nothing else: read, shape, link and check."""
COMMAND = ("-m", "explainer", "--root")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured number and its limit."""

    what: str
    number: float
    unit: str
    limit: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the number keeps its limit; empty where it has none."""
        if self.limit is None:
            return ""
        kept = self.number < self.limit if self.limit else self.number == 0
        return "kept" if kept else "MISSED"


def run(*arguments: str) -> float:
    """Run Python with this project's package; the seconds that it took, from start to end."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "scripts"), "SOURCE_DATE_EPOCH": "1767225600"}
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def median(times: int, measure: Callable[[], float]) -> float:
    """The middle one of several measurements."""
    return statistics.median(measure() for _ in range(times))


def moments(folder: Path) -> dict[Path, int]:
    """When each file was written."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def cold(root: Path) -> float:
    """The seconds that generating takes where nothing was generated before."""
    shutil.rmtree(root / "docs", ignore_errors=True)
    return run(*COMMAND, str(root), "generate")


@contextmanager
def dossier(number: int) -> Iterator[Path]:
    """A made-up dossier in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield synthetic.write(number, Path(folder))


def rows(root: Path, times: int) -> Iterator[Row]:
    """Every measurement, in the order of the stations."""
    yield Row("start of Python and the command", median(times, lambda: run("-m", "explainer", "--help")), "s")
    loaded = median(times, lambda: run("-c", LOAD, str(root)))
    yield Row("read and check", loaded, "s", 3)
    generated = median(times, lambda: cold(root))
    yield Row("generate, cold: beyond read and check", max(0.0, generated - loaded), "s", 2)
    yield Row("generate, cold: all in all", generated, "s")
    before = moments(root / "docs")
    again = run(*COMMAND, str(root), "generate")
    after = moments(root / "docs")
    yield Row("generate, again: all in all", again, "s")
    touched = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    yield Row("generate, again: files written", len(touched), "files", 0)
    yield Row("explainer check", median(times, lambda: run(*COMMAND, str(root), "check")), "s")
    yield Row("explainer build", run(*COMMAND, str(root), "build"), "s")
    site = [path for path in (root / "site").rglob("*") if path.is_file()]
    yield Row("pages of the site", sum(path.suffix == ".html" for path in site), "pages")
    yield Row("size of the site", sum(path.stat().st_size for path in site) / 1e6, "MB")


def table(found: Sequence[Row]) -> str:
    """The measurements as a table."""
    lines = [f"{'':<40} {'measured':>10} {'limit':>8}  verdict"]
    for row in found:
        number = f"{row.number:.2f} {row.unit}" if row.unit in {"s", "MB"} else f"{row.number:.0f} {row.unit}"
        limit = "" if row.limit is None else f"{row.limit:g}"
        lines.append(f"{row.what:<40} {number:>10} {limit:>8}  {row.verdict}".rstrip())
    return "\n".join(lines)


def main() -> int:
    """Measure, print and note down; the exit status says nothing about the numbers."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure how long the stations take.")
    parser.add_argument("--records", type=int, default=1000, help="how many records to make up (default: 1000)")
    parser.add_argument("--times", type=int, default=3, help="how often to measure for a median (default: 3)")
    options = parser.parse_args()
    with dossier(options.records) as root:
        found = list(rows(root, options.times))
    print(f"{options.records:,} records, Python {platform.python_version()}, {os.cpu_count()} cores\n\n{table(found)}")
    RESULTS.parent.mkdir(exist_ok=True)
    measured = [{**asdict(row), "verdict": row.verdict} for row in found]
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "records": options.records}
    RESULTS.write_text(json.dumps({**machine, "rows": measured}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
