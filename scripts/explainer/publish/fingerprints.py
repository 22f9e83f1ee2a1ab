"""Cache keys of pages and of the whole site: digests of text, configuration, theme, package versions and code."""

import functools
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from explainer.base.files import digest_of
from explainer.incremental.fingerprint import versions
from explainer.kinds import registry
from explainer.library import addresses
from explainer.publish import extension_options, quick_markdown, table_cells
from explainer.publish.hooks import KEEPER

NAVIGATION_META = ("icon", "status", "subtitle")
"""Front matter fields that the theme shows in the navigation, and so on other pages."""
_OWN = Path(__file__).resolve().parent.parent
_PLUGINS = {KEEPER}
_EXTENSIONS = re.compile(
    r"(?!pymdownx\.(?:snippets|b64|pathconverter)$)(?:pymdownx|markdown\.extensions)\.[a-z_.]+"
    r"|abbr|admonition|attr_list|codehilite|def_list|extra|fenced_code|footnotes|md_in_html|meta|nl2br|sane_lists|smarty|tables|toc"
    rf"|{re.escape(table_cells.NAME)}|{re.escape(quick_markdown.NAME)}"
)
"""Markdown extensions whose output depends only on the text of the page itself, and on their options."""
_STATIC = {"404.html", "sitemap.xml"}
_TIME = re.compile(r"\b(?:build_date_utc|update_date)\b")


def beside(folder: str, number: int) -> str:
    """Scratch `site_dir` of a forked worker, for everything it writes other than pages."""
    return f"{folder}.{number}"


def navigation(pages: Iterable[Page]) -> str:
    """Digest of everything that the navigation can show of its pages: source, title and NAVIGATION_META."""
    shown = [[page.file.src_uri, page.title, [str(page.meta.get(name)) for name in NAVIGATION_META]] for page in pages]
    return digest_of(json.dumps(shown, ensure_ascii=False).encode())


# --- keys


def page_local(config: MkDocsConfig) -> bool:
    """Whether pages may be cached: all configured hooks, plugins, extensions and templates are known to be page-local."""
    from explainer.publish import hooks

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
        and extension_options.are_known(config)
        and not config.extra_templates
        and set(config.theme.static_templates) <= _STATIC
    )


def page_key(common: str, file: File, content: str) -> str:
    """Cache key of a page: digest of `common` (see `fingerprint`), its paths, inclusion, edit link and digest of the content."""
    place = f"{common} {file.src_uri} {file.dest_uri} {file.inclusion.name} {file.edit_uri} {content}"
    return digest_of(place.encode())


def fingerprint(config: MkDocsConfig) -> str:
    """Digest of the inputs that all pages share (configuration, versions, theme, code), without the navigation."""
    found = hashlib.sha256()
    passed_over = {"config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "hooks"}
    plain = {name: _plain(value) for name, value in config.items() if name not in passed_over}
    found.update(json.dumps([plain, dict(versions())], sort_keys=True).encode())
    folders = [_files_of(folder, everything=folder == config.theme.custom_dir) for folder in config.theme.dirs]
    found.update("\n".join(map(_named_file, extension_options.named(config))).encode())
    timeless = True
    for digest, without_time in (*folders, _own_files()):
        found.update(f"{digest}\n".encode())
        timeless = timeless and without_time
    if not timeless:  # a template shows the build date, so the date is an input
        from mkdocs.utils import get_build_datetime

        found.update(get_build_datetime().isoformat().encode())
    return found.hexdigest()


def _files_of(folder: str, *, everything: bool) -> tuple[str, bool]:
    """Digest of the files of a folder that affect templates, and whether none of them shows when a site was built."""
    found, timeless = hashlib.sha256(), True
    for path in _sources(folder, everything=everything):
        data = Path(path).read_bytes()
        timeless = timeless and not (path.endswith(".html") and _TIME.search(data.decode("utf-8", "replace")))
        found.update(f"{os.path.relpath(path, folder)} {digest_of(data)}\n".encode())
    return found.hexdigest(), timeless


def _named_file(path: str) -> str:
    """Digest of a file, or of all that a folder holds."""
    if not Path(path).is_dir():
        return digest_of(Path(path).read_bytes()) if Path(path).is_file() else ""
    return _files_of(path, everything=True)[0]


@functools.cache
def _own_files() -> tuple[str, bool]:
    """The same of this program, which stays as it was when a process began."""
    return _files_of(str(_OWN), everything=False)


def everything(config: MkDocsConfig, about: str) -> str:
    """Digest of all inputs of a site; `about` describes the dossier, its commit and the search version.

    Generated folders are skipped: the pages were written just now, so the ledger, which is hashed like any other file,
    holds their current digests.
    """
    docs = config.docs_dir
    made = addresses.owned(registry.load(Path(docs).parent))
    found = hashlib.sha256(f"{fingerprint(config)} {about} {os.environ.get('SOURCE_DATE_EPOCH')}\n".encode())
    for base, folders, names in os.walk(docs):
        folders[:] = sorted(name for name in folders if base != docs or name not in made)
        for name in sorted(names):
            path = Path(base, name)
            data = path.read_bytes() if path.is_file() else b""  # a link that leads nowhere, as editors make of a lock
            found.update(f"{os.path.relpath(base, docs)}/{name} {digest_of(data)}\n".encode())
    return found.hexdigest()


def _sources(folder: str, *, everything: bool) -> Iterator[str]:
    """Files that affect templates; skips the theme's icons and assets, which its package version already covers."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in {".icons", "__pycache__", "assets"} or everything)
        for name in sorted(names):
            if everything or name.endswith((".html", ".py", ".yml", ".xml")):
                yield os.path.join(base, name)  # noqa: PTH118 - called thousands of times


def _plain(value: Any) -> Any:
    """A configuration value as JSON data; deterministic, so that equal configurations hash alike in every process."""
    if isinstance(value, (type(None), bool, int, float)):
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
        return sorted(map(str, value))
    return _named(value)


def _named(value: Any) -> str:
    """A function by its name, a module of hooks by what it holds, wherever it lies, anything else as text."""
    if isinstance(value, ModuleType) and value.__file__:
        return digest_of(Path(value.__file__).read_bytes())
    if isinstance(value, functools.partial):
        return json.dumps([_named(value.func), _plain(value.args), _plain(value.keywords)])
    if callable(value):
        return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', repr(value))}"
    return extension_options.path_of(value) or type(value).__name__ if isinstance(value, os.PathLike) else str(value)
