"""Measures what building and searching cost on made-up dossiers, and holds the numbers against what was promised.

Run as `python -m tests.bench`, it prints a table for each size and writes build/bench.json. Machines differ and are
noisy, so most promises are ratios to stock MkDocs, which builds the same pages in the same run. It only measures: a
number that misses its limit does not make it fail.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests import search_costs, synthetic
from tests.chromium import launch_options
from tests.kinds_of_dossier import bring_kinds
from tests.served import serving

PROJECT = Path(__file__).resolve().parent.parent
RESULTS = PROJECT / "build" / "bench.json"
SIZES = (1_000, 10_000)
LARGE = 10_000
"""From here on the limits for large dossiers hold."""
COMMAND = ("-m", "explainer", "--root")
SITE = ("prepare", "render", "verify", "publish")
"""The stages of a build that make the site, but for its search."""


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


def run(*arguments: str) -> tuple[float, str]:
    """Run Python with this project's package; the seconds that it took, from start to end, and what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "scripts"), "SOURCE_DATE_EPOCH": "1767225600"}
    started = time.perf_counter()
    ran = subprocess.run([sys.executable, *arguments], check=True, env=environment, capture_output=True, text=True)
    return time.perf_counter() - started, ran.stdout


@dataclass(frozen=True, slots=True)
class Build:
    """One run of `explainer build`."""

    wall: float
    """Seconds from start to end, but for those of the search."""
    site: float
    """Seconds of the stages that make the site, but for the search."""
    search: float
    peak_mb: float


def built(root: Path) -> Build:
    """Build a dossier with as many processes as there are processors."""
    wall, said = run(*COMMAND, str(root), "build", "--format", "json")
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    seconds: Mapping[str, float] = told["seconds"]
    search = seconds.get("search", 0.0)
    return Build(wall - search, sum(seconds.get(stage, 0.0) for stage in SITE), search, told["peak_rss_mb"])


def forget(root: Path, *names: str) -> None:
    """Delete folders of a dossier."""
    for name in names:
        shutil.rmtree(root / name, ignore_errors=True)


def edited(root: Path, number: int) -> None:
    """Change the summary of one operation to one that it never had before."""
    path = min((root / "content/operations").iterdir())
    text = re.sub(
        r"(?m)^summary: .*$", f"summary: Somebody looked again{' and again' * number}.", path.read_text("utf-8")
    )
    path.write_text(text, encoding="utf-8")


def stock(root: Path) -> float:
    """The seconds that `mkdocs build` takes for the same pages, with Material as it comes: no hook, no search."""
    text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^(hooks|extra_css|docs_dir|site_dir):.*\n|^  (custom_dir|logo|favicon):.*\n", "", text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mkdocs.yml"
        path.write_text(f"docs_dir: {root / 'docs'}\nsite_dir: {folder}/site\n{text}", encoding="utf-8")
        return run("-m", "mkdocs", "build", "--quiet", "--config-file", str(path))[0]


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


def builds(root: Path, size: int, times: int) -> Iterator[Row]:
    """What building takes, cold and warm, against stock MkDocs."""
    goal = partial(_goal, size)
    forget(root, "docs", "site", ".cache")
    generated = run(*COMMAND, str(root), "generate")[0]
    yield Row("read, check and generate, cold", generated, "s", goal(large=25))
    cold = built(root)
    plain = stock(root)
    yield Row("stock mkdocs build of the same pages", plain, "s")
    yield Row("site, cold, search apart", cold.site, "s")
    yield Row("  as a part of stock", cold.site / plain, "", 0.6)
    yield Row("search index, made anew", cold.search, "s")
    same = statistics.median(build.wall for build in warm(times, lambda _: None, lambda: built(root)))
    yield Row("build, nothing changed", same, "s")
    yield Row("  as a part of stock", same / plain, "", goal(large=1 / 25))
    changed = statistics.median(build.wall for build in warm(times, lambda n: edited(root, n), lambda: built(root)))
    yield Row("build, one edited record, search apart", changed, "s", goal(small=1))
    yield Row("  as a part of stock", changed / plain, "", goal(large=1 / 15))
    again = warm(times, lambda n: edited(root, n + times), lambda: run(*COMMAND, str(root), "generate")[0])
    yield Row("read, check and generate, one edited record", statistics.median(again), "s", goal(large=2))
    path = str(min((root / "content/operations").iterdir()))
    few = warm(times, lambda _: None, lambda: run(*COMMAND, str(root), "check", path)[0])
    yield Row("check one file", statistics.median(few), "s", goal(small=0.5))
    forget(root, ".cache")
    whole = built(root)
    yield Row("build, cold, all in all", whole.wall + whole.search, "s")
    yield Row("largest process", whole.peak_mb, "MB", 1000)
    site = [path for path in (root / "site").rglob("*") if path.is_file()]
    yield Row("pages of the site", sum(path.suffix == ".html" for path in site), "")
    yield Row("size of the site", sum(path.stat().st_size for path in site) / 1e6, "MB")


def searches(root: Path, size: int) -> Iterator[Row]:
    """What a search costs its reader in Chromium, on a server and from disk."""
    large = size >= LARGE
    asked = search_costs.questions(root / "docs")
    page = f"operations/{min((root / 'content/operations').iterdir()).stem}/"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options())
        with serving(root / "site") as address:
            hosted = search_costs.cost(chromium, f"{address}/{page}", asked)
        yield Row("search: opened, first result", hosted.opened_ms, "ms", 1000 if large else 300)
        yield Row("search: opened, first result", hosted.opened_kb, "kB", 600 if large else 400)
        yield Row("search: a further query", hosted.further_ms, "ms")
        yield Row("search: a further query", hosted.further_kb, "kB", None if large else 100)
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "edition.zip"
            run(*COMMAND, str(root), "offline", "--output", str(archive))
            yield Row("offline edition", archive.stat().st_size / 1e6, "MB")
            with zipfile.ZipFile(archive) as edition:
                edition.extractall(folder)
            disk = search_costs.cost(chromium, (Path(folder) / page / "index.html").as_uri(), asked)
        yield Row("search from disk: opened, first result", disk.opened_ms, "ms", None if large else 500)
        yield Row("search from disk: a further query", disk.further_ms, "ms", None if large else 500)
        chromium.close()


def dossier(times: int) -> Iterator[Row]:
    """What the commands take on the dossier of this project."""
    yield Row(
        "explainer --help", statistics.median(run("-m", "explainer", "--help")[0] for _ in range(times)), "s", 0.3
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(PROJECT / "content", root / "content")
        bring_kinds(root)
        yield Row("explainer check, cold", run(*COMMAND, folder, "check")[0], "s", 5)
        again = warm(times, lambda _: None, lambda: run(*COMMAND, str(root), "check")[0])
        yield Row("explainer check, nothing changed", statistics.median(again), "s", 1)


def table(title: str, rows: Sequence[Row]) -> str:
    """Measurements as a table."""
    lines = [f"{title:<46} {'measured':>11} {'limit':>8}  verdict"]
    for row in rows:
        exact = f"{row.number:.3f}" if not row.unit and row.number < 10 else f"{row.number:,.2f}"
        number = exact if row.unit in {"", "s", "MB"} else f"{row.number:,.0f}"
        limit = "" if row.limit is None else f"{row.limit:.3g}"
        lines.append(f"{row.what:<46} {f'{number} {row.unit}'.rstrip():>11} {limit:>8}  {row.verdict}".rstrip())
    return "\n".join(lines)


def measured(size: int, times: int) -> list[Row]:
    """Every measurement of one size."""
    with tempfile.TemporaryDirectory() as folder:
        root = synthetic.write(size, Path(folder))
        return [*builds(root, size, times), *searches(root, size)]


def growth(results: Mapping[int, Sequence[Row]]) -> Iterator[Row]:
    """How much longer a cold build takes where there are more records."""
    cold = {size: next(row.number for row in rows if "all in all" in row.what) for size, rows in results.items()}
    if set(SIZES) <= cold.keys():
        yield Row("growth of a cold build from 1,000 to 10,000", cold[SIZES[1]] / cold[SIZES[0]], "", 12)


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
