"""The floors: a module imports only from floors above it (docs/contributing/architecture.md)."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "scripts" / "explainer"
FLOORS = (
    ("problems",),
    ("values", "progress", "traces", "origin", "compiled", "crew"),
    ("report", "visits", "records"),
    ("frontmatter",),
    ("schema",),
    ("settings",),
    ("narrative", "addresses"),
    ("rows",),
    ("blocks",),
    ("library",),
    ("lineage", "stale", "states"),
    ("wording",),
    ("amounts",),
    ("fields",),
    ("checks_of_figures",),
    ("checks",),
    ("figures",),
    ("ledger",),
    ("pages",),
    ("render",),
    ("outputs",),
    ("memory",),
    ("parallel",),
    ("disk",),
    ("build",),
    ("editing",),
    ("site",),
    ("cli",),
    ("__main__",),
)
HEIGHT = {name: floor for floor, names in enumerate(FLOORS) for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def floor_of(module: str) -> str:
    """The part of a dotted name that stands on a floor: `explainer.records.record` -> `records`."""
    return module.split(".")[1]


def imported(path: Path) -> set[str]:
    """Every module of the package that a file imports, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("explainer.")}
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "explainer":
                found |= {f"explainer.{alias.name}" for alias in node.names}
            elif node.module.startswith("explainer."):
                found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_floors_above_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    below = {name for name in imported(path) if floor_of(name) != own and HEIGHT[floor_of(name)] >= HEIGHT[own]}

    assert set() == below


def test_every_module_stands_on_a_floor() -> None:
    there = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}

    assert set(HEIGHT) == there


def test_the_page_on_architecture_names_every_floor() -> None:
    text = (PACKAGE.parent.parent / "docs/contributing/architecture.md").read_text(encoding="utf-8")

    assert [name for names in FLOORS for name in names if name != "__main__" and name not in text] == []
