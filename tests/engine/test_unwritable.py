"""Folders that cannot be used as a cache, a site or a dossier; tests/engine/test_surroundings.py tries every subcommand there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.incremental import cache_folder
from tests.conftest import Run, Said, change, tree
from tests.surroundings import calm, forked, permissions_bind

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
def test_a_cache_that_is_no_folder_is_not_used_and_stays_as_it_is(
    spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    spoil(tmp_path / ".cache")
    progress = Said()
    with cache_folder.usable(tmp_path / ".cache", progress) as folder:
        assert folder.parent != tmp_path

    assert UNKEPT.fullmatch(f"explainer: {cache_folder.unkept(progress)}.\n")
    assert (tmp_path / ".cache").is_symlink() or (tmp_path / ".cache").read_text("utf-8") == "mine\n"


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


def test_a_site_goes_elsewhere_while_the_dossier_cannot_be_written(root: Path, tmp_path: Path) -> None:
    shutil.rmtree(root / ".cache")
    every = [root, *root.rglob("*")]
    modes = {path: path.stat().st_mode for path in every}
    for path, mode in modes.items():
        path.chmod(mode & 0o555)
    try:
        ran = forked(
            ["--root", str(root), "build", "--quiet", "--site-dir", str(tmp_path / "public")], prepare=permissions_bind
        )
    finally:
        for path in every:
            path.chmod(modes[path])

    assert (ran.status, ran.out) == (0, b"")
    assert UNKEPT.fullmatch(ran.err.decode())
    assert (tmp_path / "public/people/ada-quay/index.html").is_file()
