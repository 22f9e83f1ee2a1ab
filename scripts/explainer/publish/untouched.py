"""Whether anything changed since the last build: a look at the times and sizes of all files, and nothing is loaded.

The sources are looked at before a build reads them, `docs/` and the site after it wrote them. What a build wrote, or what
changed so shortly before the look that another change could have the same time (see `Store.settled`), is compared by
its content. A new file in the site counts as a change, and so does another version of a package.
"""

import contextlib
import hashlib
import os
import site as installed
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.base.files import digest_of, text_of_file
from explainer.docs import ledger
from explainer.incremental.store import DAMAGED, Store
from explainer.publish import manifest, moment
from explainer.publish.built import Built

NAME = "untouched"
"""The root of the store that holds how everything looked after the last build."""
MANY = 10_000
"""Number of files whose look takes longer than a process to begin."""
MOST = 20_000
"""Largest number of files that are read to compare them; after a build that wrote more, the next one looks again."""
ENGINE = Path(__file__).resolve().parents[2]
"""The folder with the engine and the theme."""
OWN = os.fspath(ENGINE.parent / "mkdocs.yml")
"""The configuration of dossiers without one of their own."""
SOURCES = ("content", "scripts", "mkdocs.yml", ".editions")
"""What a dossier is made from, besides the folder of a theme of its own."""


@dataclass(slots=True)
class Look:
    """How some files looked."""

    digest: str
    """Of their paths, sizes, times and inodes."""
    young: list[str] = field(default_factory=list)
    """The paths of those that changed after a time."""


def _look(
    paths: Iterable[str], since: int, *, links: bool = False, states: dict[str, os.stat_result] | None = None
) -> Look:
    """Look at files and at all that folders hold; with `links` the time of the inode, which a hard link changes, does not count.

    `states` takes what the system told of each, for who asks for the same files next.
    """
    lines, young = [], []
    for path, looked in _files(paths, follow=not links):
        if states is not None:
            states[path] = looked
        changed, last = looked.st_mtime_ns, 0 if links else looked.st_ctime_ns
        lines.append(f"{path} {looked.st_mode} {looked.st_size} {changed} {last} {looked.st_ino}\n")
        if (changed >= since or last >= since) and stat.S_ISREG(looked.st_mode):
            young.append(path)
    return Look(hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest(), young)


def _files(paths: Iterable[str], *, follow: bool) -> Iterator[tuple[str, os.stat_result]]:
    """Every file at or below some paths, in the same order each time; what cannot be looked at is left out.

    Without `follow`, links below the paths count as files.
    """
    for path in paths:
        with contextlib.suppress(OSError):
            looked = os.stat(path)  # noqa: PTH116 - called thousands of times
            if stat.S_ISDIR(looked.st_mode):
                yield from _inside(path, looked, follow=follow)
            else:
                yield path, looked


def _inside(path: str, looked: os.stat_result, *, follow: bool) -> Iterator[tuple[str, os.stat_result]]:
    """Every file in a folder and below it; a link that leads back into a folder which holds it is not gone through."""
    waiting: list[tuple[str, os.stat_result, tuple[tuple[int, int], ...]]] = [(path, looked, ())]
    while waiting:
        folder, looked, above = waiting.pop()
        own = (looked.st_dev, looked.st_ino)
        if own in above:
            continue
        for name, state in _entries(folder, follow=follow):
            if stat.S_ISDIR(state.st_mode):
                waiting.append((f"{folder}/{name}", state, (*above, own)))
            else:
                yield f"{folder}/{name}", state


def _entries(folder: str, *, follow: bool) -> Iterator[tuple[str, os.stat_result]]:
    """What is in a folder, sorted by name, without the bytecode of Python."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=_NAME):
            if entry.name != "__pycache__":
                try:
                    looked = _state(entry, follow_symlinks=follow)
                except OSError:
                    continue
                yield entry.name, looked


_NAME = attrgetter("name")
_state: Callable[..., os.stat_result] = os.DirEntry.stat if os.name != "nt" else os.stat
"""The system's word on an entry of a folder; what Windows tells of one without a look at the file lacks its number."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told of a build that has nothing to do."""

    pages: int
    files: int
    """The number of files in `docs/` that the generator wrote."""

    def built(self, site: Path) -> Built:
        """The same as the result of a build."""
        return Built(site, self.pages, 0)


@dataclass(frozen=True, slots=True)
class Watch:
    """The look at the sources before a build, from which `remember` goes on after it."""

    root: Path
    site: Path
    store: Store
    sources: Look

    def docs(self, files: int) -> Callable[[], Look]:
        """Begin to look at `docs/` once the generator wrote it; of many files this is done beside the build of the site."""
        return _begun(partial(_look, [os.fspath(self.root / "docs")], self.store.settled), files)

    def made(self, files: int, states: dict[str, os.stat_result] | None = None) -> Callable[[], Look]:
        """Look at the site once it is published, and fill `states`; of many files this is begun beside what follows, and nothing filled."""
        look = partial(_look, [os.fspath(self.site)], self.store.settled, links=True)
        if files >= MANY or states is None:
            return _begun(look, files)
        looked = look(states=states)
        return lambda: looked

    def _ended(self, looks: Sequence[Callable[[], Look]]) -> tuple[Look, ...]:
        """The looks at `docs/` and at the site, those of them that were begun and the others."""
        missing = (self.docs, self.made)[len(looks) :]
        return tuple(look() for look in (*looks, *(begin(0) for begin in missing)))

    def remember(
        self, standing: Standing, also: Sequence[str] | None, looks: Sequence[Callable[[], Look]] = ()
    ) -> None:
        """Note how everything looks after a build, unless more files would have to be read than that is worth.

        `also` names what else the site was made from; None if that is more than files. `looks` wait for those at `docs/`
        and at the site that were begun, in this order: what changed since then differs from them.
        """
        if also is None or not self.store.usable:
            return
        theme = _look(also, self.store.settled)
        if theme.young:  # it may have changed while this build ran, and was not looked at before
            return
        made = self._ended(looks)
        if sum(len(look.young) for look in made) > MOST:
            return
        try:
            wrote, read = _as_written(made, self.root, self.site), _read(self.sources)
        except OSError:
            return  # somebody deleted a file while this build ran
        if wrote is None:
            return  # or changed one
        value = {
            "also": tuple(also),
            "key": _key(self.root, self.site),
            "looks": (self.sources.digest, theme.digest, *(look.digest for look in made)),
            "young": {**read, **wrote},
            "told": (standing.pages, standing.files),
        }
        self.store.save(NAME, value)


def _begun(look: Callable[[], Look], files: int) -> Callable[[], Look]:
    """Begin a look in a process beside this one, if it is one at many files. Returns what waits for it."""
    from explainer.base.apart import begun  # a build with nothing to do needs it not

    return begun(look) if files >= MANY else look


def watch(root: Path, site: Path, store: Store) -> Watch:
    """Look at the sources of a dossier before they are read."""
    return Watch(root, site, store, _sources(root, store.settled))


def standing(watched: Watch) -> Standing | None:
    """What the last build said, if nothing changed since; otherwise None."""
    store = watched.store
    try:
        value = store.load(NAME) if store.usable else None
        if not value or value["looks"][0] != watched.sources.digest:  # after an edit nobody need ask git
            return None
        if value.get("key") != _key(watched.root, watched.site):
            return None
        young: list[str] = []
        for before, look in zip(value["looks"], _looks(watched, value["also"]), strict=True):
            if look.digest != before:
                return None
            young += look.young
        if not _holds(value["young"]):
            return None
        _settle(store, value, frozenset(young))
        return Standing(*map(int, value["told"]))
    except (*DAMAGED, OSError):
        return None


def _looks(watched: Watch, also: Sequence[str]) -> Iterator[Look]:
    """The looks that are compared, one after another: after an edit the first one differs, and no other is taken."""
    yield watched.sources
    yield _look(also, watched.store.settled)
    yield from _made(watched.root, watched.site, watched.store.settled)


def _holds(young: Mapping[str, str]) -> bool:
    """Whether files have the digests that were noted."""
    return all(digest_of(Path(path).read_bytes()) == digest for path, digest in young.items())


def _settle(store: Store, value: dict[str, Any], young: Collection[str]) -> None:
    """Note that files which are old enough by now need not be read again."""
    left = {path: digest for path, digest in value["young"].items() if path in young}
    if left != value["young"]:
        store.save(NAME, {**value, "young": left})


def others(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of some paths that are looked at neither as a source of the dossier nor as a part of the engine or of a package."""
    seen = [*(os.path.realpath(root / name) for name in SOURCES), os.fspath(ENGINE), *installed.getsitepackages()]
    found = (os.path.realpath(path) for path in paths)
    return tuple(
        sorted(path for path in found if path != OWN and not any(Path(path).is_relative_to(at) for at in seen))
    )


def _sources(root: Path, since: int) -> Look:
    paths = [*(os.fspath(root / name) for name in SOURCES), os.fspath(ENGINE), OWN]
    return _look(dict.fromkeys(map(os.path.realpath, paths)), since)


def _made(root: Path, site: Path, since: int) -> Iterator[Look]:
    """The looks at `docs/` and at the site, whose files are hard links of the store's."""
    yield _look([os.fspath(root / "docs")], since)
    yield _look([os.fspath(site)], since, links=True)


def _read(look: Look) -> dict[str, str]:
    """Path -> digest of the young files of a look."""
    return {path: digest_of(Path(path).read_bytes()) for path in look.young}


def _as_written(looks: Iterable[Look], root: Path, site: Path) -> dict[str, str] | None:
    """Path -> digest of the young files of some looks, as the generator or the builder wrote them; None if neither wrote one of them.

    Only the two lists are read: what a hand changed meanwhile differs from its digest at the next look. Raises OSError if one is gone.
    """
    docs = root / "docs"
    written, listed = ledger.read(text_of_file(docs / ledger.NAME)), manifest.read(site) or {}
    found: dict[str, str] = {}
    for path in (path for look in looks for path in look.young):
        if path in {f"{docs}/{ledger.NAME}", f"{site}/{manifest.NAME}"}:
            digests: tuple[str, ...] = (digest_of(Path(path).read_bytes()),)
        else:
            digests = written.get(path.removeprefix(f"{docs}/")) or (listed.get(path.removeprefix(f"{site}/"), ""),)
        if len(digests) > 1 or not digests[0]:
            return None
        found[path] = digests[0]
    return found


def _key(root: Path, site: Path) -> str:
    """Digest of what is no file of the dossier: where it stands, its commit, the time that pages tell, Python and its packages."""
    packages = sorted(path.name for folder in installed.getsitepackages() for path in Path(folder).glob("*.dist-info"))
    about = [
        os.fspath(root),
        os.fspath(site),
        manifest.commit(root),
        os.environ.get(moment.NAME),
        sys.version,
        packages,
    ]
    return digest_of(repr(about).encode("utf-8", "surrogateescape"))
