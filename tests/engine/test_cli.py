"""The command: every subcommand, its output, its exit status."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.kinds import registry
from tests.conftest import PROJECT, Run, whole_harbour
from tests.surroundings import alone

NAMES = list(registry.load(whole_harbour()).by_kind)


def test_check_says_what_there_is(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(harbour), "check"]) == 0
    assert capsys.readouterr().out.startswith("No problem in ")


def test_root_stands_before_or_after_the_command(harbour: Path) -> None:
    assert [main.main(["--root", str(harbour), "check"]), main.main(["check", "--root", str(harbour)])] == [0, 0]


def test_check_prints_counts_for_programs(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(harbour), "check", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert {"problems", "remarks", "records", "figures", "citations", "sources"} == set(found)
    assert set(NAMES) == set(found["records"])
    assert (found["problems"], found["figures"], found["sources"]) == ([], 3, {"cited": 4, "uncited": 0})


def test_check_prints_problems_for_programs(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (harbour / "content/operations/beacon-2003.md").write_text("---\nid: beacon-2003\n---\n", encoding="utf-8")

    assert main.main(["--root", str(harbour), "check", "--format", "json"]) == 1

    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {"path", "line", "column", "message"} == set(problems[0])
    assert problems[0]["path"] == "content/operations/beacon-2003.md"


def test_generate_writes_once(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(harbour), "generate"]) == 0
    assert main.main(["--root", str(harbour), "generate"]) == 0
    first, second = capsys.readouterr().out.splitlines()

    assert not first.startswith("0 pages written")
    assert second.startswith("0 pages written")


@pytest.mark.parametrize("kind", NAMES)
def test_fields_and_schema_know_every_type(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(whole_harbour()), "fields", kind]) == 0
    assert f"{kind}: " in capsys.readouterr().out
    assert main.main(["--root", str(whole_harbour()), "schema", kind]) == 0
    schema = json.loads(capsys.readouterr().out)

    assert "id" in schema["required"]
    assert "body" not in schema["properties"]
    assert all("description" in field or "$ref" in field for field in schema["properties"].values())


def test_fields_and_schema_list_every_type(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(whole_harbour()), "fields"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [*NAMES, "site"]
    assert main.main(["--root", str(whole_harbour()), "schema"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == NAMES


@pytest.mark.parametrize("command", ["fields", "schema"])
def test_an_unknown_type_is_answered_with_a_guess(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(whole_harbour()), command, "operatoin"]) == 2
    assert "did you mean 'operation'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chekc",), "No such command 'chekc'. Did you mean 'check'? Run `explainer --help` for what there is."),
        (("check", "--form", "json"), "No such option '--form'. Did you mean '--format'? Run `explainer check --help`"),
        (("check", "--format", "xml"), "Invalid value for '--format': 'xml' is not one of 'text', 'github', 'json'."),
        (("stale", "--today", "soon"), "'soon' is not a day; expected one as in 2026-11-24. Run `explainer stale"),
        (("words", "../x"), "'../x' is not a language tag; expected a code such as en, fr, es or ar."),
        (
            ("stale", "--months", "99999999999"),
            "Invalid value for '--months': 99999999999 is not in the range 1<=x<=1200.",
        ),
        (("stale", "--months", "-1"), "Invalid value for '--months': -1 is not in the range 1<=x<=1200."),
        (
            ("links", "--pause", "nan"),
            "Invalid value for '--pause': nan is no number of seconds; expected one as in 5.",
        ),
        (
            ("links", "--timeout", "inf"),
            "Invalid value for '--timeout': inf is no number of seconds; expected one as in 5.",
        ),
        (("words", "EN"), "'EN' is not a language tag; expected a code such as en, fr, es or ar."),
        (("new",), "Missing argument 'TYPE'. Run `explainer new --help` for what there is."),
    ],
)
def test_a_wrong_command_line_is_answered_in_one_line_with_the_next_step(
    arguments: tuple[str, ...], said: str, run: Run
) -> None:
    ran = run(*arguments)

    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("explainer: ")
    assert said in ran.err


def test_the_command_alone_lists_the_subcommands_in_the_order_of_the_work(run: Run) -> None:
    ran = run()
    names = re.findall(r"^  ([a-z-]+)  ", ran.err.partition("Commands:")[2], re.MULTILINE)

    assert (ran.status, ran.out, names) == (2, "", list(main.explainer.commands))
    assert names[:3] == ["check", "generate", "build"]


def test_help_is_whole_on_a_stream_that_is_not_utf8() -> None:
    shown = alone("check", "-h", PYTHONIOENCODING="ascii")

    assert (shown.status, shown.err) == (0, b"")
    assert shown.out.startswith(b"Usage: explainer check [OPTIONS] [FILE]...")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_help_that_cannot_be_written_is_said() -> None:
    lost = alone("check", "-h", how='exec "$@" >/dev/full', PYTHONIOENCODING="ascii")

    assert (lost.status, b"the output cannot be written" in lost.err, b"Traceback" in lost.err) == (1, True, False)


def test_a_shell_is_told_what_may_follow() -> None:
    told = alone(_EXPLAINER_COMPLETE="bash_complete", COMP_WORDS="explainer bu", COMP_CWORD="1")

    assert (told.status, told.out) == (0, b"plain,build\n")


@pytest.mark.parametrize(
    "words", [{}, {"COMP_WORDS": "explainer bu"}, {"COMP_WORDS": "explainer bu", "COMP_CWORD": "x"}]
)
def test_a_shell_that_does_not_say_what_to_complete_is_told_so_in_one_line(words: dict[str, str]) -> None:
    told = alone(_EXPLAINER_COMPLETE="bash_complete", **words)

    assert (told.status, told.out) == (2, b"")
    assert told.err == (
        b"explainer: _EXPLAINER_COMPLETE is set, but not what to complete; "
        b"expected a shell that asks; unset it to run a command\n"
    )


@pytest.mark.parametrize("asked", ["x", "nushell_source", "bash_x", "_"])
def test_a_shell_or_a_question_that_is_not_known_is_answered_with_a_sentence(
    asked: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_EXPLAINER_COMPLETE", asked)
    told = run("check")

    assert (told.status, told.out) == (2, "")
    assert told.err == (
        "explainer: _EXPLAINER_COMPLETE asks for what is not known; expected bash, zsh or fish, and source or complete, "
        "as in bash_source; correct it, or unset it to run a command\n"
    )


def test_the_readme_names_every_command() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    commands = ("check", "generate", "build", "serve", "new", "format", "init", "stale", "links", "fields", "schema")

    assert [name for name in commands if f"`explainer {name}" not in readme] == []


def test_the_command_line_is_read_without_loading_what_records_and_pages_need() -> None:
    code = "import sys, explainer.cli.main as main; main.main(['check', '--help']); print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"pydantic", "yaml", "jinja2", "mkdocs", "babel"} & set(ran.stdout.split()) == set()
