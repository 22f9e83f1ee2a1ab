"""Every subcommand under every condition: whatever environment, streams, folders and systems do, words and an exit status answer."""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from explainer.base import files
from explainer.cli import main
from explainer.incremental import scheduler
from explainer.outputs import card_layers, card_pictures, cards, chart_layers, figure_pictures
from explainer.publish import moment
from explainer.publish.swap import PublishError
from tests.conftest import Run, change, make_pages_by, tree
from tests.engine.test_mkdocs import free_port
from tests.patience import until
from tests.surroundings import (
    ARGUMENTS,
    BUILDS,
    COMMANDS,
    FOR_PROGRAMS,
    NEED_A_REPOSITORY,
    READS,
    USUAL,
    WITHOUT_A_REPOSITORY,
    Ended,
    Streams,
    alone,
    arguments,
    calm,
    environment,
    forked,
    permissions_bind,
)

pytest_plugins = ("tests.surroundings",)


@pytest.fixture(autouse=True)
def _nothing_is_spared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command needs what a drawing and a second process need of the system, though other tests spare them that."""
    monkeypatch.setattr(cards, "layered", card_layers.layered)
    monkeypatch.setattr(figure_pictures, "lettered", chart_layers.lettered)
    card_pictures._is_drawn.cache_clear()
    make_pages_by(2, monkeypatch)


def nothing(_: Path) -> None:
    """Change nothing."""


ANY = -1
"""A status of 0, or of 1 with one sentence."""


def zero(_: str) -> int:
    """What most commands answer under most conditions."""
    return 0


@dataclass(frozen=True, slots=True)
class Condition:
    """What surrounds a command, and what it answers then."""

    streams: Streams = USUAL
    variables: Mapping[str, str | None] = field(default_factory=dict)
    spoil: Callable[[Path], None] = nothing
    """Changes the dossier before the command."""
    prepare: Callable[[Path], None] = nothing
    """Changes the process before the command."""
    status: Callable[[str], int] = zero
    """The exit status of a command."""
    lines: Callable[[str], int] = zero
    """How many sentences it says on stderr besides what it always says there."""
    said: str = ""
    """What each of these sentences matches."""
    here: bool = False
    """Whether commands find the dossier by the working directory instead of --root."""


# --- folders


def _linked(name: str) -> Callable[[Path], None]:
    """Move a folder of the dossier elsewhere and leave a link."""

    def spoil(root: Path) -> None:
        if name == ".cache":
            shutil.rmtree(root / name)
        (root / name).mkdir(exist_ok=True)
        (root / name).rename(root.parent / f"moved {name}")
        (root / name).symlink_to(root.parent / f"moved {name}")

    return spoil


def _of_another_user(root: Path) -> None:
    for path in [root / ".cache", *(root / ".cache").rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def _read_only(root: Path) -> None:
    for path in [root.parent, *root.parent.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def _writable_again(root: Path) -> None:
    for base, folders, _ in os.walk(root.parent):
        for name in (".", *folders):
            if not Path(base, name).is_symlink():
                Path(base, name).chmod(0o755)


def _gone(root: Path) -> None:
    """Work in a folder that another program deletes."""
    (root.parent / "gone").mkdir()
    os.chdir(root.parent / "gone")
    (root.parent / "gone").rmdir()


# --- the process


def _no_temporary_folder(_: Path) -> None:
    def none() -> NoReturn:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    setattr(tempfile, "_get_default_tempdir", none)  # noqa: B010 - it has no type


def _full(_: Path) -> None:
    """Let no file grow, as on a disk without space: RLIMIT_FSIZE counts for root as well."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _few_descriptors(_: Path) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (7, 7))


def _strict_warnings(_: Path) -> None:
    warnings.simplefilter("error")


def _small_words(_: Path) -> None:
    """Be a system without fork, second names of files, and an exchange of folders; processes are spawned."""
    import multiprocessing

    del os.fork

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(1, "Operation not permitted")

    os.link = refuse
    multiprocessing.set_start_method("spawn", force=True)
    scheduler.FEW = 1


def _held_open(_: Path) -> None:
    """Refuse each replacing once, as Windows does while a scanner of viruses reads the file."""
    refused: set[str] = set()
    replace, rename = os.replace, os.rename
    files.WAITS = (0.0,)

    def once(known: Callable[..., None]) -> Callable[..., None]:
        def moved(source: str | Path, target: str | Path, **options: object) -> None:
            if os.fspath(target) not in refused:
                refused.add(os.fspath(target))
                raise PermissionError(13, "Permission denied", os.fspath(target))
            known(source, target, **options)

        return moved

    os.replace, os.rename = once(replace), once(rename)


ODD = {
    **dict.fromkeys(("HOME", "LANG", "LOGNAME", "USER", "PWD", "SHELL"), None),
    "XDG_CACHE_HOME": "/dev/null/x", "XDG_CONFIG_HOME": "x", "TMPDIR": "/nonexistent", "COLUMNS": "abc", "LINES": "-1",
    "TERM": "nonsense", "NO_COLOR": "", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TZ": "No/Where", "LC_ALL": "xx_YY.cp37",
    "PYTHONHASHSEED": "x", "PYTHONWARNINGS": "error", "GIT_DIR": "/nonexistent", "GIT_WORK_TREE": "/dev/null",
    "MKDOCSCONFIG": "/x", "MKDOCS_CONFIG": "x", "DISABLE_MKDOCS_2_WARNING": "0", "PAGEFIND_SITE": "/x", "CI": "x",
    "EXPLAINER_ROOT": "/x", "EXPLAINER_JOBS": "x", "EXPLAINER_CHECK_FORMAT": "x", "ENABLED": "false", "SITE_URL": "x",
    moment.NAME: " ",
}  # fmt: skip
"""Variables that are not set, or hold nonsense."""
OTHER_ODD = {
    **dict.fromkeys(("PATH", "HOME", "TMPDIR", "TMP", "TEMP", "LANG", "LC_ALL", "TZ", "PAGER", "EDITOR", "TERM"), ""),
    "COLUMNS": "0", "LINES": "99999999999999999999", "NO_COLOR": "0", "HTTP_PROXY": "abc", "HTTPS_PROXY": "::::",
    "ALL_PROXY": "socks5://x", "NO_PROXY": "[", "SSL_CERT_FILE": "/nonexistent", "SSL_CERT_DIR": "/dev/null",
    "PYTHONSTARTUP": "/x", "PYTHONUTF8": "0", "MALLOC_ARENA_MAX": "x", "OMP_NUM_THREADS": "x", "RAYON_NUM_THREADS": "x",
    "SOURCE_DATE_EPOCH": "0", "PYTHONPATH": "\udcff",
}  # fmt: skip

UNKEPT = (
    r"(\[[\d:]+\] |explainer: )\.cache/ cannot be used \([\w ]+\); expected a folder that can be written; "
    r"mend its permissions or delete it; until then every run does all the work anew\.?"
)
FORMS = {"check-json", "check-github", "build-json", "format-check"}
"""Commands that do the same as others and only say it otherwise: they are run wherever the streams are unusual."""
GENERATES = BUILDS | {"generate"}


def generating(name: str) -> int:
    """1 for what generates pages."""
    return int(name in GENERATES)


def trying(name: str) -> int:
    """1 for what generates pages, and for a rename, which is tried in a copy first."""
    return int(name in GENERATES | {"rename"})


def building(name: str) -> int:
    """1 for what builds a site."""
    return int(name in BUILDS)


def writing(name: str) -> int:
    """1 for what writes into a dossier that is laid out; the server goes on, and shows the sentence on its pages."""
    return int(name not in READS | {"format", "schema-write"} or name == "links")


def talking(name: str) -> int:
    """1 for what says something on stdout, which is lost."""
    return int(name not in {"check-github", "serve", "mcp"})


def serving(count: Callable[[str], int]) -> Callable[[str], int]:
    """The same count, but 0 for the server, which goes on and shows the sentence on its pages."""
    return lambda name: 0 if name == "serve" else count(name)


CONDITIONS: dict[str, Condition] = {
    "ascii streams": Condition(Streams("ascii")),
    "streams of windows": Condition(Streams("cp1252")),
    "closed output": Condition(Streams(closed=frozenset({1}))),
    "closed errors": Condition(Streams(closed=frozenset({2}))),
    "closed input": Condition(Streams(closed=frozenset({0}))),
    "all streams closed": Condition(Streams(closed=frozenset({0, 1, 2}))),
    "nobody reads the output": Condition(Streams(instead={1: ""}), status=talking),
    "nobody reads the errors": Condition(Streams(instead={2: ""}), status=lambda name: int(name in {"check-github", "serve"})),
    "an output that is full": Condition(
        Streams(instead={1: "/dev/full"}), status=talking, lines=talking,
        said=r"explainer: the output cannot be written \(No space left on device\)",
    ),
    "odd variables": Condition(variables=ODD),
    "other odd variables": Condition(variables=OTHER_ODD),
    "a moment that is none": Condition(
        variables={moment.NAME: "abc"}, status=building, lines=building, said=r"explainer: .*SOURCE_DATE_EPOCH is 'abc'; .*"
    ),
    "warnings are errors": Condition(prepare=_strict_warnings),
    "no folder for temporary files": Condition(
        prepare=_no_temporary_folder, status=serving(trying), lines=trying, said=r".* set TMPDIR to a folder with space .*"
    ),
    "a cache of another user": Condition(spoil=_of_another_user, prepare=permissions_bind, lines=generating, said=UNKEPT),
    "a dossier that cannot be written": Condition(
        spoil=_read_only, prepare=permissions_bind, status=serving(writing), lines=writing, said=r".*\(Permission denied\); expected a .*"
    ),
    "a full disk": Condition(
        prepare=_full, status=serving(writing), lines=writing, said=r".*(File too large|TMPDIR).*"
    ),
    "few descriptors": Condition(
        prepare=_few_descriptors, status=lambda _: ANY, said=r".*(no more files|Too many open files|inotify|TMPDIR).*"
    ),
    "a system that can do less": Condition(prepare=_small_words),
    "files that others hold open": Condition(prepare=_held_open),
    "content is a link": Condition(spoil=_linked("content")),
    "docs is a link": Condition(spoil=_linked("docs")),
    "site is a link": Condition(spoil=_linked("site")),
    "the cache is a link to an empty folder": Condition(spoil=_linked(".cache")),
    "a working directory that is gone": Condition(
        prepare=_gone, here=True, status=lambda _: 1, lines=lambda _: 1, said=r"explainer: \. cannot be used \(No such .*"
    ),
}  # fmt: skip


def test_every_subcommand_has_its_words_in_the_table() -> None:
    assert ARGUMENTS.keys() == main.explainer.commands.keys()


def told(ran: Ended, encoding: str) -> list[str]:
    """The lines on stderr besides those that commands always say there."""
    usual = r"0 problems in 0 files; nothing was written\.|1 problem in 1 file; nothing was written\."
    served = r"\[[\d:]+\] (Stopped|Serving on .*|[\d,]+ of [\d,]+ pages rendered .*)"
    return [line for line in ran.err.decode(encoding).splitlines() if not re.fullmatch(f"{usual}|{served}", line)]


def faults(condition: Condition, name: str, ran: Ended) -> list[str]:
    """What is wrong with an answer."""
    lines = told(ran, condition.streams.encoding)
    lost = {*condition.streams.closed, *condition.streams.instead}
    status, count = condition.status(name), condition.lines(name)
    if status == ANY:
        status = count = int(ran.status != 0)
    said = condition.said
    if name in NEED_A_REPOSITORY:
        status, count, said = 1, 1, f"{said}|{WITHOUT_A_REPOSITORY}"
    found = [] if calm(ran.out, ran.err) else ["not calm"]
    found += [] if ran.status == status else [f"status {ran.status}"]
    found += [] if 2 in lost or len(lines) == count else [f"{len(lines)} sentences"]
    found += [f"says {line}" for line in lines if not re.fullmatch(said, line)]
    with contextlib.suppress(UnicodeDecodeError):
        ran.out.decode("utf-8" if name in FOR_PROGRAMS else condition.streams.encoding)
        return found
    return [*found, "not in its encoding"]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_subcommand_answers_with_words_and_a_status(
    condition: str, harbour_elsewhere: Path, harbour_prototype: Path
) -> None:
    root, about = harbour_elsewhere, CONDITIONS[condition]
    before = tree(harbour_prototype / "content")
    wrong: dict[str, object] = {}
    shutil.rmtree(root / "docs")
    about.spoil(root)
    try:
        for name in COMMANDS if about.streams != USUAL else [name for name in COMMANDS if name not in FORMS]:
            command = arguments(name, root)
            ran = forked(
                command[:-2] if about.here else command,
                about.streams,
                lambda: about.prepare(root),
                **about.variables,
            )
            if found := faults(about, name, ran):
                wrong[name] = found, ran
            if name == "new":
                shutil.copy(harbour_prototype / "content/terms/all.yml", root / "content/terms/all.yml")
    finally:
        _writable_again(root)

    assert wrong == {}
    assert {path: data for path, data in tree(root / "content").items() if path in before} == before
    assert not [path for path in root.rglob("*.part") if ".cache" not in path.parts]


# --- what the table does not say


def test_what_a_stream_cannot_show_is_written_out(harbour_elsewhere: Path) -> None:
    stale = forked(arguments("stale", harbour_elsewhere), Streams("cp1252"))
    made = forked(["init", str(harbour_elsewhere.parent / "new")], Streams("ascii"))

    assert rb"\u041a\u0438\u0457\u0432" in stale.out
    assert rb"n\xe9" in made.out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16", "utf-8"])
def test_problems_reach_people_and_programs_through_any_stream(encoding: str, harbour_elsewhere: Path) -> None:
    change(harbour_elsewhere / "content/site.yml", ("author:", "Київ: х\nauthor:"))
    text, data, notes = (
        forked(["--root", str(harbour_elsewhere), "check", "--format", form], Streams(encoding))
        for form in ("text", "json", "github")
    )

    assert [text.status, data.status, notes.status] == [1, 1, 1]
    assert "Київ" in json.loads(data.out.decode("utf-8"))["problems"][0]["message"]
    assert "'Київ'" in notes.out.decode("utf-8")
    assert calm(text.err, data.err, notes.err)
    if encoding != "utf-16":
        assert (b"\\u041a" in text.err) == (encoding != "utf-8")


def test_a_program_that_is_started_anew_answers_as_the_forks_do(harbour_elsewhere: Path) -> None:
    check = arguments("check", harbour_elsewhere)
    odd = {name: value for name, value in ODD.items() if value is not None and name != "PYTHONHASHSEED"}
    ran = [
        alone(*check, **odd, PYTHONIOENCODING="ascii:strict"),
        alone(*check, how='exec "$@" <&- >&- 2>&-'),
        alone(*arguments("stale", harbour_elsewhere), PYTHONIOENCODING="cp1252"),
    ]

    assert [(each.status, each.err) for each in ran] == [(0, b"")] * 3
    assert ran[1].out == b""


def test_the_server_serves_where_all_streams_are_closed(harbour_elsewhere: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "explainer", "--root", str(harbour_elsewhere), "serve", "--port", str(port)]
    process = subprocess.Popen(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command], env=environment())
    pages: list[str] = []

    def answered() -> bool:
        with (
            contextlib.suppress(URLError, ConnectionError),
            urlopen(f"http://127.0.0.1:{port}/people/ada-quay/") as page,
        ):
            pages.append(page.read().decode())
        return bool(pages) or process.poll() is not None

    try:
        until(answered, "the server answers")
    finally:
        process.terminate()
        process.wait()

    assert "Київ" in "".join(pages)


# --- a moment that is none


@pytest.mark.parametrize(
    "value", ["abc", "1700000000.5", "99999999999999", "-1", "7258118400", "4294967296", "1e9", "٣", "1_0", "9" * 5000]
)
def test_a_moment_that_is_none_is_refused(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(moment.NAME, value)
    with pytest.raises(PublishError) as refused:
        moment.pin(tmp_path)

    assert str(refused.value) == (
        f"SOURCE_DATE_EPOCH is '{value[:40]}'; expected whole seconds since 1970, from 0 to 4294967295, "
        "as in 1767225600; correct it, or unset it to take the time of the last commit"
    )


@pytest.mark.parametrize("value", ["", " ", "0", "4294967295", " 1767225600\n"])
def test_an_empty_moment_counts_as_none_and_every_other_can_be_built(
    value: str, harbour_elsewhere: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(moment.NAME, value)
    ran = run("--root", harbour_elsewhere, "offline")

    assert (ran.status, ran.err) == (0, "")
    assert os.environ.get(moment.NAME, "") == value.strip()


@pytest.mark.parametrize("host", ["é" * 80, "x y", "..", "a\0b"])
def test_the_server_refuses_a_host_that_is_none_in_a_sentence(host: str, harbour_elsewhere: Path, run: Run) -> None:
    ran = run("--root", harbour_elsewhere, "serve", "--port", "0", "--host", host)

    assert (ran.status, ran.err.count("\n"), "cannot be listened on (" in ran.err) == (1, 1, True)
