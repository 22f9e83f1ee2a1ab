"""Renders through MkDocs only the pages for which something changed, and keeps the others from `.cache/pages/`.

A page is kept where everything that can change its HTML is as it was: its Markdown, its place in the site, the
configuration with what hooks put there, the theme, the navigation, the versions of the packages and of this code (all
in its key), and every file that it asked for when it was rendered. `cache` holds the HTML and the files that are no
pages. Where nothing at all changed since a site was published, and nobody touched it, it is left where it stands.
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
    """Something changed that can change every page: they are all to be rendered."""


class PartialFiles(Files):
    """All files of a site, of which MkDocs is to render some pages only; what a page asks for is noted."""

    def __init__(self, files: Iterable[File], kept: frozenset[str], cache: PageCache) -> None:
        """Take MkDocs' files and the sources of the pages that are not to be rendered."""
        super().__init__(files)
        self.kept = kept
        self.cache = cache
        self.static: dict[str, str] = {}
        """Address -> SHA-256 of every file that is no page."""
        self.copied: dict[str, str] = {}
        """The same of those that were copied."""
        self.written: set[str] = set()
        """The addresses at which the theme puts a file of its own, whatever else is there."""
        self.elsewhere: frozenset[str] = frozenset()
        """The pages that other processes render."""
        self.copied_elsewhere = False
        self.asked: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        """As MkDocs does; the path is noted."""
        self.asked.add(PurePath(path).as_posix())
        return super().get_file_from_path(path)

    def documentation_pages(self, *, inclusion: Inclusion | None = None) -> Sequence[File]:
        """The pages to render where MkDocs says which it includes, as it does before it renders; otherwise all pages."""
        pages = super().documentation_pages(inclusion=inclusion or InclusionLevel.is_included)
        if inclusion is None:
            return pages
        return [file for file in pages if file.src_uri not in self.kept and file.src_uri not in self.elsewhere]

    def copy_static_files(self, dirty: bool = False, *, inclusion: Inclusion = InclusionLevel.is_included) -> None:  # noqa: FBT001, FBT002 - as MkDocs has it
        """As MkDocs does, unless another process does it; a file that the cache holds is not written again."""
        if self.copied_elsewhere:
            return
        folders: set[str] = set()
        for file in self:
            if file.is_documentation_page() or not inclusion(file.inclusion):
                continue
            folder = os.path.dirname(file.abs_dest_path)  # noqa: PTH120 - thousands of times
            if folder not in folders:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
                folders.add(folder)
            if file.dest_uri in self.written:  # a second name would be written through
                Path(file.abs_dest_path).write_bytes(file.content_bytes)
                continue
            name = self.static.get(file.dest_uri)
            if name is None or not self.cache.place(name, file.abs_dest_path):
                name = self.cache.put(file.content_bytes, file.abs_dest_path)
            self.copied[file.dest_uri] = name


class _Watched(Sequence[File]):
    """The pages of the site as templates see them; notes that somebody looked."""

    def __init__(self, files: Sequence[File]) -> None:
        self.files = files
        self.seen = False

    def __getitem__(self, place: Any) -> Any:
        self.seen = True
        return self.files[place]

    def __len__(self) -> int:
        self.seen = True
        return len(self.files)


class KeepPages(BasePlugin):  # type: ignore[type-arg, no-untyped-call] # it takes no options; MkDocs types it loosely
    """The plugin that `explainer build` adds to MkDocs' own."""

    def __init__(
        self,
        cache: PageCache,
        index: PageIndex,
        progress: Progress,
        *,
        jobs: int = 1,
        searched: Mapping[str, int] | None = None,
    ) -> None:
        """Take what the last build left, how many processes may render, and the search that is kept: address -> inode."""
        self.jobs = jobs
        self.searched = searched or {}
        self.crew = Workers()
        self.shares: dict[str, int] = {}
        self.records: list[tuple[str, int, str]] = []
        """What a forked process was warned of: logger, level, words."""
        self.cache, self.old, self.progress = cache, index, progress
        self.new = PageIndex()
        self.rendered: dict[str, KeptPage] = {}
        """The pages that were rendered; those that cannot be kept next time as well."""
        self.keys: dict[str, str] = {}
        self.files = PartialFiles((), frozenset(), cache)
        self.all: _Watched = _Watched(())
        self.local = False
        self.nav: Sequence[Page] = ()
        self.compiled = TemplateCache(cache.take(index.templates) if index.templates else None)

    # --- before pages are rendered

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Choose the pages to keep, and put their HTML in place."""
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
        os.makedirs(os.path.dirname(file.abs_dest_path), exist_ok=True)  # noqa: PTH103, PTH120 - thousands of times
        return self.cache.place(self.old.pages[file.src_uri].html, file.abs_dest_path)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Tell MkDocs what it would know of the kept pages if it had rendered them."""
        self.nav = nav.pages
        for file in self.all.files:
            if file.src_uri in self.files.kept and file.page is not None:
                recall(file.page, self.old.pages[file.src_uri])
        if number := max(self.shares.values(), default=0):
            self._share_out(number + 1, config)

    def _share_out(self, number: int, config: MkDocsConfig) -> None:
        """Fork; each process goes on with its own share, and all but the first leave the rest of the site alone."""
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
        """Begin to note what a page asks for."""
        self.files.asked = set()

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Note what a page is made of; hooks may change its front matter later on."""
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
        with contextlib.suppress(TypeError, ValueError):  # front matter that JSON cannot hold, such as a date
            entry.meta = json.loads(json.dumps(entry.meta))
        if entry.meta != page.meta or not isinstance(entry.title, str):
            entry.key = ""  # never kept
        self.rendered[source] = entry

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Render everything where the navigation, which every page shows, is not what it was. Raises Everything."""
        env.bytecode_cache = self.compiled
        self._exchange_titles()
        self.new.navigation = navigation(self.nav)
        if self.files.kept and self.new.navigation != self.old.navigation and not self.crew.parent:
            raise RenderEverything

    def _exchange_titles(self) -> None:
        """Let the navigation know the titles of pages that other processes render."""
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

    # --- while they are laid out

    @event_priority(100)
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Show templates all pages; one that looks at them is never kept."""
        self.all.seen = False
        context["pages"] = self.all

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        """Count the page."""
        if self.all.seen:
            self.rendered[page.file.src_uri].key = ""
        done = self.crew.count()
        self.progress.step(done - self.progress.done if done else 1)

    # --- after that

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Check the links of kept pages to rendered ones."""
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
        """Address -> SHA-256 of the files that came from the cache, or went there."""
        pages = {self.files.src_uris[source].dest_uri: self.old.pages[source].html for source in self.files.kept}
        return {**self.files.copied, **pages}

    def source(self, root: Path, address: str) -> str | None:
        """The dossier's file that a file of the site is made of; None where there is none."""
        for file in self.files:
            if file.dest_uri == address and file.abs_src_path and Path(file.abs_src_path).is_relative_to(root):
                return Path(file.abs_src_path).relative_to(root).as_posix()
        return None

    def remember(self, site: Path, digests: Mapping[str, str]) -> None:
        """Let the cache hold what is in the staging folder; `commit` makes it count once the site is published."""
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
        """Let the next build start from this one, and from the site where it stands now."""
        if self.local:
            self.new.inputs, self.new.published = inputs, seen(site)
        self.cache.write(self.new)


class _Records(logging.Handler):
    """Keeps what a forked process is warned of, for its parent to say."""

    def __init__(self, records: list[tuple[str, int, str]]) -> None:
        """Take the list to keep it in."""
        super().__init__(logging.WARNING)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.records.append((record.name, record.levelno, record.getMessage()))


def recall(page: Page, kept: KeptPage) -> None:
    """Give a page that is not rendered what the navigation, the sitemap and links to it ask for."""
    if page.title is None:
        page.title = kept.title
    page.meta = dict(kept.meta)
    page.present_anchor_ids = set(kept.anchors)


def check_anchors(files: Files, pages: Mapping[str, KeptPage], shard: Mapping[str, int], level: int) -> None:
    """Log, as MkDocs does, links to anchors that are gone, where not the same process rendered both pages."""
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
