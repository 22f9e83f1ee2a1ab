"""What a page is made of, as a digest: its own text, the configuration, the theme and the code; and which anchors it has."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from explainer.base.files import digest_of
from explainer.library import addresses
from explainer.publish import manifest
from explainer.publish.hooks import KEEPER
from explainer.publish.page_cache import VERSION

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


def beside(folder: str, number: int) -> str:
    """Where a forked process puts what is no page."""
    return f"{folder}.{number}"


def navigation(pages: Iterable[Page]) -> str:
    """A digest of what the navigation may show of the pages in it."""
    shown = [[page.file.src_uri, page.title, [str(page.meta.get(name)) for name in NAVIGATION_META]] for page in pages]
    return digest_of(json.dumps(shown, ensure_ascii=False).encode())


# --- keys


def page_local(config: MkDocsConfig) -> bool:
    """Whether nothing is configured that may make a page depend on others in ways that are not known here."""
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
        and not config.extra_templates
        and set(config.theme.static_templates) <= _STATIC
    )


def page_key(common: str, file: File, content: bytes) -> str:
    """The digest of everything that a page of its own text is made of."""
    place = f"{common} {file.src_uri} {file.dest_uri} {file.inclusion.name} {file.edit_uri}\n"
    return digest_of(place.encode() + content)


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
            found.update(f"{os.path.relpath(path, folder)} {digest_of(data)}\n".encode())
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
            found.update(f"{os.path.relpath(base, docs)}/{name} {digest_of(data)}\n".encode())
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
