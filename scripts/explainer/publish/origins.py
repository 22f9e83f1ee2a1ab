"""What a site is made of, as digests by which machines compare what they have before any page is made."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from explainer.base.files import digest_of, text_of_file
from explainer.docs import ledger, write
from explainer.incremental.fingerprint import versions
from explainer.kinds import own_kinds, registry
from explainer.library import addresses, link_status
from explainer.outputs.kept_pictures import is_picture
from explainer.publish.places import ENGINE

_NOT_HIDDEN = {Path(link_status.NAME).name}
"""Hidden files of `content/` that a site is made of."""


def program() -> str:
    """Digest of this program and of the versions of its packages."""
    found = hashlib.sha256(repr(sorted(versions().items())).encode())
    for line in _files(ENGINE):
        found.update(line)
    return found.hexdigest()


def sources(root: Path, theme: str | None) -> str:
    """Digest of what people wrote: records, kinds, theme, settings and pages; generated pages do not count."""
    found = hashlib.sha256()
    for folder in (root / "content", root / own_kinds.FOLDER, *([Path(theme)] if theme else [])):
        found.update(b"folder\n")
        for line in _files(folder):
            found.update(line)
    for path in ("mkdocs.yml", *(f"docs/{page}" for page in sorted(write.hand_written(root)))):
        found.update(_line(path, root / path))
    return found.hexdigest()


def inputs(root: Path, common: str) -> str:
    """Digest of what a site is made from: `common` (see `fingerprints.fingerprint`), and `docs/` but for pictures."""
    docs = root / write.DOCS
    found = hashlib.sha256(common.encode())
    known = ledger.read(text_of_file(docs / ledger.NAME))
    for path in sorted(known):
        if not is_picture(path):
            found.update(f"{path} {sorted(known[path])}\n".encode())
    made = addresses.owned(registry.load(root))
    for base, folders, names in os.walk(docs):
        folders[:] = sorted(name for name in folders if base != str(docs) or name not in made)
        for name in sorted(names):
            if name != ledger.NAME:
                found.update(_line(Path(base, name).relative_to(docs).as_posix(), Path(base, name)))
    return found.hexdigest()


def _files(folder: Path) -> Iterator[bytes]:
    """A line for each file below a folder, in the order of their paths."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name != "__pycache__")
        for name in sorted(names):
            path = Path(base, name)
            if name[0] != "." or name in _NOT_HIDDEN:
                yield _line(path.relative_to(folder).as_posix(), path)


def _line(name: str, path: Path) -> bytes:
    return f"{name} {digest_of(path.read_bytes()) if path.is_file() else ''}\n".encode("utf-8", "surrogatepass")
