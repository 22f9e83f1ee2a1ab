"""A region: a part of the world, as sources name it."""

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from explainer.base.values import Slug, Text
from explainer.records.model import CountryRef, Refers
from explainer.records.record import Entry
from explainer.records.sourced import Citation


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
    within: Annotated[Slug, Refers("region")] | None = None
    """The larger region that it is a part of: what happens here happens there, for the search and its filters."""
    countries: tuple[CountryRef, ...] = ()
    """The countries that a source counts to it, as ISO codes: their pages say so, and the search finds them by its name."""
    cite: tuple[Citation, ...] = ()
    """The source that says which countries belong to it; needed where there are any."""

    @model_validator(mode="after")
    def _countries_are_sourced(self) -> Self:
        if self.countries and not self.cite:
            raise ValueError("countries are given but no source says so; add cite: [source-id], or delete countries")
        return self
