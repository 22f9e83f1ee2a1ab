"""What every page is made with: a digest of this package's code, the versions of its packages, and of Python."""

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
    "pycountry",
    "pydantic",
    "pydantic_core",
    "vl-convert-python",
)
"""The packages whose versions may change what is read or made."""


@functools.cache
def code_fingerprint() -> str:
    """The digest, once a process."""
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
