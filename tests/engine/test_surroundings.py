"""Whatever environment and streams do, every subcommand answers with words and an exit status, never a traceback."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from explainer.cli import main
from explainer.publish import hooks
from tests.conftest import Run, change, tree
from tests.engine.test_mkdocs import free_port
from tests.patience import until
from tests.surroundings import BUILDS, COMMANDS, alone, anew, arguments, calm, environment

pytest_plugins = ("tests.surroundings",)


def test_every_subcommand_is_tried() -> None:
    assert set(main.explainer.commands) - {words[0] for words in COMMANDS.values()} == {"serve"}


# --- streams that are not UTF-8


@pytest.fixture
def root(harbour_elsewhere: Path) -> Path:
    """A copy of the harbour dossier in a folder with an accent."""
    return harbour_elsewhere


@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_talks_to_a_stream_that_is_not_utf8(name: str, root: Path) -> None:
    ran = alone(*arguments(name, root), PYTHONIOENCODING="ascii")
    expected = "utf-8" if "json" in name or "github" in name or name == "schema" else "ascii"

    assert (ran.status, calm(ran.out, ran.err)) == (0, True)
    assert isinstance(ran.out.decode(expected), str)
    assert ran.err.isascii()


def test_what_a_stream_cannot_show_is_written_out(root: Path) -> None:
    stale = alone(*arguments("stale", root), PYTHONIOENCODING="cp1252")
    made = alone("init", str(root.parent / "new"), PYTHONIOENCODING="ascii")

    assert (stale.status, made.status) == (0, 0)
    assert rb"\u041a\u0438\u0457\u0432" in stale.out
    assert rb"n\xe9" in made.out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16", "ascii:strict", "utf-8"])
def test_problems_reach_people_and_programs_through_any_stream(encoding: str, root: Path) -> None:
    change(root / "content/site.yml", ("author:", "Київ: х\nauthor:"))
    text, data, notes = (
        alone("--root", str(root), "check", "--format", form, PYTHONIOENCODING=encoding)
        for form in ("text", "json", "github")
    )

    assert [text.status, data.status, notes.status] == [1, 1, 1]
    assert "Київ" in json.loads(data.out.decode("utf-8"))["problems"][0]["message"]
    assert "'Київ'" in notes.out.decode("utf-8")
    assert calm(text.err, data.err, notes.err)
    if encoding != "utf-16":
        assert (b"\\u041a" in text.err) == (encoding != "utf-8")


# --- streams that are closed, or that nobody reads

CLOSED = {
    "out": 'exec "$@" >&-',
    "err": 'exec "$@" 2>&-',
    "in": 'exec "$@" <&-',
    "all": 'exec "$@" <&- >&- 2>&-',
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_closed_stream_changes_no_exit_status_and_no_file(name: str, root: Path) -> None:
    for closed, shell in CLOSED.items():
        if name in BUILDS and closed not in {"out", "all"}:
            continue  # they take long, and talk as the others do
        ran = alone(*arguments(name, root), how=shell)
        holder = root / ".cache/build.holder"

        assert (closed, ran.status, calm(ran.out, ran.err)) == (closed, 0, True), ran.err
        assert ran.out == b"" or closed not in {"out", "all"}
        assert not holder.exists() or re.fullmatch(r"process \d+, since [\d:]+,\n", holder.read_text("utf-8"))
        if name in {"new", "init"}:  # what they made is in their way
            anew(root)


@pytest.mark.parametrize("name", COMMANDS)
def test_where_nobody_reads_any_more_there_is_only_the_exit_status(name: str, root: Path) -> None:
    shutil.rmtree(root / "site")
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "explainer", *arguments(name, root)]
    ran = subprocess.run(command, env=environment(), stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    if name == "check-github":  # it has no problem to say, and counts them on the other stream
        assert (ran.returncode, ran.stderr) == (0, b"0 problems in 0 files; nothing was written.\n")
    else:
        assert (ran.returncode, ran.stderr) == (1, b"")
    assert (root / "site/index.html").exists() == (name in BUILDS)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("name", ["check", "build", "schema"])
def test_an_output_that_cannot_be_written_is_said(name: str, root: Path) -> None:
    ran = alone(*arguments(name, root), how='exec "$@" >/dev/full')

    assert (ran.status, ran.err.decode()) == (
        1,
        f"explainer: the output cannot be written ({os.strerror(errno.ENOSPC)})\n",
    )


@pytest.mark.parametrize("shell", ['exec "$@"', CLOSED["all"]])
def test_the_server_serves_whatever_its_streams_are(shell: str, root: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "explainer", "--root", str(root), "serve", "--port", str(port)]
    process = subprocess.Popen(
        ["sh", "-c", shell, "sh", *command], env=environment(PYTHONIOENCODING="ascii"), stderr=subprocess.PIPE
    )
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
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate()

    assert "Київ" in "".join(pages)
    assert calm(said)


# --- a moment that is none

SENSELESS = ["abc", "1700000000.5", "99999999999999", "-1", "7258118400", "4294967296", "1e9", "٣", "1_0", "9" * 5000]


def refusal(value: str) -> str:
    """What is said of a moment that is none."""
    return (
        f"SOURCE_DATE_EPOCH is '{value[:40]}'; expected whole seconds since 1970, from 0 to 4294967295, "
        "as in 1767225600; correct it, or unset it to take the time of the last commit"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_that_needs_the_time_refuses_what_is_none(
    name: str, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in SENSELESS if name in BUILDS else SENSELESS[:5]:
        monkeypatch.setenv(hooks.MOMENT, value)
        if name in {"new", "init"}:
            anew(root)
        before = tree(root)
        ran = run(*arguments(name, root))
        what = "the offline edition was not made" if name == "offline" else "the site was not built"

        if name in BUILDS:
            assert (ran.status, ran.out, ran.err) == (1, "", f"explainer: {what}: {refusal(value)}\n")
            assert before == tree(root)
        else:
            assert (ran.status, calm(ran.err)) == (0, True)


@pytest.mark.parametrize("value", SENSELESS)
def test_the_server_refuses_a_moment_that_is_none(
    value: str, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(hooks.MOMENT, value)
    ran = run("--root", root, "serve", "--port", "0")

    assert (ran.status, ran.err) == (1, f"explainer: {refusal(value)}\n")


@pytest.mark.parametrize("value", ["", " ", "0", "4294967295", " 1767225600\n"])
def test_an_empty_moment_counts_as_none_and_every_other_can_be_built(
    value: str, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(hooks.MOMENT, value)
    ran = run("--root", root, "offline")

    assert (ran.status, ran.err) == (0, "")
    assert os.environ.get(hooks.MOMENT, "") == value.strip()
