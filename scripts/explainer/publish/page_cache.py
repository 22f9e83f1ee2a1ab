"""What one build leaves for the next in `.cache/pages/`: HTML and other files under their own SHA-256, and an index of pages.

Nothing in it is believed without a look: bytes by their digest, second names of files by their inode.
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
    """What is known of a page that was rendered."""

    key: str
    title: str | None
    meta: dict[str, Any]
    anchors: list[str]
    links: dict[str, dict[str, str]]
    """Source of the page that is linked to -> anchor there -> the link as it was written."""
    asked: list[str]
    """The sources of every file that the page asked for, whether or not they were there."""
    html: str = ""
    """SHA-256 of the HTML."""


@dataclass(slots=True)
class PageIndex:
    """The pages of the last site that was built."""

    pages: dict[str, KeptPage] = field(default_factory=dict)
    """Source, relative to `docs/` -> what is known of the page."""
    files: dict[str, str] = field(default_factory=dict)
    """Source -> address, of every file of the site."""
    navigation: str = ""
    templates: str = ""
    """SHA-256 of the theme's compiled templates."""
    static: list[str] = field(default_factory=list)
    """SHA-256 of every file that was copied."""
    inputs: str = ""
    """A digest of all that the site was made of."""
    published: str = ""
    """A digest of the names, sizes and times of the files that the site's manifest lists, and of where it is."""

    def stands(self, inputs: str, site: Path) -> bool:
        """Whether a site is there, untouched, that was made of the same."""
        return bool(self.published) and self.inputs == inputs and self.published == seen(site)


_OWN_NAME = re.compile(r"[0-9a-f]{64}|\.(?:[0-9a-f]{64}|index)\.part")
"""Names of the files that the cache makes; others are never deleted."""


class PageCache:
    """`.cache/pages/`: an index and files named by their own SHA-256. Nothing in it is believed without a look."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet."""
        self.folder = folder
        self.spare = folder / "spare"
        """The site before the last: its folders, and what of its files is the same, become the next one."""

    def read(self, say: Callable[[str], None]) -> PageIndex:
        """The index; an empty one, with a word, where it is damaged or another version's."""
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
        """The bytes with a digest; None where they are not there or not what they were, and then they are deleted."""
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
        """Whether the bytes with a digest now stand at a path, as a second name of the cache's file where that can be."""
        if self.take(name) is None:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108 - thousands of times
            return False
        second_name(self.folder / name, target)
        return True

    def reuse(self, site: str, wanted: Mapping[str, str], others: Mapping[str, int]) -> None:
        """Let an empty folder be the spare one, of whose files only those stay that are second names of kept ones.

        `wanted` is address -> SHA-256 of what the cache holds, `others` address -> inode of what is kept elsewhere.
        Writing into any other file of the spare folder would write into whatever it is a second name of.
        """
        if self.spare.is_symlink():  # whatever it leads to is not ours
            self.spare.unlink()
        try:
            with os.scandir(self.folder) as entries:
                known = {entry.name: entry.inode() for entry in entries}
            _prune(os.fspath(self.spare), {path: known.get(name) for path, name in wanted.items()} | dict(others))
            (self.spare / manifest.STAGING).touch()
            Path(site, manifest.STAGING).unlink(missing_ok=True)
            os.rmdir(site)  # noqa: PTH106 - it is named by text
            self.spare.rename(site)
        except OSError:  # there is none, or it cannot be used
            os.makedirs(site, exist_ok=True)  # noqa: PTH103 - as above

    def put(self, data: bytes, target: str) -> str:
        """Let bytes that the cache does not hold stand at a path, and keep them; their digest."""
        name = digest_of(data)
        Path(target).write_bytes(data)
        self.keep(name, Path(target))
        return name

    def keep(self, name: str, source: Path) -> None:
        """Let the cache hold a file with a known digest."""
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
        """Write the index whole, then delete every kept file that it does not name."""
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
    """Let a path be a second name of a file, or a copy of it where that cannot be; whatever else stood there is deleted."""
    with contextlib.suppress(OSError):
        if os.path.samestat(os.lstat(source), os.lstat(target)):
            return
    with contextlib.suppress(FileNotFoundError):
        os.unlink(target)  # noqa: PTH108 - thousands of times
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _prune(top: str, wanted: Mapping[str, int | None], inside: str = "") -> bool:
    """Delete every file below a folder but those wanted, address -> inode, and every folder that is empty then.

    Returns whether anything stays. Raises OSError where something cannot be deleted.
    """
    stays = False
    with os.scandir(top) as entries:
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if _prune(entry.path, wanted, f"{path}/"):
                    stays = True
                else:
                    os.rmdir(entry.path)  # noqa: PTH106 - thousands of times
            elif wanted.get(path) == entry.inode():
                stays = True
            else:
                os.unlink(entry.path)  # noqa: PTH108 - as above
    return stays


def seen(site: Path) -> str:
    """A digest of where a site is and of the names, sizes, times and numbers of its files; empty where one is missing.

    What else is kept in the folder does not count.
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
