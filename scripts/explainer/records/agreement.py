"""An agreement or arrangement between organisations."""

from typing import Annotated, ClassVar

from pydantic import Field

from explainer.records.record import DatedFact, Fact, OrganisationRef, Refers, Story, Vocabulary
from explainer.values import Slug, Text


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


class Agreement(Story):
    """What organisations agreed on."""

    KIND: ClassVar[str] = "agreement"
    FOLDER: ClassVar[str] = "agreements"

    name: Text
    """The name that links show."""
    kind: AgreementKind
    """What it is."""
    parties: Annotated[tuple[OrganisationRef, ...], Field(min_length=2)]
    """The organisations that made it."""
    signed: DatedFact
    """When it was signed, approved or entered."""
    supplements: Annotated[Slug, Refers("agreement")] | None = None
    """The agreement that it adds to."""
    registered: Fact | None = None
    """Where it is registered or printed."""
