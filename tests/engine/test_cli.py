"""The command: every subcommand, its output, its exit status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.kinds import registry
from tests.conftest import PROJECT, whole_harbour

NAMES = list(registry.load(whole_harbour()).by_kind)


def test_check_says_what_there_is(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(harbour), "check"]) == 0
    assert capsys.readouterr().out.startswith("No problem in ")


def test_root_stands_before_or_after_the_command(harbour: Path) -> None:
    assert [main.main(["--root", str(harbour), "check"]), main.main(["check", "--root", str(harbour)])] == [0, 0]


def test_check_prints_counts_for_programs(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(harbour), "check", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert {"problems", "records", "figures", "citations", "sources"} == set(found)
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


def test_the_readme_names_every_command() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    commands = ("check", "generate", "build", "serve", "new", "format", "init", "stale", "links", "fields", "schema")

    assert [name for name in commands if f"`explainer {name}" not in readme] == []


def test_the_command_line_is_read_without_loading_what_records_and_pages_need() -> None:
    code = "import sys, explainer.cli.main as main; main._parser(); print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"pydantic", "yaml", "jinja2", "mkdocs", "babel"} & set(ran.stdout.split()) == set()
