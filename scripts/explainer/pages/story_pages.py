"""Template data of story pages whose type adds nothing of its own."""

from typing import Generic, TypeVar

from explainer.base.dataclass import dataclass
from explainer.library.library import Library
from explainer.pages.common import RelatedGroup, related, story
from explainer.pages.page import Page
from explainer.records.record import Story

S = TypeVar("S", bound=Story)


@dataclass(frozen=True, slots=True)
class StoryPage(Generic[S]):
    """Template data of the page of a record with a story."""

    record: S
    related: tuple[RelatedGroup, ...]


@dataclass(frozen=True, slots=True)
class StoryIndex:
    """Template data of an index of records."""

    records: tuple[Story, ...]


def story_page(library: Library, record: Story) -> Page:
    """Compose the page of a record with its story and related records."""
    return story(library, record, StoryPage(record, related(library, record)))
