"""Freezes an edition of the site: what may stop it, then one file after the other, all taken back if one fails."""

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from explainer.base.dataclass import dataclass
from explainer.base.files import text_of_file, write_whole
from explainer.base.problems import ContentError, shown
from explainer.base.values import PartialDate
from explainer.data import deposit, downloads
from explainer.data.differences import differences
from explainer.data.rows import Row
from explainer.docs import documents, states
from explainer.editing import revisions
from explainer.kinds.registry import Kinds
from explainer.library import releases
from explainer.library.history import RecordDifferences
from explainer.library.releases import Release, Releases
from explainer.publish import edition_store, manifest
from explainer.publish.edition_store import EditionStore
from explainer.publish.frozen_pages import Frozen
from explainer.records.dossier import Dossier

DEPOSIT = "dist/deposit-{version}"
"""The folder of what an archive of research takes."""

MADE = (edition_store.FOLDER, "dist")
"""Folders of what a release made before, whether or not git is told to ignore them."""


class ReleaseError(Exception):
    """Raised where an edition cannot be frozen; says why, and what to do. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Released:
    """An edition that was frozen."""

    release: Release
    archive: Path
    deposit: Path
    files: int
    size: int
    """The bytes that its zip adds to the store."""


def prepared(root: Path, kinds: Kinds, version: str, day: PartialDate) -> tuple[Release, Releases, EditionStore]:
    """The edition to be frozen, those before it and their store.

    Raises ReleaseError, RevisionError, PublishError if the store is not whole, or ContentError.
    """
    before, problems = documents.releases_of(root)
    if problems:
        raise ContentError(problems)
    _fits(version, day, before)
    if not revisions.has_commits(root):
        raise ReleaseError("the repository holds no commit; expected an edition to be of one; commit first")
    if changed := revisions.unsaved(root, MADE):
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise ReleaseError(
            f"{shown(changed[0])}{more} differs from the last commit; expected an edition to be of one; commit or undo it"
        )
    commit = revisions.commit(root, "HEAD")
    store = EditionStore(root)
    store.load(before.every)
    newest = before.newest
    told = _changes(root, kinds, store, newest) if newest else ()
    since = newest.version if newest else None
    return Release(version, day, commit, since=since, changes=told), before, store


def _fits(version: str, day: PartialDate, before: Releases) -> None:
    """Raise ReleaseError if a version is none, is there, or does not follow the last one."""
    try:
        order = releases.order(version)
    except ValueError as error:
        raise ReleaseError(f"{error}; correct it") from None
    newest = before.newest
    if newest is None:
        return
    if any(releases.order(item.version) == order for item in before.every):
        raise ReleaseError(
            f"edition {version} is there already; expected one after {newest.version}; name a higher one"
        )
    if order < releases.order(newest.version):
        raise ReleaseError(
            f"edition {version} is lower than the last one, {newest.version}; expected a higher one, by which editions are"
            " in the order of their days; name a higher one"
        )
    if day.first_day < newest.frozen.first_day:
        raise ReleaseError(
            f"{day} is before the day of the last edition, {newest.frozen}; expected that day or a later one; correct --date"
        )


def _changes(root: Path, kinds: Kinds, store: EditionStore, newest: Release) -> tuple[RecordDifferences, ...]:
    """What became of the records since the last edition, whose data its archive holds."""
    named_by = {model.KIND: model.LABEL for model in kinds.types}
    path = f"{downloads.FOLDER}/{states.LINES}"
    before = states.of_lines(store.file(newest.version, path).decode())
    after: list[Row] = revisions.of_folder(root, kinds)
    return tuple(differences(before, after, named_by))


def freeze(
    root: Path, release: Release, before: Releases, store: EditionStore, built: Callable[[], tuple[Path, Dossier]]
) -> Released:
    """Write what the repository keeps of an edition, build the site with it, and put that into the store.

    `built` builds the site and returns its folder and the dossier's settings. What was written is taken back if anything fails.
    """
    with _all_or_nothing(root, release) as write:
        write(release.file, release.text().encode())
        site, about = built()
        there = frozenset(manifest.read(site) or ())
        frozen = Frozen(f"{about.url.rstrip('/')}/", there)
        files = {name: frozen.file(name, (site / name).read_bytes()) for name in frozen.kept}
        zipped, digest = store.packed(release.version, files)
        whole = replace(release, archive=digest)
        archive = store.add(release.version, zipped)
        write(release.file, whole.text().encode())
        pages = (
            name.removesuffix("index.html") for name in files if name == "index.html" or name.endswith("/index.html")
        )
        lines = (item.text() for item in releases.published(before, release.version, pages))
        write(releases.ADDRESSES, "".join(lines).encode())
        _cite(root, about, whole, write)
        folder = _deposit(root, about, whole, site)
    return Released(whole, archive, folder, len(files), len(zipped))


def _cite(root: Path, about: Dossier, release: Release, write: Callable[[str, bytes], None]) -> None:
    """Write `CITATION.cff`, unless a person wrote one."""
    there = text_of_file(root / deposit.CITATION)
    if there is None or there.startswith(deposit.MARK):
        write(deposit.CITATION, deposit.citation_cff(about, release).encode())


def _deposit(root: Path, about: Dossier, release: Release, site: Path) -> Path:
    """Make the folder for an archive of research: the data, what describes them, and their checksums."""
    folder = root / DEPOSIT.format(version=release.version)
    files = {
        f"data-{release.version}.zip": (site / downloads.FOLDER / "all.zip").read_bytes(),
        deposit.CITATION: deposit.citation_cff(about, release).encode(),
        deposit.ZENODO: deposit.zenodo(about, release),
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    for name, data in {**files, "SHA256SUMS": sums.encode()}.items():
        write_whole(folder / name, data)
    return folder


@contextlib.contextmanager
def _all_or_nothing(root: Path, release: Release) -> Iterator[Callable[[str, bytes], None]]:
    """Give what writes files, each whole; if anything fails, what was there before is put back."""
    old: dict[Path, bytes | None] = {edition_store.place(root, release.version): None}

    def write(path: str, data: bytes) -> None:
        target = root / path
        old.setdefault(target, target.read_bytes() if target.is_file() else None)
        write_whole(target, data)

    try:
        yield write
    except BaseException:
        for target, data in old.items():
            with contextlib.suppress(OSError):
                if data is None:
                    target.unlink(missing_ok=True)
                else:
                    write_whole(target, data)
        shutil.rmtree(root / DEPOSIT.format(version=release.version), ignore_errors=True)
        raise
