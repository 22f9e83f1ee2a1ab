"""Publishes a site atomically: build lock, staging folder, exchange with the old site, recovery after a kill."""

import contextlib
import ctypes
import glob
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.base.files import patiently, write_whole
from explainer.base.problems import shown
from explainer.publish import manifest, strangers

if TYPE_CHECKING:
    from filelock import BaseFileLock

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS; both are 2."""
_HERE = -100
"""AT_FDCWD: relative paths start at the working directory."""
_MARKS = ("index.html", "sitemap.xml", "404.html")
_PATIENCE = 0.1


class PublishError(Exception):
    """The site could not be built or published; the old one is unchanged."""


@contextlib.contextmanager
def alone(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the dossier's build lock; if another process has it, report which one with `say` and wait.

    The system releases the lock when the last process that holds it ends, so no stale lock can remain. filelock closes its
    descriptor in forked processes; a copy of it lets the workers of a killed build hold the lock until they end. Where no
    file can be locked (a network file system without locks), the build runs without.
    """
    copies: list[int] = []
    lock = _acquired(root, say, lambda file: copies.append(os.dup(file)))
    try:
        yield
    finally:
        for file in copies:
            os.close(file)
        if lock is not None:
            lock.release()


def _acquired(root: Path, say: Callable[[str], None], on_acquired: Callable[[int], None]) -> "BaseFileLock | None":
    """Lock `.cache/build.lock`, else a file in the temporary folder; None if neither can be locked."""
    from filelock import FileLock, Timeout

    for place in _lockable(root):
        holder = place.with_name("build.holder") if place.parent.parent == root else None
        lock = FileLock(place, poll_interval=_PATIENCE, preserve_lock_file=True, on_acquired=on_acquired)
        with contextlib.suppress(OSError):
            try:
                lock.acquire(blocking=False)
            except Timeout:
                say(f"{_text(holder) or 'another process'} builds here; waiting until it has ended")
                lock.acquire()
            with contextlib.suppress(OSError):  # a full or read-only disk; the lock is held all the same
                if holder is not None:
                    write_whole(holder, f"process {os.getpid()}, since {time.strftime('%H:%M:%S')},\n".encode())
            return lock
    return None


def _lockable(root: Path) -> Iterator[Path]:
    """Files to lock, the best first; filelock would create the folder that a dangling link `.cache` names."""
    with contextlib.suppress(OSError):
        (root / ".cache").mkdir(exist_ok=True)
    if (root / ".cache").is_dir():
        yield root / ".cache" / "build.lock"
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    with contextlib.suppress(OSError):  # raised where no folder for temporary files can be written
        yield Path(tempfile.gettempdir()) / f"explainer-{digest}.lock"


def _text(holder: Path | None) -> str:
    """Who holds the lock, for people; a file of its own, because Windows lets nobody read a file that is locked."""
    if holder is None:
        return ""
    with contextlib.suppress(OSError):
        return holder.read_bytes()[:200].decode("utf-8", "replace").strip()
    return ""


def check(site: Path, remedy: str = "name another with --site-dir") -> None:
    """Raise PublishError if a site may not be published at a path: it is a file, a mount, or a folder not built by us.

    `remedy` is the next step that the message suggests.
    """
    try:
        if site.is_dir():
            if _is_strange(site):
                first = min(path.name for path in site.iterdir())
                raise PublishError(
                    f"{site} holds something else than a built site ('{shown(first)}', and no {manifest.NAME} that fits);"
                    f" expected an empty folder or an old site; {remedy}"
                )
            if place := strangers.mounted(site):
                raise PublishError(
                    f"{shown(place)} is mounted in the site, which a build replaces; unmount it, or {remedy}"
                )
            return
        above = next(path for path in (site, *site.parents) if os.path.lexists(path))
        if above == site or not above.is_dir():
            raise PublishError(f"{above} is not a folder; expected a folder for the site, or none yet; {remedy}")
    except OSError as error:
        raise PublishError(f"{site} cannot be read ({error.strerror}); expected a readable folder; {remedy}") from error


def staging(site: Path, *, whole: bool = False) -> Path:
    """Create the empty staging folder beside the site, after cleaning up what a killed build left.

    `whole` means that everything in the site's folder is ours, so it is not checked for foreign files. Raises
    PublishError if `site` was not built by us.
    """
    new, old = _beside(site, "new"), _beside(site, "old")
    if not whole:
        if _is_strange(old):
            raise PublishError(f"{old} is where a build puts the old site, and holds something else; move it elsewhere")
        check(old if old.is_dir() and not site.exists() else site)
        if os.path.lexists(new) and not _is_staging(new):
            raise PublishError(
                f"{new} is where a build makes the new site, and holds something else; move it elsewhere"
            )
    sweep(site, whole=whole)
    if os.path.lexists(old):
        raise PublishError(
            f"{old} is left of an earlier build and cannot be deleted; move what you need of it elsewhere and delete it"
        )
    new.mkdir(parents=True)
    (new / manifest.STAGING).touch()
    return new


def sweep(site: Path, *, whole: bool = False) -> None:
    """Clean up after an interrupted build: delete staging folders, restore or remove the old site, keep foreign files."""
    new = _beside(site, "new")
    if whole or _is_staging(new):
        for left in (*site.parent.glob(f"{glob.escape(new.name)}.*"), new):  # the folder with the mark goes last
            if left.suffix[1:].isdecimal() or left == new:
                discard(left)
    old = _beside(site, "old")
    if not old.is_dir() or (not whole and _is_strange(old)):
        return
    if not site.exists():  # killed between two renames
        old.rename(site)
        return
    with contextlib.suppress(OSError, strangers.Taken):  # the old site is left where it is
        _put_by(site, None, whole=whole)


def discard(folder: Path) -> None:
    """Delete a staging folder, its mark last: killed in between, the next build knows it again."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name != manifest.STAGING:
            strangers.delete(path)
    strangers.delete(folder)


def _is_staging(folder: Path) -> bool:
    """Whether a folder is one in which a build made a site: an empty one, one with the mark, or a whole site."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return (folder / manifest.STAGING).is_file() or manifest.fits(folder) or not any(folder.iterdir())


def _beside(site: Path, what: str) -> Path:
    return site.with_name(f".{site.name}.{what}")


def publish(
    site: Path, spare: Path | None = None, *, source: Callable[[str], str | None] = lambda _: None, whole: bool = False
) -> None:
    """Replace the site by the staging folder, atomically where the system can exchange folders.

    The old site becomes `spare` or is deleted. Foreign files are carried over first. `source` returns the source of a file
    of the site, for messages; `whole` means that everything in the folder is ours.

    Raises:
        PublishError: the folder cannot be replaced, or the staging folder is incomplete; the old site is unchanged.
    """
    new = _beside(site, "new")
    missing = [name for name in _MARKS if not (new / name).is_file()]
    if missing:
        raise PublishError(f"the new site has no {missing[0]}; expected it among the pages")
    if not whole:
        _carry(site, new, source)
    (new / manifest.STAGING).unlink(missing_ok=True)
    try:
        _swap(site, new, _beside(site, "old"))
    except OSError as error:
        raise PublishError(f"{site} cannot be replaced ({error.strerror})") from error
    with contextlib.suppress(OSError, strangers.Taken):  # the next build retries and reports it
        _put_by(site, spare, whole=whole)


def _carry(site: Path, new: Path, source: Callable[[str], str | None]) -> None:
    """Carry foreign files over into the new site. Raises PublishError if a path conflicts or copying fails."""
    try:
        strangers.carry(site, new, [*strangers.found(site), *strangers.altered(site, new)])
    except strangers.Taken as taken:
        made = source(taken.needed)
        needs = f"{made} becomes {taken.needed}" if made else f"the new site has its own {taken.needed}"
        raise PublishError(
            f"{shown(os.fspath(site / taken.path))} was not made by a build, and {needs}; expected another place for one"
            " of them; move or rename it; the old site is as it was"
        ) from taken
    except (OSError, shutil.Error) as error:
        place = shown(os.fsdecode(error.filename or site))
        raise PublishError(
            f"{place} was not made by a build and cannot be taken over into the new site ({error.strerror or error});"
            " move it elsewhere; the old site is as it was"
        ) from error


def _swap(site: Path, new: Path, old: Path) -> None:
    """Rename the new folder to the site and the site to `old`. Raises OSError and leaves the site unchanged.

    Safe to kill at any point: the old site is then still in its place, or at `old`, where the next build finds it.
    """
    if not site.exists():
        patiently(new.rename, site)
        return
    patiently(new.rename, old)
    if _exchanged(old, site):
        return
    patiently(old.rename, new)
    patiently(site.rename, old)
    try:
        patiently(new.rename, site)
    except OSError:
        patiently(old.rename, site)
        raise


def _put_by(site: Path, spare: Path | None, *, whole: bool) -> None:
    """Move the old site to `spare`, or delete it, after carrying over foreign files that changed in the meantime.

    Raises:
        OSError, strangers.Taken: a foreign file could not be carried over; the old site is left where it is.
    """
    old, doomed = _beside(site, "old"), _beside(site, "new")
    if not old.is_dir():
        return
    if not whole:
        kept = strangers.found(old)
        strangers.carry(old, site, kept, late=True)
        for path in kept:
            strangers.delete(old / path)
    if spare is not None:
        strangers.delete(spare)
        with contextlib.suppress(OSError):  # `spare` is on another disk
            old.rename(spare)
            return
    (old / manifest.STAGING).touch()
    old.rename(doomed)  # its mark says that it may go, whether or not it is whole
    discard(doomed)


def _is_strange(folder: Path) -> bool:
    """Whether a path exists and is neither an empty folder nor a site built by us."""
    return os.path.lexists(folder) and (
        folder.is_symlink() or not folder.is_dir() or (any(folder.iterdir()) and not manifest.fits(folder))
    )


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders atomically by system call; False if the system or file system does not support it."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            answer = library.renamex_np(os.fsencode(one), os.fsencode(other), _EXCHANGE)
        else:
            answer = library.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    except (OSError, AttributeError, TypeError):
        return False
    return bool(answer == 0)
