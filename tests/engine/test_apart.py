"""Work in a process of its own: what it returns and raises comes back, and a lost process costs time only."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explainer.base.apart import answers, apart, begun
from explainer.base.problems import ContentError, Problem
from explainer.cli import generation
from explainer.cli.terminal import Quiet
from tests.conftest import Run, change, copied, tree


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


def test_work_that_answers_several_times_is_heard_while_it_goes_on() -> None:
    other, own = os.pipe()

    def work() -> Iterator[int]:
        yield os.getpid()
        yield int(os.read(other, 1))

    with answers(work) as told:
        assert next(told) != os.getpid()
        os.write(own, b"7")
        assert list(told) == [7]


def test_what_a_lost_process_owes_is_answered_here() -> None:
    here = os.getpid()

    def work() -> Iterator[bool]:
        yield os.getpid() == here
        if os.getpid() != here:
            os._exit(9)
        yield True

    with answers(work) as told:
        assert list(told) == [False, True]


def hear_one(work: Callable[[], Iterator[bytes]], error: BaseException) -> None:
    with answers(work) as told:
        next(told)
        raise error


def test_work_that_answers_goes_on_to_its_end_though_nobody_hears_it_and_an_error_comes(tmp_path: Path) -> None:
    def work() -> Iterator[bytes]:
        yield b"x"
        (tmp_path / "done").touch()
        yield b"x" * 1_000_000  # more than a pipe holds

    with pytest.raises(ValueError, match="here"):
        hear_one(work, ValueError("here"))

    assert (tmp_path / "done").exists()


def test_work_that_answers_ends_at_once_where_the_run_does(tmp_path: Path) -> None:
    waits, _ = os.pipe()

    def work() -> Iterator[bytes]:
        yield b"x"
        yield os.read(waits, 1)

    with pytest.raises(KeyboardInterrupt):
        hear_one(work, KeyboardInterrupt())


def test_answers_are_given_here_where_no_more_processes_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: (_ for _ in ()).throw(OSError(errno.EAGAIN, "full")))
    with answers(lambda: iter([os.getpid()])) as told:
        assert list(told) == [os.getpid()]


def test_a_dossier_with_many_records_is_generated_in_a_process_of_its_own(
    generated: Path, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "LARGE", 0)
    monkeypatch.setattr(generation, "told", lambda *_: str(os.getpid()))
    progress = Quiet()
    about, told, files = generation.generated(harbour, progress, 1)

    assert (told != str(os.getpid()), about.title != "") == (True, True)
    assert {"read", "compose", "write"} <= progress.seconds.keys()
    assert (len(files) > 0, tree(harbour / "docs")) == (True, tree(generated / "docs"))


def test_problems_of_a_process_of_its_own_are_those_of_any_other(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(harbour / "content/people/ada-quay.md", ("name: ", "nmae: "))
    with pytest.raises(ContentError) as here:
        generation.generated(harbour, Quiet(), 1)
    monkeypatch.setattr(generation, "LARGE", 0)
    with pytest.raises(ContentError) as apart_from_here:
        generation.generated(harbour, Quiet(), 1)

    assert apart_from_here.value.problems == here.value.problems
    assert all(isinstance(problem, Problem) for problem in here.value.problems)


def test_a_site_whose_pages_are_generated_beside_it_is_the_same_from_nothing_and_after_an_edit(
    harbour: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = ("content/people/ada-quay.md", ("summary: ", "summary: Later "))
    other = copied(harbour, tmp_path / "other")
    for root in (harbour, other):
        monkeypatch.setattr(generation, "LARGE", 0 if root == harbour else sys.maxsize)
        assert run("--root", root, "build", "--quiet").status == 0
        change(root / edit[0], edit[1])
        ran = run("--root", root, "build", "--jobs", "2")
        assert ran.status == 0, ran.err

    assert tree(harbour / "site") == tree(other / "site")
    assert {"records", "results", "templates"} <= {path.name for path in (harbour / ".cache/store/roots").iterdir()}


def test_what_is_wrong_with_a_configuration_is_told_after_what_is_wrong_with_records(
    harbour: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "LARGE", 0)
    (harbour / "mkdocs.yml").write_text("theme: nowhere\nsite_name: x\n", "utf-8")
    change(harbour / "content/people/ada-quay.md", ("name: ", "nmae: "))
    first = run("--root", harbour, "build", "--quiet")
    change(harbour / "content/people/ada-quay.md", ("nmae: ", "name: "))
    second = run("--root", harbour, "build", "--quiet")

    assert (first.status, "nmae" in first.err, "nowhere" in first.err) == (1, True, False)
    assert (second.status, "nowhere" in second.err) == (1, True)
    assert (harbour / ".cache/store/roots/results").is_file()
