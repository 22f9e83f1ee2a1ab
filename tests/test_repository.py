"""The checkout about itself: locked requirements, no path of a machine, the files that a newcomer looks for."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

PROJECT = Path(__file__).parent.parent
LOCKS = ("build", "test")


def locked(name: str) -> dict[str, Version]:
    """Package -> version, as a requirement file pins them for this Python."""
    text = (PROJECT / f"requirements/{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, Version] = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        wanted = Requirement(line.split(" --hash")[0].strip())
        if wanted.marker is None or wanted.marker.evaluate():
            found[wanted.name.lower()] = Version(next(iter(wanted.specifier)).version)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash_and_none_an_address(name: str) -> None:
    text = (PROJECT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    pins = re.findall(r"(?m)^[a-zA-Z0-9_.-]+==.*?(?=^\S|\Z)", text, re.DOTALL)

    assert pins
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert re.findall(r"https?://\S+|--index-url|--extra-index-url|--find-links", text) == []


def test_the_locks_hold_what_the_project_needs() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = locked("build")
    wanted = [Requirement(line) for line in project["dependencies"]]

    assert [str(item) for item in wanted if pins[item.name.lower()] not in item.specifier] == []


def test_tests_run_with_the_versions_that_build() -> None:
    build, test = locked("build"), locked("test")

    assert build == {name: test.get(name) for name in build}
    assert {"properdocs", "playwright", "axe-playwright-python", "hypothesis"} <= set(test)


def committed() -> list[Path]:
    """Every file that is, or would be, committed."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True).stdout.decode().split("\0")
    return [PROJECT / name for name in listed if name and (PROJECT / name).is_file()]


def test_no_file_names_a_machine_or_a_registry() -> None:
    words = [
        "/wo" + "rk/main",
        "/tm" + "p/dev",
        "/ro" + "ot/",
        "py" + "pi.org",
        "pythonhos" + "ted",
        "registry.np" + "mjs",
    ]
    found = [
        f"{path.relative_to(PROJECT)}: {word}"
        for path in committed()
        for word in words
        if word.encode() in path.read_bytes()
    ]

    assert found == []


def test_what_a_newcomer_looks_for_is_there() -> None:
    names = [
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "mkdocs.yml",
        "pyproject.toml",
        ".pre-commit-config.yaml",
    ]
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")

    assert [name for name in names if not (PROJECT / name).is_file()] == []
    assert [command for command in ("make site", "make test") if command not in readme] == []


def test_generated_folders_are_ignored() -> None:
    from explainer.addresses import GENERATED

    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert [name for name in GENERATED if f"/docs/{name}/" not in ignored] == []
