"""A Sustainable Development Goal, and its targets."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from explainer.base.values import Text
from explainer.records.model import Model, Prose
from explainer.records.record import Entry
from explainer.records.sourced import Citations
from explainer.records.traits import Numbered


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


class Sdg(Entry, Numbered):
    """One of the Sustainable Development Goals."""

    KIND: ClassVar[str] = "sdg"
    FOLDER: ClassVar[str] = "sdgs"
    LINKED: ClassVar[str] = "DefinedTerm"
    LABEL: ClassVar[str] = "name"

    name: Text
    """The short name, as in "SDG 16: Peace, justice and strong institutions"."""
    number: int = Field(ge=1, le=17)
    """Its number, 1 to 17."""
    targets: tuple[Target, ...] = ()
    """The targets that this dossier speaks of."""
    cite: Citations
    """The sources of the title."""

    @property
    def anchor(self) -> str:
        """The anchor on the index, told apart from that of a goal."""
        return f"sdg-{self.ident}"
