"""A term of the glossary."""

from typing import Annotated, ClassVar

from explainer.base.values import Slug, Text
from explainer.records.model import Prose, Refers
from explainer.records.record import Entry
from explainer.records.sourced import Citations


class Term(Entry):
    """A word or phrase, explained."""

    KIND: ClassVar[str] = "term"
    FOLDER: ClassVar[str] = "terms"
    LINKED: ClassVar[str] = "DefinedTerm"
    SECTION: ClassVar[str | None] = "glossary"
    ANSWER: ClassVar[str | None] = "definition"

    name: Text
    """The term."""
    definition: Prose
    """What it means, in our own words; not a legal definition."""
    see_also: tuple[Annotated[Slug, Refers("term")], ...] = ()
    """Related terms."""
    record: Annotated[str, Refers(None)] | None = None
    """The record that says more, as folder/id."""
    cite: Citations
    """The sources of the definition."""
