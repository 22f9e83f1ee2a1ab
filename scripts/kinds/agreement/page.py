"""Pages of agreements: one per agreement, and the index of all by date."""

from collections.abc import Iterator
from functools import partial

from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import index, own, section
from explainer.pages.page import LazyPage, Page
from explainer.pages.story_pages import StoryIndex, story_page

from .model import Agreement


def _agreements(library: Library) -> Page:
    by_date = sorted(library.all(Agreement), key=lambda item: (item.signed.date, item.id))
    return section(library, "agreement", StoryIndex(tuple(by_date)))


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per agreement, then their index."""
    for agreement in library.all(Agreement):
        yield own(library, agreement, partial(story_page, library, agreement))
    yield index(library, addresses.section(Agreement), partial(_agreements, library))
