"""Content-addressed cache of rendered pages and static files in `.cache/pages/`, with an index of pages.

Every entry is verified before use: contents by their digest, hard links by their inode.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explainer.base.files import digest_of
from explainer.publish import manifest

VERSION = 3


@dataclass(slots=True)
class KeptPage:
    """Index entry of a rendered page: its cache key, metadata, links and dependencies."""

    key: str
    title: str | None
    meta: dict[str, Any]
    anchors: list[str]
    links: dict[str, dict[str, str]]
    """Source of the linked page -> anchor on it -> the link as written."""
    asked: list[str]
    """Paths of all files that the page looked up while rendering, whether or not they existed."""
    html: str = ""
    """SHA-256 of the HTML."""


@dataclass(slots=True)
class PageIndex:
    """Index of the last build: its pages, files and inputs."""

    pages: dict[str, KeptPage] = field(default_factory=dict)
    """Source, relative to `docs/` -> entry of the page."""
    files: dict[str, str] = field(default_factory=dict)
    """Source -> address and inclusion level, for every file of the site."""
    navigation: str = ""
    templates: str = ""
    """SHA-256 of the cached bytecode of the compiled templates."""
    static: list[str] = field(default_factory=list)
    """SHA-256 of every static file that was copied."""
    inputs: str = ""
    """Digest of all inputs of the site (`fingerprints.everything`)."""
    published: str = ""
    """Digest of the state of the published site on disk (`seen`)."""

    def stands(self, inputs: str, site: Path) -> bool:
        """Whether the published site is up to date: made from the same inputs and unchanged on disk since."""
        return bool(self.published) and self.inputs == inputs and self.published == seen(site)


_OWN_NAME = re.compile(r"[0-9a-f]{64}|\.(?:[0-9a-f]{64}|index)\.part")
"""Names of the files that the cache makes; others are never deleted."""


class PageCache:
    """The cache folder: an index and files named by their SHA-256, each verified before use."""

    def __init__(self, folder: Path) -> None:
        """Set the folder; reads nothing."""
        self.folder = folder
        self.spare = folder / "spare"
        """The previous site, put aside; its folders and unchanged files are reused for the next staging folder."""

    def read(self, say: Callable[[str], None]) -> PageIndex:
        """Read the index; if it is damaged or of another version, report that with `say` and return an empty one."""
        try:
            text = (self.folder / "index.json").read_bytes()
        except OSError:
            return PageIndex()
        try:
            head, _, body = text.partition(b"\n")
            data = json.loads(body if head == f"{VERSION} {digest_of(body)}".encode() else b"")
            data["pages"] = {source: KeptPage(*entry) for source, entry in data["pages"].items()}
            return PageIndex(**data)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            say(f"{self.folder} is damaged or another version's; every page is rendered again")
            return PageIndex()

    def take(self, name: str) -> bytes | None:
        """Read the entry with a digest; None if it is missing or corrupt. A corrupt entry is deleted."""
        path = self.folder / name
        try:
            data = None if path.is_symlink() else path.read_bytes()
        except OSError:
            return None
        if data is not None and digest_of(data) == name:
            return data
        with contextlib.suppress(OSError):
            path.unlink()
        return None

    def place(self, name: str, target: str) -> bool:
        """Hard-link (or else copy) a cached file to `target`; if it is missing or corrupt, delete `target` and return False."""
        if self.take(name) is None:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108 - called thousands of times
            return False
        second_name(self.folder / name, target)
        return True

    def reuse(self, site: str, wanted: Mapping[str, str], others: Mapping[str, int]) -> None:
        """Replace the empty folder `site` by the spare one, pruned to the hard links of files that are still wanted.

        `wanted` maps address -> SHA-256 of files in this cache, `others` address -> inode of files in other caches.
        All other files are deleted, because writing to one would write through its hard link.
        """
        if self.spare.is_symlink():  # the link's target is not ours
            self.spare.unlink()
        try:
            with os.scandir(self.folder) as entries:
                known = {entry.name: entry.inode() for entry in entries}
            _prune(os.fspath(self.spare), {path: known.get(name) for path, name in wanted.items()} | dict(others))
            (self.spare / manifest.STAGING).touch()
            Path(site, manifest.STAGING).unlink(missing_ok=True)
            os.rmdir(site)  # noqa: PTH106 - `site` is a str
            self.spare.rename(site)
        except OSError:  # the spare folder is missing or unusable
            os.makedirs(site, exist_ok=True)  # noqa: PTH103 - as above

    def put(self, data: bytes, target: str) -> str:
        """Write data to `target` and store it in the cache. Returns its digest."""
        name = digest_of(data)
        Path(target).write_bytes(data)
        self.keep(name, Path(target))
        return name

    def keep(self, name: str, source: Path) -> None:
        """Store a file under its known digest, as a hard link if possible, else as an atomically written copy."""
        target = self.folder / name
        if target.exists():
            return
        try:
            os.link(source, target)
        except OSError:
            part = self.folder / f".{name}.part"
            part.write_bytes(source.read_bytes())
            part.replace(target)

    def write(self, index: PageIndex) -> None:
        """Write the index atomically, then delete all cached files that it does not refer to."""
        data = {
            "files": index.files,
            "navigation": index.navigation,
            "templates": index.templates,
            "static": index.static,
            "inputs": index.inputs,
            "published": index.published,
            "pages": {
                source: [page.key, page.title, page.meta, page.anchors, page.links, page.asked, page.html]
                for source, page in index.pages.items()
            },
        }
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        part = self.folder / ".index.part"
        part.write_bytes(f"{VERSION} {digest_of(body)}\n".encode() + body)
        part.replace(self.folder / "index.json")
        named = {
            "index.json",
            self.spare.name,
            index.templates,
            *index.static,
            *(page.html for page in index.pages.values()),
        }
        for path in self.folder.iterdir():
            if path.name not in named and _OWN_NAME.fullmatch(path.name):
                path.unlink(missing_ok=True)


def second_name(source: Path, target: str) -> None:
    """Hard-link `source` to `target`, or copy it if linking fails; an existing other file there is deleted first."""
    with contextlib.suppress(OSError):
        if os.path.samestat(os.lstat(source), os.lstat(target)):
            return
    with contextlib.suppress(FileNotFoundError):
        os.unlink(target)  # noqa: PTH108 - called thousands of times
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _prune(top: str, wanted: Mapping[str, int | None], inside: str = "") -> bool:
    """Delete all files below a folder except those in `wanted` (address -> inode), and folders left empty.

    Returns whether any file is left. Raises OSError if something cannot be deleted.
    """
    stays = False
    with os.scandir(top) as entries:
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if _prune(entry.path, wanted, f"{path}/"):
                    stays = True
                else:
                    os.rmdir(entry.path)  # noqa: PTH106 - called thousands of times
            elif wanted.get(path) == entry.inode():
                stays = True
            else:
                os.unlink(entry.path)  # noqa: PTH108 - as above
    return stays


def seen(site: Path) -> str:
    """Digest of a site's path and its files' names, sizes, modification times and inodes; empty if a file is missing.

    Only the manifest and the files that it lists count; foreign files do not.
    """
    listed = manifest.read(site)
    if listed is None:
        return ""
    found = hashlib.sha256(os.fsencode(site))
    top = os.fspath(site)
    for path in (manifest.NAME, *listed):
        try:
            stat = os.lstat(f"{top}/{path}")
        except OSError:
            return ""
        found.update(f"{path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}\n".encode())
    return found.hexdigest()
