"""Library -> pages: one module per kind of page; modules decide what a page shows, templates render it."""

from collections.abc import Callable, Iterator

from explainer.library.library import Library
from explainer.pages import (
    about_data,
    agreements,
    claims,
    countries,
    disputes,
    explainers,
    field_pages,
    glossary,
    goals,
    home,
    open_questions,
    operations,
    organisations,
    people,
    resolutions,
    results,
    review,
    search_page,
    sources,
    timeline,
)
from explainer.pages.page import LazyPage, Page

COMPOSERS: tuple[Callable[[Library], Iterator[LazyPage]], ...] = (
    home.pages,
    explainers.pages,
    resolutions.pages,
    review.pages,
    operations.pages,
    goals.pages,
    organisations.pages,
    people.pages,
    agreements.pages,
    claims.pages,
    disputes.pages,
    timeline.pages,
    glossary.pages,
    countries.pages,
    sources.pages,
    open_questions.pages,
    results.pages,
    about_data.pages,
    field_pages.pages,
    search_page.pages,
)
"""Registry of the functions that compose pages; a new one is one more line."""


def compose(library: Library, *, home_is_written: bool = False) -> list[Page]:
    """Every page of the site as a lazy page, sorted by path; without the home page if it is hand-written."""
    every = (page for composer in COMPOSERS for page in composer(library))
    return sorted(
        (page for page in every if not (home_is_written and page.path == "index.md")), key=lambda page: page.path
    )
