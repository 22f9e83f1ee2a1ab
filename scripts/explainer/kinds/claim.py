"""A claim of a text that this dossier checks, and what the check found."""

from typing import ClassVar, Self

from pydantic import Field, model_validator

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
    CONTRADICTED = "contradicted"
    """A source that was read says otherwise; the finding cites it."""
    OUTDATED = "outdated"
    """Right when it was written, and no longer; the finding cites what came since."""


class Claim(Entry, Related):
    """One statement of a text, checked."""

    KIND: ClassVar[str] = "claim"
    FOLDER: ClassVar[str] = "claims"
    LINKED: ClassVar[str] = "ClaimReview"
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

    @model_validator(mode="after")
    def _finding_cites(self) -> Self:
        if self.verdict in {Verdict.CONTRADICTED, Verdict.OUTDATED} and "[@" not in self.finding:
            raise ValueError(
                f"the verdict is {self.verdict} but the finding cites nothing; "
                "expected the source that says so; add [@source-id] after what it says"
            )
        return self
