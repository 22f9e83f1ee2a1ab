"""Library -> pages: one module a kind; page modules decide, templates lay out."""

from collections.abc import Callable, Iterator

from explainer.library import Library
from explainer.pages import data, fields, gathered, goals, home, operations, others, resolutions, review, search
from explainer.pages.page import Draft, Page

COMPOSERS: tuple[Callable[[Library], Iterator[Draft]], ...] = (
    home.pages,
    resolutions.pages,
    review.pages,
    operations.pages,
    goals.pages,
    others.pages,
    gathered.pages,
    data.pages,
    fields.pages,
    search.pages,
)
"""Every module that composes pages; a new one is one more line."""


def compose(library: Library, *, home_is_written: bool = False) -> list[Page]:
    """Every page of the site, sorted by path, each composed when it is looked at; without the home page where people wrote one."""
    every = (page for composer in COMPOSERS for page in composer(library))
    return sorted(
        (page for page in every if not (home_is_written and page.path == "index.md")), key=lambda page: page.path
    )
