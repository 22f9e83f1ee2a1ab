"""Which parts of the world hold a record: those that it names, or those of its countries, and the larger ones around them."""

from collections.abc import Iterable, Iterator

from explainer.kinds.country import Country
from explainer.kinds.region import Region
from explainer.library.library import Library


def with_larger(library: Library, regions: Iterable[Region]) -> tuple[Region, ...]:
    """Some regions, each followed by those around it; none twice."""
    return tuple(dict.fromkeys(each for region in regions for each in _outwards(library, region)))


def _outwards(library: Library, region: Region) -> Iterator[Region]:
    """A region, then the one around it, and so on; a check refuses two that are within each other."""
    yield region
    if region.within:
        yield from _outwards(library, library.get(Region, region.within))


def of_country(library: Library, country: Country) -> tuple[Region, ...]:
    """The regions that a country names, and those that count it to them, with the larger ones around them."""
    own = (library.get(Region, ident) for ident in country.regions)
    return with_larger(library, (*own, *library.related(country, Region, "countries")))
