"""The locked requirements are what the project asks for, held by hashes, and tied to no place."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import PROJECT

LOCKS = tuple(sorted((PROJECT / "requirements").glob("*.txt")))
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Pin:
    """One entry of a lock."""

    requirement: Requirement
    hashes: tuple[str, ...]
    rest: str
    """What the entry holds besides."""

    @property
    def name(self) -> str:
        """The name as registries compare it."""
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str | None:
        """The one version that it admits; None where it admits several."""
        found = re.fullmatch(r"==([^*,]+)", str(self.requirement.specifier))
        return found[1] if found else None


def asked(path: Path) -> list[Requirement]:
    """What a list of requirements asks for, without the names of other lists."""
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def pins(path: Path) -> list[Pin]:
    """The entries of a lock."""
    bare = re.sub(r"(?m)^\s*#.*\n", "", path.read_text(encoding="utf-8")).replace("\\\n", " ")
    found = []
    for line in filter(None, map(str.strip, bare.splitlines())):
        entry, *rest = re.split(r"\s(?=--)", line, maxsplit=1)
        hashes = HASH.findall(rest[0]) if rest else []
        left = HASH.sub("", rest[0]).strip() if rest else ""
        found.append(Pin(Requirement(entry.strip()), tuple(hashes), left))
    return found


def wanted(lock: Path) -> list[Requirement]:
    """What a lock must satisfy: the list beside it, and for building and testing the project's dependencies.

    What installs, and what is only measured against, asks for nothing of the project.
    """
    beside = lock.with_suffix(".in")
    own = asked(beside) if beside.is_file() else []
    if lock.stem in {"bench", "install"}:
        return own
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*map(Requirement, project["dependencies"]), *own]


def test_there_is_a_lock_for_each_of_installing_building_testing_and_measuring() -> None:
    assert [lock.name for lock in LOCKS] == ["bench.txt", "build.txt", "install.txt", "test.txt"]


def test_what_installs_the_project_itself_is_there_before_its_dependencies() -> None:
    system = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    installed = asked(PROJECT / "requirements" / "install.in")

    assert {*map(Requirement, system["requires"])} <= {*installed}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_satisfies_what_is_asked_for(lock: Path) -> None:
    locked = {pin.name: pin.version for pin in pins(lock)}
    unmet = [
        str(requirement)
        for requirement in wanted(lock)
        if not requirement.specifier.contains(locked.get(canonicalize_name(requirement.name)) or "0", prereleases=True)
        or canonicalize_name(requirement.name) not in locked
    ]

    assert unmet == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_entry_of_a_lock_names_one_version_and_its_hashes_and_nothing_else(lock: Path) -> None:
    loose = [str(pin.requirement) for pin in pins(lock) if not pin.version or not pin.hashes or pin.rest]

    assert loose == []
    assert pins(lock)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    bare = HASH.sub("", text)

    assert re.findall(r"\S*://\S*|^-\S+.*|\b\S+ @ \S+|\b[\w-]+\.(?:com|dev|io|net|org)\b", bare, re.MULTILINE) == []


def versions(lock: str) -> dict[str, str | None]:
    """Package -> version of a lock."""
    return {pin.name: pin.version for pin in pins(PROJECT / "requirements" / f"{lock}.txt")}


def test_testing_uses_the_versions_that_building_uses() -> None:
    build, test = versions("build"), versions("test")

    assert build == {name: test.get(name) for name in build}


@pytest.mark.parametrize("lock", ["build", "test"])
def test_what_installs_has_the_versions_that_the_other_locks_have(lock: str) -> None:
    install, other = versions("install"), versions(lock)

    assert {name: install[name] for name in install.keys() & other.keys()} == {
        name: other[name] for name in install.keys() & other.keys()
    }


# --- the packages of npm that check scripts and styles

WANTED: Mapping[str, str] = json.loads((PROJECT / "requirements/js/package.json").read_text("utf-8"))["devDependencies"]
LOCKED: Mapping[str, Any] = json.loads((PROJECT / "requirements/js/package-lock.json").read_text("utf-8"))["packages"]


def test_every_package_of_npm_is_asked_for_in_one_version_which_is_locked() -> None:
    assert {name: LOCKED[f"node_modules/{name}"]["version"] for name in WANTED} == WANTED


def test_every_package_of_npm_is_locked_by_a_hash_and_tied_to_no_place() -> None:
    packages = [package for name, package in LOCKED.items() if name]
    text = (PROJECT / "requirements/js/package-lock.json").read_text(encoding="utf-8")

    assert [package for package in packages if not package["integrity"].startswith("sha512-")] == []
    assert re.findall(r"\S*://\S*|\"resolved\"|\b[\w-]+\.(?:com|dev|io|net|org)\b", text) == []
