"""The rooms of the engine, read from its code: what each holds, and what it imports.

`python -m tests.rooms` prints the part of `docs/contributing/architecture.md` that is made from them;
`--write` renews it there.
"""

import ast
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.made_parts import print_or_write

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "scripts" / "explainer"
STARTER = PACKAGE / "starter"
"""The files of the invented dossier, whose kinds are no modules of the engine."""
PAGE = PROJECT / "docs" / "contributing" / "architecture.md"
BEGIN, END = "<!-- rooms: made by python -m tests.rooms --write -->\n", "<!-- end of rooms -->\n"

ROOMS = (
    "base",
    "reading",
    "records",
    "kinds",
    "library",
    "figures",
    "data",
    "pages",
    "outputs",
    "docs",
    "incremental",
    "build",
    "publish",
    "serve",
    "editing",
    "cli",
)
"""In the order of the way of a record: each imports only from those before it."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the engine."""

    name: str
    """Its dotted name within the package: `records.model`; that of the folder for `__init__.py`."""
    sentence: str
    """The first line of its docstring."""
    imports: frozenset[str]
    """The dotted names of the modules of the package that it imports, at its top or inside a function."""
    packages: frozenset[str]
    """The packages that it imports, at its top or inside a function: `explainer`, `yaml`."""
    lines: int
    classes: tuple[str, ...]
    """The names of its classes, without leading underscores."""

    @property
    def room(self) -> str:
        """The room that it stands in."""
        return self.name.partition(".")[0]


def paths() -> Mapping[str, Path]:
    """Name of a module -> its file, of the whole package but its own `__init__` and `__main__`."""
    own = {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}
    return {
        _name(path): path for path in sorted(PACKAGE.rglob("*.py")) if path not in own and STARTER not in path.parents
    }


@functools.cache
def modules() -> Mapping[str, Module]:
    """Name -> module, read once a process."""
    found = paths()
    return {name: _read(name, path, frozenset(found)) for name, path in found.items()}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _read(name: str, path: Path, known: frozenset[str]) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    imports = frozenset(target for node in ast.walk(tree) for target in _targets(node, known)) - {name}
    packages = frozenset(name for node in ast.walk(tree) for name in _packages(node))
    sentence = (ast.get_docstring(tree) or "").partition("\n")[0]
    classes = tuple(node.name.lstrip("_") for node in tree.body if isinstance(node, ast.ClassDef))
    return Module(name, sentence, imports, packages, text.count("\n"), classes)


def _packages(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield str(node.module).partition(".")[0]


def _targets(node: ast.AST, known: frozenset[str]) -> Iterator[str]:
    """The modules that an import statement names: `from explainer.base import files` names `base.files`."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module:
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        names = [name if name.removeprefix("explainer.") in known else node.module for name in whole]
    else:
        return
    yield from (name.removeprefix("explainer.") for name in names if name.startswith("explainer."))


def cycles(found: Mapping[str, Module]) -> set[str]:
    """The modules that import themselves by way of others, and those that lead to such ones."""
    waiting = {name: set(module.imports) & set(found) for name, module in found.items()}
    while free := [name for name, imports in waiting.items() if not imports]:
        for name in free:
            del waiting[name]
        for imports in waiting.values():
            imports.difference_update(free)
    return set(waiting)


def described(found: Mapping[str, Module]) -> str:
    """The rooms as a table of Markdown: each with its sentence and its modules."""
    lines = ["| Room | What it holds | Modules |", "|---|---|---|"]
    for room in ROOMS:
        inside = [name.removeprefix(f"{room}.") for name in sorted(found) if name.startswith(f"{room}.")]
        title = f"`{room}/`" if inside else f"`{room}.py`"
        lines.append(f"| {title} | {found[room].sentence} | {' · '.join(f'`{name}`' for name in inside)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, or write it into the page."""
    print_or_write(described(modules()), PAGE, BEGIN, END)


if __name__ == "__main__":
    main()
