"""Whatever folders and permissions do, every subcommand answers with words and an exit status, never a traceback."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.conftest import Run, change, tree
from tests.surroundings import BUILDS, COMMANDS, Ended, alone, arguments, calm, environment

pytest_plugins = ("tests.surroundings",)

UNKEPT = re.compile(
    r"explainer: \.cache/ cannot be used \([\w ]+\); expected a folder that can be written; "
    r"mend its permissions or delete it; until then every run does all the work anew\.\n"
)


# --- folders that cannot be used


@pytest.fixture
def root(harbour_elsewhere: Path) -> Path:
    """A copy of the harbour dossier in a folder with an accent."""
    return harbour_elsewhere


def a_file(path: Path) -> None:
    """Put a file there."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine\n", "utf-8")


def a_link_to_nothing(path: Path) -> None:
    """Put a link there that leads nowhere."""
    path.symlink_to("nothing/here")


def a_circle(path: Path) -> None:
    """Put a link there that leads to itself."""
    path.symlink_to(path)


@pytest.mark.parametrize("spoil", [a_file, a_link_to_nothing, a_circle])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_works_where_nothing_can_be_kept(
    name: str, spoil: Callable[[Path], None], root: Path, run: Run
) -> None:
    shutil.rmtree(root / ".cache")
    shutil.rmtree(root / "docs")
    spoil(root / ".cache")
    ran = run(*arguments(name, root))

    assert (ran.status, calm(ran.out, ran.err)) == (0, True)
    if name == "generate" or name in BUILDS:
        assert UNKEPT.fullmatch(ran.err)
    elif name != "check-github":
        assert ran.err == ""
    assert (root / ".cache").is_symlink() or (root / ".cache").read_text("utf-8") == "mine\n"


@pytest.mark.parametrize("inside", ["store"])
def test_a_build_works_where_a_part_of_the_cache_cannot_be_used(inside: str, root: Path, run: Run) -> None:
    shutil.rmtree(root / ".cache")
    shutil.rmtree(root / "docs")
    a_file(root / ".cache" / inside)
    ran = run("--root", root, "build", "--quiet")

    assert (ran.status, ran.out) == (0, "")
    assert UNKEPT.fullmatch(ran.err)
    assert (root / "site/people/ada-quay/index.html").is_file()


@pytest.mark.parametrize(
    "name", ["build.lock", "store/roots/records", "store/roots/results", "store/roots/pages", "store/roots/search"]
)
def test_a_build_works_where_a_folder_stands_in_the_place_of_a_file_of_the_cache(
    name: str, root: Path, run: Run
) -> None:
    shutil.rmtree(root / ".cache")
    (root / ".cache" / name / "x").mkdir(parents=True)
    ran = run("--root", root, "build", "--quiet")

    assert (ran.status, ran.out, calm(ran.err), ran.err.count("\n") <= 1) == (0, "", True, True)
    assert (root / "site/people/ada-quay/index.html").is_file()


def test_what_is_built_without_a_cache_is_the_same(root: Path, run: Run) -> None:
    assert run("--root", root, "build", "--quiet").status == 0
    before = tree(root / "site")
    shutil.rmtree(root / ".cache")
    a_file(root / ".cache")
    change(root / "content/people/ada-quay.md", ("name: ", "name: Old "))
    assert run("--root", root, "build", "--quiet").status == 0
    change(root / "content/people/ada-quay.md", ("name: Old ", "name: "))
    ran = run("--root", root, "build", "--quiet")

    assert (ran.status, before == tree(root / "site")) == (0, True)


def test_the_server_works_where_nothing_can_be_kept_and_says_so(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(root / ".cache")
    a_file(root / ".cache")

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("explainer.serve.watch.Watcher.wait", stop)
    ran = run("--root", root, "serve", "--port", "0")

    said = re.findall(r"^\[[\d:]+\] (.*)$", ran.err, re.MULTILINE)
    assert (ran.status, len(said)) == (0, 4)
    assert [bool(UNKEPT.fullmatch(f"explainer: {words}.\n")) for words in said] == [False, True, False, False]


def test_a_link_in_a_circle_is_no_place_for_a_dossier_or_a_site(root: Path, run: Run, tmp_path: Path) -> None:
    a_circle(tmp_path / "circle")
    answers = [
        run("init", tmp_path / "circle"),
        run("init", tmp_path / "circle" / "new"),
        run("--root", tmp_path / "circle", "check"),
        run("--root", root, "build", "--quiet", "--site-dir", tmp_path / "circle"),
        run("--root", root, "offline", "--output", tmp_path / "circle" / "x.zip"),
    ]

    assert [ran.status for ran in answers] == [1] * len(answers)
    assert all("circle" in ran.err or "content/ is missing" in ran.err for ran in answers)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_is_gone_is_no_place_to_start_from(name: str, root: Path, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    head, *rest = COMMANDS[name]
    shell = f'cd {tmp_path / "gone"} && rmdir {tmp_path / "gone"} && exec "$@"'
    ran = alone(head, *rest, how=shell)

    assert (ran.status, calm(ran.err)) == (1, True)
    assert ran.err.decode().startswith("explainer: . cannot be used (No such file or directory); ")


# --- permissions

BOUND = """
import ctypes, os, sys
for capability in (1, 2):  # to write, and to read, whatever the permissions say
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Runs a program for which permissions count, even where root runs it."""
NOBODY = 65534


def permissions_bind() -> bool:
    """Whether permissions count for a program that is run so."""
    if os.geteuid():
        return True
    return sys.platform == "linux" and ctypes.CDLL(None).prctl(23, 1, 0, 0, 0) == 1 and _may_drop()


def _may_drop() -> bool:
    tried = "import ctypes, sys; sys.exit(ctypes.CDLL(None).prctl(24, 1, 0, 0, 0) != 0)"
    return subprocess.run([sys.executable, "-c", tried], check=False).returncode == 0


binding = pytest.mark.skipif(not permissions_bind(), reason="permissions do not bind root here")


def bound(*command: str) -> Ended:
    """Run `explainer` so that permissions count."""
    ran = subprocess.run(
        [sys.executable, "-c", BOUND, "-m", "explainer", *command],
        env=environment(),
        capture_output=True,
        check=False,
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder with all that is in it, that cannot be written for as long as the block lasts."""
    every = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in every}
    for path, mode in modes.items():
        path.chmod(mode & 0o555)
    try:
        yield
    finally:
        for path in every:
            if path.exists():
                path.chmod(modes[path])


@binding
@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_says_in_a_sentence_that_a_dossier_cannot_be_written(name: str, root: Path) -> None:
    for made in ("docs", ".cache", "content/.schemas"):
        shutil.rmtree(root / made)
    person = root / "content/people/ada-quay.md"
    text = person.read_text("utf-8")
    summary = next(line for line in text.splitlines() if line.startswith("summary:"))
    person.write_text(text.replace(f"{summary}\n", "", 1).replace("---\n", f"---\n{summary}\n", 1), "utf-8")
    with read_only(root.parent):
        ran = bound(*arguments(name, root))
    reads = name.startswith("check") or name in {"stale", "fields", "schema", "words"}
    told = [line for line in ran.err.decode().splitlines() if "nothing was written" not in line or ":" in line]

    assert calm(ran.out, ran.err), ran.err
    assert ran.status == (0 if reads else 1)
    assert len(told) == (0 if reads else 1), told
    assert reads or name == "format-check" or "Permission denied" in told[0]


@binding
@pytest.mark.parametrize("mode", [0o755, 0o000])
@pytest.mark.parametrize("name", ["check", "generate", "build", "offline"])
def test_every_subcommand_works_where_the_cache_is_of_another_user(name: str, mode: int, root: Path) -> None:
    change(root / "content/people/ada-quay.md", ("name: ", "name: Old "))
    cache = root / ".cache"
    for path in [cache, *cache.rglob("*")]:
        path.chmod((mode if path.is_dir() else mode & 0o644) & (0o755 if os.geteuid() == 0 else 0o555))
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
    try:
        ran = bound(*arguments(name, root))
    finally:
        cache.chmod(0o755)

    assert (ran.status, calm(ran.out, ran.err)) == (0, True), ran.err
    if name in {"generate", "build", "offline"}:
        assert UNKEPT.fullmatch(ran.err.decode())


@binding
def test_a_site_goes_elsewhere_while_the_dossier_cannot_be_written(root: Path, tmp_path: Path) -> None:
    shutil.rmtree(root / ".cache")
    with read_only(root):
        ran = bound("--root", str(root), "build", "--quiet", "--site-dir", str(tmp_path / "public"))

    assert (ran.status, ran.out) == (0, b"")
    assert UNKEPT.fullmatch(ran.err.decode())
    assert (tmp_path / "public/people/ada-quay/index.html").is_file()
