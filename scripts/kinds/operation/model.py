"""An operation: what police of several countries did together in one period, and what came of it."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from explainer.base.values import Slug, Text
from explainer.records.model import CountryRef, Model, OrganisationRef, Prose, Refers
from explainer.records.record import Story
from explainer.records.sourced import Citations, Classified, Fact, Figure, Period
from explainer.records.traits import Dated, InFamily, Joint, Placed, WithFigures


class GoalLink(Classified):
    """A goal that an operation serves, and who says so."""

    goal: Annotated[str, Refers("goal")]
    """The id of a goal, as in 3."""


class Role(Model):
    """An organisation that had a part in an operation, and who says which."""

    organisation: OrganisationRef
    """The id of a record in `content/organisations/`."""
    cite: Citations
    """The sources that say what its part was."""


class Operation(Story, Dated, WithFigures, Placed, InFamily, Joint):
    """One operation, or one edition of a series of them."""

    KIND: ClassVar[str] = "operation"
    FOLDER: ClassVar[str] = "operations"
    LINKED: ClassVar[str] = "Event"
    DATE: ClassVar[str] = "dates"
    REPLACED: ClassVar[Mapping[str, str]] = {
        "lead": "lead is now led, coordinated, supported or facilitated, each with cite; "
        "write each organisation as {organisation: id, cite: [source-id]} under what its source says"
    }

    name: Text
    """The name, as in "Operation Beacon II"."""
    family: Slug
    """The name that its editions share; its own name where there is only one."""
    edition: Text | None = None
    """Which edition it is, as the sources number it."""
    dates: Period
    """When it took place."""
    regions: tuple[Annotated[Slug, Refers("region")], ...] = ()
    """Where in the world: ids of records in `content/regions.yml`."""
    countries: tuple[CountryRef, ...] = ()
    """The countries that took part and are known by name, as ISO codes."""
    crime_types: tuple[Annotated[Slug, Refers("crime-type")], ...] = ()
    """What it was directed against."""
    goals: tuple[GoalLink, ...] = ()
    """The goals that it serves."""
    led: tuple[Role, ...] = ()
    """The organisations that led it, by the word of a source."""
    coordinated: tuple[Role, ...] = ()
    """Those that coordinated it; a source that has both words has both lists."""
    supported: tuple[Role, ...] = ()
    """Those that supported it."""
    facilitated: tuple[Role, ...] = ()
    """Those that made it possible, by planning or training, while others carried it out."""
    lead_countries: tuple[CountryRef, ...] = ()
    """The countries that led it, where a country did."""
    partners: tuple[OrganisationRef, ...] = ()
    """Organisations that took part and have a record, those that supported it among them."""
    other_partners: tuple[Text, ...] = ()
    """Others that took part, in words."""
    project: OrganisationRef | None = None
    """The project or programme that it belonged to."""
    funding: tuple[Fact, ...] = ()
    """Who paid."""
    figures: tuple[Figure, ...] = ()
    """What came of it, in numbers."""
    follow_ups: tuple[Prose, ...] = ()
    """What came after."""
    note: Prose | None = None
    """What a reader must know about the sources of this page."""

    @property
    def bodies(self) -> tuple[str, ...]:
        """The organisations that led it, coordinated it or took part, each once."""
        roles = (*self.led, *self.coordinated, *self.facilitated, *self.supported)
        return tuple(dict.fromkeys((*(role.organisation for role in roles), *self.partners)))
