"""A piece: one shard of a site as a plain folder, which a git host can store and hand on.

`piece.json` says what the piece is; `files/` holds the files of the site, each named by the SHA-256 of its bytes. So a
piece needs no links, no modes and no hidden names, and what was damaged or lost on the way shows.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, field
from pathlib import Path

from pydantic import TypeAdapter

from explainer.base.dataclass import dataclass
from explainer.base.files import digest_of, patiently
from explainer.base.problems import shown
from explainer.base.shard import Shard
from explainer.publish import manifest, places, swap
from explainer.publish.shards import Links
from explainer.publish.swap import PublishError

NAME = "piece.json"
FILES = "files"
FOLDER = "pieces"
"""Where pieces lie in a dossier's folder unless a command says otherwise."""
VERSION = 1
COPY = "copy the piece again, with all its files"
Anchors = dict[str, list[str]]
"""Source of a page -> the anchors on it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a piece was made of."""

    commit: str | None
    """The commit of the dossier, None outside git."""
    moment: str | None
    """The time that all files bear, in seconds since 1970."""
    program: str
    """Digest of this program and of the versions of its packages."""
    sources: str
    """Digest of what people wrote: records, pages, theme, settings."""
    inputs: str
    """Digest of everything that a site is made from, the generated pages included."""


@dataclass(frozen=True, slots=True)
class SitePiece:
    """What `piece.json` says."""

    number: int
    of: int
    origin: Origin
    files: dict[str, str] = field(default_factory=dict)
    """Address -> SHA-256."""
    anchors: Anchors = field(default_factory=dict)
    links: Links = field(default_factory=dict)
    version: int = VERSION

    @property
    def shard(self) -> Shard:
        """Which share of the site it is."""
        return Shard(self.number, self.of)


_READER = TypeAdapter(SitePiece)


# --- making one


def settled(root: Path, folder: Path) -> Path:
    """Resolve and validate the folder of a piece; writes nothing. Raises PublishError if it may not be used."""
    place = places.resolved(folder, places.REMEDY)
    places.apart(root, place, places.REMEDY)
    above = next(path for path in (place, *place.parents) if os.path.lexists(path))
    if not above.is_dir():
        raise PublishError(f"{shown(str(above))} is not a folder; expected one for the piece, or none; {places.REMEDY}")
    if _is_strange(place):
        first = min(path.name for path in place.iterdir())
        raise PublishError(
            f"{shown(str(place))} holds something else than a piece ('{shown(first)}'); expected an empty folder, or an"
            f" older piece; {places.REMEDY}"
        )
    return place


def _is_strange(folder: Path) -> bool:
    """Whether a folder holds anything but a piece."""
    if not folder.is_dir():
        return os.path.lexists(folder)
    names = {path.name for path in folder.iterdir()}
    return bool(names) and not (NAME in names and names <= {NAME, FILES})


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder beside a piece, in which it is made; deleted at the end, and after a run that was killed."""
    new, old = _beside(folder, "new"), _beside(folder, "old")
    for left in (new, old):
        if os.path.lexists(left) and not _is_ours(left):
            raise PublishError(
                f"{shown(str(left))} is where a build makes a piece, and holds something else; move it elsewhere"
            )
    if _is_ours(old) and not folder.exists():  # killed between two renames
        old.rename(folder)
    swap.discard(old)
    swap.discard(new)
    new.mkdir(parents=True)
    (new / manifest.STAGING).touch()
    try:
        yield new
    finally:
        swap.discard(new)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _is_ours(folder: Path) -> bool:
    """Whether a build left a folder beside a piece: with its mark, empty, or a piece."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return (folder / manifest.STAGING).is_file() or not _is_strange(folder)


def write(folder: Path, staging: Path, site: Path, piece: SitePiece) -> None:
    """Make a piece of files of a built site in the staging folder, and put it in its place, whole."""
    made = staging / "piece"
    (made / FILES).mkdir(parents=True)
    for digest, address in {digest: address for address, digest in piece.files.items()}.items():
        shutil.copyfile(site / address, made / FILES / digest)
    (made / NAME).write_bytes(_sealed(piece))
    old = _beside(folder, "old")
    if folder.exists():
        patiently(folder.rename, old)
    try:
        patiently(made.rename, folder)
    except OSError:
        if old.exists():
            patiently(old.rename, folder)
        raise
    swap.discard(old)


def _sealed(piece: SitePiece) -> bytes:
    """The description, with its own digest in the last line."""
    text = json.dumps(asdict(piece), ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n{digest_of(text.encode())}\n".encode()


# --- reading one


def read(folder: Path) -> SitePiece:
    """Read what a piece says, and look whether all its files are there, and no others. Raises PublishError."""
    place = shown(str(folder))
    if not folder.is_dir():
        raise PublishError(
            f"{place} is no folder; expected a piece, made by `explainer build --shard`; correct its path"
        )
    if not (folder / NAME).is_file():
        what = "is a whole site and no piece" if (folder / manifest.NAME).is_file() else f"has no {NAME}"
        raise PublishError(
            f"{place} {what}; expected a piece, made by `explainer build --shard`; name another folder, or {COPY}"
        )
    piece = _unsealed(folder / NAME)
    _whole(folder, piece)
    return piece


def _unsealed(path: Path) -> SitePiece:
    text, _, seal = path.read_bytes().rstrip(b"\n").rpartition(b"\n")
    try:
        piece = _READER.validate_json(text, strict=True) if digest_of(text).encode() == seal else None
    except ValueError:
        piece = None
    if piece is None or piece.version != VERSION or not all(map(manifest.is_entry, piece.files.items())):
        raise PublishError(f"{shown(str(path))} is damaged, or another version's; expected what a build wrote; {COPY}")
    return piece


def _whole(folder: Path, piece: SitePiece) -> None:
    """Raise PublishError for a file too few, or one too many."""
    wanted = {f"{FILES}/{digest}": address for address, digest in piece.files.items()}
    there = set(manifest.files(folder)) - {NAME}
    if missing := sorted(wanted.keys() - there):
        raise PublishError(
            f"{shown(str(folder / missing[0]))} is missing, which becomes {shown(wanted[missing[0]])};"
            f" expected {len(wanted):,} files there; {COPY}"
        )
    if more := sorted(there - wanted.keys()):
        raise PublishError(
            f"{shown(str(folder / more[0]))} is no file of the piece; expected only what {NAME} names; delete it, or {COPY}"
        )


def unpack(folder: Path, piece: SitePiece, site: Path) -> None:
    """Copy the files of a piece into a site. Raises PublishError if one is not what its name says."""
    for address, digest in sorted(piece.files.items()):
        path = folder / FILES / digest
        data = b"" if path.is_symlink() or not path.is_file() else path.read_bytes()
        if digest_of(data) != digest:
            raise PublishError(
                f"{shown(str(path))} is damaged, which becomes {shown(address)}; expected the bytes that its name says; {COPY}"
            )
        target = site / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def folders(above: Path) -> list[Path]:
    """The pieces that lie side by side in a folder. Raises PublishError if there are none."""
    found = sorted(path for path in above.iterdir() if path.is_dir() and path.name[0] != ".") if above.is_dir() else []
    if not found:
        raise PublishError(
            f"{shown(str(above))} holds no pieces; expected a folder for each; make them with `explainer build --shard`,"
            " or name them"
        )
    return found
