"""A theme: what a part of a text is about."""

from typing import ClassVar

from explainer.base.values import Text
from explainer.records.model import Prose
from explainer.records.record import Entry


class Theme(Entry):
    """What a part of a text is about."""

    KIND: ClassVar[str] = "theme"
    FOLDER: ClassVar[str] = "themes"
    LINKED: ClassVar[str] = "DefinedTerm"
    PAGED: ClassVar[bool] = True
    ANSWER: ClassVar[str | None] = "summary"
    WEIGHT: ClassVar[float] = 0.95

    name: Text
    """The theme."""
    group: Text | None = None
    """The heading under which themes are shown together."""
    summary: Prose | None = None
    """What the theme covers."""
