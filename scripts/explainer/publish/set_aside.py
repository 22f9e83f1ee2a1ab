"""The texts of rendered pages, on disk until the theme needs them.

MkDocs renders the Markdown of all pages before it fills the first template, and holds Markdown, HTML and headings of
each until it ends. Here they lie in a file without a name meanwhile. A page that is set aside reads them whenever
somebody asks, so that hooks and templates see no difference, those included that look at other pages.
"""

import pickle
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.structure.pages import Page

from explainer.incremental.spool import SpoolFile

_TEXTS = ("markdown", "content", "toc")
"""The attributes of a page that are put on disk."""


class SetAside:
    """The texts of the pages that one process renders; the file is opened for the first of them, so after a fork."""

    def __init__(self, root: Path) -> None:
        """Use the cache of the dossier in `root`."""
        self._root = root
        self._file: SpoolFile | None = None

    def put(self, page: Page) -> None:
        """Put the texts of a page on disk, if they are not there already; those for which there is no room stay in memory."""
        if isinstance(page, PageAside) or page.content is None:
            return
        if "_texts" not in vars(page):
            self._write(page)
        drop(page)

    def _write(self, page: Page) -> None:
        data = pickle.dumps([vars(page)[name] for name in _TEXTS], pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):
            self._file = self._file or SpoolFile(self._root)
            if place := self._file.append(data):
                vars(page)["_texts"] = partial(_read, self._file, *place)


def _read(file: SpoolFile, begin: int, length: int) -> dict[str, Any]:
    """Name of the attribute -> its value."""
    values = pickle.loads(file.read(begin, length))  # noqa: S301 - this process wrote it, and nobody else has the file
    return dict(zip(_TEXTS, values, strict=True))


def _text(name: str) -> Any:
    """An attribute that is read from disk; who changes it takes the page back first."""

    def read(page: Page) -> Any:
        return vars(page)["_texts"]()[name]

    def change(page: Page, value: object) -> None:
        back(page)
        setattr(page, name, value)

    return property(read, change)


class PageAside(Page):
    """A page whose texts are on disk."""

    markdown = _text("markdown")
    content = _text("content")
    toc = _text("toc")


def drop(page: Page) -> None:
    """Free the texts of a page that are on disk."""
    state = vars(page)
    if "_texts" in state and not isinstance(page, PageAside):
        state["_derived"] = "title" not in state
        state["title"] = page.title  # which MkDocs makes from the text each time
        for name in _TEXTS:
            del state[name]
        page.__class__ = PageAside


def back(page: Page) -> None:
    """Take the texts of a page back into memory, if they are on disk."""
    if isinstance(page, PageAside):
        state = vars(page)
        state.update(state["_texts"]())
        _in_memory(page)


def _in_memory(page: Page) -> None:
    """Make a page that was set aside an ordinary one, whose title follows from its text again."""
    state = vars(page)
    if state.pop("_derived", False):
        del state["title"]
    page.__class__ = Page


def forget(page: Page) -> None:
    """Free the texts of a page that was rendered."""
    _in_memory(page)
    vars(page).pop("_texts", None)
    page.markdown = page.content = page._title_from_render = None  # noqa: SLF001 - MkDocs would take the title of the text before
    page.toc = []  # type: ignore[assignment] # as MkDocs begins a page
