"""A page an explainer, with its reading time and its neighbours, and the index in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import Related, index, own, related, section, story
from explainer.pages.page import LazyPage, Page
from explainer.pages.story_pages import StoryIndex
from explainer.reading import prose
from explainer.records.explainer import Explainer

WORDS_A_MINUTE = 200
"""How many words people read in a minute, taken low: many names and numbers."""


@dataclass(frozen=True, slots=True)
class ExplainerPage:
    """What the page of an explainer lays out."""

    record: Explainer
    minutes: int
    """How long it takes to read, in whole minutes."""
    before: Explainer | None
    after: Explainer | None
    related: tuple[Related, ...]


def _minutes(record: Explainer) -> int:
    return max(1, round(len(prose.plain(record.body or "").split()) / WORDS_A_MINUTE))


def _in_order(library: Library) -> tuple[Explainer, ...]:
    """The explainers in the order in which they are to be read."""
    return library.shared.get(
        "explainers in order", lambda: tuple(sorted(library.all(Explainer), key=lambda item: (item.order, item.id)))
    )


def _of_explainer(library: Library, record: Explainer) -> Page:
    every = _in_order(library)
    place = every.index(record)
    before = every[place - 1] if place else None
    after = every[place + 1] if place + 1 < len(every) else None
    page = ExplainerPage(record, _minutes(record), before, after, related(library, record))
    return story(library, record, page)


def _explainers(library: Library) -> Page:
    return section(library, "explainer", StoryIndex(_in_order(library)))


def pages(library: Library) -> Iterator[LazyPage]:
    """A page an explainer, then their index."""
    for explainer in library.all(Explainer):
        yield own(library, explainer, partial(_of_explainer, library, explainer))
    yield index(library, addresses.SECTIONS["explainer"], partial(_explainers, library))
