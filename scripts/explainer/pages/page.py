"""What one page will say, before it is laid out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from explainer.figures.graphic import Graphic
from explainer.library.library import Library
from explainer.records.record import Record
from explainer.records.term import Term


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: where it lies, which template lays it out, and what that is given."""

    path: str
    """Relative to `docs/`, ending in `.md`."""
    template: str
    """The template's file under `templates/`."""
    title: str
    """The page's title, as plain text."""
    description: str
    """One sentence for search engines and previews, as plain text."""
    data: object
    """What the template lays out: a frozen value of the page's own module."""
    source: str | None = None
    """The file in `content/` that holds the page's record."""
    files: tuple[str, ...] = ()
    """The files that hold its records, where it gathers those of several."""
    record: Record | None = None
    """The record whose page this is."""
    names: tuple[str, ...] = ()
    """Other names under which a search should find the page."""
    searched: bool = True
    """Whether a search finds it."""
    graphics: tuple[Graphic, ...] = ()
    """Its charts and maps, in the order in which the template lays them out."""
    terms: tuple[Term, ...] = ()
    """Terms of the glossary that the record's own text uses."""
    wide: bool = False
    """Whether a table needs the room of the contents at the side."""


class LazyPage(Page):
    """A page of which only the path is known until somebody asks what it says: it is composed then, and once."""

    __slots__ = ("composed",)
    composed: Callable[[], Page]

    def __init__(self, library: Library, path: str, compose: Callable[[], Page]) -> None:
        """Say where the page lies and how it is composed: from the library alone, and from nothing else."""
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "composed", lambda: library.shared.get(f"page {path}", compose))

    def __getattr__(self, name: str) -> Any:
        """What the page says."""
        return getattr(self.composed(), name)
