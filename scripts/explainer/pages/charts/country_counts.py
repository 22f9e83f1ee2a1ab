"""How many records name each country, as a map, its key and its table show it; and the countries of one record."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Cell, Key, Spot, shades, steps
from explainer.kinds.country import Country
from explainer.library.library import Library
from explainer.pages.charts.alternatives import alternative, valued
from explainer.pages.charts.basics import country_names, naming, span, way_to
from explainer.records.record import Record
from explainer.records.traits import Placed


@dataclass(frozen=True)
class CountryCounts:
    """Country -> how many records name it, at least one."""

    library: Library
    counts: Mapping[str, int]

    @cached_property
    def ordered(self) -> list[tuple[str, int]]:
        """Code and number, the most often named first."""
        names = country_names(self.library)
        return sorted(self.counts.items(), key=lambda item: (-item[1], names[item[0]].casefold()))

    @cached_property
    def shade(self) -> Mapping[tuple[int, int], int]:
        """Lowest and highest number -> their step on the map."""
        classes = steps(self.counts.values())
        return dict(zip(classes, shades(len(classes)), strict=True))

    def spots(self, page: str) -> dict[str, Spot]:
        """Country -> its step, what is said there, and where it leads from a page."""
        library, names = self.library, country_names(self.library)
        said = library.words("graphic.spot")
        return {
            code: Spot(
                next(step for (low, high), step in self.shade.items() if low <= number <= high),
                said.format(name=names[code], n=library.words.number(number)),
                way_to(page, library.get(Country, code)),
            )
            for code, number in self.counts.items()
        }

    def finding(self, key: str, **told: str) -> str:
        """The title that names the countries with the largest number; the word for several is that for one with `-tied`."""
        words, names, most = self.library.words, country_names(self.library), self.ordered[0][1]
        top = [names[code] for code, number in self.ordered if number == most]
        said = words(f"{key}-tied" if len(top) > 1 else key)
        return naming(words, top, lambda named: said.format(most=named, times=words.number(most), **told))

    def alternative(self) -> str:
        """What a map of them says to those who do not see it."""
        words, names = self.library.words, country_names(self.library)
        told = valued(words, ((names[code], words.number(number)) for code, number in self.ordered))
        return alternative(words, "map", told)

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows of the table: country, code, number."""
        return tuple((self.library.get(Country, code), code, number) for code, number in self.ordered)

    def key(self) -> tuple[Key, ...]:
        """What each step means; nothing where all countries are marked alike."""
        if len(self.shade) == 1:
            return ()
        return tuple(Key(f"step-{step}", span(self.library.words, *ends)) for ends, step in self.shade.items())


def counted_countries(library: Library, records: Iterable[Record]) -> CountryCounts:
    """How many of some records name each country."""
    placed = (record for record in records if isinstance(record, Placed))
    return CountryCounts(library, Counter(code for record in placed for code in dict.fromkeys(record.countries)))


def countries_of(library: Library, record: Placed) -> list[Country]:
    """The countries that a record names, by name."""
    codes = dict.fromkeys(record.countries)
    return sorted((library.get(Country, code) for code in codes), key=lambda land: land.name.casefold())


def alternative_of(library: Library, countries: Sequence[Country]) -> str:
    """What a map on which countries are marked alike says to those who do not see it."""
    return alternative(library.words, "map", [country.name for country in countries])


def marked_alike(page: str, countries: Iterable[Country]) -> dict[str, Spot]:
    """Country -> its spot on a map of one record, on which all are marked alike; each leads to the country from a page."""
    return {country.id: Spot(4, country.name, way_to(page, country)) for country in countries}
