"""Index of the last build: its pages, files and inputs, as a root of the store that keeps their entries."""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import field, fields, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explainer.base.dataclass import dataclass
from explainer.incremental.store import DAMAGED, Store
from explainer.publish import manifest

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

NAME = "pages"
"""The root of the store that holds the index."""


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
    twin: str = ""
    """SHA-256 of its plain twin."""


@dataclass(slots=True)
class PageIndex:
    """Index of the last build."""

    pages: dict[str, KeptPage] = field(default_factory=dict)
    """Source, relative to `docs/` -> entry of the page."""
    files: dict[str, str] = field(default_factory=dict)
    """Source -> address and inclusion level, for every file of the site."""
    navigation: str = ""
    static: list[str] = field(default_factory=list)
    """SHA-256 of every static file that was copied."""
    inputs: str = ""
    """Digest of all inputs of the site (`fingerprints.everything`)."""
    published: str = ""
    """Digest of the state of the published site on disk (`seen`)."""

    def stands(self, inputs: str, site: Path) -> bool:
        """Whether the published site is up to date: made from the same inputs and unchanged on disk since."""
        return bool(self.published) and self.inputs == inputs and self.published == seen(site)

    def entries(self) -> list[str]:
        """The entries of the store that the site of the last build consists of."""
        return [*self.static, *(name for page in self.pages.values() for name in (page.html, page.twin))]


def plain(page: KeptPage) -> KeptPage:
    """The entry of a page in plain values, the only ones that the store takes: text of MkDocs may be of subclasses of str.

    Paths, which many pages name, are interned, so that each is kept once.
    """
    title, meta, anchors = json.loads(json.dumps([page.title, page.meta, page.anchors]))
    links = {
        sys.intern(str(to)): {str(at): str(link) for at, link in found.items()} for to, found in page.links.items()
    }
    asked = [sys.intern(str(path)) for path in page.asked]
    return replace(page, title=title, meta=meta, anchors=anchors, links=links, asked=asked)


def load(store: Store) -> PageIndex:
    """Read the index; an empty one if there is none, or if it is damaged or another version's."""
    value = store.load(NAME)
    try:
        data = dict(value or {})
        data["pages"] = {str(source): KeptPage(*page) for source, page in data.get("pages", {}).items()}
        return PageIndex(**data)
    except DAMAGED:
        store.damaged(NAME)
        return PageIndex()


def save(store: Store, index: PageIndex) -> None:
    """Write the index, and keep the entries that it refers to."""
    data = {each.name: getattr(index, each.name) for each in fields(index)}
    values = attrgetter(*(each.name for each in fields(KeptPage)))
    data["pages"] = {source: values(page) for source, page in index.pages.items()}
    store.save(NAME, data, index.entries())


def seen(site: Path, states: Mapping[str, os.stat_result] | None = None) -> str:
    """Digest of a site's path and its files' names, sizes, modification times and inodes; empty if a file is missing.

    Only the manifest and the files that it lists count; foreign files do not. `states` holds what the system has just
    told of files, by path.
    """
    states = states or {}
    listed = manifest.read(site)
    if listed is None:
        return ""
    found = hashlib.sha256(os.fsencode(site))
    top = os.fspath(site)
    for path in (manifest.NAME, *listed):
        try:
            stat = states.get(f"{top}/{path}") or os.lstat(f"{top}/{path}")
        except OSError:
            return ""
        found.update(f"{path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}\n".encode())
    return found.hexdigest()


def recall(page: "Page", kept: KeptPage) -> None:
    """Restore the title, metadata and anchors of a page that this process did not render."""
    if page.title is None:
        page.title = kept.title
    page.meta = dict(kept.meta)
    page.present_anchor_ids = set(kept.anchors)
