"""The files of the project: what must be there, and what must not stand in any of them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.kinds_of_dossier import KINDS

MACHINES = (*(f"/{name}/" for name in ("work", "home", "root", "Users")), "/tmp" + "/dev")  # noqa: S108 - looked for, not used
"""Where paths of somebody's own machine begin."""
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("proxy", "golang", "org"),
        ("index", "crates", "io"),
        ("conda", "anaconda", "org"),
    )
)
"""Hosts of package registries; which one is used is up to whoever installs."""
TOOLS = (
    "Cla" + "ude",
    "Chat" + "GPT",
    "Co" + "pilot",
    "Open" + "AI",
    "Anth" + "ropic",
    "A" + "I session",
    "langu" + "age model",
)
"""Names of tools for writing, which say nothing about this project."""


def patterns() -> dict[str, re.Pattern[bytes]]:
    """What no file may hold, by its name."""
    found = {path: rf"(?<![\w.\-/]){re.escape(path)}" for path in MACHINES}
    found |= {host: rf"(?<![\w.\-]){re.escape(host)}" for host in REGISTRIES}
    found |= {tool: rf"(?i)(?<![\w\-]){re.escape(tool)}(?!\w)" for tool in TOOLS}
    return {name: re.compile(text.encode()) for name, text in found.items()}


def project_files() -> list[Path]:
    """Every file that is tracked, or would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return sorted(path for name in listed.split("\0") if name and (path := PROJECT / name).is_file())


@pytest.mark.parametrize("name", [*MACHINES, *REGISTRIES, *TOOLS])
def test_no_file_holds_what_belongs_elsewhere(name: str) -> None:
    pattern = patterns()[name]
    found = [
        f"{path.relative_to(PROJECT)}: {match.group().decode()}"
        for path in project_files()
        for match in pattern.finditer(path.read_bytes())
    ]

    assert found == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("machine", f"open {MACHINES[0]}main"),
        ("registry", f"https://{REGISTRIES[0]}/simple"),
        ("tool", f"made with {TOOLS[0].lower()}"),
    ],
)
def test_what_belongs_elsewhere_would_be_found(name: str, text: str) -> None:
    assert len([pattern for pattern in patterns().values() if pattern.search(text.encode())]) == 1


@pytest.mark.parametrize("name", ["CHANGELOG.md", "LICENSE", "README.md", "Makefile", "pyproject.toml", "mkdocs.yml"])
def test_a_file_that_people_look_for_is_there(name: str) -> None:
    assert (PROJECT / name).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("command", ["make site", "make test"])
def test_the_readme_names_the_commands(command: str) -> None:
    assert command in (PROJECT / "README.md").read_text(encoding="utf-8")


def test_nothing_generated_is_tracked() -> None:
    from explainer.library import addresses

    generated = tuple(f"docs/{folder}/" for folder in addresses.generated(KINDS))
    listed = [path.relative_to(PROJECT).as_posix() for path in project_files()]

    assert [path for path in listed if path.startswith(("site/", "build/", ".venv/", *generated))] == []
