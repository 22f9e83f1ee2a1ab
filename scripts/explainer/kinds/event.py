"""An event: what happened on a date, and which records it touches."""

from typing import ClassVar

from explainer.base.values import Dates, Slug, Text
from explainer.records.model import AnyRef, CountryRef, Prose
from explainer.records.record import Entry
from explainer.records.sourced import Citations
from explainer.records.traits import Dated, Related


class Event(Entry, Dated, Related):
    """Something that happened."""

    KIND: ClassVar[str] = "event"
    FOLDER: ClassVar[str] = "events"
    LINKED: ClassVar[str] = "Event"
    SECTION: ClassVar[str | None] = "timeline"
    DATE: ClassVar[str] = "date"
    ANSWER: ClassVar[str | None] = "says"
    WEIGHT: ClassVar[float] = 0.88
    LABEL: ClassVar[str] = "title"

    title: Text
    """The event in a few words, as a heading."""
    date: Dates
    """When, as exact as it is known."""
    says: Prose
    """What happened, in one or two sentences."""
    tags: tuple[Slug, ...] = ()
    """Words to filter by."""
    countries: tuple[CountryRef, ...] = ()
    """Where."""
    about: tuple[AnyRef, ...] = ()
    """The records that it touches, as folder/id."""
    note: Prose | None = None
    """What a reader must know about the date or the source."""
    cite: Citations
    """The sources."""
