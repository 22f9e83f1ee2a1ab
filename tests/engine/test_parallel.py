"""Pages made by several processes: the same bytes as by one, the same memory, and nothing lost with a process."""

import errno
import gc
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

import pytest

from explainer import build
from explainer.base.files import Output
from explainer.incremental import scheduler
from explainer.incremental.results import BuildState, Computed
from explainer.incremental.store import FOLDER, Store
from explainer.library.library import Library
from explainer.pages import render
from explainer.pages.page import LazyPage
from explainer.pages.template_cache import TemplateCache
from explainer.publish import swap
from tests.conftest import HARBOUR, PROJECT, Said, change, copied, tree
from tests.patience import until

SCRIPTS = PROJECT / "scripts"
ALONE = """
import sys
from pathlib import Path
from explainer import build
from explainer.incremental import scheduler
from explainer.publish import swap
scheduler.FEW = 5
root, jobs = Path(sys.argv[1]), int(sys.argv[2])
with swap.alone(root, lambda words: None):
    build.generate(root, jobs=jobs)
"""
"""What a process of its own does."""


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even the small dossier be made by several processes."""
    monkeypatch.setattr(scheduler, "FEW", 5)


@pytest.fixture
def root(generated: Path, tmp_path: Path) -> Path:
    """A copy of the generated dossier in which every page is to be made again."""
    made = shutil.copytree(generated, tmp_path / "harbour")
    shutil.rmtree(made / "docs")
    shutil.rmtree(made / FOLDER)
    return made


def alone(root: Path, jobs: int) -> "subprocess.Popen[bytes]":
    """Begin to generate in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(SCRIPTS)}
    return subprocess.Popen([sys.executable, "-c", ALONE, str(root), str(jobs)], env=environment)


def together(notes: Path, processes: int, words: str) -> None:
    """Note words under the number of this process, and wait until as many processes have noted some.

    Otherwise one could make every page before another that was forked for them has begun.
    """
    with notes.open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()} {words}\n")
    until(lambda: len({line.split()[0] for line in notes.read_text("utf-8").splitlines()}) >= processes, "all begin")


def unlocked(root: Path) -> None:
    """Wait until no process is at work on a dossier."""
    with swap.alone(root, lambda _: None):
        pass


@pytest.mark.usefixtures("forks")
def test_what_a_worker_answered_is_not_held_when_it_is_taken_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    gain = BuildState.gain

    def counting(state: BuildState, computed: Computed) -> None:
        held.append(sum(isinstance(each, scheduler._Chunk) for each in gc.get_objects()))
        gain(state, computed)

    monkeypatch.setattr(BuildState, "gain", counting)
    gc.freeze()  # what other tests hold need not be looked through
    try:
        build.generate(root, jobs=2)
    finally:
        gc.unfreeze()

    assert (len(held) > 2, held[-1]) == (True, 1)


@pytest.mark.usefixtures("forks")
def test_many_processes_make_the_same_pages_as_one(generated: Path, root: Path) -> None:
    build.generate(root, jobs=3)

    assert tree(root / "docs") == tree(generated / "docs")


@pytest.mark.usefixtures("forks")
def test_every_process_makes_some_pages_and_none_is_made_twice(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "notes"
    make = render.files

    def noted(library: Library, page: LazyPage) -> Iterable[Output]:
        together(notes, 3, page.path)
        return make(library, page)

    monkeypatch.setattr(render, "files", noted)
    build.generate(root, jobs=3)
    lines = [line.split() for line in notes.read_text("utf-8").splitlines()]
    pages = [path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")]

    assert sorted(page for _, page in lines) == sorted(pages)
    assert len({process for process, _ in lines} - {str(os.getpid())}) == 3


@pytest.mark.usefixtures("forks")
def test_what_other_processes_made_is_remembered_as_well(generated: Path, root: Path, tmp_path: Path) -> None:
    build.generate(root, jobs=3)
    one = shutil.copytree(generated, tmp_path / "one")
    assert build.generate(root, jobs=3)[1].write == ()
    for each in (root, one):
        change(each / "content/people/ada-quay.md", ("name: ", "name: Old "))
    several, single = (build.generate(each, jobs=jobs)[1] for each, jobs in ((root, 3), (one, 1)))

    assert [output.path for output in several.write] == [output.path for output in single.write]
    assert tree(root / "docs") == tree(one / "docs")


def test_templates_of_other_processes_are_kept(generated: Path, tmp_path: Path) -> None:
    one, several = copied(HARBOUR, tmp_path / "one"), copied(HARBOUR, tmp_path / "several")
    assert [alone(one, 1).wait(), alone(several, 3).wait()] == [0, 0]
    templates = [set(TemplateCache(Store(each).load(build.TEMPLATES)).known) for each in (one, several)]

    assert tree(one / "docs") == tree(several / "docs") == tree(generated / "docs")
    assert set() < templates[0] <= templates[1]


@pytest.mark.usefixtures("forks")
def test_pages_of_a_process_that_dies_are_made_without_it(
    generated: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> NoReturn:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    monkeypatch.setattr(scheduler.Scheduler, "chunk", killed)
    build.generate(root, said := Said(), jobs=3)

    assert len(said.words) == 1
    assert said.words[0].startswith("a process that made pages ended early; is there memory enough? try --jobs 1; ")
    assert tree(root / "docs") == tree(generated / "docs")
    assert build.generate(root)[1].write == ()


@pytest.mark.usefixtures("forks")
def test_where_the_system_starts_no_more_processes_the_first_makes_all(
    generated: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forks, fork = iter([False, True]), os.fork

    def refused() -> int:
        if next(forks):
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    build.generate(root, said := Said(), jobs=3)

    assert said.words == [
        f"no more processes can be started ({os.strerror(errno.EAGAIN)}); try --jobs 1; the pages that are missing are made without it"
    ]
    assert tree(root / "docs") == tree(generated / "docs")


@pytest.mark.usefixtures("forks")
@pytest.mark.parametrize("only_in_a_fork", [False, True])
def test_a_page_that_cannot_be_made_stops_every_process(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, only_in_a_fork: bool
) -> None:
    first, make = os.getpid(), render.files
    notes = tmp_path / "notes"

    def failing(library: Library, page: LazyPage) -> Iterable[Output]:
        together(notes, 3, page.path)
        if os.getpid() != first if only_in_a_fork else page.path == "people/ada-quay.md":
            raise ZeroDivisionError(page.path)
        return make(library, page)

    monkeypatch.setattr(render, "files", failing)
    said = Said()
    if only_in_a_fork:
        build.generate(root, said, jobs=3)
        assert (root / "docs").exists()
    else:
        with pytest.raises(ZeroDivisionError, match="people/ada-quay"):
            build.generate(root, said, jobs=3)
        assert not (root / "docs").exists()
    others = {int(line.split()[0]) for line in notes.read_text("utf-8").splitlines()} - {first}
    assert said.words[0].startswith("a process that made pages failed (ZeroDivisionError(")
    assert others
    for process in others:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_run_killed_at_any_moment_leaves_no_process_and_the_next_one_works(generated: Path, tmp_path: Path) -> None:
    root = copied(HARBOUR, tmp_path / "harbour")
    started = time.perf_counter()
    assert alone(root, 3).wait() == 0
    longest = time.perf_counter() - started
    for turn in range(5):
        shutil.rmtree(root / FOLDER)
        shutil.rmtree(root / "docs", ignore_errors=True)
        process = alone(root, 3)
        time.sleep(longest * (turn + 0.5) / 5)
        process.kill()
        process.wait()
        unlocked(root)
        build.generate(root)
        assert tree(root / "docs") == tree(generated / "docs")


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even the small dossier make its files to take away in a process beside the first one."""
    monkeypatch.setattr(scheduler, "MANY", 1)


def edited(generated: Path, tmp_path: Path, name: str) -> Path:
    """A copy of the generated dossier with a person who has another name."""
    made = shutil.copytree(generated, tmp_path / name)
    change(made / "content/people/ada-quay.md", ("name: ", "name: Old "))
    return made


@pytest.mark.usefixtures("beside")
def test_after_an_edit_another_process_makes_the_files_to_take_away_and_this_one_the_rest(
    generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (edited(generated, tmp_path, name) for name in ("one", "two"))
    notes, make = tmp_path / "notes", BuildState.make

    def noted(state: BuildState, name: str, work: Callable[[], Iterable[Output]]) -> tuple[Output, ...]:
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()} {name}\n")
        return make(state, name, work)

    build.generate(one, jobs=1)
    monkeypatch.setattr(BuildState, "make", noted)
    build.generate(two, jobs=2)
    made = [line.split(" ", 1) for line in notes.read_text("utf-8").splitlines()]
    elsewhere = {name for process, name in made if process != str(os.getpid())}

    assert "file data/index.md" in elsewhere
    assert all(name.endswith(" data/index.md") for name in elsewhere)
    assert len(made) == len({name for _, name in made}) > len(elsewhere)
    assert tree(one / "docs") == tree(two / "docs")
    assert build.generate(two, jobs=2)[1].write == ()


@pytest.mark.usefixtures("beside")
def test_what_a_lost_process_beside_the_first_would_have_made_is_made_there(
    generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (edited(generated, tmp_path, name) for name in ("one", "two"))
    build.generate(one, jobs=1)
    monkeypatch.setattr(scheduler.Scheduler, "chunk", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    build.generate(two, jobs=2)

    assert tree(one / "docs") == tree(two / "docs")
    assert build.generate(two)[1].write == ()


@pytest.mark.usefixtures("beside")
def test_a_run_that_is_stopped_leaves_no_process_beside_it(
    generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = edited(generated, tmp_path, "harbour")
    monkeypatch.setattr(scheduler.Scheduler, "chunk", lambda *_: time.sleep(600))
    monkeypatch.setattr(scheduler.Scheduler, "outputs", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        build.generate(root, jobs=2)

    until(lambda: not multiprocessing.active_children(), "the process ends")


def test_few_pages_are_made_by_one_process(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process was forked"))
    build.generate(root)
    change(root / "content/people/ada-quay.md", ("name: ", "name: Old "))

    assert build.generate(root, jobs=8)[1].write
