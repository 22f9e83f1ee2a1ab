"""A measure: what a figure counts."""

from typing import ClassVar

from explainer.base.values import Text, Truth
from explainer.records.model import Prose
from explainer.records.record import Entry


class Measure(Entry):
    """What a figure counts."""

    KIND: ClassVar[str] = "measure"
    FOLDER: ClassVar[str] = "measures"
    SECTION: ClassVar[str | None] = None
    ANSWER: ClassVar[str | None] = "summary"

    name: Text
    """What is counted, as a plural: "trees planted"."""
    unit: Text
    """The unit: people, kg, firearms, EUR …"""
    additive: Truth = False
    """True where figures of different records may be added up."""
    summary: Prose | None = None
    """What counts and what does not."""
