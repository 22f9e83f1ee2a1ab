"""Measures what building and searching cost on made-up dossiers, and holds the numbers against what was promised.

Run as `python -m tests.bench`, it prints a table for each size and writes build/bench.json. Machines differ and are
noisy, so most promises are ratios to Hugo and to stock MkDocs, which build the same pages in the same run, in turns
with ours; each ratio is the median of those of the pairs. Whole commands are timed, search included. It only measures:
a number that misses its limit does not make it fail.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests import search_costs, synthetic
from tests.bench.commands import (
    COMMAND,
    PROJECT,
    Hugo,
    Stock,
    built,
    edited,
    first_operation,
    forget,
    run,
    serving_edits,
)
from tests.chromium import launch_options
from tests.kinds_of_dossier import bring_kinds
from tests.served import serving

RESULTS = PROJECT / "build" / "bench.json"
SIZES = (1_000, 10_000)
LARGE = 10_000
"""From here on the limits for large dossiers hold."""


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
        return "kept" if self.number <= self.limit else "MISSED"


def warm(times: int, prepare: Callable[[int], None], measure: Callable[[], Any]) -> list[Any]:
    """Several measurements, each after something was prepared."""
    found = []
    for number in range(times):
        prepare(number)
        found.append(measure())
    return found


def _goal(size: int, *, large: float | None = None, small: float | None = None) -> float | None:
    """The limit of a measurement in a dossier of a size."""
    return large if size >= LARGE else small


@dataclass(frozen=True, slots=True)
class Turn:
    """The seconds of each command in one turn."""

    same: float
    edit: float
    hugo: float
    pagefind: float

    @property
    def both(self) -> float:
        """Those of Hugo and then of Pagefind."""
        return self.hugo + self.pagefind


def one_turn(root: Path, hugo: Hugo, number: int) -> Turn:
    """Run each command once: ours with nothing changed and after an edit, and Hugo with and without Pagefind."""
    same = built(root).wall
    edited(root, number)
    edit = built(root).wall
    hugo.edit(number)
    return Turn(same, edit, hugo.build(), hugo.index())


def beside_hugo(root: Path, size: int, times: int, cold: float, folder: Path) -> Iterator[Row]:
    """What a warm build takes beside Hugo, which renders every page each time."""
    if Hugo.program() is None:
        print("Hugo is not installed, so nothing is held against it.", file=sys.stderr)
        return
    hugo = Hugo(root, folder / "hugo")
    hugo.build()
    turns = [one_turn(root, hugo, number) for number in range(times)]
    goal = partial(_goal, size)

    def row(what: str, of: Callable[[Turn], float], unit: str = "", limit: float | None = None) -> Row:
        return Row(what, statistics.median(map(of, turns)), unit, limit)

    yield row("Hugo, the same pages", lambda turn: turn.hugo, "s")
    yield row("Pagefind over them", lambda turn: turn.pagefind, "s")
    yield row("build, nothing changed", lambda turn: turn.same, "s")
    yield row("  as a part of Hugo", lambda turn: turn.same / turn.hugo, "", goal(large=0.1))
    yield row("build, one edited record", lambda turn: turn.edit, "s")
    yield row("  as a part of Hugo", lambda turn: turn.edit / turn.hugo, "", goal(large=0.5))
    yield row("  as a part of Hugo and Pagefind", lambda turn: turn.edit / turn.both, "", goal(large=0.2))
    yield row("build, cold, as a part of Hugo and Pagefind", lambda turn: cold / turn.both, "", goal(large=3))
    yield Row("pages of Hugo", hugo.pages, "")


def builds(root: Path, size: int, times: int) -> Iterator[Row]:
    """What building takes, cold and warm, beside Hugo and stock MkDocs."""
    goal = partial(_goal, size)
    forget(root, "docs", "site", ".cache")
    cold = built(root)
    yield Row("build, cold", cold.wall, "s")
    for stage, took in cold.stages.items():
        yield Row(f"  {stage}", took, "s")
    with tempfile.TemporaryDirectory() as folder:
        plain = Stock(root, Path(folder) / "stock").build()
        yield Row("stock mkdocs build of the same pages, no search", plain, "s")
        yield Row("build, cold, as a part of stock", cold.wall / plain, "", goal(large=0.35))
        yield from beside_hugo(root, size, times, cold.wall, Path(folder))
    path = str(first_operation(root))
    with serving_edits(root) as server:
        shown = [server.shown(number) for number in range(times)]
    yield Row("serve: from saving to the page", statistics.median(shown), "s", goal(small=0.5, large=1.5))
    few = warm(times, lambda _: None, lambda: run(*COMMAND, str(root), "check", path)[0])
    yield Row("check one file", statistics.median(few), "s", goal(small=0.5))
    yield Row("largest process", cold.peak_mb, "MB", 600)
    site = [path for path in (root / "site").rglob("*") if path.is_file()]
    yield Row("pages of the site", sum(path.suffix == ".html" for path in site), "")
    yield Row("size of the site", sum(path.stat().st_size for path in site) / 1e6, "MB")


def searches(root: Path, size: int) -> Iterator[Row]:
    """What a search costs its reader in Chromium, on a server and from disk."""
    large = size >= LARGE
    asked = search_costs.questions(root / "docs")
    page = f"operations/{first_operation(root).stem}/"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options())
        with serving(root / "site") as address:
            hosted = search_costs.cost(chromium, f"{address}/{page}", asked)
        yield Row("search: opened, first result", hosted.opened_ms, "ms", 600 if large else 250)
        yield Row("search: opened, first result", hosted.opened_kb, "kB", 500 if large else 300)
        yield Row("search: a further query", hosted.further_ms, "ms")
        yield Row("search: a further query", hosted.further_kb, "kB", None if large else 40)
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "edition.zip"
            run(*COMMAND, str(root), "offline", "--output", str(archive))
            yield Row("offline edition", archive.stat().st_size / 1e6, "MB")
            with zipfile.ZipFile(archive) as edition:
                edition.extractall(folder)
            disk = search_costs.cost(chromium, (Path(folder) / page / "index.html").as_uri(), asked)
        yield Row("search from disk: opened, first result", disk.opened_ms, "ms", None if large else 300)
        yield Row("search from disk: a further query", disk.further_ms, "ms", None if large else 300)
        chromium.close()


def dossier(times: int) -> Iterator[Row]:
    """What the commands take on the dossier of this project."""
    helped = statistics.median(run("-m", "explainer", "--help")[0] for _ in range(times))
    yield Row("explainer --help", helped, "s", 0.3)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(PROJECT / "content", root / "content")
        bring_kinds(root)
        yield Row("explainer check, cold", run(*COMMAND, folder, "check")[0], "s", 5)
        again = warm(times, lambda _: None, lambda: run(*COMMAND, str(root), "check")[0])
        yield Row("explainer check, nothing changed", statistics.median(again), "s", 1)
        yield Row("build, cold", built(root).wall, "s")
        same = warm(times, lambda _: None, lambda: built(root).wall)
        yield Row("build, nothing changed", statistics.median(same), "s", 0.5)
        changed = warm(times, lambda number: looked_again(root, number), lambda: built(root).wall)
        yield Row("build, one edited record", statistics.median(changed), "s", 1)


def looked_again(root: Path, number: int) -> None:
    """Add a sentence to the story of one operation of this project's dossier."""
    path = first_operation(root)
    told = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{told}\n\nSomebody looked again{' and again' * number}.\n", encoding="utf-8")


def table(title: str, rows: Sequence[Row]) -> str:
    """Measurements as a table."""
    lines = [f"{title:<50} {'measured':>11} {'limit':>8}  verdict"]
    for row in rows:
        exact = f"{row.number:.3f}" if not row.unit and row.number < 10 else f"{row.number:,.2f}"
        number = exact if row.unit in {"", "s", "MB"} else f"{row.number:,.0f}"
        limit = "" if row.limit is None else f"{row.limit:.3g}"
        lines.append(f"{row.what:<50} {f'{number} {row.unit}'.rstrip():>11} {limit:>8}  {row.verdict}".rstrip())
    return "\n".join(lines)


def measured(size: int, times: int) -> list[Row]:
    """Every measurement of one size."""
    with tempfile.TemporaryDirectory() as folder:
        root = synthetic.write(size, Path(folder))
        return [*builds(root, size, times), *searches(root, size)]


def growth(results: Mapping[int, Sequence[Row]]) -> Iterator[Row]:
    """How much longer a cold build takes where there are more records."""
    cold = {size: next(row.number for row in rows if row.what == "build, cold") for size, rows in results.items()}
    if set(SIZES) <= cold.keys():
        yield Row("growth of a cold build from 1,000 to 10,000", cold[SIZES[1]] / cold[SIZES[0]], "", 10)


def main() -> int:
    """Measure, print and note down; the exit status says nothing about the numbers."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measure what building and searching cost."
    )
    parser.add_argument(
        "--records", type=int, nargs="*", default=list(SIZES), help="how many records to make up (default: 1000 10000)"
    )
    parser.add_argument("--times", type=int, default=3, help="how often to measure for a median (default: 3)")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores", flush=True)
    tables: dict[str, Sequence[Row]] = {"This dossier": list(dossier(options.times))}
    print(f"\n{table('This dossier', tables['This dossier'])}", flush=True)
    results: dict[int, Sequence[Row]] = {}
    for size in options.records:
        title = f"{size:,} made-up records"
        tables[title] = results[size] = measured(size, options.times)
        print(f"\n{table(title, results[size])}", flush=True)
    if grown := list(growth(results)):
        tables["Growth"] = grown
        print(f"\n{table('Growth', grown)}")
    RESULTS.parent.mkdir(exist_ok=True)
    told = {title: [{**asdict(row), "verdict": row.verdict} for row in rows] for title, rows in tables.items()}
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "tables": told}
    RESULTS.write_text(json.dumps(machine, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten to {RESULTS.relative_to(PROJECT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
