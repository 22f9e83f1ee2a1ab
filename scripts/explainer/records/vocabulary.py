"""The dossier's own vocabularies: themes, measures, crime types and regions."""

from typing import ClassVar

from explainer.base.values import Text, Truth
from explainer.records.model import Prose
from explainer.records.record import Entry


class Theme(Entry):
    """What a provision of a resolution is about."""

    KIND: ClassVar[str] = "theme"
    FOLDER: ClassVar[str] = "themes"

    name: Text
    """The theme."""
    group: Text | None = None
    """The heading under which themes are shown together."""
    summary: Prose | None = None
    """What the theme covers."""


class Measure(Entry):
    """What a figure counts."""

    KIND: ClassVar[str] = "measure"
    FOLDER: ClassVar[str] = "measures"

    name: Text
    """What is counted, as a plural: "victims rescued"."""
    unit: Text
    """The unit: people, kg, firearms, EUR …"""
    additive: Truth = False
    """True where figures of different records may be added up."""
    summary: Prose | None = None
    """What counts and what does not."""


class CrimeType(Entry):
    """What an operation is directed against."""

    KIND: ClassVar[str] = "crime-type"
    FOLDER: ClassVar[str] = "crime-types"

    name: Text
    """The crime."""
    summary: Prose | None = None
    """What it covers."""


class Region(Entry):
    """A part of the world, as sources name it."""

    KIND: ClassVar[str] = "region"
    FOLDER: ClassVar[str] = "regions"

    name: Text
    """The region."""
