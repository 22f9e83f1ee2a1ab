"""Fingerprint of code, dependencies and interpreter; part of every cache key."""

import functools
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

OWN = "explainer-dossier"
"""The name under which this project is installed."""
_LATER = {"__pycache__", "publish", "serve", "editing", "cli"}
"""The rooms after `build`: nothing in `docs/` depends on them."""


@functools.cache
def versions() -> Mapping[str, str]:
    """Package -> version, for everything that this project requires, whatever requires it; any can change a page.

    It is read from the metadata of the installed packages, so that no list can lack one.
    """
    found: dict[str, str] = {}
    waiting = _required()
    while waiting:
        name = re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", waiting.pop(), maxsplit=1)[0]).lower()
        if name in found:
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system
            continue
        head = (package.read_text("METADATA") or "").partition("\n\n")[0]  # parsing all of it takes ten times as long
        found[name] = "".join(re.findall(r"^Version: (.*)$", head, re.MULTILINE)[:1]) or package.version
        needed = re.findall(r"^Requires-Dist: (.*)$", head, re.MULTILINE)
        waiting += _always(needed)
    return dict(sorted(found.items()))


def _always(requirements: Iterable[str]) -> list[str]:
    """The requirements that do not belong to an extra."""
    return [each for each in requirements if "extra ==" not in each]


def _required() -> list[str]:
    try:
        return _always(metadata.requires(OWN) or ())
    except metadata.PackageNotFoundError:  # the code runs without being installed: whatever is there may be used
        return [package.name for package in metadata.distributions()]


@functools.cache
def code_fingerprint() -> str:
    """SHA-256 of the code, the package versions and the version of Python, computed once per process."""
    found = hashlib.sha256(f"{sys.version} {sys.byteorder} {versions()}\n".encode())
    top = os.fspath(Path(__file__).resolve().parents[1])
    for base, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in _LATER)
        for name in sorted(names):
            path = Path(base, name)
            found.update(f"{os.path.relpath(path, top)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()
