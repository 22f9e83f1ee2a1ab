"""Incremental rendering for MkDocs: a plugin that renders changed pages and reuses the others from `.cache/pages/`.

A page is reused if nothing that can change its HTML has changed. Its cache key covers its Markdown, its place in the
site, the configuration as the hooks left it, the theme, the package versions and this code. Two inputs are compared
separately: the navigation, and the files that the page looked up when it was rendered. `cache` stores the HTML and
the static files. If no input changed and the published site is untouched, the builder does not run this at all.
"""

import contextlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from explainer.base.files import digest_of
from explainer.base.progress import Progress
from explainer.base.workers import Workers
from explainer.pages.template_cache import TemplateCache
from explainer.publish.fingerprints import beside, fingerprint, navigation, page_key, page_local
from explainer.publish.page_cache import KeptPage, PageCache, PageIndex, seen
from explainer.publish.page_workers import dealt

Inclusion = Callable[[InclusionLevel], bool]


class RenderEverything(Exception):  # noqa: N818 - it names what is to be done
    """Raised to abandon the incremental build and render every page."""


class PartialFiles(Files):
    """All files of a site; hides reused pages from MkDocs' renderer and records which files a page looks up."""

    def __init__(self, files: Iterable[File], kept: frozenset[str], cache: PageCache) -> None:
        """Wrap MkDocs' files; `kept` holds the sources of the pages that are not rendered."""
        super().__init__(files)
        self.kept = kept
        self.cache = cache
        self.static: dict[str, str] = {}
        """Address -> SHA-256 of the static files that no template overwrites."""
        self.copied: dict[str, str] = {}
        """Address -> SHA-256 of the static files that this process copied."""
        self.written: set[str] = set()
        """Addresses that the theme's templates will overwrite, even if a static file has the same address."""
        self.elsewhere: frozenset[str] = frozenset()
        """Sources of the pages that other workers render."""
        self.copied_elsewhere = False
        self.asked: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        """Look up a file as MkDocs does, and record the path as a dependency of the page."""
        self.asked.add(PurePath(path).as_posix())
        return super().get_file_from_path(path)

    def documentation_pages(self, *, inclusion: Inclusion | None = None) -> Sequence[File]:
        """All pages; with `inclusion`, which MkDocs passes before it renders, only those that this worker renders."""
        pages = super().documentation_pages(inclusion=inclusion or InclusionLevel.is_included)
        if inclusion is None:
            return pages
        return [file for file in pages if file.src_uri not in self.kept and file.src_uri not in self.elsewhere]

    def copy_static_files(self, dirty: bool = False, *, inclusion: Inclusion = InclusionLevel.is_included) -> None:  # noqa: FBT001, FBT002 - signature of MkDocs
        """Copy static files as MkDocs does, but hard-link cached ones; does nothing in forked workers."""
        if self.copied_elsewhere:
            return
        folders: set[str] = set()
        for file in self:
            if file.is_documentation_page() or not inclusion(file.inclusion):
                continue
            folder = os.path.dirname(file.abs_dest_path)  # noqa: PTH120 - called thousands of times
            if folder not in folders:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
                folders.add(folder)
            if file.dest_uri in self.written:  # the template would write through a hard link into the cache
                Path(file.abs_dest_path).write_bytes(file.content_bytes)
                continue
            name = self.static.get(file.dest_uri)
            if name is None or not self.cache.place(name, file.abs_dest_path):
                name = self.cache.put(file.content_bytes, file.abs_dest_path)
            self.copied[file.dest_uri] = name


class _Watched(Sequence[File]):
    """The list of all pages as passed to templates; records whether a template read it."""

    def __init__(self, files: Sequence[File]) -> None:
        self.files = files
        self.seen = False

    def __getitem__(self, place: Any) -> Any:
        self.seen = True
        return self.files[place]

    def __len__(self) -> int:
        self.seen = True
        return len(self.files)


class KeepPages(BasePlugin):  # type: ignore[type-arg, no-untyped-call] # it has no options; MkDocs leaves it untyped
    """The MkDocs plugin of `explainer build` that reuses cached pages and spreads rendering over workers."""

    def __init__(
        self,
        cache: PageCache,
        index: PageIndex,
        progress: Progress,
        *,
        jobs: int = 1,
        searched: Mapping[str, int] | None = None,
    ) -> None:
        """Take the cache and index of the last build, the maximum number of workers and the cached search's inodes."""
        self.jobs = jobs
        self.searched = searched or {}
        self.crew = Workers()
        self.shares: dict[str, int] = {}
        self.records: list[tuple[str, int, str]] = []
        """Warnings logged in a forked worker: logger, level, message."""
        self.cache, self.old, self.progress = cache, index, progress
        self.new = PageIndex()
        self.rendered: dict[str, KeptPage] = {}
        """Source -> page rendered in this build, including pages that must not be cached (empty key)."""
        self.keys: dict[str, str] = {}
        self.files = PartialFiles((), frozenset(), cache)
        self.all: _Watched = _Watched(())
        self.local = False
        self.nav: Sequence[Page] = ()
        self.compiled = TemplateCache(cache.take(index.templates) if index.templates else None)

    # --- before rendering

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Choose the pages to reuse, place their cached HTML in the site and share out the rest."""
        self.local = page_local(config)
        common = fingerprint(config)
        self.cache.folder.mkdir(parents=True, exist_ok=True)
        self.new.files = {file.src_uri: f"{file.dest_uri} {file.inclusion.name}" for file in files}
        pages = files.documentation_pages()
        sizes = {}
        for file in pages:
            content = file.content_bytes
            sizes[file.src_uri] = len(content)
            self.keys[file.src_uri] = page_key(common, file, content)
        same = {file.src_uri: file for file in pages if self._is_same(file)}
        moved = {source for source, _ in self.old.files.items() ^ self.new.files.items()}
        if moved:
            same = {source: file for source, file in same.items() if moved.isdisjoint(self.old.pages[source].asked)}
        templates = {*config.theme.static_templates, *config.extra_templates}
        written = templates | {f"{name}.gz" for name in templates}
        static = {
            file.dest_uri: digest_of(file.content_bytes)
            for file in files
            if not file.is_documentation_page() and file.dest_uri not in written
        }
        html = {file.dest_uri: self.old.pages[source].html for source, file in same.items()}
        if self.local:
            self.cache.reuse(config.site_dir, {**static, **html}, self.searched)
        kept = frozenset(source for source, file in same.items() if self._placed(file))
        if len(kept) < len(same):
            number = len(same) - len(kept)
            self.progress.say(f"{number:,} of the pages in {self.cache.folder} were damaged or gone; rendered again")
        self.shares = dealt({source: size for source, size in sizes.items() if source not in kept}, self.jobs)
        self.files = PartialFiles(files, kept, self.cache)
        self.files.static, self.files.written = static, written
        self.all = _Watched(self.files.documentation_pages())
        self.progress.begin("render", len(pages) - len(kept))
        return self.files

    def _is_same(self, file: File) -> bool:
        before = self.old.pages.get(file.src_uri)
        return self.local and before is not None and before.key == self.keys[file.src_uri]

    def _placed(self, file: File) -> bool:
        os.makedirs(os.path.dirname(file.abs_dest_path), exist_ok=True)  # noqa: PTH103, PTH120 - called thousands of times
        return self.cache.place(self.old.pages[file.src_uri].html, file.abs_dest_path)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Restore the titles, metadata and anchors of reused pages, then fork the workers."""
        self.nav = nav.pages
        for file in self.all.files:
            if file.src_uri in self.files.kept and file.page is not None:
                recall(file.page, self.old.pages[file.src_uri])
        if number := max(self.shares.values(), default=0):
            self._share_out(number + 1, config)

    def _share_out(self, number: int, config: MkDocsConfig) -> None:
        """Fork workers that each render their own share; only the parent builds the rest of the site."""
        self.crew.fork(number)
        self.files.elsewhere = frozenset(page for page, share in self.shares.items() if share != self.crew.own)
        if self.crew.parent:
            self.progress = Progress()
            logging.getLogger("mkdocs").addHandler(_Records(self.records))
            config.theme.static_templates = set()
            self.files.copied_elsewhere = True
            config.site_dir = beside(config.site_dir, self.crew.own)

    @event_priority(100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> None:
        """Start recording the files that a page looks up."""
        self.files.asked = set()

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Record the page for the cache now, because later hooks may still change its front matter."""
        source = page.file.src_uri
        links = {to.src_uri: dict(anchors) for to, anchors in (page.links_to_anchors or {}).items()}
        entry = KeptPage(
            key=self.keys[source],
            title=page.title,
            meta=dict(page.meta),
            anchors=sorted(page.present_anchor_ids or ()),
            links=links,
            asked=sorted(self.files.asked),
        )
        with contextlib.suppress(TypeError, ValueError):  # front matter with values that JSON lacks, such as dates
            entry.meta = json.loads(json.dumps(entry.meta))
        if entry.meta != page.meta or not isinstance(entry.title, str):
            entry.key = ""  # not cacheable
        self.rendered[source] = entry

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Raise RenderEverything if the navigation changed, because every page shows it."""
        env.bytecode_cache = self.compiled
        self._exchange_titles()
        self.new.navigation = navigation(self.nav)
        if self.files.kept and self.new.navigation != self.old.navigation and not self.crew.parent:
            raise RenderEverything

    def _exchange_titles(self) -> None:
        """Exchange titles and metadata between the workers, because the navigation shows those of all pages."""
        mine = {
            source: (kept.title, kept.meta)
            for page in self.nav
            if (source := page.file.src_uri) in self.rendered
            for kept in (self.rendered[source],)
        }
        told = self.crew.exchange(mine)
        for page in self.nav:
            if page.file.src_uri in self.files.elsewhere:
                title, meta = told[page.file.src_uri]
                page.title = title if page.title is None else page.title
                page.meta = meta

    # --- while templates are rendered

    @event_priority(100)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Pass all pages to the template; a page whose template reads them is never cached."""
        self.all.seen = False
        context["pages"] = self.all

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        """Count the page for the progress display; drop its key if the template read the list of all pages."""
        if self.all.seen:
            self.rendered[page.file.src_uri].key = ""
        done = self.crew.count()
        self.progress.step(done - self.progress.done if done else 1)

    # --- after rendering

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Collect the workers' results and log messages, then check anchor links across workers and cached pages."""
        if self.crew.parent:
            self.crew.leave((self.rendered, self.records), well=True)
        for number in self.crew.down:
            rendered, records = self.crew.answer(number)
            self.rendered |= rendered
            for name, level, words in records:
                logging.getLogger(name).log(level, "%s", words)
        self.progress.step(self.progress.total - self.progress.done)
        self.new.pages = {
            file.src_uri: self.rendered.get(file.src_uri) or self.old.pages[file.src_uri] for file in self.all.files
        }
        for file in self.all.files:
            if file.src_uri in self.files.elsewhere and file.page is not None:
                recall(file.page, self.rendered[file.src_uri])
        check_anchors(self.files, self.new.pages, self.shares, config.validation.links.anchors)

    def known(self) -> dict[str, str]:
        """Address -> SHA-256 of the files that were taken from the cache or stored in it."""
        pages = {self.files.src_uris[source].dest_uri: self.old.pages[source].html for source in self.files.kept}
        return {**self.files.copied, **pages}

    def source(self, root: Path, address: str) -> str | None:
        """Source file in the dossier of a file of the site, relative to `root`; None if it has none."""
        for file in self.files:
            if file.dest_uri == address and file.abs_src_path and Path(file.abs_src_path).is_relative_to(root):
                return Path(file.abs_src_path).relative_to(root).as_posix()
        return None

    def remember(self, site: Path, digests: Mapping[str, str]) -> None:
        """Store the files of the staging folder in the cache; `commit` writes the index once the site is published."""
        self.new.static = sorted(set(self.files.copied.values()))
        compiled = self.compiled.data()
        self.new.templates = digest_of(compiled)
        if not (self.cache.folder / self.new.templates).exists():
            (self.cache.folder / self.new.templates).write_bytes(compiled)
        for file in self.all.files:
            html = digests.get(file.dest_uri)
            page = self.new.pages[file.src_uri]
            if html is None or not page.key or not self.local:
                del self.new.pages[file.src_uri]
                continue
            page.html = html
            if file.src_uri in self.rendered:
                self.cache.keep(html, site / file.dest_uri)

    def commit(self, inputs: str, site: Path) -> None:
        """Write the index, with the state of the published site, as the starting point of the next build."""
        if self.local:
            self.new.inputs, self.new.published = inputs, seen(site)
        self.cache.write(self.new)


class _Records(logging.Handler):
    """Log handler of a forked worker: collects warnings, which the parent logs."""

    def __init__(self, records: list[tuple[str, int, str]]) -> None:
        """Take the list to which records are appended."""
        super().__init__(logging.WARNING)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        """Append one log record."""
        self.records.append((record.name, record.levelno, record.getMessage()))


def recall(page: Page, kept: KeptPage) -> None:
    """Restore the title, metadata and anchors of a page that this process did not render."""
    if page.title is None:
        page.title = kept.title
    page.meta = dict(kept.meta)
    page.present_anchor_ids = set(kept.anchors)


def check_anchors(files: Files, pages: Mapping[str, KeptPage], shard: Mapping[str, int], level: int) -> None:
    """Log missing anchors, as MkDocs does, for links to a rendered page from one of another worker or the cache."""
    for source, kept in pages.items():
        file = files.src_uris[source]
        others = {
            files.src_uris[to]: anchors
            for to, anchors in kept.links.items()
            if to in shard and shard[to] != shard.get(source) and to in files.src_uris
        }
        if others and file.page is not None:
            file.page.links_to_anchors = others
            file.page.validate_anchor_links(files=files, log_level=level)
