"""A chemical, and the schedule by which its use ends."""

from typing import ClassVar

from explainer.base.values import Number, PartialDate, Text
from explainer.records.model import Model, OrganisationRef
from explainer.records.record import Story
from explainer.records.sourced import Citations, Fact
from explainer.records.traits import WithFigures


class Step(Model):
    """What a group of parties may still use from a year on."""

    year: PartialDate
    """The year from which it holds."""
    group: OrganisationRef
    """The parties for which it holds."""
    left: Number
    """What is left, in per cent of the baseline."""
    cite: Citations
    """The sources of the step."""


class Chemical(Story, WithFigures):
    """A substance that is phased out."""

    KIND: ClassVar[str] = "chemical"
    FOLDER: ClassVar[str] = "chemicals"

    name: Text
    """The name under which the decisions list it."""
    formula: Text
    """The formula."""
    potential: Number
    """How much ozone it destroys, against a reference substance of 1."""
    baseline: Fact
    """What the percentages of the schedule are taken of."""
    schedule: tuple[Step, ...] = ()
    """The steps, by group and year."""
