"""A type of crime."""

from typing import ClassVar

from explainer.base.values import Text
from explainer.records.model import Prose
from explainer.records.record import Entry


class CrimeType(Entry):
    """What an operation is directed against."""

    KIND: ClassVar[str] = "crime-type"
    FOLDER: ClassVar[str] = "crime-types"
    LINKED: ClassVar[str] = "DefinedTerm"
    SECTION: ClassVar[str | None] = None
    ANSWER: ClassVar[str | None] = "summary"
    FACET: ClassVar[bool] = True

    name: Text
    """The crime."""
    summary: Prose | None = None
    """What it covers."""
