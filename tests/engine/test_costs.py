"""What `--costs` counts and prints: the time of the processor, of browsers and other processes that still run as well."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests import costs
from tests.costs import COST, Costs, spent

BUSY = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\ninput()"
"""Uses the processor, says so, and goes on without using it."""


class _Terminal:
    """Keeps what is printed."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.section = self.write_line = self.lines.append


def _report(test: str, cost: float, **shared: float) -> Any:
    report = pytest.TestReport(test, ("", 0, ""), {}, "passed", None, "call")
    setattr(report, COST, (cost, shared))
    return report


def test_a_process_that_still_runs_is_counted_as_one_that_ended_is() -> None:
    before = spent()
    with subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout
        running.stdout.readline()
        while_it_runs = spent() - before
        running.communicate(b"\n")
    after = spent() - before

    assert while_it_runs >= 0.25  # the system counts in hundredths
    assert after >= 0.3


def test_the_costliest_come_first_and_what_is_shared_counts_for_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(costs, "FILE", tmp_path / "costs.tsv")
    counted, terminal = Costs(), _Terminal()
    for report in (_report("a.py::x", 1), _report("a.py::x", 1), _report("b.py::y", 0.5, **{"site (module)": 7})):
        counted.pytest_runtest_logreport(report)
    counted.pytest_terminal_summary(terminal)  # type: ignore[arg-type] # it only prints

    assert (counted.tests, counted.fixtures) == (Counter({"a.py::x": 2, "b.py::y": 0.5}), Counter({"site (module)": 7}))
    assert [line.split() for line in terminal.lines if line.startswith(" ")] == [
        ["2.00", "a.py::x"],
        ["0.50", "b.py::y"],
        ["7.00", "site", "(module)"],
        ["7.50", "b.py"],
        ["2.00", "a.py"],
    ]
    assert (tmp_path / "costs.tsv").read_text(encoding="utf-8").startswith("2.000\ttests\ta.py::x\n")


def test_a_process_that_ends_unwaited_for_takes_nothing_away() -> None:
    clock = iter([5.0, 7.0, 3.0, 4.0])
    counted, found = Costs(lambda: next(clock)), []
    for _ in range(3):
        step = counted.pytest_runtest_makereport()
        next(step)
        with pytest.raises(StopIteration) as ended:
            step.send(_report("a.py::x", 0))
        found.append(getattr(ended.value.value, COST)[0])

    assert found == [2.0, 0, 1.0]
