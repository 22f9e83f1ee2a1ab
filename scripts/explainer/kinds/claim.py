"""A claim of a text that this dossier checks, and what the check found."""

from typing import ClassVar

from pydantic import Field

from explainer.base.values import Text
from explainer.records.model import AnyRef, Prose, SourceId, Vocabulary
from explainer.records.record import Entry
from explainer.records.sourced import Citations
from explainer.records.traits import Related


class Verdict(Vocabulary):
    """What became of a claim."""

    CONFIRMED = "confirmed"
    """Another source that was read says the same."""
    CONSISTENT = "consistent"
    """Other sources fit it; none states all of it."""
    ATTRIBUTED = "attributed"
    """Only the text itself, or whom it quotes, says so."""
    IMPRECISE = "imprecise"
    """Right at heart, but worded in a way that other sources correct."""
    MISSING = "missing"
    """The text announces it and does not give it."""


class Claim(Entry, Related):
    """One statement of a text, checked."""

    KIND: ClassVar[str] = "claim"
    FOLDER: ClassVar[str] = "claims"
    ANSWER: ClassVar[str | None] = "says"
    WEIGHT: ClassVar[float] = 0.88
    LABEL: ClassVar[str] = "title"

    title: Text
    """The claim in a few words, as a heading."""
    source: SourceId
    """The text that makes the claim."""
    paragraph: int = Field(ge=1)
    """Its paragraph in that text."""
    says: Prose
    """The claim, in our own words."""
    verdict: Verdict
    """What became of it."""
    finding: Prose
    """What the check found."""
    about: tuple[AnyRef, ...] = ()
    """The records that it touches, as folder/id."""
    cite: Citations
    """The sources of the verdict and the finding."""
