"""Puts a whole new site in the place of the old one, for one process at a time, whatever happens in between."""

import contextlib
import ctypes
import glob
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from explainer.publish import manifest, strangers

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS; both are 2."""
_HERE = -100
"""AT_FDCWD: the path says where by itself."""
_MARKS = ("index.html", "sitemap.xml", "404.html")
_PATIENCE = 0.1


class PublishError(Exception):
    """The site could not be built; the old one is as it was."""


@contextlib.contextmanager
def alone(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the dossier's lock; where another process has it, say which and wait.

    The kernel holds the lock for as long as a process lives, and no longer: a lock of a dead process does not exist.
    The file's text, process and start, is for people. Children of a killed build hold the lock until they have ended.
    """
    try:
        import fcntl
    except ImportError:  # a system without such locks: whoever builds there takes care
        yield
        return
    with _lock(root) as file:
        waited = False
        while file is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not waited:
                    say(f"{_holder(file)} builds here; waiting until it has ended")
                waited = True
                time.sleep(_PATIENCE)
            except OSError:  # a disk of another machine that knows no locks
                break
        if file is not None:
            with contextlib.suppress(
                OSError
            ):  # a full disk, or none that can be written; the lock is held all the same
                os.ftruncate(file, 0)
                os.pwrite(file, f"process {os.getpid()}, since {time.strftime('%H:%M:%S')},\n".encode(), 0)
        yield


@contextlib.contextmanager
def _lock(root: Path) -> Iterator[int | None]:
    """What is locked: a file of `.cache/`, or the dossier's folder where that cannot be had; None where there is neither."""
    path = root / ".cache" / "build.lock"
    file = None
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
    for place, mode in ((path, os.O_RDWR | os.O_CREAT), (path, os.O_RDONLY), (root, os.O_RDONLY)):
        with contextlib.suppress(OSError):
            file = os.open(place, mode, 0o644)
            break
    try:
        yield file
    finally:
        if file is not None:
            os.close(file)


def _holder(file: int) -> str:
    """The process that holds a lock, as it says of itself."""
    with contextlib.suppress(OSError):  # a folder holds no words
        return os.pread(file, 200, 0).decode("utf-8", "replace").strip() or "another process"
    return "another process"


def check(site: Path, remedy: str = "name another with --site-dir") -> None:
    """Raise Failed where a site cannot stand: in the place of a file, or of anything that no build of ours put there.

    `remedy` is what whoever chose the place can do.
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


def shown(path: str) -> str:
    """A path with what cannot be printed written out."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in path)


def staging(site: Path, *, whole: bool = False) -> Path:
    """An empty folder beside the site, without what a killed build left there. Raises Failed where `site` is a stranger's.

    With `whole` all of the site's folder is ours, whatever is in it.
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
    """Delete what a build leaves beside the site when it ends early; what people keep in an old site is brought over first."""
    new = _beside(site, "new")
    if whole or _is_staging(new):
        for left in (*site.parent.glob(f"{glob.escape(new.name)}.*"), new):  # the folder with the mark goes last
            if left.suffix[1:].isdecimal() or left == new:
                _discard(left)
    old = _beside(site, "old")
    if not old.is_dir() or (not whole and _is_strange(old)):
        return
    if not site.exists():  # killed between two renames
        old.rename(site)
        return
    with contextlib.suppress(OSError, strangers.Taken):  # it is left where it is
        _put_by(site, None, whole=whole)


def _discard(folder: Path) -> None:
    """Delete a staging folder, its mark last: killed in between, the next build knows it again."""
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
    """Put the staging folder in the place of the site with one rename, and delete the old one or put it by as `spare`.

    What people keep in the site's folder is in the new one from the first moment. `source` knows what a file of the
    site is made of; with `whole` everything in the folder is ours.

    Raises:
        Failed: the folder cannot be replaced, or what is to replace it is no whole site; the old site is as it was.
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
    with contextlib.suppress(OSError, strangers.Taken):  # the next build tries it again, and says so
        _put_by(site, spare, whole=whole)


def _carry(site: Path, new: Path, source: Callable[[str], str | None]) -> None:
    """Let what people keep in a site stand in the new one. Raises Failed where it cannot."""
    try:
        strangers.carry(site, new, strangers.found(site))
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
    """Let the new folder be the site, and the site the old one. Raises OSError with the site as it was.

    Whenever this is killed, what was the site is the site, or has the name under which the next build looks for it.
    """
    if not site.exists():
        new.rename(site)
        return
    new.rename(old)
    if _exchanged(old, site):
        return
    old.rename(new)
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise


def _put_by(site: Path, spare: Path | None, *, whole: bool) -> None:
    """Put the old site by as `spare`, or delete it, once everything that people keep in it is in the new one.

    Raises:
        OSError, strangers.Taken: something is not; then the old site is left where it is.
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
        with contextlib.suppress(OSError):  # it lies on another disk
            old.rename(spare)
            return
    (old / manifest.STAGING).touch()
    old.rename(doomed)  # its mark says that it may go, whether or not it is whole
    _discard(doomed)


def _is_strange(folder: Path) -> bool:
    """Whether a folder is there that is no site of ours."""
    return os.path.lexists(folder) and (
        folder.is_symlink() or not folder.is_dir() or (any(folder.iterdir()) and not manifest.fits(folder))
    )


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system exchanged two folders in one step; False where it has no such step."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            answer = library.renamex_np(os.fsencode(one), os.fsencode(other), _EXCHANGE)
        else:
            answer = library.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    except (OSError, AttributeError, TypeError):
        return False
    return bool(answer == 0)
