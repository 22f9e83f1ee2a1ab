"""Places frozen editions under `versions/` of a built site; what was placed before is kept in the store of builds."""

import html
import os
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click
from markupsafe import Markup

from explainer.base.files import digest_of
from explainer.base.language import Language
from explainer.docs import documents
from explainer.docs import words as own_words
from explainer.incremental.store import DAMAGED, Store
from explainer.kinds import registry
from explainer.library.releases import ARCHIVE, Release
from explainer.publish import edition_store, frozen_pages, manifest
from explainer.publish.edition_store import EditionStore, MissingEditionError
from explainer.publish.frozen_pages import Filling
from explainer.publish.swap import PublishError

KEPT = "editions"
"""The root of the store that holds the editions as they stand in the site."""
WORDS = ("old", "banner", "today", "gone", "home", "search", "not-kept")


class KeptArchive(NamedTuple):
    """The editions that are kept: the key of what they were made from, and path in the site -> SHA-256."""

    key: str
    digests: dict[str, str]


def kept(store: Store) -> KeptArchive:
    """The editions that are kept; none if there are none, or if they are damaged."""
    value = store.load(KEPT)
    try:
        key, digests = ("", {}) if value is None else value
        if any(not path.startswith(f"{ARCHIVE}/") or ".." in path.split("/") for path in digests):
            raise ValueError(digests)
        return KeptArchive(key, dict(digests))
    except DAMAGED:
        store.damaged(KEPT)
        return KeptArchive("", {})


def state(root: Path) -> str:
    """Digest of the store of editions and of what the repository tells of them, for the inputs of a site."""
    releases, _ = documents.releases_of(root)
    return repr([(item.version, item.archive, _digest(root, item)) for item in releases.every])


def _digest(root: Path, release: Release) -> str | None:
    path = edition_store.place(root, release.version)
    return digest_of(path.read_bytes()) if path.is_file() else None


def install(store: Store, root: Path, site: Path, old: Path, tag: str) -> dict[str, str]:
    """Place every edition, with words in the language `tag`; returns path in the site -> SHA-256 of its files.

    An edition whose zip is missing is left out with a word, unless `old`, the site that stands, has it: raises PublishError
    then, and for one that is damaged.
    """
    releases, _ = documents.releases_of(root)
    before = kept(store)
    if not releases.every and not before.digests:
        return {}
    pages = _pages(site, before.digests)
    fillings = [_filling(root, tag, item) for item in releases.every]
    code = [digest_of(Path(module.__file__ or "").read_bytes()) for module in (frozen_pages, edition_store)]
    key = digest_of(repr((state(root), fillings, code, pages)).encode())
    if before.key == key and all(_linked(store, site, before.digests)):
        return before.digests
    digests = _placed(store, root, site, old, list(zip(releases.every, fillings, strict=True)), frozenset(pages))
    for path in before.digests.keys() - digests.keys():
        (site / path).unlink(missing_ok=True)
    store.save(KEPT, (key, digests), digests.values())
    return digests


def _pages(site: Path, editions: Container[str]) -> list[str]:
    """The pages of a site of today, to which those of editions may lead."""
    today = (name for name in manifest.files(site) if name not in editions)
    return sorted(name for name in today if name.endswith(".html") and not name.startswith(f"{ARCHIVE}/"))


def install_by_mkdocs(root: Path, site: Path, tag: str) -> None:
    """Place every edition where MkDocs builds by itself, which tells what is wrong in its own way."""
    try:
        install(Store(root), root, site, site, tag)
    except PublishError as failed:
        raise click.ClickException(str(failed)) from None


def _linked(store: Store, site: Path, digests: Mapping[str, str]) -> Iterator[bool]:
    for path, digest in digests.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        yield store.link(digest, os.fspath(site / path))


def _placed(
    store: Store, root: Path, site: Path, old: Path, editions: list[tuple[Release, Filling]], now: frozenset[str]
) -> dict[str, str]:
    found = EditionStore(root)
    digests: dict[str, str] = {}
    for release, filling in reversed(editions):
        if not release.archive:  # it is being frozen
            break
        try:
            found.load([release])
        except MissingEditionError as missing:
            if (old / ARCHIVE / release.version).is_dir():
                raise PublishError(f"{missing}; the site that stands has it, and would lose it") from missing
            store.progress.say(f"{missing}; the site is built without {ARCHIVE}/{release.version}/")
            break  # later editions share its pieces
        for path in found.paths(release.version):
            target = release.archived(path)
            data = filling.file(path, found.file(release.version, path), now)
            digests[target] = store.put(data)
            (site / target).parent.mkdir(parents=True, exist_ok=True)
            if not store.link(digests[target], os.fspath(site / target)):
                (site / target).write_bytes(data)
    return digests


def footer(root: Path, words: Language) -> Markup | None:
    """The sentence of the footer on the newest edition, as HTML with a place for the address of the page of editions."""
    newest = documents.releases_of(root)[0].newest
    if newest is None:
        return None
    name = html.escape(words("site-editions.name").format(version=newest.version))
    said = html.escape(words("site-editions.last")).format(
        edition=f'<a href="{{}}">{name}</a>', date=html.escape(words.day(newest.frozen))
    )
    return Markup(said)  # noqa: S704 - all parts are escaped


def _filling(root: Path, tag: str, release: Release) -> Filling:
    words = own_words.language(root, registry.load(root), tag)
    said = {
        key: words(f"site-editions.{key}").format(version=release.version, date=words.day(release.frozen))
        for key in WORDS
    }
    direction = "rtl" if words.right_to_left(tag) else "ltr"
    return Filling(release.version, said, tag, direction)
