"""What must never happen, looked for in one case: each finding has a kind, a place that tells it from others, and words."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import signal
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from explainer.cli import main
from tests.conftest import tree
from tests.fuzz.bases import LARGE, Bases
from tests.fuzz.case import Case
from tests.fuzz.lost import lost

LIMIT = 60.0
"""Seconds of the processor after which a command hangs; the largest dossier here takes less than ten."""
COMPLETES = "_EXPLAINER_COMPLETE"
"""The variable with which a shell asks for completions, instead of what the command does."""
OUTSIDE = {"own.txt": b"mine", "site/index.html": b"theirs", "site/CNAME": b"theirs.example"}
"""Files beside the dossier, which nobody may touch."""


@dataclass(frozen=True)
class Finding:
    """Something that must never happen."""

    kind: str
    where: str
    """With the kind, what is the same for every case of one fault."""
    words: str

    @property
    def fault(self) -> tuple[str, str]:
        """What tells one fault from another."""
        return self.kind, self.where


class Found(Exception):  # noqa: N818 - it is no error of the fuzzer
    """Raised with the first finding of a case."""

    def __init__(self, kind: str, where: str, words: str) -> None:
        super().__init__(words)
        self.finding = Finding(kind, where, words)


class Refused(Exception):  # noqa: N818 - it is no error
    """Raised where the command itself is refused, so that nothing is to be judged."""


class Hung(BaseException):
    """Raised within a command that hangs; no `except Exception` takes it for its own."""


def _hang(number: int, frame: FrameType | None) -> None:
    raise Hung


@dataclass(frozen=True)
class Ran:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


def _place(error: BaseException) -> str:
    """The innermost function of ours, or else of all, in which something was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/scripts/" in frame.filename]
    last = (ours or frames)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.name}"


@contextlib.contextmanager
def _watched() -> Iterator[None]:
    """Raise Hung in what takes too much of the processor."""
    before = signal.signal(signal.SIGPROF, _hang)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _run(root: Path, *arguments: str, at: str = "") -> Ran:
    """Run a command in the dossier's folder, in this process. Raises Found for what it does not answer."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", newline="") for _ in range(2))
    try:
        with contextlib.chdir(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _watched():
            status = main.main(arguments)
    except SystemExit as leaving:  # where a shell asks for completions
        status = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
    except Hung as hung:
        raise Found("hang", _place(hung), f"{' '.join(arguments)} was not done within {LIMIT:.0f} s") from hung
    except BaseException as error:
        last = "".join(traceback.format_exception_only(error)).strip()
        raise Found("traceback", _place(error), f"{' '.join(arguments)}: {last}") from error
    ran = Ran(status, *(_said(stream) for stream in (out, err)))
    if status not in {0, 1, 2, 130} or re.search(r"Traceback|\bErrno\b", ran.out + ran.err):
        raise Found("odd answer", at or arguments[0], f"status {status}: {ran.err[-400:]}")
    return ran


def _said(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@contextlib.contextmanager
def _surroundings(variables: Mapping[str, str | None]) -> Iterator[None]:
    """The environment of a case."""
    with mock.patch.dict(os.environ, {name: value for name, value in variables.items() if value is not None}):
        for name in (name for name, value in variables.items() if value is None):
            os.environ.pop(name, None)
        yield


class Trial:
    """A copy of a dossier that was spoilt as a case says, and what stands beside it."""

    def __init__(self, case: Case, bases: Bases, folder: Path) -> None:
        self.case = case
        self.root = folder / "dossier"
        self.outside = folder / "outside"
        shutil.copytree(bases[case.base], self.root, symlinks=True)
        for path, data in OUTSIDE.items():
            (self.outside / path).parent.mkdir(parents=True, exist_ok=True)
            (self.outside / path).write_bytes(data)
        self.possible = case.put(self.root)

    def judge(self) -> None:
        """Raises Found for the first finding."""
        if not self.possible:
            return
        with _surroundings(self.case.variables):
            if self.case.command:
                self._command()
            else:
                self._pipeline()
        there = tree(self.outside)
        if gone := [path for path, data in OUTSIDE.items() if there.get(path) != data]:
            raise Found("stranger's file", gone[0], f"{gone} is not as it was")

    def _command(self) -> None:
        before = {name: tree(self.root / name) for name in ("docs", "content")}
        ran = _run(self.root, *self.case.command, at=" ".join(self.case.command[:1]))
        if ran.status and before["docs"] != tree(self.root / "docs"):
            raise Found(
                "half-written", self.case.command[0], f"{self.case.command}: docs/ changed, status {ran.status}"
            )
        after = tree(self.root / "content")
        if gone := sorted(before["content"].keys() - after.keys()):
            raise Found("record deleted", self.case.command[0], f"{self.case.command}: {gone}")

    def _pipeline(self) -> None:
        before = tree(self.root / "docs")
        problems = self._checked()
        ran = _run(self.root, "generate")
        if problems:
            if ran.status == 0:
                raise Found("check stops, generate does not", _gist(problems[0]["message"]), ran.out)
            if before != tree(self.root / "docs"):
                raise Found("half-written", "generate", "docs/ is not as it was, though the run was refused")
            return
        if ran.status:
            raise Found("check passes, generate stops", _gist(ran.err), ran.err[-600:])
        self._same_again()
        self._nothing_lost()
        if self.case.build:
            self._built()

    def _checked(self) -> list[dict[str, Any]]:
        """What is wrong; every problem has a place in a file."""
        ran = _run(self.root, "check", "--format", "json")
        if ran.status == 2 or COMPLETES in self.case.variables:  # an environment in which no command makes sense
            raise Refused
        try:
            told = json.loads(ran.out)
        except ValueError as error:
            raise Found("odd answer", "check --format json", f"{ran.out[:200]} {ran.err[:400]}") from error
        for problem in (*told["problems"], *told["remarks"]):
            self._is_placed(problem)
        if bool(told["problems"]) != bool(ran.status):
            raise Found("odd answer", "status of check", str(ran.status))
        problems: list[dict[str, Any]] = told["problems"]
        return problems

    def _is_placed(self, problem: dict[str, Any]) -> None:
        """Whether the place of a problem is in its file."""
        path = self.root / problem["path"]
        if "\\" in problem["path"] or path.is_dir() or not path.exists():
            return  # a name that was written out, a folder, or a file that is missing
        lines = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
        line, column = problem["line"], problem["column"]
        if not 1 <= line <= len(lines) or not 1 <= column <= len(lines[line - 1]) + 1:
            told = f"{problem['path']}:{line}:{column}: {problem['message']}"
            raise Found("wrong place", _gist(problem["message"]), told[:400])

    def _same_again(self) -> None:
        """A second run changes nothing, and one that remembers nothing makes the same, where that does not take long."""
        made = tree(self.root / "docs")
        again = _run(self.root, "generate")
        if again.status or made != tree(self.root / "docs"):
            raise Found("second run differs", "generate", again.err[-400:])
        if self.case.base in LARGE:
            return
        for name in ("docs", ".cache"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        _run(self.root, "generate")
        fresh = tree(self.root / "docs")
        if made != fresh:
            differ = sorted(path for path in {*made, *fresh} if made.get(path) != fresh.get(path))
            raise Found("kept differs from fresh", "generate", ", ".join(differ[:5]))

    def _nothing_lost(self) -> None:
        for path in self.case.files:
            if missing := lost(self.root, path):
                raise Found("lost words", _around(self.root / path, missing), f"{path}: {missing[:8]} not on its page")

    def _built(self) -> None:
        ran = _run(self.root, "build")
        if (
            ran.status and "SOURCE_DATE_EPOCH" not in ran.err
        ):  # a moment that is none is refused, and a check needs none
            raise Found("check passes, build stops", _gist(ran.err), ran.err[-600:])


def _gist(message: str) -> str:
    """The shape of a message, without what is particular to a case."""
    finding = message.strip().split(";")[0]
    return re.sub(r"'[^']*'|\S*/\S*|\d+", "…", finding)[:80]


def _around(path: Path, missing: list[str]) -> str:
    """The marks of the line in which the first lost word stands, which tell what lost it."""
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        if missing[0] in line.casefold():
            return re.sub(r"[\w\s]+", "w", line)[:40]
    return "?"


def finding(case: Case, bases: Bases, folder: Path) -> Finding | None:
    """The first thing in a case that must never happen; None if there is none."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        Trial(case, bases, folder).judge()
    except Found as found:
        words = found.finding.words.replace(str(folder), "FOLDER")  # a case is the same on every machine
        return replace(found.finding, words=words)
    except Refused:
        pass
    return None
