"""An organisation, an office of one, a project or a database: whatever acts or is used and has a name."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from explainer.base.values import Text, Url
from explainer.records.model import OrganisationRef, Vocabulary
from explainer.records.record import Story
from explainer.records.sourced import DatedFact, Figure
from explainer.records.traits import Dated, WithFigures


class OrganisationKind(Vocabulary):
    """What an organisation is."""

    ORGANISATION = "organisation"
    """An organisation of its own."""
    ORGAN = "organ"
    """A main body of an organisation, as an assembly or a council."""
    OFFICE = "office"
    """A part of an organisation with staff."""
    COMMITTEE = "committee"
    """A body of members or experts."""
    NETWORK = "network"
    """Bodies that work together under one name."""
    PROGRAMME = "programme"
    """Work over years under one name."""
    PROJECT = "project"
    """Work with an end and a donor."""
    DATABASE = "database"
    """Data that others search."""
    NOTICE = "notice"
    """A kind of message or alert."""
    SERVICE = "service"
    """Something that is done for others, as a check against a database."""


class Organisation(Story, Dated, WithFigures):
    """An organisation, or a part or tool of one."""

    KIND: ClassVar[str] = "organisation"
    FOLDER: ClassVar[str] = "organisations"
    LINKED: ClassVar[str] = "Organization"
    LINKED_FIELDS: ClassVar[Mapping[str, str]] = {"website": "url", "abbreviation": "alternateName"}
    DATE: ClassVar[str] = "founded"

    name: Text
    """The name in full."""
    abbreviation: Text | None = None
    """The abbreviation under which it is known."""
    kind: OrganisationKind
    """What it is."""
    part_of: OrganisationRef | None = None
    """The organisation that it belongs to."""
    founded: DatedFact | None = None
    """When it was set up."""
    website: Url | None = None
    """Its own address."""
    figures: tuple[Figure, ...] = ()
    """Numbers that sources give for it."""

    @property
    def short(self) -> str:
        """The abbreviation, if it has one."""
        return self.abbreviation or super().short

    def search_names(self) -> Iterable[str]:
        """The abbreviation."""
        return (self.abbreviation,) if self.abbreviation else ()
