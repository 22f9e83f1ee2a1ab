"""A goal of a programme, its editions, and the global goals that it serves."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from pydantic import Field

from explainer.base.values import Text, Truth
from explainer.records.model import Model, OrganisationRef, Prose, Refers, Vocabulary
from explainer.records.record import Story
from explainer.records.sourced import Citation, Citations, Classified, Fact, Names
from explainer.records.traits import Numbered, WithSign

from ..sdg.model import TargetId


class Directness(Vocabulary):
    """How a goal serves a global goal."""

    DIRECT = "direct"
    """The goal serves it directly."""
    INDIRECT = "indirect"
    """The goal serves it indirectly."""


class SdgLink(Classified):
    """A global goal that a goal serves, and who says so."""

    sdg: Annotated[str, Refers("sdg")]
    """The id of a global goal, as in 16."""
    targets: tuple[TargetId, ...] = ()
    """The targets meant, as in 16.4."""
    link: Directness | None = None
    """direct or indirect, where a source makes that difference."""
    our_label: Truth = False
    """True where the word direct or indirect is ours, not that of the source."""
    all_goals: Truth = False
    """True where the source says it of all goals together, not of this one."""


class GoalEdition(Model):
    """The wording of a goal in one edition."""

    year: int = Field(ge=1900, le=2200)
    """The year of the edition."""
    title: Text | None = None
    """The official title; empty where it was not read."""
    working_translation: Text | None = None
    """Our own rendering, where the official wording was not read."""
    names: Names = Field(default_factory=dict)
    """The title in other languages."""
    objectives: tuple[Text, ...] = ()
    """The objectives, in our own words, as far as they were read."""
    status: Text
    """How far this edition was read, in a few words."""
    cite: tuple[Citation, ...] = ()
    """Where it was read."""


class Capability(Model):
    """A project, database, operation or forum that serves a goal."""

    name: Text
    """Its name."""
    kind: Text
    """What it is: project, database, operation, forum …"""
    says: Prose
    """What it does."""
    record: Annotated[str, Refers(None)] | None = None
    """Its record, where it has one, as folder/id."""
    cite: Citations
    """The sources."""


class Counterpart(Model):
    """A body on the other side that works on the same goal."""

    name: Text
    """Its name."""
    organisation: OrganisationRef | None = None
    """Its record, where it has one."""
    says: Prose
    """What it does for the goal."""
    cite: Citations
    """The sources."""


class Goal(Story, Numbered, WithSign):
    """One goal of a programme."""

    KIND: ClassVar[str] = "goal"
    FOLDER: ClassVar[str] = "goals"
    FACET: ClassVar[bool] = True

    name: Text
    """The name that links show, as in "Goal 3: Clear water"."""
    number: int = Field(ge=1)
    """Its number."""
    owner: OrganisationRef
    """The organisation whose goal it is."""
    editions: Annotated[tuple[GoalEdition, ...], Field(min_length=1)]
    """Its wording, edition by edition, the oldest first."""
    sdgs: tuple[SdgLink, ...] = ()
    """The Sustainable Development Goals that it serves."""
    capabilities: tuple[Capability, ...] = ()
    """What serves it."""
    counterparts: tuple[Counterpart, ...] = ()
    """Who works on the same."""
    history: tuple[Fact, ...] = ()
    """What happened to it, dated."""

    def search_names(self) -> Iterable[str]:
        """The titles of its editions, in every language that they were read in."""
        for edition in self.editions:
            yield edition.title or edition.working_translation or ""
            yield from (name.text for name in edition.names.values())
