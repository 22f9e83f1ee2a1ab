"""An aim of the towns, and the steps towards it."""

from typing import ClassVar

from explainer.base.values import Dates, Text
from explainer.records.model import Model, Prose
from explainer.records.record import Entry
from explainer.records.sourced import Citations
from explainer.records.traits import Numbered


class AimStep(Model):
    """A step towards an aim."""

    says: Prose
    """What is to be done, in our own words."""
    since: Dates
    """When the towns agreed on it."""
    cite: Citations
    """The sources."""


class Aim(Entry, Numbered):
    """What the towns want to reach."""

    KIND: ClassVar[str] = "aim"
    FOLDER: ClassVar[str] = "aims"
    ANSWER: ClassVar[str | None] = "summary"
    FACET: ClassVar[bool] = True

    name: Text
    """The name that links show, as in "Aim 1: A river without waste"."""
    steps: tuple[AimStep, ...] = ()
    """The steps towards it, the oldest first."""
    summary: Prose
    """The aim in one sentence."""
    cite: Citations
    """The sources of the aim."""
