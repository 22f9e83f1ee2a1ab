"""An agreement or arrangement between organisations, or a treaty between States."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from explainer.base.values import Slug, Text
from explainer.records.model import OrganisationRef, Refers, Vocabulary
from explainer.records.record import Story
from explainer.records.sourced import DatedFact, Fact
from explainer.records.traits import Dated, Joint


class AgreementKind(Vocabulary):
    """What the parties call it."""

    AGREEMENT = "agreement"
    """A treaty-like text that its parties call an agreement."""
    ARRANGEMENT = "arrangement"
    """A working arrangement between secretariats."""
    MEMORANDUM = "memorandum"
    """A memorandum of understanding."""
    DECLARATION = "declaration"
    """A statement that parties adopted together."""
    PLAN = "plan"
    """A plan of joint work."""
    COMPACT = "compact"
    """A framework that many bodies joined."""
    TREATY = "treaty"
    """A treaty that States conclude with each other."""


class Agreement(Story, Dated, Joint):
    """What organisations agreed on, or States in a treaty."""

    KIND: ClassVar[str] = "agreement"
    FOLDER: ClassVar[str] = "agreements"
    LINKED: ClassVar[str] = "Legislation"
    LINKED_FIELDS: ClassVar[Mapping[str, str]] = {"signed": "legislationDate"}
    DATE: ClassVar[str] = "signed"

    name: Text
    """The name that links show."""
    kind: AgreementKind
    """What it is."""
    parties: Annotated[tuple[OrganisationRef, ...], Field(min_length=2)] = ()
    """The organisations that made it; left out only in a treaty, whose parties are States."""
    signed: DatedFact
    """When it was signed, approved, entered or opened for signature."""
    supplements: Annotated[Slug, Refers("agreement")] | None = None
    """The agreement that it adds to."""
    registered: Fact | None = None
    """Where it is registered or printed."""

    @model_validator(mode="after")
    def _names_its_parties(self) -> Self:
        if not self.parties and self.kind is not AgreementKind.TREATY:
            raise ValueError(
                "parties is missing; expected at least two organisations; add parties: [id, id], or write kind: treaty"
            )
        return self

    @property
    def bodies(self) -> tuple[str, ...]:
        """The parties."""
        return self.parties
