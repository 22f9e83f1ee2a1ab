"""An explainer: a long text that tells a story from the records."""

from typing import ClassVar

from explainer.base.values import Text
from explainer.records.model import AnyRef
from explainer.records.record import Story
from explainer.records.traits import Related


class Explainer(Story, Related):
    """A long text with a citation in every paragraph that states a figure or a date."""

    KIND: ClassVar[str] = "explainer"
    FOLDER: ClassVar[str] = "explainers"
    LINKED: ClassVar[str] = "Article"
    WEIGHT: ClassVar[float] = 1.08

    name: Text
    """The title."""
    order: int = 0
    """Its place in the list of explainers, the lowest first."""
    about: tuple[AnyRef, ...] = ()
    """The records that it speaks of, as folder/id."""
