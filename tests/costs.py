"""Which tests and fixtures cost how much of the processor: `make test ARGS=--costs` prints the costliest at the end.

Time on the clock says little on a machine that has other things to do. What is counted is the processor's time of the
process itself, of the processes that it started and of theirs: of those that ended, and of those that still run (a browser).
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

with suppress(ModuleNotFoundError):
    import resource  # Windows has none, where every test imports this module

SHOWN = 25
"""How many of each are printed."""
COST = "cost"
"""The attribute of a report; a setattr, since the class declares none."""
FILE = Path(".cache", "costs.tsv")
"""Where all of them are written down."""
_SELF = os.getpid()
"""This process, whatever a test lets `os.getpid` answer while it is counted."""


def spent() -> float:
    """Seconds of the processor that this process and all that it started have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime + sum(map(_used, _running(_SELF)))


def _running(pid: int) -> Iterator[int]:
    """The processes below one."""
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, _text(task / "children").split()):
                yield child
                yield from _running(child)


def _used(pid: int) -> float:
    """What a running process has used, and those it waited for: fields 14 to 17 of proc_pid_stat(5)."""
    with suppress(OSError):
        fields = _text(f"/proc/{pid}/stat").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _text(path: str | Path) -> str:
    """What a file of the system holds, whatever a test lets a `Path` do while it is counted."""
    with open(path, encoding="ascii", errors="replace") as file:  # noqa: PTH123 - see above
        return file.read()


class Costs:
    """Counts in each process that runs tests, and prints in the one that a person started."""

    def __init__(self, clock: Callable[[], float] = spent) -> None:
        self.tests: Counter[str] = Counter()
        self.fixtures: Counter[str] = Counter()
        self.modules: Counter[str] = Counter()
        self._clock = clock
        self._last = clock()
        self._shared: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        """Count what is shared by itself, and not for the test that happens to be the first to ask for it."""
        before = self._clock()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                name = f"{fixturedef.func.__module__}::{fixturedef.argname} ({fixturedef.scope})"
                self._shared[name] = self._shared.get(name, 0) + max(self._clock() - before, 0)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note on the report what was used since the one before; it travels to the process that prints."""
        report = yield
        now = self._clock()
        used = max(
            now - self._last - sum(self._shared.values()), 0
        )  # less than none where a browser ended unwaited for
        setattr(report, COST, (used, self._shared))
        self._last, self._shared = now, {}
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add it up."""
        cost, shared = getattr(report, COST)
        self.tests[report.nodeid] += cost
        self.modules[report.nodeid.partition("::")[0]] += cost + sum(shared.values())
        self.fixtures.update(shared)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the costliest, and write all of them down."""
        tables = {"tests": self.tests, "shared fixtures": self.fixtures, "modules with their fixtures": self.modules}
        terminalreporter.section("seconds of the processor")
        for name, costs in tables.items():
            terminalreporter.write_line(f"{len(costs)} {name}, {sum(costs.values()):.0f} s in all; the costliest:")
            for each, cost in costs.most_common(SHOWN):
                terminalreporter.write_line(f"{cost:9.2f}  {each}")
        rows = (f"{cost:.3f}\t{name}\t{each}\n" for name, costs in tables.items() for each, cost in costs.most_common())
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text("".join(rows), encoding="utf-8")
        terminalreporter.write_line(f"All of them are in {FILE}")
