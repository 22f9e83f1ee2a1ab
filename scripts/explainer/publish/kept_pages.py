"""Incremental rendering for MkDocs: a plugin that renders changed pages and takes the others from the store.

A page is reused if nothing that can change its HTML has changed. Its cache key covers its Markdown, its place in the
site, the configuration as the hooks left it, the theme, the package versions and this code. Two inputs are compared
separately: the navigation, and the files that the page looked up when it was rendered. The store holds the HTML
and the static files. If no input changed and the published site is untouched, the builder does not run this at all.
"""

import gc
import json
import logging
import os
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from explainer.base.progress import Progress
from explainer.base.shard import Shard
from explainer.incremental.seen_files import SITE, SeenFiles
from explainer.incremental.store import FOLDER, Store
from explainer.pages.template_cache import TemplateCache
from explainer.publish import plain_twin
from explainer.publish.fingerprints import fingerprint, navigation, page_key, page_local
from explainer.publish.page_index import KeptPage, PageIndex, plain, recall, save, seen
from explainer.publish.page_workers import PageWorkers, check_anchors
from explainer.publish.set_aside import SetAside, back, drop
from explainer.publish.shards import FOREIGN_CODE, Links, copies, foreign_pages, learn
from explainer.publish.site_files import FileDigests, PartialFiles, WatchedPages, static_files, written_by_templates
from explainer.publish.spare_site import SpareSite
from explainer.publish.swap import PublishError

SITE_MAP_META = {"robots"}
"""Front matter fields by which the site map leaves a page out."""
TEMPLATES = "theme"
"""The root of the store that holds the compiled templates of the theme."""
FEW = 50
"""Number of pages that leave little memory behind."""
_OFTEN = 200_000
"""Number of new objects after which Python looks for unused ones while many pages are rendered: each has its parser."""


class RenderEverything(Exception):  # noqa: N818 - it names what is to be done
    """Raised to abandon the incremental build and render every page."""


class KeepPages(BasePlugin):  # type: ignore[type-arg, no-untyped-call] # it has no options; MkDocs leaves it untyped
    """The MkDocs plugin of `explainer build` that reuses cached pages and spreads rendering over workers."""

    def __init__(
        self,
        store: Store,
        index: PageIndex,
        progress: Progress,
        *,
        jobs: int = 1,
        searched: Mapping[str, str] | None = None,
        generated: Mapping[str, str] | None = None,
        spare: SpareSite | None = None,
        shard: Shard | None = None,
    ) -> None:
        """Take the store, the index of the last build, the maximum number of workers and the digests of the kept search.

        `generated` holds the digests of the files in `docs/` that the generator has just written or compared; `spare` is
        the site before the last. With a `shard`, only its pages are made; other machines make the rest.
        """
        self.store, self.old, self.progress = store, index, progress
        self.searched, self.generated, self.shard = searched or {}, generated or {}, shard
        self.spare = spare or SpareSite(store)
        self.workers = PageWorkers(jobs)
        self.seen = SeenFiles(store, SITE)
        self.files = PartialFiles((), store)
        self.compiled = TemplateCache(store.load(TEMPLATES))
        self._aside = SetAside(store.folder.parents[1])
        self._begin()

    def _begin(self) -> None:
        """Set what a build finds out."""
        self.foreign: frozenset[str] = frozenset()
        """Sources of the pages that other machines make."""
        self.foreign_kept: dict[str, KeptPage] = {}
        """Those of them that are as in the last build here."""
        self.made: dict[str, KeptPage] = {}
        """Source -> every page of this build, also those that must not be cached."""
        self.anchored = False
        """Whether a link to a place that is not there stops a build."""
        self.as_generated = True
        """Whether the pages that are rendered are as the generator left them, so that the site is what the ledger tells."""
        self.new = PageIndex()
        self.rendered: dict[str, KeptPage] = {}
        """Source -> page rendered in this build, including pages that must not be cached (empty key)."""
        self.keys: dict[str, str] = {}
        self.all = WatchedPages(())
        self.local = False
        self.nav: Sequence[Page] = ()
        self.navigation: Navigation
        self.config: MkDocsConfig
        self.env: jinja2.Environment
        """These three once MkDocs has made them."""
        self._last: Page | None = None
        """The page that was rendered last, whose texts MkDocs still holds."""

    # --- before rendering

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Choose the pages to reuse, place their cached HTML in the site and share out the rest."""
        self.local = page_local(config)
        self.new.files = {file.src_uri: f"{file.dest_uri} {file.inclusion.name}" for file in files}
        pages = files.documentation_pages()
        digests = FileDigests(self.seen, self.generated, config.docs_dir)
        unchanged = self._known(pages, fingerprint(config), digests)
        same = self._of_shard(unchanged, pages, config)
        written = written_by_templates(config)
        static = static_files(files, written, digests) if self.shard is None else {}
        placed: frozenset[str] = frozenset()
        if self.local and self.shard is None:
            placed = self.spare.reuse(config.site_dir, {**static, **self._of_old(same), **self.searched})
        kept = self._placed(same, placed)
        left = kept | self.foreign
        self.workers.deal(_sizes(file for file in pages if file.src_uri not in left), len(static.keys() - placed))
        self.files = PartialFiles(files, self.store, kept=kept, static=static, written=written, placed=placed)
        self.all = WatchedPages(self.files.documentation_pages())
        if self.shard is not None:
            self.files.copies = partial(copies, self.shard)
        if (waiting := len(pages) - len(kept) - len(self.foreign)) > FEW:
            gc.set_threshold(_OFTEN, *gc.get_threshold()[1:])
        self.progress.begin("render", waiting)
        return self.files

    def _of_shard(self, same: list[File], pages: Iterable[File], config: MkDocsConfig) -> list[File]:
        """The unchanged pages that this build makes: all of them, or those of its shard."""
        if self.shard is None:
            return same
        if not self.local:
            raise PublishError(FOREIGN_CODE)
        self.foreign = foreign_pages(self.shard, _sizes(pages), Path(config.docs_dir))
        self.foreign_kept = {
            file.src_uri: self.old.pages[file.src_uri] for file in same if file.src_uri in self.foreign
        }
        if not self.shard.leads:
            config.theme.static_templates = set()
        return [file for file in same if file.src_uri not in self.foreign]

    def _known(self, pages: Sequence[File], common: str, digests: FileDigests) -> list[File]:
        """Compute the cache keys of all pages; returns the unchanged ones.

        A page that is to be rendered is looked at once more: it must never be kept under the key of another text, though a
        hand changed it since the generator looked.
        """
        for file in pages:
            self.keys[file.src_uri] = page_key(common, file, digests.of(file))
        same = self._unchanged(pages)
        sources = {file.src_uri for file in same}
        for file in pages:
            if file.src_uri not in sources:
                self.keys[file.src_uri] = page_key(common, file, now := digests.read(file))
                self.as_generated = self.as_generated and now == digests.of(file)
        return same

    def _unchanged(self, pages: Iterable[File]) -> list[File]:
        """The pages with the same key as in the last build, for which no file that they looked up came, went or moved."""
        moved = {source for source, _ in self.old.files.items() ^ self.new.files.items()}
        return [file for file in pages if self._is_same(file) and moved.isdisjoint(self.old.pages[file.src_uri].asked)]

    def _is_same(self, file: File) -> bool:
        before = self.old.pages.get(file.src_uri)
        return self.local and before is not None and before.key == self.keys[file.src_uri]

    def _placed(self, same: Sequence[File], placed: Container[str]) -> frozenset[str]:
        """Place the cached HTML of unchanged pages in the site; returns the sources of those whose HTML was intact."""
        kept = frozenset(file.src_uri for file in same if self._is_there(file, placed) or self._place(file))
        if lost := len(same) - len(kept):
            self.progress.say(f"{lost:,} of the pages in {FOLDER} were damaged or gone; rendered again")
        return kept

    def _is_there(self, file: File, placed: Container[str]) -> bool:
        """Whether the spare site brought the cached HTML of a page and its twin, both known to be intact."""
        page, address = self.old.pages[file.src_uri], file.dest_uri
        both = address in placed and plain_twin.path_of(address) in placed
        return both and self.store.is_sound(page.html) and self.store.is_sound(page.twin)

    def _place(self, file: File) -> bool:
        os.makedirs(os.path.dirname(file.abs_dest_path), exist_ok=True)  # noqa: PTH103, PTH120 - called thousands of times
        page = self.old.pages[file.src_uri]
        twin = self.store.link(page.twin, plain_twin.path_of(file.abs_dest_path))
        return twin and self.store.link(page.html, file.abs_dest_path)

    def _of_old(self, files: Iterable[File]) -> dict[str, str]:
        """Address -> SHA-256 of what the last build made of pages: their HTML and their plain twins."""
        pages = {file.dest_uri: self.old.pages[file.src_uri] for file in files}
        html = {address: page.html for address, page in pages.items()}
        return html | {plain_twin.path_of(address): page.twin for address, page in pages.items()}

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Restore the titles, metadata and anchors of reused pages, then fork the workers."""
        self.nav, self.navigation = nav.pages, nav
        for file in self.all.files:
            if file.src_uri in self.files.kept and file.page is not None:
                recall(file.page, self.old.pages[file.src_uri])
        if self.shard is not None:
            learn(self.foreign, nav, config, files, everything=self.shard.leads)
            self.rendered.clear()
            self._last = None
        self.files.elsewhere = self.workers.fork(config) | self.foreign
        if self.workers.forked:
            self.progress = Progress()
            self.files.copying_done = True

    @event_priority(100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> None:
        """Start recording the files that a page looks up; the page before it can be set aside now."""
        self._set_aside()
        self.files.asked = set()

    def _set_aside(self) -> None:
        """Put the texts of the last page on disk, unless plugins are there of which nobody knows what they look at."""
        if self._last is not None and self.local:
            self._aside.put(self._last)
        self._last = None

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
        if not _is_plain(entry.meta) or not isinstance(entry.title, str):
            entry.key = ""  # not cacheable
        self.rendered[source] = plain(entry) if entry.key else entry
        self._last = page

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Raise RenderEverything if the navigation changed, because every page shows it."""
        self._set_aside()
        env.bytecode_cache = self.compiled
        self.config, self.env = config, env
        # While the workers still render; where pages were kept, all may be begun anew below.
        if not self.files.kept:
            self.files.copy_static_files()
        self._exchange_titles()
        self.new.navigation = navigation(self.nav)
        if self.files.kept and self.new.navigation != self.old.navigation and not self.workers.forked:
            raise RenderEverything

    def _exchange_titles(self) -> None:
        """Exchange titles and metadata between the workers: those that the navigation shows on every page, or the site map."""
        shown = {page.file.src_uri for page in self.nav}
        told = self.workers.exchange(
            {
                source: (kept.title, kept.meta)
                for source, kept in self.rendered.items()
                if source in shown or kept.meta.keys() & SITE_MAP_META
            }
        )
        for source in sorted(told.keys() & self.files.elsewhere):
            page, (title, meta) = self.files.src_uris[source].page, told[source]
            if page is not None:
                page.title = title if page.title is None else page.title
                page.meta = meta

    # --- while templates are rendered

    @event_priority(100)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Pass all pages to the template; a page whose template reads them is never cached."""
        back(page)
        self.all.seen = False
        context["pages"] = self.all

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        """Count the page for the progress display; drop its key if the template read the list of all pages."""
        if self.all.seen:
            self.rendered[page.file.src_uri].key = ""
        drop(page)
        self._last = None
        self.progress.step(self.workers.count() - self.progress.done)

    # --- after rendering

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Collect the workers' results and log messages, then check anchor links across workers and cached pages."""
        self.rendered = self.workers.collect(self.rendered)
        self.progress.step(self.progress.total - self.progress.done)
        here = [file for file in self.all.files if file.src_uri not in self.foreign]
        self.new.pages = {
            file.src_uri: self.rendered.get(file.src_uri) or self.old.pages[file.src_uri] for file in here
        }
        self.made = dict(self.new.pages)
        for file in here:
            if file.src_uri in self.files.elsewhere and file.page is not None:
                recall(file.page, self.rendered[file.src_uri])
        check_anchors(self.files, self.new.pages, self.workers.shares, config.validation.links.anchors)
        self.anchored = config.validation.links.anchors >= logging.WARNING

    def known(self) -> dict[str, str]:
        """Address -> SHA-256 of the files that were taken from the cache or stored in it."""
        return {**self.files.copied, **self._of_old(self.files.src_uris[source] for source in self.files.kept)}

    def source(self, root: Path, address: str) -> str | None:
        """Source file in the dossier of a file of the site, relative to `root`; None if it has none."""
        for file in self.files:
            if file.dest_uri == address and file.abs_src_path and Path(file.abs_src_path).is_relative_to(root):
                return Path(file.abs_src_path).relative_to(root).as_posix()
        return None

    def links_out(self) -> Links:
        """Links to places on pages that other machines make, which are checked when the site is joined."""
        pages = self.made.items() if self.anchored else ()
        found = {source: {to: kept.links[to] for to in kept.links.keys() & self.foreign} for source, kept in pages}
        return {source: links for source, links in found.items() if links}

    def addresses_elsewhere(self) -> frozenset[str]:
        """Addresses of the files that other machines make."""
        pages = [self.files.src_uris[source].dest_uri for source in self.foreign]
        return frozenset([*pages, *map(plain_twin.path_of, pages)])

    def remember(self, site: Path, digests: Mapping[str, str]) -> None:
        """Store the files of the staging folder in the cache; `commit` writes the index once the site is published."""
        self.new.static = sorted(set(self.files.copied.values()))
        for file in (file for file in self.all.files if file.src_uri in self.new.pages):
            self._remember_page(file, site, digests)

    def _remember_page(self, file: File, site: Path, digests: Mapping[str, str]) -> None:
        """Store the HTML of a page and its twin, or drop the page from the index if it must not be cached."""
        page = self.new.pages[file.src_uri]
        beside = plain_twin.path_of(file.dest_uri)
        html, twin = digests.get(file.dest_uri), digests.get(beside)
        if html is None or twin is None or not page.key or not self.local:
            del self.new.pages[file.src_uri]
            return
        page.html, page.twin = html, twin
        if file.src_uri in self.rendered:
            self.store.adopt(html, site / file.dest_uri)
            self.store.adopt(twin, site / beside)

    def commit(self, inputs: str, site: Path, states: Mapping[str, os.stat_result] | None = None) -> None:
        """Write the index, with the state of the published site, as the starting point of the next build.

        `states` holds what the system has just told of its files.
        """
        if self.shard is not None:  # what this machine knows of the pages of other shards stays as true as it was
            self.new.static = sorted({*self.new.static, *self.old.static})
            if self.new.navigation == self.old.navigation:
                self.new.pages |= self.foreign_kept
        elif self.local and self.as_generated:
            self.new.inputs, self.new.published = inputs, seen(site, states)
        save(self.store, self.new)
        self.seen.save()
        if self.compiled.fresh:
            self.store.save(TEMPLATES, self.compiled.known)
        self.store.prune()


def _sizes(pages: Iterable[File]) -> dict[str, int]:
    """Source -> size of the Markdown of pages."""
    return {
        file.src_uri: os.stat(file.abs_src_path).st_size if file.abs_src_path else len(file.content_bytes)  # noqa: PTH116 - called thousands of times
        for file in pages
    }


def _is_plain(meta: object) -> bool:
    """Whether front matter can be kept as JSON, which lacks dates, for example."""
    try:
        return bool(json.loads(json.dumps(meta)) == meta)
    except (TypeError, ValueError):
        return False
