"""What the pages of records with a story lay out where their type adds nothing of its own."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from explainer.library.library import Library
from explainer.pages.common import Related, related, story
from explainer.pages.page import Page
from explainer.records.record import Story

S = TypeVar("S", bound=Story)


@dataclass(frozen=True, slots=True)
class StoryPage(Generic[S]):
    """What the page of a record with a story lays out."""

    record: S
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class StoryIndex:
    """What an index of records lays out."""

    records: tuple[Story, ...]


def story_page(library: Library, record: Story) -> Page:
    """The page of a record that shows its story and what it is related to."""
    return story(library, record, StoryPage(record, related(library, record)))
