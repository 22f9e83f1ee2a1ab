"""Puts a whole new site in the place of the old one, for one process at a time, whatever happens in between."""

import contextlib
import ctypes
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS; both are 2."""
_HERE = -100
"""AT_FDCWD: the path says where by itself."""
_MARKS = ("index.html", "sitemap.xml", "404.html")
_PATIENCE = 0.1


class Failed(Exception):  # noqa: N818 - it names what happened
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


def staging(site: Path) -> Path:
    """An empty folder beside the site, without what a killed build left there. Raises Failed where `site` is a stranger's."""
    new, old = _beside(site, "new"), _beside(site, "old")
    if old.exists() and not site.exists():  # killed between two renames
        old.rename(site)
    if site.exists() and not _is_ours(site):
        raise Failed(
            f"{site} holds something else than a built site; expected an empty folder or an old site; name another with --site-dir"
        )
    sweep(site)
    new.mkdir(parents=True)
    return new


def sweep(site: Path) -> None:
    """Delete what a build leaves beside the site when it ends early."""
    for left in (_beside(site, "new"), *site.parent.glob(f".{site.name}.new.[0-9]*"), _beside(site, "old")):
        shutil.rmtree(left, ignore_errors=True)


def _beside(site: Path, what: str) -> Path:
    return site.with_name(f".{site.name}.{what}")


def _is_ours(site: Path) -> bool:
    return site.is_dir() and (not any(site.iterdir()) or all((site / name).is_file() for name in _MARKS))


def publish(site: Path, spare: Path | None = None) -> None:
    """Put the staging folder in the place of the site with one rename, and delete the old one or put it by as `spare`.

    Raises:
        Failed: the folder cannot be replaced, or what is to replace it is no whole site; the old site is as it was.
    """
    new, old = _beside(site, "new"), _beside(site, "old")
    missing = [name for name in _MARKS if not (new / name).is_file()]
    if missing:
        raise Failed(f"the new site has no {missing[0]}; expected it among the pages")
    try:
        if not site.exists():
            new.rename(site)
        elif _exchanged(new, site):
            new.rename(old)
        else:
            site.rename(old)
            try:
                new.rename(site)
            except OSError:
                old.rename(site)
                raise
    except OSError as error:
        raise Failed(f"{site} cannot be replaced ({error.strerror})") from error
    if spare is not None and old.is_dir():
        shutil.rmtree(spare, ignore_errors=True)
        with contextlib.suppress(OSError):  # it lies on another disk
            old.rename(spare)
    sweep(site)


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
