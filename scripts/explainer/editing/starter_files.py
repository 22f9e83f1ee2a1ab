"""Starter dossier: the files of a small, invented but complete dossier."""

from importlib import resources
from importlib.resources.abc import Traversable

_DOTTED = {"gitignore": ".gitignore"}
"""Packaged name -> real name of files that packaging tools would skip because of their leading dot."""


def files() -> dict[str, bytes]:
    """Path -> bytes of every file of the starter dossier."""
    found: dict[str, bytes] = {}
    waiting: list[tuple[str, Traversable]] = [("", resources.files("explainer") / "starter")]
    while waiting:
        path, folder = waiting.pop()
        for item in folder.iterdir():
            name = f"{path}{_DOTTED.get(item.name, item.name)}"
            if item.name == "__pycache__":
                continue  # an installer compiles every module of the package, those of the starter among them
            if item.is_dir():
                waiting.append((f"{name}/", item))
            else:
                found[name] = item.read_bytes()
    return dict(sorted(found.items()))
