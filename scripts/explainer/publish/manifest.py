"""`manifest.json`: what a site is made of, so that anybody can build it again and compare."""

import hashlib
import importlib.metadata
import json
import os
import re
import subprocess
from collections.abc import Collection, Iterable, Mapping
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
STAGING = ".explainer-staging"
"""Marks a folder in which a build makes a site; hidden, so that MkDocs leaves it where it empties the folder."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NO_PATH = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\0\ud800-\udfff]")
"""In no path that a manifest of ours lists: steps out of the folder, and what no name of a file holds."""
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
    """Every file of a site but the manifest and the mark of a staging folder, relative to its folder, with forward slashes, sorted."""
    found = []
    top = os.fspath(site)
    for base, _, names in os.walk(site):
        inside = os.path.relpath(base, top).replace(os.sep, "/")
        found += [name if inside == "." else f"{inside}/{name}" for name in names]
    return sorted(name for name in found if name not in {NAME, STAGING})


def read(site: Path) -> dict[str, str] | None:
    """Path -> SHA-256 of the files that the manifest in a folder lists; None where there is none of ours."""
    path = site / NAME
    try:
        data = json.loads(path.read_bytes()) if path.is_file() and not path.is_symlink() else None
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not {"commit", "packages", "files"} <= data.keys():
        return None
    listed = data["files"]
    if not isinstance(listed, dict):
        return None
    for name, noted in listed.items():
        if not isinstance(noted, str) or not _DIGEST.fullmatch(noted) or _NO_PATH.search(name):
            return None
    return listed


def fits(site: Path) -> bool:
    """Whether a folder holds a site that was built here: a manifest of ours, and a file that is as it lists it.

    That one is enough lets people change pages; that one is asked for keeps a manifest from speaking for other files.
    One that lists nothing is what a build left that failed before it wrote anything.
    """
    listed = read(site)
    if not listed:
        return listed is not None
    for name, noted in listed.items():
        path = site / name
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == noted:
            return True
    return False


def write(site: Path, root: Path, known: Mapping[str, str], strangers: Collection[str] = ()) -> dict[str, str]:
    """Write the manifest into a site's folder; returns path -> SHA-256.

    `known` holds digests that were just taken; `strangers` are not listed, nor what lies in them.
    """
    digests = {
        path: known[path] if path in known else hashlib.sha256((site / path).read_bytes()).hexdigest()
        for path in files(site)
        if not any(path == stranger or path.startswith(f"{stranger}/") for stranger in strangers)
    }
    text = json.dumps({"commit": commit(root), "packages": versions(), "files": digests}, indent=1, ensure_ascii=False)
    (site / NAME).write_text(text + "\n", encoding="utf-8")
    return digests
