"""The files of a site as MkDocs passes them around, without the pages that this process need not render."""

import os
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from explainer.base.dataclass import dataclass
from explainer.base.files import digest_of
from explainer.incremental.seen_files import SeenFiles
from explainer.incremental.store import Store

Inclusion = Callable[[InclusionLevel], bool]
_PLAIN_PATH = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*")
"""A path as it is in the list of files: nothing has to be taken out of it."""


def written_by_templates(config: MkDocsConfig) -> frozenset[str]:
    """Addresses that the theme's templates will overwrite, even if a static file has the same address."""
    templates = {*config.theme.static_templates, *config.extra_templates}
    return frozenset(templates | {f"{name}.gz" for name in templates})


@dataclass(frozen=True, slots=True)
class FileDigests:
    """The SHA-256 of the files of a site."""

    seen: SeenFiles
    generated: Mapping[str, str]
    """Path in `docs/` -> digest of what the generator has just written there, or found as it wrote it."""
    docs: str

    def of(self, file: File) -> str:
        """The digest of a file, at which nobody looks if the generator has just done so."""
        known = self.generated.get(file.src_uri) if file.src_dir == self.docs else None
        return self.read(file) if known is None or _has_other_content(file) else known

    def read(self, file: File) -> str:
        """The digest of a file as it is now, which is read only if it may have changed; a hook may have put in another content."""
        if file.abs_src_path is None or _has_other_content(file):
            return digest_of(file.content_bytes)
        return self.seen.of(file.abs_src_path, os.stat(file.abs_src_path))  # noqa: PTH116 - called thousands of times


def _has_other_content(file: File) -> bool:
    return getattr(file, "_content", None) is not None


def static_files(files: Files, written: frozenset[str], digests: FileDigests) -> dict[str, str]:
    """Address -> SHA-256 of the static files that no template overwrites."""
    return {
        file.dest_uri: digests.of(file)
        for file in files
        if not file.is_documentation_page() and file.dest_uri not in written
    }


class PartialFiles(Files):
    """All files of a site; hides reused pages from MkDocs' renderer and records which files a page looks up."""

    def __init__(
        self,
        files: Iterable[File],
        store: Store,
        *,
        kept: frozenset[str] = frozenset(),
        static: Mapping[str, str] | None = None,
        written: frozenset[str] = frozenset(),
        placed: frozenset[str] = frozenset(),
    ) -> None:
        """Wrap MkDocs' files.

        `kept` holds the sources of the pages that are not rendered; for `static` and `written` see `static_files` and
        `written_by_templates`; `placed` holds the addresses that have their file already (`spare_site.reuse`).
        """
        super().__init__(files)
        self.kept = kept
        self.store = store
        self.static = static or {}
        self.written = written
        self.placed = placed
        self.copied: dict[str, str] = {}
        """Address -> SHA-256 of the static files that this process copied."""
        self.elsewhere: frozenset[str] = frozenset()
        """Sources of the pages that other workers render."""
        self.copying_done = False
        """Whether the static files are copied already, or another process copies them."""
        self.copies: Callable[[str], bool] = lambda _: True
        """Whether this machine copies the static file with a source."""
        self.asked: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        """Look up a file as MkDocs does, and record the path as a dependency of the page."""
        if not _PLAIN_PATH.fullmatch(path):
            path = PurePath(path).as_posix()
        self.asked.add(path)
        return self.src_uris.get(path)

    def documentation_pages(self, *, inclusion: Inclusion | None = None) -> Sequence[File]:
        """All pages; with `inclusion`, which MkDocs passes before it renders, only those that this worker renders."""
        pages = super().documentation_pages(inclusion=inclusion or InclusionLevel.is_included)
        if inclusion is None:
            return pages
        return [file for file in pages if file.src_uri not in self.kept and file.src_uri not in self.elsewhere]

    def copy_static_files(self, dirty: bool = False, *, inclusion: Inclusion = InclusionLevel.is_included) -> None:  # noqa: ARG002, FBT001, FBT002 - signature of MkDocs
        """Copy static files as MkDocs does, but hard-link cached ones; does nothing in forked workers, nor a second time."""
        if self.copying_done:
            return
        self.copying_done = True
        folders: set[str] = set()
        levels = frozenset(filter(inclusion, InclusionLevel))
        for file in self:
            if not self._is_static(file, levels) or self._is_there(file):
                continue
            folder = os.path.dirname(file.abs_dest_path)  # noqa: PTH120 - called thousands of times
            if folder not in folders:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
                folders.add(folder)
            if file.dest_uri in self.written:  # the template would write through a hard link into the cache
                Path(file.abs_dest_path).write_bytes(file.content_bytes)
                continue
            self.copied[file.dest_uri] = self._linked(file) or self._placed(file)

    def _is_static(self, file: File, levels: Container[InclusionLevel]) -> bool:
        """Whether this process is to copy a file, if it has one of some levels."""
        return not file.is_documentation_page() and file.inclusion in levels and self.copies(file.src_uri)

    def _linked(self, file: File) -> str | None:
        """Put a file that the store has in its place; returns its digest, None if the store does not have it."""
        name = self.static.get(file.dest_uri)
        return name if name is not None and self.store.link(name, file.abs_dest_path) else None

    def _is_there(self, file: File) -> bool:
        """Whether the spare site brought a file, known to be intact; notes it down."""
        name = self.static.get(file.dest_uri)
        if name is None or file.dest_uri not in self.placed or not self.store.is_sound(name):
            return False
        self.copied[file.dest_uri] = name
        return True

    def _placed(self, file: File) -> str:
        """Write a file that the store does not have, and let the store have it as well; returns its digest."""
        place, data = Path(file.abs_dest_path), file.content_bytes
        place.unlink(missing_ok=True)  # it may be a hard link into the store
        place.write_bytes(data)
        digest = digest_of(data)
        self.store.adopt(digest, place)
        return digest


class WatchedPages(Sequence[File]):
    """The list of all pages as passed to templates; records whether a template read it."""

    def __init__(self, files: Sequence[File]) -> None:
        """Wrap the pages of a site."""
        self.files = files
        self.seen = False

    def __getitem__(self, place: Any) -> Any:
        self.seen = True
        return self.files[place]

    def __len__(self) -> int:
        self.seen = True
        return len(self.files)
