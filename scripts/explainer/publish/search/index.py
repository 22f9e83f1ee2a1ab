"""Installs the search: the name list and, in parts, the index of texts, of which an edit makes few anew.

What was made is kept in the store with a digest of what it was made from: the same texts give the same files, whether
they were made at once or edit by edit.
"""

import hashlib
import importlib.metadata
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from explainer.base import apart
from explainer.base.files import digest_of
from explainer.docs import write
from explainer.incremental.fingerprint import code_fingerprint
from explainer.incremental.store import DAMAGED, Store
from explainer.library import addresses
from explainer.outputs.search_files import FOLDER, WORDS, SearchSettings
from explainer.publish.search import parts
from explainer.publish.search.hand_written import Said, written

VERSION = 9
KEPT = "search"
"""The root of the store that holds the search."""
_PATH = re.compile(rf"{addresses.SEARCH}/(?:[\w-]+/)*\w[\w.-]*")
"""Paths of the files of a search; a damaged value must not name others."""


class KeptSearch(NamedTuple):
    """The search that is kept: the key of what it was made from, path in the site -> SHA-256 of its files, and how."""

    key: str
    digests: dict[str, str]
    state: parts.State
    pages: dict[str, Said]
    """Path of a hand-written page -> its search text."""


_NONE = KeptSearch("", {}, parts.NOTHING, {})
_MANY = 1_000_000
"""Bytes of texts of which a search takes longer to make than a process to begin."""


class _FoundSearch(NamedTuple):
    """A search that was made, of which texts, and the hand-written pages in it."""

    key: str
    made: parts.Made
    pages: dict[str, Said]


Ahead = Callable[[], _FoundSearch | None]
"""What waits for a search that was begun; None if none was, or if the one before is damaged."""


def begun(store: Store, docs: Path, before: KeptSearch, *, last: bool = False) -> Ahead:
    """Begin to make the search for the pages in `docs` beside this process, if it is large and not `before`, the one that is kept."""
    folder = docs / FOLDER
    if not (folder / WORDS).is_file() or sum(file.stat().st_size for file in folder.iterdir()) < _MANY:
        return not_begun
    if before.digests and (last or before.key == _key(docs)):
        return not_begun
    return apart.begun(partial(_parts_or_none, store, docs, before))


def not_begun() -> None:
    """What there is to wait for where no search was begun."""


def _parts_or_none(store: Store, docs: Path, before: KeptSearch) -> _FoundSearch | None:
    try:
        return _parts(store, docs, _key(docs), before)
    except DAMAGED:
        return None


def install(
    store: Store, docs: Path, site: Path, before: KeptSearch, *, last: bool = False, ahead: Ahead = not_begun
) -> dict[str, str]:
    """Install the search for the pages in `docs` into a built site; `last` allows `before`, the one that is kept, if outdated.

    `ahead` waits for it where it was begun before. Files of the search that was kept before, which the site may hold, are
    deleted if this one lacks them. Returns path in the site -> SHA-256 of the installed files.
    """
    if not (docs / FOLDER / WORDS).is_file():  # not generated, or by another version
        return {}
    key = _key(docs)
    if before.digests and (last or before.key == key) and all(_linked(store, site, before.digests)):
        return before.digests
    made = _remade(store, docs, site, key, before, ahead) or _made(store, docs, site, key, _NONE)
    store.save(KEPT, (key, made.digests, made.state.plain(), made.pages), made.digests.values())
    for path in before.digests.keys() - made.digests.keys():
        (site / path).unlink(missing_ok=True)
    return made.digests


def _remade(store: Store, docs: Path, site: Path, key: str, before: KeptSearch, ahead: Ahead) -> KeptSearch | None:
    """Make the search anew from the one before; None if there is none, or if anything of it is damaged."""
    found = ahead()
    if found and found.key != key:  # somebody wrote in `docs/` since
        found = None
    if not before.digests and not found:
        return None
    try:
        return _made(store, docs, site, key, before, found)
    except DAMAGED:
        store.damaged(KEPT)
        return None


def _parts(store: Store, docs: Path, key: str, before: KeptSearch) -> _FoundSearch:
    """Make the parts that the search before lacks. Raises ValueError if anything of that is damaged."""

    def read(name: str) -> bytes:
        data = store.get(before.digests.get(f"{addresses.SEARCH}/{name}", ""))
        if data is None:
            raise ValueError(name)
        return data

    settings = SearchSettings.decode((docs / FOLDER / WORDS).read_bytes())
    maker = _maker()
    pages = written(docs, before.pages, f"{maker} {code_fingerprint()}")
    lines = [*_recorded(docs / FOLDER, settings), *(line for _, line in pages.values())]
    return _FoundSearch(key, parts.make(settings, lines, before.state, read, maker), pages)


def _made(
    store: Store, docs: Path, site: Path, key: str, before: KeptSearch, found: _FoundSearch | None = None
) -> KeptSearch:
    """Install a search, which is made from the one before unless it was found. Raises ValueError if anything of that is damaged."""
    _, made, pages = found or _parts(store, docs, key, before)
    digests = {
        path: before.digests[path] if data is None else store.put(data)
        for path, data in sorted((f"{addresses.SEARCH}/{name}", data) for name, data in made.files.items())
    }
    for there, path in zip(_linked(store, site, digests), digests, strict=True):
        data = made.files[path.removeprefix(f"{addresses.SEARCH}/")]
        if not there and data is None:
            raise ValueError(path)
        if not there and data is not None:
            (site / path).write_bytes(data)
    return KeptSearch(key, digests, made.state, pages)


def _linked(store: Store, site: Path, digests: Mapping[str, str]) -> Iterator[bool]:
    """Link the files of a search into a site; yields for each whether it was in the store."""
    for folder in {os.path.dirname(path) for path in digests}:  # noqa: PTH120 - called thousands of times
        (site / folder).mkdir(parents=True, exist_ok=True)
    for path, digest in digests.items():
        yield store.link(digest, os.fspath(site / path))


def kept(store: Store) -> KeptSearch:
    """The search that is kept; one without files if there is none, or if it is damaged."""
    value = store.load(KEPT)
    try:
        if value is None:
            return _NONE
        key, digests, state, pages = value
        if not all(_PATH.fullmatch(path) for path in digests):
            raise ValueError(digests)
        return KeptSearch(key, digests, parts.State(*state), dict(pages))
    except DAMAGED:
        store.damaged(KEPT)
        return _NONE


def _recorded(folder: Path, settings: SearchSettings) -> Iterator[str]:
    """Read the search texts of records and generated pages, a line each, in the order of the settings."""
    for kind in settings.kinds:
        file = folder / f"{kind.kind}.jsonl"
        if file.is_file():
            yield from file.read_text(encoding="utf-8").splitlines()


def origin() -> str:
    """Version of this code and of the stemmer; part of every search's cache key."""
    return f"{VERSION} {importlib.metadata.version('snowballstemmer')}"


def _maker() -> str:
    """Digest of the versions and of this package's code: what another one made is not gone on with."""
    found = hashlib.sha256(f"{origin()}\n".encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        found.update(module.read_bytes())
    return found.hexdigest()


def _key(docs: Path) -> str:
    """Cache key of a search: digest of its maker, the texts and hand-written pages."""
    found = hashlib.sha256(_maker().encode())
    files = sorted((docs / FOLDER).iterdir())
    for path in [*files, *(docs / name for name in sorted(write.hand_written(docs.parent)))]:
        found.update(f"{path.relative_to(docs).as_posix()} {digest_of(path.read_bytes())}\n".encode())
    return found.hexdigest()
