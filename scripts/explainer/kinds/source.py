"""A source: something that was published and that a statement can rest on."""

from typing import ClassVar, Self

from pydantic import model_validator

from explainer.base.values import Language, PartialDate, Text, Truth, Url
from explainer.records.model import Prose, Vocabulary
from explainer.records.record import Entry
from explainer.records.traits import Dated


class SourceKind(Vocabulary):
    """Who speaks in a source."""

    OFFICIAL = "official"
    """The body itself, or another public body."""
    PRESS = "press"
    """A newspaper, an agency or a broadcaster."""
    ACADEMIC = "academic"
    """A scholar, a journal or an institute."""
    REFERENCE = "reference"
    """A work to look things up in."""


class Seen(Vocabulary):
    """How much of a source the editors read."""

    FULL = "full"
    """Read from beginning to end."""
    EXCERPT = "excerpt"
    """Read in part."""
    NOT_SEEN = "not-seen"
    """Not read; known from another text only."""


class Source(Entry, Dated):
    """A document, page or report, at one address."""

    KIND: ClassVar[str] = "source"
    FOLDER: ClassVar[str] = "sources"
    DATE: ClassVar[str] = "published"
    WEIGHT: ClassVar[float] = 0.5
    LABEL: ClassVar[str] = "title"

    title: Text
    """The title as published; our own description where `title_is_descriptive` is true."""
    title_is_descriptive: Truth = False
    """True where no title could be read and the title describes the source instead."""
    title_language: Language | None = None
    """The language of the title, where it is another than that of the text: of a description in our own words."""
    publisher: Text
    """Who published it, by the name that it gives itself."""
    kind: SourceKind
    """Who speaks: an official body, the press, a scholar, a reference work."""
    url: Url
    """The address to cite."""
    read_at: Url | None = None
    """The address where the text was read, where that is another one."""
    archived: Url | None = None
    """The address of an archived copy; shown once `explainer links` finds the original gone. `explainer archive` fills it in."""
    archived_on: PartialDate | None = None
    """The day on which that copy was made."""
    published: PartialDate | None = None
    """When it was published."""
    language: Language
    """The language of the text, as a code such as en or fr; mul for several."""
    seen: Seen
    """How much of it was read: full, excerpt or not-seen."""
    read: PartialDate | None = None
    """When it was last read."""
    note: Prose | None = None
    """What a reader must know about this source."""

    @model_validator(mode="after")
    def _has_its_copy(self) -> Self:
        if self.archived_on and not self.archived:
            raise ValueError(
                "archived_on: without archived:; expected the address of the copy; add it, or delete the day"
            )
        return self

    @property
    def titled_in(self) -> str:
        """The language of the title."""
        return self.title_language or self.language
