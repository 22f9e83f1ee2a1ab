"""A dispute: sources that differ on something that touches several records."""

from typing import Annotated, ClassVar

from pydantic import Field

from explainer.base.values import Text
from explainer.records.model import AnyRef, Prose
from explainer.records.record import Entry
from explainer.records.sourced import Position
from explainer.records.traits import Related


class Dispute(Entry, Related):
    """Sources that differ, side by side, where no single record is the place for it."""

    KIND: ClassVar[str] = "dispute"
    FOLDER: ClassVar[str] = "disputes"
    WEIGHT: ClassVar[float] = 0.88
    LABEL: ClassVar[str] = "title"

    title: Text
    """What they differ on, as a heading."""
    about: Annotated[tuple[AnyRef, ...], Field(min_length=1)]
    """The records that it touches, as folder/id."""
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    """What each side says; at least two."""
    note: Prose | None = None
    """How this site reads the difference, and why."""
    settled: Prose | None = None
    """What settled it, where something did."""
