"""The store of frozen editions, `.editions/`: a zip an edition, which holds only what no edition before it holds.

A file is cut into pieces where a line says so by its own checksum, so that pages that differ in a sentence share the rest.
Pieces are told apart by their SHA-256 and numbered in the order in which editions brought them. A zip holds the new pieces
as one stream, and for every file of the edition the numbers of its pieces. The repository keeps the SHA-256 of that list,
and the list that of the stream, so that nothing damaged or exchanged is ever shown.
"""

import hashlib
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.base.files import digest_of, write_whole
from explainer.library.releases import Release
from explainer.publish.swap import PublishError

FOLDER = ".editions"
"""The folder of the store in a dossier; it is no part of the repository."""
_LIST, _STREAM = "files.json", "pieces"
_ENDS = 0x03
"""A piece ends after a line whose CRC-32 has none of these bits: one line in four."""
_DAY = (1980, 1, 1, 0, 0, 0)
_DAMAGED = (
    OSError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)
Runs = tuple[tuple[int, int], ...]
"""A file as runs of pieces: the number of the first, and how many follow each other."""


class MissingEditionError(PublishError):
    """Raised for an edition whose zip is not in the store."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What one zip brings."""

    files: Mapping[str, Runs]
    pieces: list[bytes]


def place(root: Path, version: str) -> Path:
    """The zip of an edition."""
    return root / FOLDER / f"{version}.zip"


def pieces_of(data: bytes) -> Iterator[bytes]:
    """Cut a file; equal stretches of lines give equal pieces, wherever in a file they stand."""
    begin = end = 0
    for line in data.splitlines(keepends=True):
        end += len(line)
        if not zlib.crc32(line) & _ENDS:
            yield data[begin:end]
            begin = end
    if begin < len(data):
        yield data[begin:]


class EditionStore:
    """The editions that a repository tells of, read from their zips."""

    def __init__(self, root: Path) -> None:
        """Begin with no edition."""
        self.root = root
        self.pieces: list[bytes] = []
        self._files: dict[str, Mapping[str, Runs]] = {}

    def load(self, releases: Iterable[Release]) -> None:
        """Read editions, the newest first; raises PublishError if one is missing or not as it was frozen."""
        for release in reversed(tuple(releases)):
            pack = _read(place(self.root, release.version), release)
            self.pieces += pack.pieces
            self._files[release.version] = pack.files

    def paths(self, version: str) -> Iterable[str]:
        """The paths of the files of an edition."""
        return self._files[version]

    def file(self, version: str, path: str) -> bytes:
        """A file of an edition."""
        runs = self._files[version][path]
        return b"".join(piece for first, number in runs for piece in self.pieces[first : first + number])

    def packed(self, version: str, files: Mapping[str, bytes]) -> tuple[bytes, str]:
        """A new edition as the bytes of its zip, with the SHA-256 of its list; the same files after the same editions give the same."""
        known = {hashlib.sha256(piece).digest(): number for number, piece in enumerate(self.pieces)}
        new: list[bytes] = []
        listed: dict[str, Any] = {}
        for path, data in sorted(files.items()):
            numbers = []
            for piece in pieces_of(data):
                digest = hashlib.sha256(piece).digest()
                if digest not in known:
                    known[digest] = len(self.pieces) + len(new)
                    new.append(piece)
                numbers.append(known[digest])
            listed[path] = _runs(numbers)
        stream = b"".join(new)
        about = {"version": version, "stream": digest_of(stream), "lengths": [*map(len, new)], "files": listed}
        names = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
        return _zipped({_LIST: names, _STREAM: stream}), digest_of(names)

    def add(self, version: str, zipped: bytes) -> Path:
        """Write the zip of a new edition; raises OSError with nothing left if there is no room."""
        target = place(self.root, version)
        write_whole(target, zipped)
        return target


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for number in numbers:
        if found and number == sum(found[-1]):
            found[-1][1] += 1
        else:
            found.append([number, 1])
    return found


def _zipped(entries: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_LZMA)
    return made.getvalue()


def _read(path: Path, release: Release) -> Pack:
    remedy = "restore it from a copy, or take it from the host"
    if not path.is_file():
        raise MissingEditionError(
            f"{FOLDER}/{path.name} is missing; expected edition {release.version}, which the repository tells of; {remedy}"
        )
    pack = _unpacked(path, release)
    if pack is None:
        raise PublishError(
            f"{FOLDER}/{path.name} is damaged; expected edition {release.version} as it was frozen ({release.archive[:12]}); {remedy}"
        )
    return pack


def _unpacked(path: Path, release: Release) -> Pack | None:
    """What a zip brings; None if it is not as it was frozen."""
    try:
        with zipfile.ZipFile(path) as archive:
            names, stream = archive.read(_LIST), archive.read(_STREAM)
        about = json.loads(names)
        files = {str(name): tuple((int(a), int(b)) for a, b in runs) for name, runs in about["files"].items()}
        ends = [0, *accumulate(map(int, about["lengths"]))]
        whole = [digest_of(names), digest_of(stream), ends[-1]] == [release.archive, about["stream"], len(stream)]
    except _DAMAGED:
        return None
    return Pack(files, [stream[begin:end] for begin, end in pairwise(ends)]) if whole else None
