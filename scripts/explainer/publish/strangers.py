"""What people and other programs keep in the folder of a site: found by the manifest, and carried over into the next site.

A file comes over as a second name of the same file, or as a copy where the system makes none, so that it is in the
site before and after the folders are exchanged and at no moment in between gone. Folders are made anew, with the
permissions and times of the old ones.
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
"""Where Linux says what is mounted where."""


class Taken(Exception):  # noqa: N818 - it names what happened
    """A stranger's file stands where the new site has a file or a folder of its own."""

    def __init__(self, path: str, needed: str) -> None:
        """Name the stranger's file, and the file of the new site that needs its place."""
        super().__init__(f"{path} stands in the place of {needed}")
        self.path = path
        self.needed = needed


def found(site: Path) -> list[str]:
    """The files and folders below a site that its manifest does not name, sorted; of such a folder not what is in it."""
    if not site.is_dir():
        return []
    listed = manifest.read(site)
    ours = {manifest.NAME, *listed} if listed is not None else set()
    folders: set[str] = set()
    for path in ours:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(_strange(os.fspath(site), ours, folders))


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
    """What is mounted somewhere below a folder; None where nothing is, or where the system does not say.

    To exchange the folders would take it along, and deleting the old one would delete what it holds.
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
    """Let what stands at paths of the old site, and all that is in it, stand in the new one as well.

    With `late` the new site is published already and holds what was there before; only what came or changed since
    is brought, and what is there replaced where it is older.

    Raises:
        Taken: the new site has something of its own at such a path.
        OSError: something cannot be read or written.
    """
    carrier = _Carrier(os.fspath(old), os.fspath(new), late=late)
    for path in paths:
        carrier.bring(path)
    carrier.end()


class _Carrier:
    """Brings files and folders from one folder to the same place in another."""

    def __init__(self, old: str, new: str, *, late: bool) -> None:
        self.old, self.new, self.late = old, new, late
        self.folders: dict[str, bool] = {}
        """Those that were entered -> whether times and permissions are to be the old one's, or permissions alone."""

    def bring(self, top: str) -> None:
        """Bring a file, or a folder and all that is in it."""
        above = ["", *(top[: match.start()] for match in re.finditer("/", top))]
        for folder in above:
            self._enter(folder, top)
        waiting = [top]
        while waiting:
            path = waiting.pop()
            source = f"{self.old}/{path}"
            if os.path.islink(source) or not os.path.isdir(source):  # noqa: PTH112, PTH114 - there may be thousands
                self._file(path)
                continue
            if os.path.ismount(source):
                raise OSError(errno.EXDEV, "something else is mounted there", source)
            names = sorted(os.listdir(source), reverse=True)  # noqa: PTH208 - as above
            self._enter(path, path)
            waiting += [f"{path}/{name}" for name in names]

    def _enter(self, folder: str, path: str) -> None:
        """Make a folder, unless it is there. Raises Taken where something else is, with the stranger's path."""
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
        """The file of the new site that stands at a path, or the first one below it."""
        for base, folders, names in os.walk(f"{self.new}/{path}"):
            folders.sort()
            if names:
                return os.path.relpath(f"{base}/{min(names)}", self.new).replace(os.sep, "/")
        return path

    def end(self) -> None:
        """Give folders what they had, the innermost first: whoever writes into one changes its time."""
        for folder, whole in reversed(self.folders.items()):
            source, target = f"{self.old}/{folder}", f"{self.new}/{folder}"
            if whole:
                shutil.copystat(source, target)
            else:  # ours, and to be written into by later builds
                os.chmod(target, stat.S_IMODE(os.stat(source).st_mode) | stat.S_IRWXU)  # noqa: PTH101, PTH116 - as above


def _second(source: str, target: str) -> None:
    """Let a path be a second name of a file or of a link, or a copy of it where that cannot be."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError) as error:
        mode = os.lstat(source).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):  # to copy it would be to wait for what it says
            raise OSError(
                errno.EINVAL, "neither a file nor a folder, and it cannot have a second name", source
            ) from error
        shutil.copy2(source, target, follow_symlinks=False)


def delete(path: Path) -> None:
    """Delete a folder with all that is in it, or a file, as far as that can be; folders that forbid it are asked again."""
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
    """Allow ourselves everything in the folders of a folder, and in itself."""
    with contextlib.suppress(OSError):
        folder.chmod(stat.S_IRWXU)
        for inside in folder.iterdir():
            if inside.is_dir() and not inside.is_symlink():
                inside.chmod(stat.S_IRWXU)
