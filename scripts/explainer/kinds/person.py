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
    last_known: PartialDate | None = None
    """Where the end is not known: the last date on which a source has the person in it; it does not count as held today."""
    note: Prose | None = None
    """What a reader must know about the dates."""
    cite: Citations
    """The sources."""

    @property
    def first_date(self) -> str:
        """The first date that is known, by which offices are ordered; empty if none is."""
        return str(self.start or self.last_known or self.end or "")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.start and self.end and self.end.last_day < self.start.first_day:
            raise ValueError(f"ends on {self.end}, before it begins on {self.start}; check both dates")
        return self

    @model_validator(mode="after")
    def _last_known_where_no_end_is(self) -> Self:
        last = self.last_known
        if last and self.end:
            raise ValueError(
                f"has an end, {self.end}, and last_known, {last}; last_known is for an end that is not known"
            )
        if last and self.start and last.last_day < self.start.first_day:
            raise ValueError(f"last known on {last}, before it begins on {self.start}; check both dates")
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
