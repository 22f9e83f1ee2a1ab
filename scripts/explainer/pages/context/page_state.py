"""What the parts of a template's context share: the library, the page, its words and its numbered sources."""

from dataclasses import field

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.kinds.source import Source
from explainer.library.library import Library
from explainer.pages.page import Page

Place = tuple[str | None, str | None]
"""Where in a source: the place in words, and the words that stand there; at least one of them."""


@dataclass(slots=True)
class Note:
    """A source with its number on a page, and every place in it that the page cites."""

    number: int
    source: Source
    places: dict[Place, None] = field(default_factory=dict)
    cited: int = 0
    """How often the page cites it."""

    def anchor(self, place: int) -> str:
        """The anchor of the mark that cites it for the `place`th time, counted from 1."""
        return f"cite-{self.number}-{place}"


@dataclass
class PageState:
    """The page that a template renders, with the sources that it has cited so far."""

    library: Library
    page: Page
    words: Language
    notes: dict[str, Note] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    """The blocks of its story, as they are shown."""
    defined: frozenset[str] = frozenset()
    """The terms of the glossary to which the story leads where they stand."""
    figures: dict[str, int] = field(default_factory=dict)
    """Anchor of a figure -> how many figures on the page would have it."""
