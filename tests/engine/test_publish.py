"""Publishing: the old site or the new one, never a mixture, whatever ends a build; the same bytes wherever it is built."""

import contextlib
import errno
import hashlib
import json
import os
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer import build
from explainer.base.progress import Progress
from explainer.cli import terminal
from explainer.publish import builder, page_workers, swap
from explainer.publish.built import Built
from explainer.publish.page_workers import COPIED, PageWorkers
from explainer.publish.shards import PAGE
from explainer.publish.swap import PublishError
from tests.conftest import HARBOUR, PROJECT, Run, change, copied, tree
from tests.kinds_of_dossier import bring_kinds
from tests.patience import HANG, until

KILLS = 400 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 20


@pytest.fixture(autouse=True)
def _time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


@pytest.fixture(scope="module")
def prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harbour dossier, built."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("built") / "harbour")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", "1767225600")
        built(root)
    return root


@pytest.fixture
def root(prototype: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(prototype, tmp_path / "harbour")


def built(root: Path, *, jobs: int = 1, clean: bool = False) -> Built:
    """Generate and build under the lock, as the command does."""
    with swap.alone(root, lambda _: None):
        library, _ = build.generate(root)
        return builder.build(root, root / "site", library.dossier, jobs=jobs, clean=clean)


def forked(what: Callable[[], object]) -> int:
    """Do something in a process of its own; returns its number."""
    pid = os.fork()
    if pid:
        return pid
    try:
        what()
        os._exit(0)
    except PublishError:
        os._exit(3)
    finally:
        os._exit(4)


def leftovers(root: Path) -> list[str]:
    """What a build has left beside the site."""
    return [path.name for path in root.iterdir() if path.name.startswith(".site")]


# --- killed, refused, full


class Reader(threading.Thread):
    """Reads the pages of a site all the time; keeps what it must not see."""

    def __init__(self, site: Path, known: dict[str, set[str]]) -> None:
        super().__init__(daemon=True)
        self.site, self.known, self.wrong, self.reads, self.over = site, known, list[str](), 0, False

    def run(self) -> None:
        """Read until told to stop."""
        while not self.over:
            for path, digests in self.known.items():
                try:
                    found = hashlib.sha256((self.site / path).read_bytes()).hexdigest()
                except OSError as error:
                    found = str(error)
                self.reads += 1
                if found not in digests:
                    self.wrong.append(f"{path}: {found}")
                time.sleep(0.0005)


def test_a_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_one_works(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_workers, "FEW", 5)
    page = root / "content" / "people" / "ada-quay.md"
    texts = [page.read_text("utf-8"), page.read_text("utf-8").replace("name: ", "name: Old ", 1)]
    sites = []
    started = 0.0
    for text in texts:
        page.write_text(text, "utf-8")
        started = time.perf_counter()
        built(root)
        sites.append(tree(root / "site"))
    longest = (time.perf_counter() - started) * 1.5
    known = {
        path: {hashlib.sha256(site[path]).hexdigest() for site in sites} for path in sites[0] if path.endswith(".html")
    }
    reader = Reader(root / "site", known)
    reader.start()
    lots = random.Random(7)
    moments = [
        longest * (share + lots.random()) / KILLS for share in range(KILLS)
    ]  # every part of a build has its turn
    lots.shuffle(moments)
    for turn, moment in enumerate(moments):
        page.write_text(texts[turn % 2], "utf-8")
        jobs, clean = lots.choice([(1, False), (1, True), (2, True)])
        pid = forked(lambda jobs=jobs, clean=clean: built(root, jobs=jobs, clean=clean))  # type: ignore[misc] # mypy knows no defaults
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)

        assert tree(root / "site") in sites, turn
    until(lambda: reader.reads > 100 or not reader.is_alive(), "the reader reads")
    reader.over = True
    reader.join()
    page.write_text(texts[0], "utf-8")
    built(root)

    assert reader.wrong == []
    assert sites[0] == tree(root / "site")
    assert leftovers(root) == []


@pytest.mark.parametrize("limit", [100, 20_000, 200_000])
def test_a_full_disk_leaves_the_old_site_whole_and_says_so(
    limit: int, root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    change(root / "content" / "people" / "ada-quay.md", ("name: ", "name: Old "))
    build.generate(root)
    shutil.rmtree(root / ".cache" / "store")  # what lies there need not be written
    build.generate(root)
    before = tree(root / "site")

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            built(root, clean=True)
        except PublishError as failed:
            os.write(1, str(failed).encode())
            raise

    _, status = os.waitpid(forked(full), 0)

    assert os.waitstatus_to_exitcode(status) == 3
    assert "File too large" in capfd.readouterr().out
    assert before == tree(root / "site")
    assert leftovers(root) == []


def test_a_build_that_was_killed_between_two_renames_is_mended(root: Path) -> None:
    before = tree(root / "site")
    (root / "site").rename(root / ".site.old")
    built(root)

    assert before == tree(root / "site")
    assert leftovers(root) == []


def test_a_system_that_cannot_exchange_folders_publishes_with_two_renames(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    before = tree(root / "site")
    (root / "site" / "index.html").unlink()
    (root / "site" / "own.txt").write_text("mine", "utf-8")
    built(root)

    assert {**before, "own.txt": b"mine"} == tree(root / "site")
    assert leftovers(root) == []


def test_this_system_exchanges_folders_in_one_step(tmp_path: Path) -> None:
    (tmp_path / "a" / "old").mkdir(parents=True)
    (tmp_path / "b" / "new").mkdir(parents=True)

    assert swap._exchanged(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a" / "new").is_dir()


@pytest.mark.parametrize("kept", [True, False])
def test_the_second_of_two_builds_says_who_builds_and_waits(kept: bool, tmp_path: Path) -> None:
    if not kept:
        (tmp_path / ".cache").write_text("mine\n", "utf-8")
    said: list[str] = []
    here, there = os.pipe()
    ended, end = os.pipe()

    def hold() -> None:
        with swap.alone(tmp_path, said.append):
            os.write(there, b"x")
            select.select([ended], [], [], HANG)

    def hear(words: str) -> None:
        said.append(words)
        os.write(end, b"x")

    pid = forked(hold)
    os.close(there)  # so that the next line ends where the other process does
    os.read(here, 1)
    with swap.alone(tmp_path, hear):
        pass
    os.waitpid(pid, 0)

    who = f"process {pid}, since " if kept else "another process builds here; "
    assert [words.startswith(who) for words in said] == [True]


def test_a_lock_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    here, there = os.pipe()

    def hold() -> None:
        with swap.alone(tmp_path, lambda _: None):
            os.write(there, b"x")
            signal.pause()

    pid = forked(hold)
    os.read(here, 1)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    said: list[str] = []
    with swap.alone(tmp_path, said.append):
        pass

    assert said == []


def test_a_worker_of_a_killed_build_keeps_others_out_until_it_ends(tmp_path: Path) -> None:
    here, there = os.pipe()
    ended, end = os.pipe()

    def work() -> None:
        os.close(end)
        os.write(there, b"x")
        select.select([ended], [], [], HANG)

    def hold() -> None:
        with swap.alone(tmp_path, lambda _: None):
            forked(work)
            signal.pause()

    pid = forked(hold)
    os.close(ended)
    os.read(here, 1)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    said: list[str] = []

    def hear(words: str) -> None:
        said.append(words)
        os.close(end)

    with swap.alone(tmp_path, hear):
        pass

    assert len(said) == 1


def test_a_build_waits_for_another_where_the_system_has_no_flock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)  # as on Windows, whose locks filelock knows as well
    held = threading.Event()
    said: list[str] = []

    def hold() -> None:
        with swap.alone(tmp_path, lambda _: None):
            held.set()
            until(lambda: said, "the second build waits")

    first = threading.Thread(target=hold)
    first.start()
    held.wait(HANG)
    with swap.alone(tmp_path, said.append):
        pass
    first.join(HANG)

    assert [words.startswith(f"process {os.getpid()}, since ") for words in said] == [True]


def test_a_build_runs_where_nothing_can_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    said: list[str] = []
    with swap.alone(tmp_path, said.append):
        said.append("built")

    assert said == ["built"]


def refuse(*_: object, **__: object) -> None:
    """What a file system without locks does."""
    raise OSError(errno.ENOLCK, "No locks available")


# --- the same bytes


def test_many_processes_give_the_same_bytes_as_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_workers, "FEW", 5)
    before = tree(root / "site")
    again = built(root, jobs=3, clean=True)

    assert again.rendered == again.pages
    assert before == tree(root / "site")
    assert built(root, jobs=3).rendered == 0


def test_a_warning_in_any_process_fails_the_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_workers, "FEW", 5)
    folder = root / "docs" / "contributing"
    folder.mkdir(parents=True)
    for name in ("index", "a", "b", "c"):
        (folder / f"{name}.md").write_text(f"# {name}\n\n[x](gone-{name}.md) [y](index.md#not-{name})\n", "utf-8")

    with pytest.raises(PublishError) as failed:
        built(root, jobs=3, clean=True)
    for name in ("index", "a", "b", "c"):
        assert f"gone-{name}.md" in str(failed.value)
        assert str(failed.value).count(f"index.md#not-{name}'") == 1


def test_a_process_that_dies_fails_the_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_workers, "FEW", 5)
    first, count = os.getpid(), PageWorkers.count

    def dying(self: PageWorkers) -> int:
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return count(self)

    monkeypatch.setattr(PageWorkers, "count", dying)
    before = tree(root / "site")

    with pytest.raises(PublishError, match="ended early"):
        built(root, jobs=2, clean=True)
    assert before == tree(root / "site")
    assert leftovers(root) == []


def test_a_build_that_can_start_no_process_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_workers, "FEW", 5)

    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refused)
    before = tree(root / "site")

    with pytest.raises(PublishError, match=r"no more processes can be started \(.*\); try --jobs 1"):
        built(root, jobs=2, clean=True)
    assert before == tree(root / "site")
    assert leftovers(root) == []


@pytest.mark.parametrize("copied", [0, 500])
def test_shares_are_even_with_what_the_first_process_copies_and_small_sites_are_not_shared(copied: int) -> None:
    weights = {f"{number}.md": number * 100 for number in range(100)}
    shares = page_workers.dealt(weights, 2, copied)
    loads = [
        sum(weights[page] + PAGE for page, share in shares.items() if share == number) + copied * COPIED * (not number)
        for number in range(2)
    ]

    assert abs(loads[0] - loads[1]) < 3000
    assert set(page_workers.dealt({"a.md": 1, "b.md": 2}, 4).values()) == {0}


def test_folder_time_zone_language_hash_seed_and_order_of_files_change_nothing(root: Path, tmp_path: Path) -> None:
    before = tree(root / "site")
    elsewhere = tmp_path / "somewhere" / "else"
    for path in sorted((HARBOUR / "content").rglob("*"), reverse=True):
        if path.is_file():
            target = elsewhere / "content" / path.relative_to(HARBOUR / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    bring_kinds(elsewhere)
    odd = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"}
    command = [sys.executable, "-m", "explainer", "--root", str(elsewhere), "build", "--format", "json", "--jobs", "2"]
    path_to_code = str(PROJECT / "scripts")
    ran = subprocess.run(
        command, env={**os.environ, **odd, "PYTHONPATH": path_to_code}, capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    found = json.loads(ran.stdout.splitlines()[-1])
    assert {"pages", "rendered", "kept", "seconds", "peak_rss_mb"} == set(found)
    assert found["peak_rss_mb"] > 10
    assert before == tree(elsewhere / "site")


def test_the_manifest_lists_every_file_and_what_the_site_was_made_of(root: Path) -> None:
    found = json.loads((root / "site" / "manifest.json").read_bytes())
    files = tree(root / "site")
    del files["manifest.json"]

    assert list(found) == ["commit", "packages", "files"]
    assert found["files"] == {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    assert "mkdocs-material" in found["packages"]
    assert found["commit"] is None or len(found["commit"].removesuffix("-dirty")) == 40


# --- what the command says


def test_in_a_pipe_a_stage_is_a_line(root: Path, run: Run) -> None:
    ran = run("--root", root, "build")

    stages = [line.split(":")[0] for line in ran.out.splitlines() if ":" in line and " s" in line]
    assert (ran.status, ran.err) == (0, "")
    before = ["read", "check", "compose", "write", "prepare", "render"]
    assert stages[:9] == [*before, "search", "verify", "publish"]


def test_quiet_says_nothing(root: Path, run: Run) -> None:
    ran = run("--root", root, "build", "--quiet")

    assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_a_terminal_gets_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = terminal.ProgressBar()
    bar.begin("render", 10)
    for _ in range(10):
        bar.step()
        time.sleep(0.02)
    bar.end()
    said = capsys.readouterr().err

    assert "of 10 pages" in said
    assert "a second" in said
    assert said.endswith("\r\x1b[K\x1b[?25h")


def test_a_run_that_ends_early_leaves_no_bar_and_a_terminal_with_a_cursor(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with contextlib.suppress(KeyboardInterrupt), terminal.ProgressBar() as bar:
        bar.begin("render", 10)
        raise KeyboardInterrupt

    assert capsys.readouterr().err.endswith("\r\x1b[K\x1b[?25h")


def test_ctrl_c_leaves_nothing_half_done_and_says_so(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(root / "site")

    def stop(self: Progress, pages: int = 1) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "step", stop)
    ran = run("--root", root, "build", "--clean")

    assert (ran.status, ran.err) == (130, "explainer: stopped; nothing is half-written.\n")
    assert before == tree(root / "site")
    assert leftovers(root) == []


@pytest.mark.parametrize("number", ["0", "two", "-1"])
def test_a_senseless_number_of_processes_is_refused(number: str, run: Run) -> None:
    assert run("build", "--jobs", number).status == 2
