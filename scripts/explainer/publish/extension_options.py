"""What the options of Markdown extensions bring into pages from elsewhere: functions, and files or folders that they name."""

import functools
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

_PACKAGES = {"builtins", "markdown", "material", "pymdownx", __name__.partition(".")[0]}
"""Packages of which no function reads what is not named in the options, and whose versions are a part of each key."""


def are_known(config: MkDocsConfig) -> bool:
    """Whether pages depend on nothing but the options and the files that `named` finds.

    A function of another package may read anything, and a folder that holds `docs/` or depends on the page is no input
    that could be compared.
    """
    leaves = list(_leaves(config.mdx_configs))
    functions = (function_of(leaf) for leaf in leaves if callable(leaf))
    return (
        all(function.__module__.partition(".")[0] in _PACKAGES for function in functions)
        and all(path_of(leaf) is not None for leaf in leaves if isinstance(leaf, os.PathLike))
        and not any(Path(config.docs_dir).resolve().is_relative_to(path) for path in named(config))
    )


def named(config: MkDocsConfig) -> tuple[str, ...]:
    """The files and folders that options name, as the folders of own icons; looked for where the extensions look."""
    found = {path_of(leaf) for leaf in _leaves(config.mdx_configs)}
    there = (path for path in found if path and path.strip("/") and os.path.exists(path))  # noqa: PTH110 - a Path raises for a long text
    return tuple(sorted(map(os.path.realpath, there)))


def function_of(value: Callable[..., Any]) -> Callable[..., Any]:
    """The function of which another, made with some of its arguments, or an object that can be called, is made."""
    while isinstance(value, functools.partial):
        value = value.func
    return value if hasattr(value, "__qualname__") else type(value)


def forget() -> None:
    """Have the theme read icons again, which it remembers as long as a process lives."""
    emoji = sys.modules.get("material.extensions.emoji")
    for function in vars(emoji).values() if emoji else ():
        if hasattr(function, "cache_clear"):
            function.cache_clear()


def _leaves(value: Any) -> Iterator[Any]:
    """The single values of nested options."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def path_of(value: Any) -> str | None:
    """A value as a path, if it can be one; MkDocs' `!relative` is none before a page is made."""
    try:
        return os.fspath(value) if isinstance(value, (str, os.PathLike)) else None
    except ConfigurationError:
        return None
