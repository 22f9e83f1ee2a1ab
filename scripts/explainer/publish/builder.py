"""Builds `docs/` with MkDocs into a staging folder beside the site and swaps it in once it is complete."""

import contextlib
import gc
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from explainer.base import refusals
from explainer.base.progress import Progress
from explainer.base.shard import Shard
from explainer.docs import words
from explainer.incremental.store import Store
from explainer.kinds import registry
from explainer.kinds.words import ORIGINAL
from explainer.library import addresses
from explainer.publish import (
    archive,
    hooks,
    manifest,
    mkdocs_words,
    moment,
    origins,
    page_index,
    palette_names,
    places,
    spare_site,
    swap,
    untouched,
)
from explainer.publish.built import Built
from explainer.publish.page_index import PageIndex
from explainer.publish.search import index as search
from explainer.publish.swap import PublishError
from explainer.reading import yaml_reader
from explainer.records.dossier import Dossier

Published = Callable[[], Mapping[str, os.stat_result] | None]
"""Called once a site stands; returns what the system told of its files, if they were looked at."""

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from explainer.publish.kept_pages import KeepPages

OWN = Path(__file__).resolve().parents[3] / mkdocs_words.CONFIGURATION
"""Default MkDocs configuration, for dossiers without an `mkdocs.yml` of their own."""


def _configuration(root: Path, site: Path, *, strict: bool) -> "MkDocsConfig":
    os.environ.update(NO_MKDOCS_2_WARNING="1", DISABLE_MKDOCS_2_WARNING="true")
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from explainer.publish import extension_options

    own = root / mkdocs_words.CONFIGURATION
    (root / "docs").mkdir(exist_ok=True)
    with _heard() as warnings:
        try:
            config = load_config(
                config_file=str(own if own.is_file() else OWN),
                docs_dir=str(root / "docs"),
                site_dir=str(site),
                strict=strict,
            )
        except MkDocsException as error:
            raise PublishError(_refusal(root, error, warnings.said)) from error
    palette_names.hold(config)
    extension_options.forget()
    return config


class _Warnings(logging.Handler):
    """Log handler that collects MkDocs' warnings, so that the error of a failed build can list them."""

    def __init__(self) -> None:
        """Start with an empty list."""
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Append the message of one log record."""
        self.said.append(record.getMessage())


@contextlib.contextmanager
def _heard() -> Iterator[_Warnings]:
    """Collect MkDocs' warnings, which nobody else shows then."""
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        yield warnings
    finally:
        logger.removeHandler(warnings)


@contextlib.contextmanager
def _told(root: Path) -> Iterator[None]:
    """Convert what stops a build of MkDocs, with all logged warnings, and OSErrors into PublishError."""
    from explainer.publish.page_workers import WorkerError

    with _heard() as warnings:
        try:
            yield
        except WorkerError as failed:
            raise PublishError(_refusal(root, failed, failed.said)) from failed
        except Exception as error:
            if _is_of_mkdocs(error, warnings.said):
                raise PublishError(_refusal(root, error, warnings.said)) from error
            if not isinstance(error, OSError):
                raise
            raise PublishError(f"{refusals.in_words(error)}; the old site is as it was") from error


def _is_of_mkdocs(error: Exception, said: list[str]) -> bool:
    """Whether MkDocs stopped a build: by itself, or at a page of which it could make nothing, but for what the system refuses there."""
    from mkdocs.exceptions import MkDocsException

    at_page = bool(said) and mkdocs_words.AT_PAGE.match(said[-1]) is not None
    elsewhere = isinstance(error, PublishError) or refusals.is_of_the_system(error)
    return isinstance(error, MkDocsException) or (at_page and not elsewhere)


def _refusal(root: Path, error: Exception, said: list[str]) -> str:
    """Why a site was not built, in our words."""
    owned = addresses.owned(registry.load(root))
    lines = mkdocs_words.told(said or [str(error)], root / "docs", owned)
    return "\n".join([f"{len(lines)} problem{'s' * (len(lines) != 1)}; the old site is as it was", *lines])


def _placed(root: Path, site: Path) -> tuple[Path, bool]:
    """Where a site goes, and whether it is the server's, which holds no foreign files. Raises PublishError."""
    site = Path(os.path.realpath(site))  # unlike resolve(), it does not raise on symlink loops
    whole = site.is_relative_to(os.path.realpath(root / ".cache"))
    if not whole:
        places.apart(root, site, places.REMEDY)
    return site, whole


class Prepared(NamedTuple):
    """What of a build was done before `docs/` was written."""

    pages: PageIndex
    config: "MkDocsConfig"
    spare: spare_site.SpareSite
    search: search.KeptSearch
    """The search of the last build."""
    commit: str | None
    """The commit of the dossier."""


def prepared(root: Path, site: Path, store: Store, *, clean: bool) -> Prepared | None:
    """Do what a build needs of a dossier but not of `docs/`; None if anything stops it, which `build` will tell."""
    try:
        from explainer.publish import assets, fingerprints, kept_pages  # noqa: F401 - the last one with MkDocs' own modules

        with _heard() as warnings:
            made = _prepared(root, site, store, clean=clean)
            fingerprints.fingerprint(config := made.config)
            if config.theme.custom_dir:
                assets.ahead(config)
        words.language(root, registry.load(root), ORIGINAL)  # what every language is laid over is read once
        for digest in made.pages.entries():
            store.is_sound(digest)
        with contextlib.suppress(OSError):
            made.spare.prune(manifest.read(site) or {})
    except (Exception, SystemExit):  # noqa: BLE001 - it comes once more, where it is told
        return None
    return None if warnings.said else made


def _prepared(root: Path, site: Path, store: Store, *, clean: bool) -> Prepared:
    """What is kept of the last build, and the configuration of this one. Raises PublishError."""
    index = PageIndex() if clean else page_index.load(store)
    config = _configuration(root, site, strict=True)
    return Prepared(index, config, spare_site.SpareSite(store), search.kept(store), manifest.commit(root))


def build(
    root: Path,
    site: Path,
    about: Dossier,
    *,
    progress: Progress | None = None,
    clean: bool = False,
    jobs: int = 1,
    last_search: bool = False,
    generated: Mapping[str, str] | None = None,
    store: Store | None = None,
    published: Published = lambda: None,
    ahead: Prepared | None = None,
) -> Built:
    """Build the site from the generated pages and publish it. Raises PublishError and leaves the old site untouched.

    Unchanged pages are taken from the store, but with `clean`; `last_search` allows the kept search, though outdated.
    `generated` holds the digests of the files in `docs/` as the generator has just left them, `ahead` what was prepared
    meanwhile; `published` is called once the site stands.
    """
    (progress := progress or Progress()).begin("prepare")
    site, whole = _placed(root, site)
    try:
        with _told(root):
            store = store or Store(root, progress)
            ahead = ahead or _prepared(root, site, store, clean=clean)
            inputs, outside = _inputs(root, site, about, ahead, whole=whole)
            if ahead.pages.stands(inputs, site):
                progress.end()
                return Built(site, len(ahead.pages.pages), 0, outside)
            new = swap.staging(site, whole=whole)
            making = partial(_made, root, new, about, store, ahead, old=site, jobs=jobs)
            warm = making(last_search=last_search, generated=generated)
            _publish(root, site, warm, inputs, published, whole=whole)
    finally:
        swap.sweep(site, whole=whole)
    progress.end()
    return Built(site, len(warm.all.files), len(warm.rendered), outside if warm.local else None, warm)


def _publish(root: Path, site: Path, warm: "KeepPages", inputs: str, published: Published, *, whole: bool) -> None:
    """Put the staging folder in the place of the site, tell that it stands, and keep what it was made of."""
    warm.store.progress.begin("publish")
    swap.publish(site, spare_site.place(warm.store), source=partial(warm.source, root), whole=whole)
    warm.commit(inputs, site, published())


def build_shard(
    root: Path, folder: Path, about: Dossier, shard: Shard, *, progress: Progress, clean: bool = False, jobs: int = 1
) -> Built:
    """Build one shard of the site as a piece. Raises PublishError and leaves the old piece untouched."""
    from explainer.publish import pieces
    from explainer.publish.fingerprints import fingerprint

    progress.begin("prepare")
    with _told(root), pieces.staged(folder) as staging:
        store = Store(root, progress)
        new = staging / "site"
        ahead = _prepared(root, new, store, clean=clean)
        custom = ahead.config.theme.custom_dir
        places.apart(root, folder, places.REMEDY, [Path(custom)] if custom else [])
        origin = pieces.Origin(
            commit=ahead.commit,
            moment=os.environ.get(moment.NAME),
            program=origins.program(),
            sources=origins.sources(root, custom),
            inputs=origins.inputs(root, fingerprint(ahead.config)),
        )
        warm = _made(root, new, about, store, ahead, old=folder, jobs=jobs, last_search=False, shard=shard)
        progress.begin("publish")
        anchors = {source: kept.anchors for source, kept in warm.made.items()}
        elsewhere = warm.addresses_elsewhere()
        files = {path: digest for path, digest in (manifest.read(new) or {}).items() if path not in elsewhere}
        links = warm.links_out()
        pieces.write(folder, staging, new, pieces.SitePiece(shard.number, shard.of, origin, files, anchors, links))
        warm.commit("", folder)
    progress.end()
    return Built(folder, len(warm.made), len(warm.rendered))


def _inputs(
    root: Path, site: Path, about: Dossier, ahead: Prepared, *, whole: bool
) -> tuple[str, tuple[str, ...] | None]:
    """Digest of everything that a site is made from, and what of it may lie outside the dossier; raises PublishError if the theme stands where the site would go."""
    from explainer.publish import extension_options
    from explainer.publish.fingerprints import everything

    moment.pin(root)
    config = ahead.config
    if config.theme.custom_dir and not whole:
        places.apart(root, site, places.REMEDY, [Path(config.theme.custom_dir)])
    outside = [config.config_file_path, *config.theme.dirs, *(str(path) for path in config["hooks"])]
    outside += extension_options.named(config)
    digest = everything(config, f"{about!r} {ahead.commit} {search.origin()} {archive.state(root)}")
    return digest, None if _has_parts_elsewhere(root / mkdocs_words.CONFIGURATION) else untouched.others(root, outside)


def _has_parts_elsewhere(own: Path) -> bool:
    """Whether a configuration takes a part of itself from the environment or from another file, however that is written."""
    if not own.is_file():
        return False
    return any(
        getattr(event, "tag", None) == "!ENV" or getattr(event, "value", None) == "INHERIT"
        for event in yaml.parse(own.read_bytes(), Loader=yaml_reader.LOADER)
    )


def _made(
    root: Path,
    new: Path,
    about: Dossier,
    store: Store,
    prepared: Prepared,
    *,
    old: Path,
    jobs: int,
    last_search: bool,
    shard: Shard | None = None,
    generated: Mapping[str, str] | None = None,
) -> "KeepPages":
    """Make the whole site, or a shard of it, in the staging folder: pages, search, manifest. Returns the plugin that made the pages."""
    from explainer.publish.kept_pages import KeepPages, RenderEverything

    index, config, spare, before, _ = prepared
    config.site_dir = os.fspath(new)
    progress, docs, leads = store.progress, root / "docs", shard is None or shard.leads
    ahead = search.begun(store, docs, before, last=last_search) if leads and jobs > 1 else search.not_begun
    searched = {**before.digests, **archive.kept(store).digests}
    try:
        keeping = partial(KeepPages, jobs=jobs, searched=searched, generated=generated, spare=spare, shard=shard)
        warm = _rendered(root, about, config, keeping(store, index, progress))
    except RenderEverything:
        config = _configuration(root, new, strict=True)  # the other one is as the hooks left it
        warm = _rendered(root, about, config, KeepPages(store, PageIndex(), progress, jobs=jobs, shard=shard))
    known = {}
    if leads:
        progress.begin("search")
        known = search.install(store, docs, new, before, last=last_search, ahead=ahead)
        known |= archive.install(store, root, new, old, about.language)
    progress.begin("verify")
    warm.remember(new, manifest.write(new, root, {**known, **warm.known()}))
    return warm


def _rendered(root: Path, about: Dossier, config: "MkDocsConfig", warm: "KeepPages") -> "KeepPages":
    """Run the MkDocs build with a fresh configuration, into the staging folder, with `warm` as a plugin. Returns `warm`."""
    from mkdocs.commands.build import build as mkdocs_build

    from explainer.publish import gathered_files

    hooks.generated(root, about)
    config.plugins[hooks.KEEPER] = warm
    thresholds = gc.get_threshold()
    try:
        config.plugins.on_startup(command="build", dirty=False)
        with gathered_files.by_mkdocs():
            mkdocs_build(config)
    except BaseException as error:
        warm.workers.fail(error)
        raise
    finally:
        gc.set_threshold(*thresholds)
        warm.workers.end()
        config.plugins.on_shutdown()
    return warm


def theme(root: Path) -> str | None:
    """Path of the dossier's custom theme folder; None if it has none or its configuration cannot be loaded."""
    try:
        return custom_theme(root)
    except (PublishError, OSError):
        return None


def custom_theme(root: Path) -> str | None:
    """The same, but raises PublishError or OSError if the configuration cannot be loaded."""
    return _configuration(root, root / "site", strict=True).theme.custom_dir
