"""No test depends on how fast a machine is: none has a deadline, and every bound in seconds is one of tests/patience.py."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests.conftest import TESTS

MODULES = sorted([*TESTS.glob("*.py"), *TESTS.glob("*/*.py")])
CASES = [path for path in MODULES if path.stem.startswith("test_")]
BOUNDS = re.compile(r"(?:default_)?(?:navigation_)?timeout|deadline|max_time|time_limit")
UNNAMED = {"join", "set_default_timeout", "set_default_navigation_timeout"}
"""Functions whose first argument is a bound in seconds."""


def named(path: Path) -> str:
    """A module as a case of a test is called."""
    return path.relative_to(TESTS).as_posix()


def used(test: object) -> settings:
    """The settings that a test of Hypothesis runs with."""
    found = getattr(test, "_hypothesis_internal_use_settings", None)
    return found if isinstance(found, settings) else _default()


def _default() -> settings:
    assert settings.default is not None
    return settings.default


@pytest.mark.parametrize("path", CASES, ids=named)
def test_no_test_of_hypothesis_has_a_deadline_or_measures_its_health(path: Path) -> None:
    module = importlib.import_module(f"tests.{path.parent.name}.{path.stem}")
    found = {name: used(each) for name, each in vars(module).items() if is_hypothesis_test(each)}

    assert {name: own.deadline for name, own in found.items() if own.deadline is not None} == {}
    assert {name for name, own in found.items() if set(own.suppress_health_check) != set(HealthCheck)} == set()


@pytest.mark.parametrize("profile", ["short", "long"])
def test_no_profile_of_hypothesis_has_a_deadline(profile: str) -> None:
    assert settings.get_profile(profile).deadline is None


def bounds(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every bound in seconds that is a number where it stands."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        given = [word.value for word in node.keywords if word.arg and BOUNDS.fullmatch(word.arg)]
        given += node.args[:1] if name in UNNAMED else []
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
                yield node.lineno, ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_bound_in_seconds_is_a_number_of_its_own(path: Path) -> None:
    assert list(bounds(ast.parse(path.read_text(encoding="utf-8")))) == []
