"""Reads and writes `manifest.json`: a site's commit, package versions and file digests, for reproducible builds."""

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from explainer.base.files import write_whole
from explainer.incremental.fingerprint import versions

NAME = "manifest.json"
STAGING = ".explainer-staging"
"""Marks a folder in which a build makes a site; hidden, so that MkDocs leaves it where it empties the folder."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")
PATIENCE = 600
"""Timeout of git in seconds; generous, because without git's answer the same commit gives different output."""


def commit(root: Path) -> str | None:
    """The dossier's current commit, with `-dirty` if files differ from it; None outside git."""
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603 - fixed arguments and a folder
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None


def files(site: Path) -> Iterable[str]:
    """Sorted paths of all files of a site except the manifest and the staging mark, relative to it, with forward slashes."""
    found = []
    top = os.fspath(site)
    for base, _, names in os.walk(site):
        inside = os.path.relpath(base, top).replace(os.sep, "/")
        found += [name if inside == "." else f"{inside}/{name}" for name in names]
    return sorted(name for name in found if name not in {NAME, STAGING})


def read(site: Path) -> Mapping[str, str] | None:
    """Parse the manifest of a folder: path -> SHA-256; None if it is missing, unreadable or not ours."""
    path = site / NAME
    try:
        return _parsed(path.read_bytes()) if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None


_READ: dict[bytes, Mapping[str, str] | None] = {}
"""Manifest -> the files that it lists; a build asks for those of the old and of the new site several times."""
_KEPT = 3
"""Number of manifests that are kept parsed."""


def _parsed(text: bytes) -> Mapping[str, str] | None:
    """The files that a manifest lists."""
    if text not in _READ:
        _keep(text, _listed(text))
    return _READ[text]


def _keep(text: bytes, listed: Mapping[str, str] | None) -> None:
    """Keep a parsed manifest, in the place of the one that was kept first."""
    while len(_READ) >= _KEPT:
        del _READ[next(iter(_READ))]
    _READ[text] = listed


def _listed(text: bytes) -> Mapping[str, str] | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not {"commit", "packages", "files"} <= data.keys():
        return None
    listed = data["files"]
    return listed if isinstance(listed, dict) and _are_entries(listed) else None


def _are_entries(listed: Mapping[str, object]) -> bool:
    """Whether all are entries of a manifest; of many the paths are looked through at once, each with a slash on both sides."""
    digests = listed.values()
    sound = all(isinstance(noted, str) for noted in digests) and all(map(_DIGEST.fullmatch, map(str, digests)))
    return sound and (not listed or _is_path("/\n/".join(listed)))


def is_entry(entry: tuple[str, object]) -> bool:
    """Whether an entry of a manifest names a path inside the site and a digest."""
    name, noted = entry
    return isinstance(noted, str) and bool(_DIGEST.fullmatch(noted)) and _is_path(name)


def _is_path(name: str) -> bool:
    """Whether our manifests may list a path: one without `.` and `..` segments, empty segments, NUL and surrogates."""
    inside = f"/{name}/"
    return not ("//" in inside or "/./" in inside or "/../" in inside or _NO_TEXT.search(name))


def fits(site: Path) -> bool:
    """Whether a folder is a site of ours: it has a valid manifest and at least one file with the listed digest.

    One match is enough, so that a site is still recognised after pages were edited by hand; one is required, so that a
    manifest cannot vouch for unrelated files. A manifest that lists no files is accepted: a failed build can leave one.
    """
    listed = read(site)
    if not listed:
        return listed is not None
    return any(is_as_listed(site / name, noted) for name, noted in listed.items())


def is_as_listed(path: Path, noted: str) -> bool:
    """Whether a file has the digest with which a manifest lists it."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == noted


def renew(site: Path, root: Path, folder: str, known: Mapping[str, str]) -> None:
    """Write the manifest of a site anew after the files of one of its folders changed, whose digests are `known`."""
    others = {path: digest for path, digest in (read(site) or {}).items() if not path.startswith(f"{folder}/")}
    write(site, root, {**others, **known})


def write(site: Path, root: Path, known: Mapping[str, str], strangers: Collection[str] = ()) -> dict[str, str]:
    """Write the manifest of a site. Returns path -> SHA-256.

    `known` holds digests already computed in this build; `strangers` (foreign files and folders) are left out.
    """
    digests = {
        path: known[path] if path in known else hashlib.sha256((site / path).read_bytes()).hexdigest()
        for path in files(site)
        if not any(path == stranger or path.startswith(f"{stranger}/") for stranger in strangers)
    }
    text = _text({"commit": commit(root), "packages": dict(versions())}, digests).encode()
    write_whole(site / NAME, text)
    before = next((listed for listed in reversed(_READ.values()) if listed), {})
    if all(map(is_entry, digests.items() - before.items())):  # most are those of the site before, which was read
        _keep(text, dict(digests))
    return digests


def _text(about: Mapping[str, Any], digests: Mapping[str, str]) -> str:
    """The manifest as JSON with an indent of 1; each file by itself, because `json` leaves its fast encoder where it indents."""
    encode = json.encoder.encode_basestring
    files = ",\n".join(f"  {encode(path)}: {encode(digest)}" for path, digest in digests.items())
    text = json.dumps({**about, "files": {}}, indent=1, ensure_ascii=False)
    return text.removesuffix("{}\n}") + (f"{{\n{files}\n }}\n}}\n" if files else "{}\n}\n")
