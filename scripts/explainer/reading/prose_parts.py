"""What prose is parsed into: text, marks, citations, data, links, and faults."""

from explainer.base.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words as Markdown that is safe to insert into a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Markdown or HTML of our own that structures a page and holds no words."""

    text: str


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A citation in prose."""

    source: str
    at: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link in prose: to a page of this site (`page` relative to `docs/`), or to a URL."""

    label: str
    page: str | None
    fragment: str | None
    url: str | None
    offset: int
    words: str = ""
    """The label without its marks."""


@dataclass(frozen=True, slots=True)
class DataMark:
    """What names data between double brackets: a value within a sentence, or a block on a line of its own."""

    asked: str
    """What stands between the brackets."""
    offset: int
    """Of the first of them; the whole mark stands on one line."""
    alone: bool = False
    """Whether it is a block."""


@dataclass(frozen=True, slots=True)
class ProseFault:
    """A construct that prose must not contain, with the message to the editor."""

    message: str
    offset: int
    about: str = ""
    """What was cited or linked to, in which what is meant may be recognised."""


Part = TextRun | Mark | CitationMark | DataMark | Link | ProseFault
