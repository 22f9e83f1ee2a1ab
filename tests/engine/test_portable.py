"""Windows and macOS, as far as they can be read and simulated: no fork, no second names of files, no exchange of folders."""

import ast
import ctypes
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from explainer.base import files
from explainer.publish import swap
from explainer.serve.live import Live
from explainer.serve.server import _Server
from tests import conftest
from tests.conftest import PROJECT, Run, change, tree

ENGINE = PROJECT / "scripts" / "explainer"
UNIX_MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}
UNIX_CALLS = {
    *("chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getpgid", "getuid", "killpg", "lockf", "mkfifo"),
    *("mknod", "nice", "pread", "pwrite", "setsid", "statvfs", "sync", "uname", "wait", "wait3"),
}
"""Functions of `os` that Windows does not have."""
ALLOWED = {
    ("publish/page_workers.py", "fork"),
    ("cli/terminal.py", "resource"),
    ("incremental/spool.py", "pread"),
    ("incremental/text_packs.py", "pread"),
}
"""Where there is another way: one process, no number of the memory, a file read by one process alone, and a pack that is read as a whole."""


@pytest.fixture(autouse=True)
def _time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Everything in the code of the engine, with the path of its module."""
    for path in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield path.relative_to(ENGINE).as_posix(), node


def unix_names(node: ast.AST) -> set[str]:
    """The names that a piece of code uses and only Unix has."""
    match node:
        case ast.Import(names):
            return {name.name for name in names} & UNIX_MODULES
        case ast.ImportFrom(module):
            return {module or ""} & UNIX_MODULES
        case ast.Attribute(ast.Name("os"), name):
            return {name} & UNIX_CALLS
    return set()


def test_nothing_that_only_unix_has_is_needed() -> None:
    assert {(path, name) for path, node in nodes() for name in unix_names(node)} == ALLOWED


def test_files_are_written_as_bytes_so_that_no_system_changes_the_ends_of_lines() -> None:
    found = [path for path, node in nodes() if isinstance(node, ast.Attribute) and node.attr == "write_text"]

    assert found == []


def refuse(*_: object, **__: object) -> NoReturn:
    """What a file system without second names does."""
    raise OSError(1, "Operation not permitted")


def no_library(*_: object, **__: object) -> NoReturn:
    """What Windows says of a library without a name."""
    raise TypeError("bad argument type for built-in operation")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that can do less than Linux."""
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(ctypes, "CDLL", no_library)
    for module in ("fcntl", "resource"):
        monkeypatch.setitem(sys.modules, module, None)


def test_a_system_that_can_do_less_makes_the_same_site_again_and_again(
    generated: Path, tmp_path: Path, run: Run, request: pytest.FixtureRequest
) -> None:
    roots = [shutil.copytree(generated, tmp_path / name / "harbour") for name in ("linux", "other")]
    for root, fixture in zip(roots, (None, "elsewhere"), strict=True):
        if fixture:
            request.getfixturevalue(fixture)
        assert run("--root", root, "build", "--quiet", "--jobs", "3").status == 0
        (root / "site" / "mine.txt").write_text("kept", "utf-8")
        for _ in range(2):  # the second one finds the site before the last as the spare one
            change(root / "content/people/ada-quay.md", ("name: ", "name: Old "))
            assert run("--root", root, "build", "--quiet", "--jobs", "3").status == 0
    sites = [tree(root / "site") for root in roots]

    assert sites[0].keys() == sites[1].keys()
    assert [path for path in sites[0] if sites[0][path] != sites[1][path]] == []
    assert b"Old Old " in sites[1]["people/ada-quay/index.html"]
    assert sites[1]["mine.txt"] == b"kept"


@pytest.mark.usefixtures("elsewhere")
def test_folders_that_cannot_be_exchanged_are_renamed_one_after_the_other(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()

    assert not swap._exchanged(tmp_path / "one", tmp_path / "other")


@pytest.mark.parametrize(("system", "reuses"), [("linux", True), ("darwin", True), ("win32", False)])
def test_no_two_servers_listen_on_one_port(
    system: str, reuses: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    server = _Server(("127.0.0.1", 0), Live(tmp_path, tmp_path, 1))
    server.server_close()

    assert server.allow_reuse_address is reuses


UNIX_ONLY = re.compile(
    r"import (?:fcntl|resource|pty|termios)|os\.(?:fork|mkfifo|geteuid|chown|pipe)\b|tests\.surroundings|symlink_to"
)


def imported(name: str) -> set[str]:
    """The modules of the tests that one imports at once, as Python does before the first of its tests."""
    found = {"tests.conftest", "tests.engine.conftest"}
    for node in ast.parse(_module(name).read_text("utf-8")).body:
        match node:
            case ast.ImportFrom("tests", names):
                found |= {f"tests.{each.name}" for each in names}
            case ast.ImportFrom(str(module)) if module.startswith("tests."):
                found.add(module)
    return found


def _module(name: str) -> Path:
    return PROJECT / f"{name.replace('.', '/')}.py"


def needed(names: set[str]) -> set[str]:
    """Modules, and all of the tests that they need."""
    more = names.union(*map(imported, names))
    return names if more == names else needed(more)


def test_tests_that_run_on_every_system_are_there_and_need_nothing_that_only_unix_has() -> None:
    files = {name: _module(name) for name in needed({f"tests.engine.{name}" for name in conftest.PORTABLE})}
    found = {name: UNIX_ONLY.findall(file.read_text("utf-8")) for name, file in files.items()}

    assert {name: words for name, words in found.items() if words} == {}
    assert {"tests.engine.test_broken", "tests.conftest", "tests.remembered"} <= files.keys()


def test_tests_write_records_with_the_ends_of_lines_that_records_have() -> None:
    opened = re.compile(r"\.open\([^()]*\"[wax]\"(?![^()]*newline)")
    files = {name: _module(f"tests.engine.{name}") for name in conftest.PORTABLE}

    assert [name for name, file in files.items() if opened.search(file.read_text("utf-8"))] == []


def test_on_other_systems_only_portable_tests_are_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for system in ("linux", "win32", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        answers.append([conftest.pytest_ignore_collect(Path(name)) for name in ("test_new.py", "test_live.py", "x.py")])

    assert answers == [[None, None, None], [None, True, None], [None, True, None]]


def test_a_file_that_another_program_has_open_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace
    refused: list[str] = []

    def once(source: str, target: str) -> None:
        if not refused:
            refused.append(target)
            raise PermissionError(13, "Access is denied", target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", once)
    monkeypatch.setattr(files, "WAITS", (0.0,))
    files.write_whole(tmp_path / "a.txt", b"new")

    assert (tree(tmp_path), len(refused)) == ({"a.txt": b"new"}, 1)


def test_a_file_that_stays_open_is_reported_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(files, "WAITS", (0.0, 0.0))
    with pytest.raises(PermissionError):
        files.write_whole(tmp_path / "a.txt", b"new")

    assert tree(tmp_path) == {}
