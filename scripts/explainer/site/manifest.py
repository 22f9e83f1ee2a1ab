"""`manifest.json`: what a site is made of, so that anybody can build it again and compare."""

import hashlib
import importlib.metadata
import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

NAME = "manifest.json"
PACKAGES = (
    "Babel",
    "Jinja2",
    "Markdown",
    "MarkupSafe",
    "PyYAML",
    "Pygments",
    "mkdocs",
    "mkdocs-material",
    "pycountry",
    "pydantic",
    "pymdown-extensions",
)
"""The packages whose versions may change what a page says."""
PATIENCE = 600
"""Seconds after which git hangs. A busy machine must not reach them: without git's answer the same commit gives other bytes."""


def versions() -> dict[str, str]:
    """Package -> version, of those that are installed."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def commit(root: Path) -> str | None:
    """The commit that a dossier stands at, followed by `-dirty` where files differ from it; None outside git."""
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603 - fixed words and a folder
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None


def files(site: Path) -> Iterable[str]:
    """Every file of a site but the manifest, relative to its folder, with forward slashes, sorted."""
    found = []
    top = os.fspath(site)
    for base, _, names in os.walk(site):
        inside = os.path.relpath(base, top).replace(os.sep, "/")
        found += [name if inside == "." else f"{inside}/{name}" for name in names]
    return sorted(name for name in found if name != NAME)


def write(site: Path, root: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Write the manifest into a site's folder; returns path -> SHA-256. `known` holds digests that were just taken."""
    digests = {
        path: known[path] if path in known else hashlib.sha256((site / path).read_bytes()).hexdigest()
        for path in files(site)
    }
    text = json.dumps({"commit": commit(root), "packages": versions(), "files": digests}, indent=1, ensure_ascii=False)
    (site / NAME).write_text(text + "\n", encoding="utf-8")
    return digests
