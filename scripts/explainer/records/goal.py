"""A goal of a programme, its editions, and the global goals that it serves."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from explainer.base.values import Text, Truth
from explainer.records.model import Model, OrganisationRef, Prose, Refers, Vocabulary
from explainer.records.record import Entry, Story
from explainer.records.sourced import Citations, Cited, Classified, Fact, Names


def _target(text: str) -> str:
    number, dot, letter = text.partition(".")
    if not (number.isdecimal() and dot and letter and letter.isalnum() and text == text.lower()):
        raise ValueError(f"'{text}' is not a target; expected a number such as 16.4 or 16.a")
    return text


TargetId = Annotated[str, AfterValidator(_target)]


class Target(Model):
    """A target of a global goal."""

    target: TargetId
    """Its number, as in 16.4 or 16.a."""
    says: Prose
    """What it asks for, in our own words."""


class Sdg(Entry):
    """One of the Sustainable Development Goals."""

    KIND: ClassVar[str] = "sdg"
    FOLDER: ClassVar[str] = "sdgs"
    LABEL: ClassVar[str] = "name"

    name: Text
    """The short name, as in "SDG 16: Peace, justice and strong institutions"."""
    number: int = Field(ge=1, le=17)
    """Its number, 1 to 17."""
    targets: tuple[Target, ...] = ()
    """The targets that this dossier speaks of."""
    cite: Citations
    """The sources of the title."""


class Directness(Vocabulary):
    """How a goal serves a global goal."""

    DIRECT = "direct"
    """The source says that the goal serves it directly."""
    INDIRECT = "indirect"
    """The source says that the goal serves it indirectly."""


class SdgLink(Classified):
    """A global goal that a goal serves, and who says so."""

    sdg: Annotated[str, Refers("sdg")]
    """The id of a global goal, as in 16."""
    targets: tuple[TargetId, ...] = ()
    """The targets meant, as in 16.4."""
    link: Directness | None = None
    """direct or indirect, where a source makes that difference."""
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
    cite: tuple[Cited, ...] = ()
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


class Goal(Story):
    """One goal of a programme."""

    KIND: ClassVar[str] = "goal"
    FOLDER: ClassVar[str] = "goals"

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
