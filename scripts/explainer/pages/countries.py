"""The page of countries: which records refer to each."""

from collections.abc import Iterator, Sequence
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

    @property
    def is_named(self) -> bool:
        """Whether anything takes place in it."""
        return any(records for _, records in self.placed)


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
        return " ".join(str(column) for column in range(3, 3 + len(self.kinds) + self.has_memberships))

    @property
    def sorts(self) -> str:
        """The columns by which the list can be sorted: all but that of the memberships."""
        return " ".join(str(column) for column in range(1, 3 + len(self.kinds)))

    @property
    def has_memberships(self) -> bool:
        """Whether any country is a member of an organisation, as far as the dossier knows; else no column is shown."""
        return any(land.record.memberships for land in (*self.named, *self.rest))


def _countries(library: Library) -> CountryIndex:
    kinds = library.kinds.having(Placed)
    countries = sorted(library.all(Country), key=lambda item: item.name.casefold())
    lands = [_entry(library, country, kinds) for country in countries]
    return CountryIndex(
        kinds=tuple(model.KIND for model in kinds),
        anchor=f"in-{kinds[0].FOLDER}" if kinds else "named",
        named=tuple(land for land in lands if land.is_named),
        rest=tuple(land for land in lands if not land.is_named),
    )


def _entry(library: Library, country: Country, kinds: Sequence[type[Record]]) -> CountryEntry:
    placed = tuple((model.KIND, library.related(country, model)) for model in kinds)
    without = [*(model.KIND for model in kinds), Event.KIND]
    return CountryEntry(country, placed, related(library, country, without=without))


def _page(library: Library) -> Page:
    return section(library, "country", _countries(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of countries."""
    yield index(library, addresses.section(Country), partial(_page, library))
