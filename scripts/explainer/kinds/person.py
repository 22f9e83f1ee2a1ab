"""A person, and the offices that sources say the person held."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from explainer.base.values import PartialDate, Text
from explainer.records.model import CountryRef, Model, OrganisationRef, Prose
from explainer.records.record import Story
from explainer.records.sourced import Citations


class Role(Model):
    """An office, with its dates as far as they are known."""

    title: Text
    """What the office is called."""
    organisation: OrganisationRef | None = None
    """Where, if it has a record."""
    start: PartialDate | None = None
    """When it began."""
    end: PartialDate | None = None
    """When it ended; empty where it goes on or the end is not known."""
    note: Prose | None = None
    """What a reader must know about the dates."""
    cite: Citations
    """The sources."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.start and self.end and self.end.last_day < self.start.first_day:
            raise ValueError(f"ends on {self.end}, before it begins on {self.start}; check both dates")
        return self


class Person(Story):
    """A person in office."""

    KIND: ClassVar[str] = "person"
    FOLDER: ClassVar[str] = "people"
    LINKED: ClassVar[str] = "Person"

    name: Text
    """The name as the person's own organisation writes it."""
    country: CountryRef | None = None
    """The country that sources name the person by."""
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    """The offices held, the latest first."""
