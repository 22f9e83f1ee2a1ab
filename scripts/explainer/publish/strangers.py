"""Preserves foreign files: whatever a site's folder holds that its manifest does not list is carried into the next site.

Files are hard-linked, or copied where linking fails, so that they exist in both folders while these are exchanged and
are never missing. Folders are created anew with the permissions and times of the old ones.
"""

import contextlib
import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.publish import manifest

MOUNTS = Path("/proc/self/mountinfo")
"""Linux's table of mount points; see proc_pid_mountinfo(5)."""


class Taken(Exception):  # noqa: N818 - it names what happened
    """A foreign file has the same path as a file or folder of the new site."""

    def __init__(self, path: str, needed: str) -> None:
        """Take the path of the foreign file and that of the conflicting file in the new site."""
        super().__init__(f"{path} stands in the place of {needed}")
        self.path = path
        self.needed = needed


def found(site: Path) -> list[str]:
    """Sorted paths of the files and folders in a site that its manifest does not list; foreign folders are not entered."""
    if not site.is_dir():
        return []
    listed = manifest.read(site)
    ours = {manifest.NAME, manifest.STAGING, *listed} if listed is not None else set()
    folders: set[str] = set()
    for path in ours:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(_strange(os.fspath(site), ours, folders))


def altered(site: Path, new: Path) -> list[str]:
    """Sorted paths of files that the manifest of a site lists with other contents, and that the new site does not have.

    Either somebody changed a page that is gone now, or a manifest was edited and vouches for a file that no build made.
    """
    listed, coming = manifest.read(site) or {}, manifest.read(new) or {}
    gone = (path for path in sorted(listed.keys() - coming.keys()) if os.path.lexists(site / path))
    return [path for path in gone if not manifest.is_as_listed(site / path, listed[path])]


def _strange(top: str, ours: set[str], folders: set[str]) -> Iterator[str]:
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(f"{top}/{inside}") as entries:
            for entry in entries:
                path = f"{inside}{entry.name}"
                if not entry.is_dir(follow_symlinks=False):
                    if path not in ours:
                        yield path
                elif path in folders:
                    waiting.append(f"{path}/")
                else:
                    yield path


def mounted(site: Path) -> str | None:
    """First mount point below a folder; None if there is none, or without `/proc`.

    A mount would move with the exchanged folder, and deleting the old site would delete the contents of the mount.
    """
    try:
        lines = MOUNTS.read_bytes().splitlines()
    except OSError:
        return None
    for line in lines:
        parts = line.split(b" ")
        name = re.sub(rb"\\([0-7]{3})", lambda match: bytes([int(match[1], 8)]), parts[4]) if len(parts) > 4 else b""
        if Path(os.fsdecode(name)).is_relative_to(site) and os.fsdecode(name) != os.fspath(site):
            return os.fsdecode(name)
    return None


def carry(old: Path, new: Path, paths: Iterable[str], *, late: bool = False) -> None:
    """Carry the files and folders at `paths` of the old site over into the new one, with all their contents.

    `late` is for a second pass after publishing, when the new site already has most of them: it only adds files that
    are missing there and replaces those that are older.

    Raises:
        Taken: the new site has a file or folder of its own at such a path.
        OSError: a file cannot be read or written, or a folder is a mount point.
    """
    carrier = _Carrier(os.fspath(old), os.fspath(new), late=late)
    for path in paths:
        carrier.bring(path)
    carrier.end()


class _Carrier:
    """Hard-links or copies files and folders to the same relative paths in another folder."""

    def __init__(self, old: str, new: str, *, late: bool) -> None:
        self.old, self.new, self.late = old, new, late
        self.folders: dict[str, bool] = {}
        """Entered folder -> True to copy times and permissions at the end, False to copy permissions only."""

    def bring(self, top: str) -> None:
        """Carry over a file, or a folder with all its contents."""
        above = ["", *(top[: match.start()] for match in re.finditer("/", top))]
        for folder in above:
            self._enter(folder, top)
        waiting = [top]
        while waiting:
            path = waiting.pop()
            source = f"{self.old}/{path}"
            if os.path.islink(source) or not os.path.isdir(source):  # noqa: PTH112, PTH114 - called thousands of times
                self._file(path)
                continue
            if os.path.ismount(source):
                raise OSError(errno.EXDEV, "something else is mounted there", source)
            names = sorted(os.listdir(source), reverse=True)  # noqa: PTH208 - as above
            self._enter(path, path)
            waiting += [f"{path}/{name}" for name in names]

    def _enter(self, folder: str, path: str) -> None:
        """Create a folder if it is missing. Raises Taken, with the foreign `path`, if a non-folder has its name."""
        if folder in self.folders:
            return
        target = f"{self.new}/{folder}"
        try:
            os.mkdir(target, 0o700)  # noqa: PTH102 - as above
        except FileExistsError:
            if folder and (os.path.islink(target) or not os.path.isdir(target)):  # noqa: PTH112, PTH114 - as above
                raise Taken(path, folder) from None
            if not self.late:
                self.folders[folder] = False
        else:
            self.folders[folder] = True

    def _file(self, path: str) -> None:
        source, target = f"{self.old}/{path}", f"{self.new}/{path}"
        if not os.path.lexists(target):
            _second(source, target)
            return
        if not self.late:
            raise Taken(path, self._needed(path))
        here, there = os.lstat(source), os.lstat(target)
        if os.path.samestat(here, there) or here.st_mtime_ns <= there.st_mtime_ns:
            return
        if stat.S_ISDIR(there.st_mode):
            raise Taken(path, self._needed(path))
        with tempfile.TemporaryDirectory(dir=os.path.dirname(target), prefix=".") as part:  # noqa: PTH120 - as above
            _second(source, f"{part}/new")
            os.replace(f"{part}/new", target)  # noqa: PTH105 - as above

    def _needed(self, path: str) -> str:
        """The conflicting file in the new site: the one at a path, or the first one below it."""
        for base, folders, names in os.walk(f"{self.new}/{path}"):
            folders.sort()
            if names:
                return os.path.relpath(f"{base}/{min(names)}", self.new).replace(os.sep, "/")
        return path

    def end(self) -> None:
        """Copy times and permissions of folders, innermost first, because writing into a folder changes its time."""
        for folder, whole in reversed(self.folders.items()):
            source, target = f"{self.old}/{folder}", f"{self.new}/{folder}"
            if whole:
                shutil.copystat(source, target)
            else:  # a folder of the site's own, which must stay writable for later builds
                os.chmod(target, stat.S_IMODE(os.stat(source).st_mode) | stat.S_IRWXU)  # noqa: PTH101, PTH116 - as above


def _second(source: str, target: str) -> None:
    """Hard-link a file or symlink, or copy it if linking fails. Raises OSError for sockets, pipes and devices."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError) as error:
        mode = os.lstat(source).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):  # copying a pipe would block
            raise OSError(
                errno.EINVAL, "neither a file nor a folder, and it cannot have a second name", source
            ) from error
        shutil.copy2(source, target, follow_symlinks=False)


def delete(path: Path) -> None:
    """Delete a file or a folder tree, best effort; retries after making read-only folders writable."""
    if path.is_symlink() or not path.is_dir():
        with contextlib.suppress(OSError):
            path.unlink()
        return
    shutil.rmtree(path, ignore_errors=True)
    if path.is_dir():
        for base, _, _ in os.walk(path):
            _open(Path(base))
        shutil.rmtree(path, ignore_errors=True)


def _open(folder: Path) -> None:
    """Give the owner all permissions on a folder and its direct subfolders."""
    with contextlib.suppress(OSError):
        folder.chmod(stat.S_IRWXU)
        for inside in folder.iterdir():
            if inside.is_dir() and not inside.is_symlink():
                inside.chmod(stat.S_IRWXU)
