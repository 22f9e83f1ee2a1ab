"""A fresh start: a small, invented dossier that is complete, as files."""

from importlib import resources
from importlib.resources.abc import Traversable

_DOTTED = {"gitignore": ".gitignore"}
"""Files that packaging tools would pass over under their own names."""


def files() -> dict[str, bytes]:
    """Path -> bytes of every file of the invented dossier."""
    found: dict[str, bytes] = {}
    waiting: list[tuple[str, Traversable]] = [("", resources.files("explainer") / "starter")]
    while waiting:
        path, folder = waiting.pop()
        for item in folder.iterdir():
            name = f"{path}{_DOTTED.get(item.name, item.name)}"
            if item.is_dir():
                waiting.append((f"{name}/", item))
            else:
                found[name] = item.read_bytes()
    return dict(sorted(found.items()))
