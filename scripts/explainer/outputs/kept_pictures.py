"""Keeps pictures by the digest of what they are drawn from, so that one whose page changed but not its drawing is not drawn again.

A picture takes a hundred times as long as any other part of a page. Each is a file in `.cache/pictures/`: the digest of its
bytes, which tells a damaged one, and the bytes. A picture with letters from the fonts of the machine is not kept.
"""

import contextlib
import functools
import re
import shutil
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from explainer.base.files import digest_of, write_whole
from explainer.base.shard import Shard
from explainer.library import addresses

FOLDER = ".cache/pictures"
_MOST = 5_000
"""The number of files from which the folder is begun anew: it does not know which pictures are still of use."""
_SEAL = 64
ELSEWHERE = b"Another machine draws this picture.\n"
"""The bytes of a picture that is not drawn here."""
UNMADE = digest_of(ELSEWHERE)
_PICTURE = re.compile(rf"{addresses.DATA}/.*\.png")
_shard: list[Shard | None] = [None]
"""The shard of the innermost run, last."""
_folder: list[Path] = []
"""The folder of the innermost run, last."""


@contextlib.contextmanager
def kept(root: Path, shard: Shard | None = None) -> Iterator[None]:
    """Keep pictures in the dossier in `root`, for the time of a run and in the processes that it forks; draw those of a shard."""
    folder = root / FOLDER
    with contextlib.suppress(OSError):
        if folder.is_dir() and sum(1 for _ in folder.iterdir()) > _MOST:
            shutil.rmtree(folder)
    _folder.append(folder)
    _shard.append(shard)
    try:
        yield
    finally:
        _folder.pop()
        _shard.pop()


def is_picture(path: str) -> bool:
    """Whether a generated file is a picture, which several machines deal out."""
    return _PICTURE.fullmatch(path) is not None


def is_elsewhere(path: str) -> bool:
    """Whether another machine draws a picture, so that it is `ELSEWHERE` here."""
    shard = _shard[-1]
    return shard is not None and not shard.owns(path)


def kept_or_drawn(described: str, draw: Callable[[], bytes], *, keep: bool) -> bytes:
    """The picture that a text describes: the one that was kept, else drawn now. What cannot be kept is drawn again next time."""
    if not _folder or not keep:
        return draw()
    path = _folder[-1] / digest_of(f"{_drawn_by()} {described}".encode())
    with contextlib.suppress(OSError):
        seal, data = (found := path.read_bytes())[:_SEAL], found[_SEAL:]
        if seal == digest_of(data).encode():
            return data
    data = draw()
    with contextlib.suppress(OSError):
        write_whole(path, digest_of(data).encode() + data)
    return data


@functools.cache
def _drawn_by() -> str:
    """The versions of what draws, so that others draw anew."""
    return " ".join(metadata.version(name) for name in ("resvg_py", "pillow"))
