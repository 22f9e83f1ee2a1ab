"""The page of countries: which records refer to each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import Related, index, related, section
from explainer.pages.page import LazyPage, Page
from explainer.records.country import Country
from explainer.records.operation import Operation


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country, and the operations and resolutions that refer to it."""

    record: Country
    operations: tuple[Operation, ...]
    others: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class CountryIndex:
    """Template data of the page of countries."""

    named: tuple[CountryEntry, ...]
    rest: tuple[CountryEntry, ...]


def _countries(library: Library) -> CountryIndex:
    lands = [
        CountryEntry(
            country, library.related(country, Operation), related(library, country, without=("operation", "event"))
        )
        for country in sorted(library.all(Country), key=lambda item: item.name.casefold())
    ]
    return CountryIndex(
        tuple(land for land in lands if land.operations), tuple(land for land in lands if not land.operations)
    )


def _page(library: Library) -> Page:
    return section(library, "country", _countries(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of countries."""
    yield index(library, addresses.SECTIONS["country"], partial(_page, library))
