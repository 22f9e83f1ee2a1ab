"""Traits: what records of several types have in common, and what pages, checks, search and charts can rely on.

A type takes on a trait by inheriting from it. It may declare a field of the trait again, in words and at a place of its own.
"""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from pydantic import Field

from explainer.base.values import Dates, PartialDate, Slug, Text
from explainer.records.model import AnyRef, CountryRef, Refers
from explainer.records.record import Record
from explainer.records.signs import Sign
from explainer.records.sourced import Citation, DatedFact, Figure, Period, citations_of


class Dated(Record):
    """A record with a main date, in the field that DATE names: it counts for years, for the search and for lines of descent."""

    DATE: ClassVar[str]
    """The field with the main date: a Period, a DatedFact, Dates or a PartialDate; it may be empty."""

    @property
    def when(self) -> Dates | None:
        """The main date; None if it is not known."""
        match getattr(self, self.DATE):
            case DatedFact(date=dates) | Period(dates=dates) | (Dates() as dates):
                return dates
            case PartialDate() as date:
                return Dates(date, date)
        return None

    @property
    def when_cited(self) -> tuple[Citation, ...]:
        """The sources of the main date: its own, else those of the record."""
        match getattr(self, self.DATE):
            case DatedFact(cite=cite) | Period(cite=cite):
                return cite
        return citations_of(self)


class WithFigures(Record):
    """A record with figures: cards and lines on its page, and parts of sums and tallies."""

    figures: tuple[Figure, ...] = ()
    """Numbers that sources give for it."""


class Placed(Record):
    """A record that takes place somewhere: on maps, on the page of countries and in the filters of the search."""

    regions: tuple[Annotated[Slug, Refers("region")], ...] = ()
    """Where in the world: ids of records in `content/regions.yml`."""
    countries: tuple[CountryRef, ...] = ()
    """The countries that took part and are known by name, as ISO codes."""


class Numbered(Record):
    """A record that is known by its number, which is also its id."""

    number: int = Field(ge=1)
    """Its number."""


class WithSign(Record):
    """A record with a sign of its own: at the head of its page, in lists of its kind and on its preview card."""

    sign: Sign | None = None
    """A pictogram: lines on a field of 24 by 24 as commands of SVG paths, as in M4 12H20M12 4V20."""


class InFamily(Record):
    """One of several editions of a thing that share a name; each edition of a family is told apart."""

    family: Slug
    """The name that its editions share; its own name where there is only one."""
    edition: Text | None = None
    """Which edition it is, as the sources number it."""


class Related(Record):
    """A record that is about others: the pages of those list it."""

    about: tuple[AnyRef, ...] = ()
    """The records that it touches, as folder/id."""


class Joint(Record):
    """Something that several organisations do together; the chart of who works with whom counts it."""

    @property
    def bodies(self) -> Iterable[str]:
        """The ids of the organisations."""
        raise NotImplementedError
