"""Every page of a site: what the engine and the kinds of the dossier compose, registered by function."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from explainer.kinds import demands
from explainer.kinds.own_kinds import not_leaving
from explainer.library import sections
from explainer.library.library import Library
from explainer.pages import (
    about_data,
    accessibility,
    changes,
    claims,
    corrections,
    countries,
    disputes,
    explainers,
    field_pages,
    general,
    glossary,
    home,
    open_questions,
    organisations,
    people,
    results,
    review,
    search_page,
    site_editions,
    sources,
    timeline,
)
from explainer.pages.page import LazyPage
from explainer.records.record import Record

COMPOSERS: tuple[Callable[[Library], Iterator[LazyPage]], ...] = (
    home.pages,
    explainers.pages,
    review.pages,
    organisations.pages,
    people.pages,
    claims.pages,
    disputes.pages,
    timeline.pages,
    glossary.pages,
    countries.pages,
    sources.pages,
    open_questions.pages,
    corrections.pages,
    changes.pages,
    site_editions.pages,
    results.pages,
    about_data.pages,
    field_pages.pages,
    accessibility.pages,
    search_page.pages,
)
"""Registry of the functions that compose the engine's pages; a new one is one more line."""


def _of_kind(library: Library, model: type[Record]) -> Callable[[Library], Iterator[LazyPage]]:
    module = library.kinds.module(model, "page")
    return partial(_by_module, module.pages) if module else partial(general.pages, model)


def _by_module(pages: Callable[[Library], Iterable[LazyPage]], library: Library) -> Iterator[LazyPage]:
    """The pages that the module of an own kind makes."""
    with not_leaving():
        yield from demands.handed_over(pages, pages(library), LazyPage)


def compose(library: Library, *, home_is_written: bool = False) -> list[LazyPage]:
    """Every page of the site as a lazy page, sorted by path; without the home page if it is hand-written.

    An own kind of the dossier has the pages of its module `page`, or the general ones.
    """
    composers = [
        *COMPOSERS,
        *(_of_kind(library, model) for model in map(library.kinds.by_kind.get, library.kinds.own) if model),
    ]
    languages = dict.fromkeys(
        (library.language, *map(partial(sections.language, library.dossier), library.dossier.sections))
    )
    every = (
        page
        for language in languages
        for composer in composers
        for page in composer(replace(library, language=language))
        if sections.language(library.dossier, page.path.partition("/")[0]) == language
    )
    return sorted(
        (page for page in every if not (home_is_written and page.path == "index.md")), key=lambda page: page.path
    )
