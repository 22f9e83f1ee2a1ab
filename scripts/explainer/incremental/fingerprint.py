"""Fingerprint of code, dependencies and interpreter; part of every cache key."""

import functools
import hashlib
import os
import sys
from importlib import metadata
from pathlib import Path

PACKAGES = (
    "Babel",
    "Jinja2",
    "MarkupSafe",
    "PyYAML",
    "countryinfo",
    "mkdocs",
    "pycountry",
    "pydantic",
    "pydantic_core",
    "resvg_py",
)
"""The packages whose versions can affect how records are parsed or outputs generated."""


@functools.cache
def code_fingerprint() -> str:
    """SHA-256 of the code, the package versions and the version of Python, computed once per process.

    The rooms after `build` are left out, because nothing in `docs/` depends on them.
    """
    found = hashlib.sha256(f"{sys.version} {sys.byteorder}\n".encode())
    for name in PACKAGES:
        found.update(f"{name} {metadata.version(name)}\n".encode())
    top = os.fspath(Path(__file__).resolve().parents[1])
    for base, folders, names in os.walk(top):
        folders[:] = sorted(
            name for name in folders if name not in {"__pycache__", "publish", "serve", "editing", "cli"}
        )
        for name in sorted(names):
            path = Path(base, name)
            found.update(f"{os.path.relpath(path, top)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()
