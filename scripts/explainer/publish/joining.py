"""Joins the pieces of a site, whichever machines made them, into the site that one machine would have made."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from explainer.base.dataclass import dataclass
from explainer.base.problems import listed, shown
from explainer.base.progress import Progress
from explainer.base.shard import Shard
from explainer.kinds import registry
from explainer.library import addresses
from explainer.publish import builder, manifest, mkdocs_words, origins, pieces, places, swap
from explainer.publish.pieces import Origin, SitePiece
from explainer.publish.swap import PublishError

Found = Sequence[tuple[Path, SitePiece]]
"""The pieces with their folders."""
_ANEW = "make all pieces of the same state of the dossier"


@dataclass(frozen=True, slots=True)
class JoinedSite:
    """Result of joining: the published site, and how many pieces and pages it was made of."""

    site: Path
    pieces: int
    pages: int


def join(root: Path, folders: Sequence[Path], site: Path, *, progress: Progress | None = None) -> JoinedSite:
    """Make one site of pieces and publish it. Raises PublishError and leaves the old site untouched."""
    progress = progress or Progress()
    progress.begin("pieces")
    found = [(folder, pieces.read(folder)) for folder in (_settled(each, site) for each in folders)]
    _agree(found)
    _complete(found)
    _fit(root, found[0][1].origin)
    _linked(root, found)
    progress.begin("join")
    new = swap.staging(site)
    try:
        digests: dict[str, str] = {}
        for folder, piece in found:
            _disjoint(folder, piece, digests)
            pieces.unpack(folder, piece, new)
            digests |= piece.files
        progress.begin("publish")
        manifest.write(new, root, digests)
        swap.publish(site)
    finally:
        swap.sweep(site)
    progress.end()
    return JoinedSite(site, len(found), sum(len(piece.anchors) for _, piece in found))


def _settled(folder: Path, site: Path) -> Path:
    """Resolve the folder of a piece; the site that is replaced can neither be one, nor hold one, nor lie in one."""
    place = places.resolved(folder, "name the folder of a piece")
    if place.is_relative_to(site) or site.is_relative_to(place):
        what = "is the site itself" if place == site else f"and the site {shown(os.fspath(site))} lie in each other"
        raise PublishError(
            f"{shown(os.fspath(place))} {what}; expected places of their own for both; {places.REMEDY}, or another piece"
        )
    return place


def _agree(found: Found) -> None:
    """Raise PublishError if two pieces were not made of the same, or are the same share."""
    (first, one), *others = found
    for folder, piece in others:
        if why := _differs(one.origin, piece.origin):
            raise PublishError(f"{shown(str(folder))} {why.format(shown(str(first)))}; expected the same; {_ANEW}")
        if piece.of != one.of:
            raise PublishError(
                f"{shown(str(folder))} is share {piece.shard}, and {shown(str(first))} is share {one.shard};"
                " expected shares of one division; leave out those of the other"
            )
    known: dict[Shard, Path] = {}
    for folder, piece in found:
        if other := known.get(piece.shard):
            raise PublishError(
                f"{shown(str(folder))} and {shown(str(other))} are both share {piece.shard}; expected each share once;"
                " leave one of them out"
            )
        known[piece.shard] = folder


def _differs(one: Origin, other: Origin) -> str:
    """In which way two pieces were made of something else; empty if they were not."""
    if one.commit != other.commit:
        return f"was made of {_commit(other)}, {{}} of {_commit(one)}"
    if one.program != other.program:
        return "was made by another version of this program, or of its packages, than {}"
    if one.moment != other.moment:
        return f"bears the time {other.moment}, {{}} the time {one.moment} (SOURCE_DATE_EPOCH)"
    if (one.sources, one.inputs) != (other.sources, other.inputs):
        return "was made of other records, pages or settings than {}"
    return ""


def _commit(origin: Origin) -> str:
    return f"commit {origin.commit}" if origin.commit else "no commit"


def _complete(found: Found) -> None:
    """Raise PublishError if a share is missing."""
    of = found[0][1].of
    there = {piece.number for _, piece in found}
    if len(there) < of:
        missing = [number for number in range(1, of + 1) if number not in there]
        names = listed((str(number) for number in missing), limit=5)
        one = len(missing) == 1
        raise PublishError(
            f"share{'s' * (not one)} {names} of {of} {'is' if one else 'are'} missing; expected a piece for each;"
            f" make {'it' if one else 'them'} with `explainer build --shard {missing[0]}/{of}`{'' if one else ' and so on'}"
        )


def _fit(root: Path, made: Origin) -> None:
    """Raise PublishError if pieces were made of something else than what is here."""
    here = manifest.commit(root)
    step = "join them where they were made, or make them of what is here"
    if made.commit != here:
        where = f"commit {here}" if here else "no commit"
        raise PublishError(f"the pieces were made of {_commit(made)}, and {where} is here; expected the same; {step}")
    if made.program != origins.program():
        raise PublishError(
            "the pieces were made by another version of this program, or of its packages, than is here;"
            f" expected the same; {step}"
        )
    if made.sources != origins.sources(root, builder.custom_theme(root)):
        raise PublishError(
            f"the pieces were made of other records, pages or settings than are in {shown(str(root))}; expected the same; {step}"
        )


def _linked(root: Path, found: Found) -> None:
    """Raise PublishError for links to places that a page of another piece lacks."""
    anchors = {source: there for _, piece in found for source, there in piece.anchors.items()}
    said = [line for _, piece in found for line in _lost(piece, anchors)]
    if said:
        lines = mkdocs_words.told(sorted(said), root / "docs", addresses.owned(registry.load(root)))
        told = "\n".join(lines)
        raise PublishError(f"{len(lines)} problem{'s' * (len(lines) != 1)}; the old site is as it was\n{told}")


def _lost(piece: SitePiece, anchors: pieces.Anchors) -> Iterator[str]:
    """Links of a piece that lead to no anchor, as MkDocs says it."""
    for source, targets in piece.links.items():
        for to, links in targets.items():
            for anchor, link in links.items():
                if anchor not in anchors.get(to, ()):
                    yield (
                        f"Doc file '{source}' contains a link '{link}', but the doc '{to}' does not contain an anchor '#{anchor}'."
                    )


def _disjoint(folder: Path, piece: SitePiece, digests: dict[str, str]) -> None:
    """Raise PublishError if a piece has a file that another one has, too."""
    if twice := sorted(piece.files.keys() & digests.keys()):
        raise PublishError(
            f"{shown(str(folder))} has a file for {shown(twice[0])}, as another piece has; expected each file in one piece;"
            f" {_ANEW}"
        )
