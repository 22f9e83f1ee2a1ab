"""An organisation, an office of one, a project or a database: whatever acts or is used and has a name."""

from typing import ClassVar

from explainer.records.record import DatedFact, Figure, OrganisationRef, Story, Vocabulary
from explainer.values import Text, Url


class OrganisationKind(Vocabulary):
    """What an organisation is."""

    ORGANISATION = "organisation"
    ORGAN = "organ"
    OFFICE = "office"
    COMMITTEE = "committee"
    NETWORK = "network"
    PROGRAMME = "programme"
    PROJECT = "project"
    DATABASE = "database"
    NOTICE = "notice"


class Organisation(Story):
    """An organisation, or a part or tool of one."""

    KIND: ClassVar[str] = "organisation"
    FOLDER: ClassVar[str] = "organisations"

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
