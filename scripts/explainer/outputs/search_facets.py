"""The facets of search texts: the values by which results are filtered, and what the filters are called."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from explainer.base.language import Language
from explainer.kinds.country import Country
from explainer.kinds.event import Event
from explainer.kinds.region import Region
from explainer.kinds.source import Source
from explainer.library import addresses, regions
from explainer.library.library import Library
from explainer.outputs.search_files import KIND_FACET, RESTS_FACET, YEAR_FACET
from explainer.outputs.search_passages import referred
from explainer.records.model import Refers
from explainer.records.record import Named, Record
from explainer.records.references import marked
from explainer.records.traits import Dated, Placed

LONGEST_SPAN = 20
"""Date ranges of this many years or more are indexed under their first and last year only."""


def facets_of(library: Library, words: Language, record: Record) -> dict[str, list[Any]]:
    """The values that a record has of each facet, by the key of the facet."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    kinds: set[str] = {record.kind.value} if isinstance(record, Source) else set()
    others = (record, *_named(library, record))
    for other in (*others, *_regions(library, record, others)):
        if other.FACET:
            found[other.KIND].add(other.label)
        elif isinstance(other, Source):
            kinds.add(other.kind.value)
    return {
        KIND_FACET: [words.kind_found(record.KIND)],
        **{model.KIND: sorted(found[model.KIND]) for model in library.kinds.types if model.FACET},
        YEAR_FACET: _years(record),
        RESTS_FACET: [words("source-kind", kind) for kind in sorted(kinds)],
    }


def _regions(library: Library, record: Record, named: Iterable[Record]) -> Iterable[Record]:
    """The regions around those that a record names; of a country, and of what takes place in some, those around them."""
    every = tuple(named)
    own = [each for each in every if isinstance(each, Region)]
    if own or not isinstance(record, Country | Event | Placed):
        return regions.with_larger(library, own)
    countries = (each for each in every if isinstance(each, Country))
    return tuple(region for country in countries for region in regions.of_country(library, country))


def other_names(library: Library, facet: str) -> dict[str, list[str]]:
    """Label of each record by which a facet filters -> its other names, in this language and in others."""
    model = library.kinds.by_kind.get(facet)
    named = (each for each in library.all(model) if isinstance(each, Named)) if model else ()
    found = {
        each.label: [*map(str, each.other_names), *(name.text for name in each.names.values())]
        for each in named
        if not addresses.page(each)
    }
    return {label: names for label, names in found.items() if names}


def facet_names(library: Library) -> tuple[str, ...]:
    """The filters for results: the type, the kinds of record that are filters, the year, and the kinds of source cited."""
    return (KIND_FACET, *(model.KIND for model in library.kinds.types if model.FACET), YEAR_FACET, RESTS_FACET)


def facet_label(words: Language, facet: str) -> str:
    """What a facet is called."""
    return words("search.facets", facet) if facet in {KIND_FACET, YEAR_FACET, RESTS_FACET} else words("kinds", facet)


def _named(library: Library, record: Record) -> Iterator[Record]:
    """Records that a record refers to in its fields, including cited sources."""
    for item in marked(record):
        if isinstance(item.marker, Refers):
            other = referred(library, item.value, item.marker)
            if other is not None:
                yield other


def _years(record: Record) -> list[int]:
    """Years of a record's main date, for the year facet; empty without one."""
    date = record.when if isinstance(record, Dated) else None
    if date is None:
        return []
    first, last = date.start.year, date.end.year
    return list(range(first, last + 1)) if last - first < LONGEST_SPAN else [first, last]
