"""Pages of people: one per person, and the index of all with their terms of office."""

from collections.abc import Iterator
from functools import partial

from explainer.kinds.person import Person
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.charts import terms_of_office
from explainer.pages.common import index, own, section
from explainer.pages.page import LazyPage, Page
from explainer.pages.story_pages import StoryIndex, story_page


def _people(library: Library) -> Page:
    by_name = sorted(library.all(Person), key=lambda item: item.name.split()[-1])
    return section(library, "person", StoryIndex(tuple(by_name)), graphics=terms_of_office.people_in_office(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per person, then their index."""
    for person in library.all(Person):
        yield own(library, person, partial(story_page, library, person))
    yield index(library, addresses.section(Person), partial(_people, library))
