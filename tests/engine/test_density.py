"""Functions stay small and simple: measured by radon, which counts comprehensions, conditional expressions and `and`.

Lines of templates stay short, too: Jinja reads an expression over several lines, and `{%-` leaves out a line break.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

PROJECT = Path(__file__).resolve().parents[2]
LONGEST = 40
"""Largest number of lines of a function, its docstring included."""
MOST_COMPLEX = 10
"""Largest cyclomatic complexity of a function."""
LONGEST_LINE = 160
"""Largest number of characters of a line of a template."""


def _functions(text: str) -> Iterator[Function]:
    """Every function and method in a module, those inside another function included."""
    waiting = [block for block in cc_visit(text) if isinstance(block, Function)]
    for function in waiting:  # the loop appends to the list
        waiting += function.closures
        yield function


def _offenders(path: Path) -> list[str]:
    """Place, name and measures of every function of a module that is too long or too complex."""
    found = []
    for function in _functions(path.read_text(encoding="utf-8")):
        lines = function.endline - function.lineno + 1
        if lines > LONGEST or function.complexity > MOST_COMPLEX:
            place = f"{path.relative_to(PROJECT).as_posix()}:{function.lineno}"
            found.append(f"{place}: {function.fullname} has {lines} lines and a complexity of {function.complexity}")
    return found


def _modules() -> list[Path]:
    """The modules of the project, and the helpers of its tests."""
    helpers = (path for path in (PROJECT / "tests").rglob("*.py") if not path.name.startswith("test_"))
    return sorted([*(PROJECT / "scripts").rglob("*.py"), *helpers])


def _long_lines(path: Path, text: str) -> list[str]:
    """Place and length of every line that is too long."""
    place = path.relative_to(PROJECT).as_posix()
    lengths = ((number, len(line)) for number, line in enumerate(text.splitlines(), start=1))
    return [f"{place}:{number}: {length} characters" for number, length in lengths if length > LONGEST_LINE]


def test_no_line_of_a_template_is_longer_than_a_reader_can_hold() -> None:
    templates = sorted((PROJECT / "scripts").rglob("*.j2"))
    assert len(templates) > 30
    assert [found for path in templates for found in _long_lines(path, path.read_text(encoding="utf-8"))] == []


def test_a_line_of_a_template_that_is_too_long_is_named_with_its_place() -> None:
    path = PROJECT / "scripts" / "made.md.j2"
    assert _long_lines(path, f"{'x' * 160}\n{'x' * 161}\n") == ["scripts/made.md.j2:2: 161 characters"]


def test_no_function_is_longer_or_more_complex_than_a_reader_can_hold() -> None:
    assert [offender for path in _modules() for offender in _offenders(path)] == []


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("def f(x):\n" + "    x += 1\n" * 41, "42 lines and a complexity of 1"),
        (
            "def f(x):\n    return [y for y in x if y or y] + [y for y in x if y or y]" + " + (x or x)" * 5,
            "2 lines and a",
        ),
        ("class A:\n    def f(self, x):\n        return " + " or ".join("x" * 11), "2 lines and a"),
        ("def g():\n    def f(x):\n        return " + " or ".join("x" * 12), "2 lines and a"),
    ],
)
def test_a_function_that_is_too_long_or_too_complex_is_named_with_its_place(
    text: str, measures: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.engine.test_density.PROJECT", tmp_path)
    (tmp_path / "module.py").write_text(text, encoding="utf-8")
    assert any(found.startswith("module.py:") and measures in found for found in _offenders(tmp_path / "module.py"))
