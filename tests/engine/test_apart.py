"""Work in a process of its own: what it returns and raises comes back, and a lost process costs time only."""

import errno
import os
from pathlib import Path

import pytest

from explainer.base.apart import apart, begun
from explainer.base.problems import ContentError, Problem
from explainer.cli import build_commands
from explainer.cli.terminal import Quiet
from tests.conftest import change, tree


def test_work_is_done_in_another_process() -> None:
    assert apart(os.getpid) != os.getpid()


def test_work_whose_process_is_lost_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os._exit(9)
        return here

    assert apart(work) == here


def test_work_that_is_begun_goes_on_beside_other_work_and_may_have_processes_of_its_own() -> None:
    other, own = os.pipe()
    ended = begun(lambda: os.read(other, 1))
    os.write(own, b"x")

    assert ended() == b"x"
    assert apart(lambda: begun(os.getpid)() != os.getpid())


def test_work_is_done_here_where_no_more_processes_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: (_ for _ in ()).throw(OSError(errno.EAGAIN, "full")))

    assert apart(os.getpid) == os.getpid()


def test_what_work_raises_is_raised_here() -> None:
    def work() -> None:
        raise ValueError(os.getpid())

    with pytest.raises(ValueError, match=str(os.getpid())):
        apart(work)


def test_a_first_run_with_many_records_generates_in_a_process_of_its_own(
    generated: Path, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_commands, "LARGE", 0)
    monkeypatch.setattr(build_commands, "_told", lambda *_: str(os.getpid()))
    progress = Quiet()
    about, told, files = build_commands.generated(harbour, progress, 1)

    assert (told != str(os.getpid()), about.title != "") == (True, True)
    assert {"read", "compose", "write"} <= progress.seconds.keys()
    assert (len(files) > 0, tree(harbour / "docs")) == (True, tree(generated / "docs"))


def test_problems_of_a_process_of_its_own_are_those_of_any_other(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(harbour / "content/people/ada-quay.md", ("name: ", "nmae: "))
    with pytest.raises(ContentError) as here:
        build_commands.generated(harbour, Quiet(), 1)
    monkeypatch.setattr(build_commands, "LARGE", 0)
    with pytest.raises(ContentError) as apart_from_here:
        build_commands.generated(harbour, Quiet(), 1)

    assert apart_from_here.value.problems == here.value.problems
    assert all(isinstance(problem, Problem) for problem in here.value.problems)
