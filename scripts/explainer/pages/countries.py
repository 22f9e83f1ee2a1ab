"""Pages of countries: one per country with what refers to it, and the compact index of all."""

from collections.abc import Iterable, Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates
from explainer.figures import world
from explainer.figures.graphic import Graphic, Map, Spot, Table
from explainer.kinds.country import Country, MembershipStatus
from explainer.kinds.event import Event
from explainer.kinds.organisation import Organisation
from explainer.kinds.region import Region
from explainer.library import addresses, regions
from explainer.library.library import Library
from explainer.pages.charts.basics import country_names, notes_of_map
from explainer.pages.common import index, own, related, section
from explainer.pages.descriptions import describe
from explainer.pages.page import LazyPage, Page
from explainer.records.record import Record
from explainer.records.sourced import Citation
from explainer.records.traits import Dated, Placed


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """The records of one type that refer to a country, the newest first, each with its date if it has one."""

    kind: str
    records: tuple[tuple[Record, Dates | None], ...]


@dataclass(frozen=True, slots=True)
class CountryPage:
    """Template data of the page of a country."""

    record: Country
    kinds: tuple[str, ...]
    """The kinds of record that take place somewhere."""
    groups: tuple[CountryGroup, ...]
    """What takes place in it, kind by kind, then the events, then others that refer to it."""
    map: Graphic | None
    """Where it lies; None if no outline of it is known."""
    regions: tuple[Region, ...]
    """The parts of the world that it lies in."""
    regions_cite: tuple[Citation, ...]
    """The sources that count it to them."""

    @property
    def is_named(self) -> bool:
        """Whether anything takes place in it."""
        return any(group.kind in self.kinds for group in self.groups)


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A row of the index: a country, and how much names it."""

    record: Country
    is_named: bool
    """Whether anything takes place in it."""
    counts: tuple[tuple[str, int], ...]
    """Kind of record that takes place somewhere -> the number of those in it, without zeros; if there are none, of any that name it."""
    memberships: tuple[str, ...]
    """Every membership in words, by which the list can be filtered."""
    exceptions: tuple[str, ...]
    """Those other than that of a member."""


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
    def has_memberships(self) -> bool:
        """Whether any country is a member of an organisation, as far as the dossier knows; else there is no such filter."""
        return any(land.memberships for land in (*self.named, *self.rest))


def counts_in(library: Library, country: Country) -> tuple[tuple[str, int], ...]:
    """Kind of record that takes place somewhere -> the number of those that refer to a country, without zeros."""
    counted = ((model.KIND, len(library.related(country, model))) for model in library.kinds.having(Placed))
    return tuple((kind, number) for kind, number in counted if number)


def in_short(library: Library, country: Country) -> str:
    """A country in one line: its codes, and how much takes place in it."""
    words = library.words
    known = words("joint.comma").join((words("kinds", "country"), country.id, country.alpha3))
    pattern = words("mark-off.colon")
    counted = (
        pattern.format(before=words("columns", library.kinds.by_kind[kind].FOLDER), after=number)
        for kind, number in counts_in(library, country)
    )
    return words("joint.semicolon").join((known, *counted))


def _countries(library: Library) -> CountryIndex:
    kinds = library.kinds.having(Placed)
    countries = sorted(library.all(Country), key=lambda item: item.name.casefold())
    lands = [_entry(library, country) for country in countries]
    return CountryIndex(
        kinds=tuple(model.KIND for model in kinds),
        anchor=f"in-{kinds[0].FOLDER}" if kinds else "named",
        named=tuple(land for land in lands if land.is_named),
        rest=tuple(land for land in lands if not land.is_named),
    )


def _entry(library: Library, country: Country) -> CountryEntry:
    words = library.words
    said = [
        (
            item.status,
            words("mark-off.colon").format(
                before=library.get(Organisation, item.organisation).label, after=words("membership", item.status)
            ),
        )
        for item in country.memberships
    ]
    counts = counts_in(library, country)
    return CountryEntry(
        country,
        bool(counts),
        counts or tuple((group.kind, len(group.records)) for group in _groups(library, country)),
        tuple(text for _, text in said),
        tuple(text for status, text in said if status is not MembershipStatus.MEMBER),
    )


def _page(library: Library) -> Page:
    return section(library, "country", _countries(library))


def _group(kind: str, records: Iterable[Record]) -> CountryGroup:
    """Records with their dates, the newest first and those without a date last, else in their order."""
    dated = [(record, record.when if isinstance(record, Dated) else None) for record in records]
    known = sorted(((item, when) for item, when in dated if when), key=lambda pair: pair[1], reverse=True)
    return CountryGroup(kind, (*known, *((item, when) for item, when in dated if not when)))


def _groups(library: Library, country: Country) -> Iterator[CountryGroup]:
    first: list[type[Record]] = [*library.kinds.having(Placed), Event]
    for model in first:
        if found := library.related(country, model):
            yield _group(model.KIND, found)
    for other in related(library, country, without=[model.KIND for model in first]):
        yield _group(other.kind, other.records)


def _map(library: Library, country: Country) -> Graphic | None:
    words = library.words
    drawing = Map({country.id: Spot(4, country.name)}, country_names(library), small=True)
    if world.undrawn(drawing):
        return None
    return Graphic(
        id=f"country-{country.id.lower()}",
        title=words("countries-page.map").format(name=country.name),
        says=words("countries-page.map-says").format(name=country.name),
        drawing=drawing,
        table=Table((), ()),
        kinds=(Country.KIND,),
        records=1,
        notes=notes_of_map(words, drawing),
    )


def _regions_cite(library: Library, country: Country) -> tuple[Citation, ...]:
    """The sources of the regions that count a country to them, each once."""
    every = library.related(country, Region, "countries")
    return tuple({citation.source: citation for region in every for citation in region.cite}.values())


def _country(library: Library, country: Country) -> Page:
    return Page(
        path=addresses.page(country) or "",
        template="country.md.j2",
        title=country.name,
        description=describe(in_short(library, country)),
        data=CountryPage(
            country,
            tuple(model.KIND for model in library.kinds.having(Placed)),
            tuple(_groups(library, country)),
            _map(library, country),
            regions.of_country(library, country),
            _regions_cite(library, country),
        ),
        source=library.document(country).path,
        record=country,
    )


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per country, then their index."""
    for country in library.all(Country):
        yield own(library, country, partial(_country, library, country))
    yield index(library, addresses.section(Country), partial(_page, library))
