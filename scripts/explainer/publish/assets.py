"""Packs the style sheets and scripts of the theme: what no page uses is left out, and modules become one script of each entry.

Each text is packed once a process. Imports MkDocs no more than `hooks` does.
"""

import functools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from explainer.publish import script_bundle, style_sheets, theme_style

_THEME_STYLE = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
_THEME_SCRIPTS = "assets/javascripts/"


def packed(files: Any, config: Any) -> None:
    """Pack the files of a site with a theme of its own. Raises PublishError if a script is not understood."""
    for file in [each for each in files if each.src_uri.startswith(_THEME_SCRIPTS)]:
        files.remove(file)
    for file in (each for each in files if _is_packed(each.src_uri)):
        file.content_string = _style(file.src_uri, file.content_string)
    config.extra["reach"] = {
        file.src_uri: _reach(file.content_string)
        for path in config.extra.get("sheets", ())
        if (file := files.get_file_from_path(path))
    }
    _bundle(files, _scripts(files, Path(config.theme.custom_dir).resolve()))


def ahead(config: Any) -> None:
    """Pack what the theme's folders hold before the files of a site are known. Raises OSError and PublishError."""
    for folder in config.theme.dirs:
        for path, source in _sources(folder):
            if _is_packed(source):
                style = _style(source, path.read_text(encoding="utf-8"))
                if source in config.extra.get("sheets", ()):
                    _reach(style)
            elif source.endswith(".js") and folder == config.theme.custom_dir:
                script_bundle.of_entry(path)


def _sources(folder: str) -> Iterator[tuple[Path, str]]:
    """The files of a theme, with their paths in it; those in hidden folders are no part of a site."""
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name[0] != "."]
        yield from ((Path(base, name), Path(base, name).relative_to(folder).as_posix()) for name in names)


def _is_packed(source: str) -> bool:
    """Whether a file is a style sheet of ours, or one of the theme's own that is known to hold what no page uses."""
    return source.endswith(".css") and (not source.endswith(".min.css") or bool(_THEME_STYLE.fullmatch(source)))


@functools.lru_cache(maxsize=64)
def _style(source: str, text: str) -> str:
    """A style sheet as it goes into a site."""
    return theme_style.slimmed(text) if _THEME_STYLE.fullmatch(source) else style_sheets.packed(text)


@functools.lru_cache(maxsize=64)
def _reach(sheet: str) -> style_sheets.Reach:
    return style_sheets.reach(sheet)


def _bundle(files: Any, own: Mapping[Path, Any]) -> None:
    """Replace each script that imports others by its bundle, and leave out what it imports."""
    bundles = {path: made for path in own if (made := script_bundle.of_entry(path)) is not None}
    imported = {module for made in bundles.values() for module in made.modules[:-1]}
    for path, made in bundles.items():
        own[path].content_string = made.text
    for path in imported & own.keys():
        files.remove(own[path])


def _scripts(files: Iterable[Any], folder: Path) -> dict[Path, Any]:
    """Path -> file of MkDocs, for every script in the folder of the dossier's theme."""
    scripts = (file for file in files if file.src_uri.endswith(".js") and file.abs_src_path)
    found = {Path(file.abs_src_path).resolve(): file for file in scripts}
    return {path: file for path, file in found.items() if path.is_relative_to(folder)}
