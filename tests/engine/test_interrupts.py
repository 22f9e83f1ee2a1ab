"""Ctrl-C at any moment: a sentence and a status, never Python's own last words, and no file is half-written."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from explainer.cli import main, outcomes
from explainer.cli.interrupts import STOPPED, Interrupts
from explainer.docs.content import content_files
from tests.conftest import Run, tree
from tests.surroundings import COMMANDS, NEED_A_REPOSITORY, arguments, calm, forked

pytest_plugins = ("tests.surroundings",)


class Handled:
    """A handler with a clock and an end of its own."""

    def __init__(self) -> None:
        self.now, self.ended = 0.0, list[int]()
        self.handler = Interrupts(lambda: self.now, self.ended.append)

    def press(self) -> None:
        self.handler(signal.SIGINT, None)


def test_the_first_ctrl_c_raises_and_a_later_one_ends_at_once() -> None:
    handled = Handled()
    with pytest.raises(KeyboardInterrupt):
        handled.press()
    handled.now = 0.2  # a wrapper passes it on as well
    handled.press()
    assert handled.ended == []
    handled.now = 1.0
    handled.press()

    assert handled.ended == [STOPPED]


def test_ctrl_c_ends_a_forked_worker_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    handled = Handled()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    handled.press()

    assert handled.ended == [STOPPED]


def test_ctrl_c_that_the_parent_ignores_stays_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "getsignal", lambda _: signal.SIG_IGN)
    monkeypatch.setattr(signal, "signal", lambda *_: pytest.fail("a handler was installed"))

    Interrupts().begin()


class Finalised:
    """Something in whose finaliser Ctrl-C is pressed."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(100):  # within which the handler is called
            pass


def test_ctrl_c_while_python_runs_a_finaliser_is_not_lost(harbour_elsewhere: Path) -> None:
    def begun(_: FrameType, event: str, __: object) -> None:
        sys.setprofile(None)
        Finalised()
        time.sleep(0.5)  # any work

    ran = forked(arguments("check", harbour_elsewhere), prepare=partial(sys.setprofile, partial(_in_the_engine, begun)))

    assert (ran.status, ran.out, ran.err) == (STOPPED, b"", b"explainer: stopped; nothing is half-written.\n")


def _in_the_engine(act: Callable[[FrameType, str, object], None], frame: FrameType, event: str, about: object) -> None:
    """Act at the first call of a function that reads the dossier, when Ctrl-C is handled already."""
    if event == "call" and frame.f_code.co_name == "examined":
        act(frame, event, about)


def test_what_ends_services_ends_the_server_as_ctrl_c_does(harbour_elsewhere: Path) -> None:
    command = [sys.executable, "-m", "explainer", "--root", str(harbour_elsewhere), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("Serving on" in line for line in process.stderr)
        process.terminate()
        assert "Stopped" in process.stderr.read()

    assert process.returncode == 0
    assert not (harbour_elsewhere / ".cache/serve").exists()


class Pressing:
    """A profiler that presses Ctrl-C at one of the calls of functions that it counts."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and "/explainer/" in frame.f_code.co_filename:
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("name", COMMANDS)
def test_ctrl_c_at_any_moment_gives_a_sentence_and_leaves_nothing_half_written(
    name: str, harbour_elsewhere: Path
) -> None:
    root = harbour_elsewhere
    before = tree(root / "content")
    (root / "docs/index.md").unlink()
    for at in (2, 40, 600, 6_000):
        ran = forked(arguments(name, root), prepare=partial(sys.setprofile, Pressing(at)))
        if ran.status == -signal.SIGINT:  # all was done, and the interpreter was about to end
            assert ran.err == b"", ran
            break
        if ran.status != STOPPED:  # it was over by then
            assert (ran.status, calm(ran.err)) == (int(name in NEED_A_REPOSITORY), True), ran
            break
        said = ran.err.decode().splitlines()[-1:]

        assert calm(ran.err), ran
        assert said == ["explainer: stopped; nothing is half-written."] or (name == "serve" and "Stopped" in said[0])
        assert not list((root / "content").rglob("*.part"))
        if name not in {"new", "links", "schema-write"}:
            assert tree(root / "content") == before
    assert content_files(root)[1] == []


def test_a_mistake_of_the_program_is_a_sentence_with_its_place(
    harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise KeyError("x\ny")

    monkeypatch.setattr("explainer.build.linked", wrong)
    ran = run("--root", harbour, "check")

    assert ran.status == 1
    assert ran.err.startswith("explainer: the program itself failed (KeyError: 'x\\ny' in explainer.build, line ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("too deep"), OSError(28, "No space left"), EOFError()])
def test_whatever_a_command_raises_is_said_in_one_line(
    error: Exception, harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("explainer.build.linked", fail)
    ran = run("--root", harbour, "check")

    assert (ran.status, ran.err.count("\n"), ran.err[:11]) == (1, 1, "explainer: ")


def test_ctrl_c_before_a_command_has_begun_is_said_as_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main.explainer, "make_context", press)

    assert main.main(["check"]) == STOPPED
    assert capsys.readouterr().err.strip() == "explainer: stopped; nothing is half-written."


def test_a_developers_python_shows_the_mistake_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Flags:
        dev_mode = True

    monkeypatch.setattr(sys, "flags", Flags)
    with pytest.raises(KeyError):
        outcomes.status_of(KeyError("x"), tmp_path)
