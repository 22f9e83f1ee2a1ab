"""Every subcommand, and a small dossier in a folder with an accent, for tests of what environment, streams and folders do.

A test file asks for the fixtures with `pytest_plugins = ("tests.surroundings",)`. PYTEST_DONT_REWRITE: nothing is asserted here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from explainer import build
from explainer.cli import main
from explainer.docs import edits
from explainer.kinds.source import Source
from explainer.library import link_status
from explainer.library.link_status import Status, Visit
from explainer.publish import hooks
from tests.conftest import HARBOUR, change, copied

PROJECT = Path(__file__).resolve().parent.parent
DAY = "2026-11-24"
NOW = "1767225600"
COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "check-json": ("check", "--format", "json"),
    "check-github": ("check", "--format", "github"),
    "generate": ("generate",),
    "build": ("build",),
    "build-json": ("build", "--format", "json"),
    "offline": ("offline",),
    "new": ("new", "term", "quay"),
    "rename": ("rename", "operations/beacon-2001", "beacon-one", "--dry-run"),
    "who-names": ("who-names", "people/ada-quay"),
    "format": ("format",),
    "format-check": ("format", "--check"),
    "init": ("init", "né"),
    "stale": ("stale", "--today", "2031-01-01", "--months", "1"),
    "links": ("links", "--today", DAY),
    "fields": ("fields", "person"),
    "words": ("words", "fr"),
    "schema": ("schema", "person"),
    "schema-write": ("schema", "--write"),
}
"""Every subcommand but `serve`, which does not end by itself. No command visits an address: all were visited on that day."""
BUILDS = {"build", "build-json", "offline"}


@pytest.fixture(scope="module")
def harbour_prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harbour dossier with a name in Cyrillic letters, laid out, its addresses visited and its site built."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("surroundings") / "harbour")
    change(root / "content/people/ada-quay.md", ("name: ", "name: Київ "))
    sources = build.load(root).all(Source)
    found = {url: Visit(Status.OK, DAY) for each in sources for url in (each.url, each.read_at) if url}
    edits.overwrite(root, link_status.NAME, link_status.write(found).encode())
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(hooks.MOMENT, NOW)
        for command in (["format"], ["schema", "--write"], ["build", "--quiet"]):
            if main.main(["--root", str(root), *command]):
                pytest.fail(f"{command} failed", pytrace=False)
    return root


@pytest.fixture
def harbour_elsewhere(harbour_prototype: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in a folder with an accent, at a time that is always the same."""
    monkeypatch.setenv(hooks.MOMENT, NOW)
    return shutil.copytree(harbour_prototype, tmp_path / "né" / "harbour")


def anew(root: Path) -> None:
    """Take away what `new` and `init` made, and what else was changed in the records."""
    shutil.rmtree(root.parent / "né", ignore_errors=True)
    for name in ("content", "scripts"):
        shutil.rmtree(root / name)
    copied(HARBOUR, root)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process of its own said, and its exit status."""

    status: int
    out: bytes
    err: bytes


def arguments(name: str, root: Path) -> list[str]:
    """A command for a dossier."""
    head, *rest = COMMANDS[name]
    return [head, *(str(root.parent / word) if head == "init" else word for word in rest), "--root", str(root)]


def environment(**variables: str) -> dict[str, str]:
    """The environment of a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    return {**kept, "PYTHONPATH": str(PROJECT / "scripts"), "PYTHONDONTWRITEBYTECODE": "1", **variables}


def alone(*command: str, how: str = 'exec "$@"', **variables: str) -> Ended:
    """Run `explainer` in a process of its own; `how` is what a shell does with the command, `$@`."""
    program = [sys.executable, "-m", "explainer", *command]
    ran = subprocess.run(
        ["sh", "-c", how, "sh", *program], env=environment(**variables), capture_output=True, check=False
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)


def calm(*said: bytes | str) -> bool:
    """Whether nothing that was said looks like Python's own last words."""
    text = "".join(words if isinstance(words, str) else words.decode("utf-8", "replace") for words in said)
    return not re.search(r"Traceback|Exception ignored|\bErrno\b|Fatal Python", text)
