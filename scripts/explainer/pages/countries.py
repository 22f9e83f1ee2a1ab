"""The page of countries: which records refer to each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.kinds.country import Country
from explainer.kinds.event import Event
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import RelatedGroup, index, related, section
from explainer.pages.page import LazyPage, Page
from explainer.records.record import Record
from explainer.records.traits import Placed


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country, the records that take place in it, and others that refer to it."""

    record: Country
    placed: tuple[tuple[str, tuple[Record, ...]], ...]
    """For every kind of record that takes place somewhere: its name and the records."""
    others: tuple[RelatedGroup, ...]


@dataclass(frozen=True, slots=True)
class CountryIndex:
    """Template data of the page of countries."""

    kinds: tuple[str, ...]
    """The kinds of record that take place somewhere."""
    anchor: str
    """The anchor of the countries in which something takes place."""
    named: tuple[CountryEntry, ...]
    """The countries in which something takes place."""
    rest: tuple[CountryEntry, ...]

    @property
    def filters(self) -> str:
        """The columns by which the list can be filtered: those of the kinds, and that of the memberships."""
        return " ".join(str(column) for column in range(3, 4 + len(self.kinds)))

    @property
    def sorts(self) -> str:
        """The columns by which the list can be sorted: all but that of the memberships."""
        return " ".join(str(column) for column in range(1, 3 + len(self.kinds)))


def _countries(library: Library) -> CountryIndex:
    kinds = library.kinds.having(Placed)
    without = [*(model.KIND for model in kinds), Event.KIND]
    lands = [
        CountryEntry(
            country,
            tuple((model.KIND, library.related(country, model)) for model in kinds),
            related(library, country, without=without),
        )
        for country in sorted(library.all(Country), key=lambda item: item.name.casefold())
    ]
    named = tuple(land for land in lands if any(records for _, records in land.placed))
    anchor = f"in-{kinds[0].FOLDER}" if kinds else "named"
    return CountryIndex(
        tuple(model.KIND for model in kinds), anchor, named, tuple(land for land in lands if land not in named)
    )


def _page(library: Library) -> Page:
    return section(library, "country", _countries(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of countries."""
    yield index(library, addresses.section(Country), partial(_page, library))
