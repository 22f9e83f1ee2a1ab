"""Pages of explainers, each with its reading time and neighbours, and the index in reading order."""

from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.kinds.explainer import Explainer
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import RelatedGroup, index, own, related, section, story
from explainer.pages.page import LazyPage, Page
from explainer.pages.story_pages import StoryIndex
from explainer.reading import prose

WORDS_A_MINUTE = 200
"""Reading speed in words per minute; low, because the texts have many names and numbers."""


@dataclass(frozen=True, slots=True)
class ExplainerPage:
    """Template data of the page of an explainer."""

    record: Explainer
    minutes: int
    """Reading time in whole minutes."""
    before: Explainer | None
    after: Explainer | None
    related: tuple[RelatedGroup, ...]


def _minutes(record: Explainer) -> int:
    return max(1, round(len(prose.plain(record.body or "", story=True).split()) / WORDS_A_MINUTE))


def _in_order(library: Library) -> tuple[Explainer, ...]:
    """The explainers in reading order."""
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
    """One page per explainer, then their index."""
    for explainer in library.all(Explainer):
        yield own(library, explainer, partial(_of_explainer, library, explainer))
    yield index(library, addresses.section(Explainer), partial(_explainers, library))
