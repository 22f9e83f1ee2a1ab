"""Renders through MkDocs only the pages for which something changed, and keeps the others from `.cache/pages/`.

A page is kept where everything that can change its HTML is as it was: its Markdown, its place in the site, the
configuration with what hooks put there, the theme, the navigation, the versions of the packages and of this code (all
in its key), and every file that it asked for when it was rendered. `cache` holds the HTML and the files that are no
pages. Where nothing at all changed since a site was published, and nobody touched it, it is left where it stands.
"""

import contextlib
import hashlib
import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from explainer import addresses
from explainer.compiled import Compiled
from explainer.crew import Crew
from explainer.ledger import digest
from explainer.progress import Progress
from explainer.site import manifest
from explainer.site.cache import VERSION, Cache, Index, Kept, seen
from explainer.site.hooks import KEEPER
from explainer.site.shards import dealt

NAVIGATION_META = ("icon", "status", "subtitle")
"""What the theme shows of a page's front matter in the navigation of other pages."""
_OWN = Path(__file__).resolve().parent.parent
_PLUGINS = {KEEPER}
_EXTENSIONS = re.compile(
    r"(?!pymdownx\.(?:snippets|b64|pathconverter)$)(?:pymdownx|markdown\.extensions)\.[a-z_.]+"
    r"|abbr|admonition|attr_list|codehilite|def_list|extra|fenced_code|footnotes|md_in_html|meta|nl2br|sane_lists|smarty|tables|toc"
)
"""Extensions of Markdown that make a page of its own text and nothing else."""
_STATIC = {"404.html", "sitemap.xml"}
_TIME = re.compile(r"\b(?:build_date_utc|update_date)\b")
Inclusion = Callable[[InclusionLevel], bool]


class Everything(Exception):  # noqa: N818 - it names what is to be done
    """Something changed that can change every page: they are all to be rendered."""


class Partial(Files):
    """All files of a site, of which MkDocs is to render some pages only; what a page asks for is noted."""

    def __init__(self, files: Iterable[File], kept: frozenset[str], cache: Cache) -> None:
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


class Warm(BasePlugin):  # type: ignore[type-arg, no-untyped-call] # it takes no options; MkDocs types it loosely
    """The plugin that `explainer build` adds to MkDocs' own."""

    def __init__(
        self,
        cache: Cache,
        index: Index,
        progress: Progress,
        *,
        jobs: int = 1,
        searched: Mapping[str, int] | None = None,
    ) -> None:
        """Take what the last build left, how many processes may render, and the search that is kept: address -> inode."""
        self.jobs = jobs
        self.searched = searched or {}
        self.crew = Crew()
        self.shares: dict[str, int] = {}
        self.records: list[tuple[str, int, str]] = []
        """What a forked process was warned of: logger, level, words."""
        self.cache, self.old, self.progress = cache, index, progress
        self.new = Index()
        self.rendered: dict[str, Kept] = {}
        """The pages that were rendered; those that cannot be kept next time as well."""
        self.keys: dict[str, str] = {}
        self.files = Partial((), frozenset(), cache)
        self.all: _Watched = _Watched(())
        self.local = False
        self.nav: Sequence[Page] = ()
        self.compiled = Compiled(cache.take(index.templates) if index.templates else None)

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
            self.keys[file.src_uri] = _key(common, file, content)
        same = {file.src_uri: file for file in pages if self._is_same(file)}
        moved = {source for source, _ in self.old.files.items() ^ self.new.files.items()}
        if moved:
            same = {source: file for source, file in same.items() if moved.isdisjoint(self.old.pages[source].asked)}
        templates = {*config.theme.static_templates, *config.extra_templates}
        written = templates | {f"{name}.gz" for name in templates}
        static = {
            file.dest_uri: digest(file.content_bytes)
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
        self.files = Partial(files, kept, self.cache)
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
            config.site_dir = _beside(config.site_dir, self.crew.own)

    @event_priority(100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> None:
        """Begin to note what a page asks for."""
        self.files.asked = set()

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Note what a page is made of; hooks may change its front matter later on."""
        source = page.file.src_uri
        links = {to.src_uri: dict(anchors) for to, anchors in (page.links_to_anchors or {}).items()}
        entry = Kept(
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
            raise Everything

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
        self.new.templates = digest(compiled)
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


def _beside(folder: str, number: int) -> str:
    """Where a forked process puts what is no page."""
    return f"{folder}.{number}"


def recall(page: Page, kept: Kept) -> None:
    """Give a page that is not rendered what the navigation, the sitemap and links to it ask for."""
    if page.title is None:
        page.title = kept.title
    page.meta = dict(kept.meta)
    page.present_anchor_ids = set(kept.anchors)


def navigation(pages: Iterable[Page]) -> str:
    """A digest of what the navigation may show of the pages in it."""
    shown = [[page.file.src_uri, page.title, [str(page.meta.get(name)) for name in NAVIGATION_META]] for page in pages]
    return digest(json.dumps(shown, ensure_ascii=False).encode())


def check_anchors(files: Files, pages: Mapping[str, Kept], shard: Mapping[str, int], level: int) -> None:
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


# --- keys


def page_local(config: MkDocsConfig) -> bool:
    """Whether nothing is configured that may make a page depend on others in ways that are not known here."""
    from explainer.site import hooks

    modules: Mapping[str, Any] = config["hooks"]
    own = all(
        getattr(module, name).__module__ == hooks.__name__
        for module in modules.values()
        for name in vars(module)
        if name.startswith("on_")
    )
    return (
        own
        and set(config.plugins) - set(modules) <= _PLUGINS
        and all(_EXTENSIONS.fullmatch(name) for name in config.markdown_extensions)
        and not config.extra_templates
        and set(config.theme.static_templates) <= _STATIC
    )


def _key(common: str, file: File, content: bytes) -> str:
    place = f"{common} {file.src_uri} {file.dest_uri} {file.inclusion.name} {file.edit_uri}\n"
    return digest(place.encode() + content)


def fingerprint(config: MkDocsConfig) -> str:
    """A digest of all that every page depends on, but for the navigation."""
    found = hashlib.sha256()
    passed_over = {"config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "hooks"}
    plain = {name: _plain(value) for name, value in config.items() if name not in passed_over}
    found.update(json.dumps([plain, manifest.versions(), VERSION], sort_keys=True).encode())
    timeless = True
    for folder in (*config.theme.dirs, str(_OWN)):
        for path in _sources(folder, everything=folder == config.theme.custom_dir):
            data = Path(path).read_bytes()
            timeless = timeless and not (path.endswith(".html") and _TIME.search(data.decode("utf-8", "replace")))
            found.update(f"{os.path.relpath(path, folder)} {digest(data)}\n".encode())
    if not timeless:  # a template shows when the site was built
        from mkdocs.utils import get_build_datetime

        found.update(get_build_datetime().isoformat().encode())
    return found.hexdigest()


def everything(config: MkDocsConfig, about: str) -> str:
    """A digest of all that a site is made of; `about` is what the dossier says of itself.

    The pages were generated just now, so the ledger holds their digests as they are on disk.
    """
    docs = config.docs_dir
    found = hashlib.sha256(f"{fingerprint(config)} {about} {os.environ.get('SOURCE_DATE_EPOCH')}\n".encode())
    for base, folders, names in os.walk(docs):
        folders[:] = sorted(name for name in folders if base != docs or name not in addresses.GENERATED)
        for name in sorted(names):
            data = Path(base, name).read_bytes()
            found.update(f"{os.path.relpath(base, docs)}/{name} {digest(data)}\n".encode())
    return found.hexdigest()


def _sources(folder: str, *, everything: bool) -> Iterator[str]:
    """What templates are made of; the theme's thousands of icons are known by its version."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in {".icons", "__pycache__", "assets"} or everything)
        for name in sorted(names):
            if everything or name.endswith((".html", ".py", ".yml", ".xml")):
                yield os.path.join(base, name)  # noqa: PTH118 - thousands of times


def _plain(value: Any) -> Any:
    """A value of the configuration as JSON can hold it; the same configuration gives the same in every process."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, BasePlugin):
        return _plain(dict(value.config))
    if isinstance(value, Theme):
        return [value.name, _plain(dict(value))]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(str(item) for item in value)
    if callable(value):
        return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', repr(value))}"
    return str(value)
