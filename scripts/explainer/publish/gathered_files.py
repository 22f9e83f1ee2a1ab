"""Gathers the files of `docs/` as MkDocs does, without what that costs for each: a large dossier has many thousands that are no pages.

MkDocs parses every path twice and matches it against every pattern. Where the only patterns are its own and those of
`hooks`, names tell the same; with patterns of somebody else, and where a page is a README, MkDocs gathers the files.
Of the theme it lists thousands of icons, only to leave them out because their folder is hidden.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import jinja2
from mkdocs import utils
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files

from explainer.publish import hooks

_FIRST = ("index", "README")
"""What the files are called, but for their endings, that stand before the others of their folder."""


class GatheredFile(File):
    """A file of `docs/` of which everything is known from its name."""

    def __init__(self, source: str, docs: str, site: str, *, urls: bool) -> None:
        """Take the path relative to `docs/`, with forward slashes, both folders, and whether addresses name folders."""
        self.src_uri = source
        self.src_dir, self.dest_dir, self.use_directory_urls = docs, site, urls
        self.is_page = super().is_documentation_page()
        if not self.is_page:
            self.dest_uri = source
        hidden = source[0] == "." or "/." in source or source.startswith("templates/")
        self.inclusion = InclusionLevel.EXCLUDED if hidden else InclusionLevel.NOT_IN_NAV

    def is_documentation_page(self) -> bool:
        """Whether it is a page, for which MkDocs asks many times."""
        return self.is_page


class GatheredFiles(Files):
    """The files of a site, to which those of the theme are added without a look at hidden folders."""

    def add_files_from_theme(self, env: jinja2.Environment, config: MkDocsConfig) -> None:
        """As MkDocs does it."""
        loader = env.loader
        listed = _ThemePaths(loader.searchpath) if isinstance(loader, jinja2.FileSystemLoader) else env
        super().add_files_from_theme(listed, config)  # type: ignore[arg-type] # nothing else is asked of it


class _ThemePaths:
    """Lists the files of a theme as its environment does, but none in a hidden folder, which MkDocs would leave out."""

    def __init__(self, folders: list[str]) -> None:
        self._folders = folders

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        """The sorted paths that a filter lets through."""
        return sorted(
            {path for folder in self._folders for path in _sources(folder, hidden=False) if filter_func(path)}
        )


def gathered(config: MkDocsConfig) -> Files:
    """What MkDocs' `get_files` returns."""
    found = list(_sources(config.docs_dir)) if _by_names(config) else None
    if found is None or any(_is_readme(source) for source in found):
        return GatheredFiles(get_files(config))
    docs, site, urls = config.docs_dir, config.site_dir, config.use_directory_urls
    return GatheredFiles([GatheredFile(source, docs, site, urls=urls) for source in found])


def _is_readme(source: str) -> bool:
    """Whether a file may be the page of its folder beside an index, so that one of both is left out."""
    return _FIRST[1] in source and os.path.basename(source).startswith(_FIRST[1]) and utils.is_markdown_file(source)  # noqa: PTH119 - called thousands of times


def _by_names(config: Any) -> bool:
    """Whether names tell which files are left out: there are no patterns but MkDocs' own, and no page is in the menu by itself."""
    left_out = config.exclude_docs is not None and config.exclude_docs.patterns
    return config.not_in_nav is hooks.EVERY_PAGE and config.draft_docs is None and not left_out


def _sources(top: str, *, hidden: bool = True) -> Iterator[str]:
    """Every file below a folder, in MkDocs' order: within a folder the index first, and folders last."""
    for base, folders, names in os.walk(top, followlinks=True):
        folders[:] = sorted(name for name in folders if hidden or name[0] != ".")
        names.sort(key=_place)
        inside = "" if base == top else f"{os.path.relpath(base, top)}/".replace(os.sep, "/")
        yield from (inside + name for name in names)


def _place(name: str) -> tuple[bool, str]:
    """By which the files of a folder are sorted."""
    return not name.startswith(_FIRST) or os.path.splitext(name)[0] not in _FIRST, name  # noqa: PTH122 - called thousands of times


@contextlib.contextmanager
def by_mkdocs() -> Iterator[None]:
    """Let builds of MkDocs gather files in this way."""
    names = vars(build)
    before = names["get_files"]
    names["get_files"] = gathered
    try:
        yield
    finally:
        names["get_files"] = before
