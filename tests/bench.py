"""`python -m tests.bench [N …]` measures the stations on synthetic dossiers and prints a table; nothing here fails a test."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from explainer import build
from explainer.site import builder
from tests import synthetic

T = TypeVar("T")
LIMITS = {"read and check": 3.0, "generate": 2.0}
"""Seconds that a stage may take at 1,000 records."""


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Seconds that a call took, and what it returned."""
    start = time.perf_counter()
    found = act()
    return time.perf_counter() - start, found


def measure(total: int) -> dict[str, float]:
    """Seconds a stage on a dossier of `total` records, and how many pages a second run writes."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        synthetic.write(total, root)
        reading, library = timed(lambda: build.load(root))
        both, (_, first) = timed(lambda: build.generate(root))
        again, (_, second) = timed(lambda: build.generate(root))
        site, _ = timed(lambda: builder.build(root, root / "site"))
        return {
            "records": len(library.entries),
            "pages": len(first.write),
            "read and check": reading,
            "generate": both - reading,
            "generate again, whole": again,
            "pages written again": len(second.write),
            "site with MkDocs": site,
        }


def main() -> None:
    """Measure, print, and keep the numbers in build/bench.json."""
    sizes = [int(word) for word in sys.argv[1:]] or [1000]
    measure(50)  # imports and templates are loaded before anything is measured
    found = {size: measure(size) for size in sizes}
    for size, numbers in found.items():
        print(f"\n{size:,} records asked for")
        for name, value in numbers.items():
            limit = LIMITS.get(name) if size == 1000 else None
            verdict = "" if limit is None else f"  at most {limit:g} s: {'holds' if value <= limit else 'MISSED'}"
            print(f"  {name:<24}{value:>10,.0f}" if value == int(value) else f"  {name:<24}{value:>10.2f} s{verdict}")
    target = Path("build/bench.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"\nKept in {target}.")


if __name__ == "__main__":
    main()
