"""A region: a part of the world, as sources name it."""

from typing import ClassVar

from explainer.base.values import Text
from explainer.records.record import Entry


class Region(Entry):
    """A part of the world, as sources name it."""

    KIND: ClassVar[str] = "region"
    FOLDER: ClassVar[str] = "regions"
    LINKED: ClassVar[str] = "Place"
    SECTION: ClassVar[str | None] = None
    FACET: ClassVar[bool] = True
    PLACE: ClassVar[bool] = True

    name: Text
    """The region."""
