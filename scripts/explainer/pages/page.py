"""The data of one page before it is rendered, and lazy pages that are composed on first access."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from explainer.figures.graphic import Graphic
from explainer.kinds.own_kinds import not_leaving
from explainer.kinds.term import Term
from explainer.library.library import Library
from explainer.records.record import Record


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its path, its template, and the data for the template."""

    path: str
    """Its path relative to `docs/`, ending in `.md`."""
    template: str
    """The template's file under `templates/`."""
    title: str
    """The page's title, as plain text."""
    description: str
    """One sentence for search engines and previews, as plain text."""
    data: object
    """The template data: a frozen value of the page's own module."""
    source: str | None = None
    """The file in `content/` that holds the page's record."""
    files: tuple[str, ...] = ()
    """The files that hold its records, if there are several."""
    record: Record | None = None
    """The record whose page this is."""
    names: tuple[str, ...] = ()
    """Other names under which a search should find the page."""
    searched: bool = True
    """Whether it is in the search index."""
    graphics: tuple[Graphic, ...] = ()
    """Its charts and maps, in the order in which the template renders them."""
    terms: tuple[Term, ...] = ()
    """Terms of the glossary that the record's own text uses."""
    wide: bool = False
    """Whether the table of contents is hidden to give a wide table its space."""


def _composed(compose: Callable[[], Page]) -> Page:
    with not_leaving():
        return compose()


class LazyPage(Page):
    """A lazy page: only its path is known until another attribute is read; then it is composed, once."""

    __slots__ = ("composed",)
    composed: Callable[[], Page]

    def __init__(self, library: Library, path: str, compose: Callable[[], Page]) -> None:
        """Set the path and the function that composes the page, which must depend on `library` alone."""
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "composed", lambda: library.shared.get(f"page {path}", partial(_composed, compose)))

    def __getattr__(self, name: str) -> Any:
        """Compose the page on first access and read the attribute from it."""
        return getattr(self.composed(), name)
