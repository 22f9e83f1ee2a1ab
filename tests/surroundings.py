"""Every subcommand, run in a forked process in surroundings of its own, and a small dossier in a folder with an accent.

A fork costs a hundredth of a program that is started anew, so that every subcommand can be run under every condition. A
test file asks for the fixtures with `pytest_plugins = ("tests.surroundings",)`. PYTEST_DONT_REWRITE: nothing is asserted here.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TextIO

import pytest

from explainer import __main__ as program
from explainer import build
from explainer.cli import main
from explainer.data import downloads
from explainer.docs import edits
from explainer.kinds.source import Source
from explainer.library import link_status
from explainer.library.link_status import Status, Visit
from explainer.publish import moment
from explainer.serve import watch
from tests.conftest import HARBOUR, change, copied
from tests.patience import HANG
from tests.shared import once

PROJECT = Path(__file__).resolve().parent.parent
DAY = "2026-11-24"
NOW = "1767225600"
LOADED = (
    "explainer.cli.check_command",
    "explainer.cli.dossier_files",
    "explainer.cli.new_record",
    "explainer.cli.report",
    "explainer.cli.review",
    "explainer.publish.builder",
    "explainer.publish.offline",
    "explainer.serve.server",
    "mcp.server.mcpserver",
    "mcp.server.stdio",
)
"""What subcommands load when they run."""
ARGUMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "check": ((), ("--format", "json"), ("--format", "github")),
    "generate": ((),),
    "build": ((), ("--format", "json"), ("--shard", "2/2")),
    "join": (("pieces/1-of-1",),),
    "offline": ((),),
    "serve": (("--port", "0"),),
    "release": (("2026.12",),),
    "new": (("term", "quay"),),
    "rename": (("operations/beacon-2001", "beacon-one", "--dry-run"),),
    "who-names": (("people/ada-quay",),),
    "format": ((), ("--check",)),
    "init": (("né",),),
    "stale": (("--today", "2031-01-01", "--months", "1"),),
    "links": (("--today", DAY),),
    "archive": (("--dry-run",),),
    "diff": (("all.jsonl", "all.jsonl"),),
    "log": ((),),
    "fields": (("person",),),
    "words": (("fr",),),
    "schema": (("person",), ("--write",)),
    "mcp": ((),),
}
"""Words behind each subcommand. No command visits an address: all were visited on that day, and no archive is asked. `serve` ends after one build."""


def _every() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name and words of each command: of all that click knows, so that none is forgotten."""
    for name in main.explainer.commands:
        for words in ARGUMENTS.get(name, ((),)):
            last = words[-1] if len(words) > 1 or "".join(words).startswith("--") else ""
            last = words[0] if last[:1].isdigit() else last
            mark = last.strip("-") if name in {"check", "build", "format", "schema"} else ""
            yield f"{name}-{mark}" if mark else name, (name, *words)


COMMANDS: dict[str, tuple[str, ...]] = dict(_every())
BUILDS = {"build", "build-json", "build-shard", "offline", "serve"}
READS = {
    "check",
    "check-json",
    "check-github",
    "stale",
    "fields",
    "schema",
    "words",
    "format-check",
    "archive",
    "links",
    "who-names",
    "diff",
    "log",
    "mcp",
    "release",
}
"""Commands that write nothing but into caches, and what they find once more."""
NEED_A_REPOSITORY = {"log", "release"}
WITHOUT_A_REPOSITORY = (
    r"explainer: (?:no edition was frozen: )?(git (refuses|is not installed|does not answer)|\. cannot be used).*"
)
"""What `log` and `release` say of a dossier that stands in no repository; it has tests of its own."""
FOR_PROGRAMS = {"diff", "check-json", "check-github", "build-json", "schema", "schema-write", "mcp"}


def _built(folder: Path) -> None:
    """The harbour dossier with a name in Cyrillic letters, laid out, its addresses visited and its site built."""
    root = copied(HARBOUR, folder)
    change(root / "content/people/ada-quay.md", ("name: ", "name: Київ "))
    sources = build.load(root).all(Source)
    found = {url: Visit(Status.OK, DAY) for each in sources for url in (each.url, each.read_at) if url}
    edits.overwrite(root, link_status.NAME, link_status.write(found).encode())
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(moment.NAME, NOW)
        for command in (
            ["format"],
            ["schema", "--write"],
            ["build", "--quiet"],
            ["build", "--quiet", "--shard", "1/1"],
        ):
            if main.main(["--root", str(root), *command]):
                pytest.fail(f"{command} failed", pytrace=False)
    files = {item.name: item.data for item in downloads.downloads(build.load(root))}
    (root / "all.jsonl").write_bytes(files["all.jsonl"])


@pytest.fixture(scope="session")
def harbour_prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier on which every command can be run; to be read, and not to be changed."""
    return once(tmp_path_factory, "surroundings", _built)


@pytest.fixture
def harbour_elsewhere(harbour_prototype: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in a folder with an accent, at a time that is always the same."""
    monkeypatch.setenv(moment.NAME, NOW)
    return shutil.copytree(harbour_prototype, tmp_path / "né" / "harbour")


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process of its own said, and its exit status."""

    status: int
    out: bytes
    err: bytes


def arguments(name: str, root: Path) -> list[str]:
    """A command for a dossier."""
    head, *rest = COMMANDS[name]
    places = {"init": root.parent, "diff": root, "join": root}
    return [head, *(str(places[head] / word) if head in places else word for word in rest), "--root", str(root)]


@dataclass(frozen=True, slots=True)
class Streams:
    """The standard streams of a process: their encoding, those that are closed, and a file in the place of one."""

    encoding: str = "utf-8"
    closed: frozenset[int] = frozenset()
    instead: Mapping[int, str] = field(default_factory=dict)
    """Descriptor -> the file that it writes to; an empty name for a pipe that nobody reads."""


USUAL = Streams()


@functools.cache
def _load() -> None:
    """Load what subcommands need, once: so it is there in every fork, and no process loads it that runs no fork."""
    for name in LOADED:
        importlib.import_module(name)


def forked(
    command: list[str],
    streams: Streams = USUAL,
    prepare: Callable[[], object] = lambda: None,
    **variables: str | None,
) -> Ended:
    """Run `explainer` in a fork of this process: with streams, variables (None: unset) and preparations of its own."""
    return in_a_fork(program.run, command, streams, prepare, variables)


def in_a_fork(
    run: Callable[[], object],
    command: list[str],
    streams: Streams,
    prepare: Callable[[], object],
    variables: Mapping[str, str | None],
) -> Ended:
    """Run any program so; `command` are its words."""
    _load()
    readers, writers = zip(*(os.pipe() for _ in range(2)), strict=True)
    pid = os.fork()
    if not pid:
        for reader in readers:
            os.close(reader)
        _child(command, writers, streams, prepare, run, variables)
    for writer in writers:
        os.close(writer)
    said = [b"", b""]

    def read(number: int) -> None:
        with open(readers[number], "rb") as file:  # noqa: PTH123 - a descriptor
            said[number] = file.read()

    threads = [threading.Thread(target=read, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    for thread in threads:
        thread.join()
    return Ended(status, *said)


def _child(
    command: list[str],
    writers: tuple[int, ...],
    streams: Streams,
    prepare: Callable[[], object],
    run: Callable[[], object],
    variables: Mapping[str, str | None],
) -> NoReturn:
    """Be the program, from its first step to its last."""
    status = 99
    try:
        signal.alarm(int(HANG))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _connect(writers, streams)
        for name, value in variables.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        tempfile.tempdir = None
        setattr(watch.Watcher, "wait", _end)  # noqa: B010 - mypy lets no method be replaced
        sys.argv = ["explainer", *command]
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            stream = _stream(number, streams.encoding)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        prepare()
        status = _ran(run)
    finally:
        os._exit(status)


def _end(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _ran(run: Callable[[], object]) -> int:
    """Run the entry point and end as Python does, with its words about what nobody caught."""
    status = 0
    try:
        run()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:  # noqa: BLE001 - as Python does
        status = 1
        with contextlib.suppress(OSError):
            os.write(2, traceback.format_exc().encode())
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError) as error:
        os.write(2, f"Exception ignored: {error}\n".encode())
        return 120
    return status


def _connect(writers: tuple[int, ...], streams: Streams) -> None:
    """Give the descriptors 0, 1 and 2 what the streams say."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, writer in enumerate(writers, 1):
        os.dup2(writer, number)
        os.close(writer)
    for number, name in streams.instead.items():
        if name:
            os.dup2(os.open(name, os.O_WRONLY), number)
        else:
            reader, writer = os.pipe()
            os.close(reader)
            os.dup2(writer, number)
            os.close(writer)
    for number in streams.closed:
        os.close(number)


def _stream(number: int, encoding: str) -> TextIO | None:
    """A standard stream as Python makes it; None where the descriptor is closed."""
    try:
        os.fstat(number)
    except OSError:
        return None
    if not number:
        return io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding)
    raw = io.BufferedWriter(io.FileIO(number, "w", closefd=False))
    return io.TextIOWrapper(
        raw, encoding, "backslashreplace" if number == 2 else "strict", line_buffering=number == 2, write_through=False
    )


def environment(**variables: str) -> dict[str, str]:
    """The environment of a program that is started anew."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    return {**kept, "PYTHONPATH": str(PROJECT / "scripts"), **variables}


def alone(*command: str, how: str = 'exec "$@"', **variables: str) -> Ended:
    """Start `explainer` anew; `how` is what a shell does with the command, `$@`."""
    program = [sys.executable, "-m", "explainer", *command]
    ran = subprocess.run(
        ["sh", "-c", how, "sh", *program], env=environment(**variables), capture_output=True, check=False
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)


def calm(*said: bytes | str) -> bool:
    """Whether nothing that was said looks like Python's own last words."""
    text = "".join(words if isinstance(words, str) else words.decode("utf-8", "replace") for words in said)
    return not re.search(
        r"Traceback|Exception ignored|\bErrno\b|Fatal Python|the program itself failed|Warning: ", text
    )


def permissions_bind(_: object = None) -> None:
    """Let permissions count for root as well: without CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, see capabilities(7)."""
    if os.geteuid() or sys.platform != "linux":
        return
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    library = ctypes.CDLL(None)
    library.capget(header, sets)
    sets[0] &= ~0b110
    library.capset(header, sets)
