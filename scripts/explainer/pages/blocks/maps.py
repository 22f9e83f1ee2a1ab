"""Maps of a record's countries, and of those that a query names, by how many records name each."""

from collections import Counter
from dataclasses import dataclass

from explainer.figures.graphic import Graphic, Key, Map, Spot, Table, shades, steps
from explainer.kinds.country import Country
from explainer.library.blocks.query import Query
from explainer.library.blocks.resolve import Where
from explainer.library.library import Library
from explainer.pages.blocks.labels import counted, query_name, way
from explainer.pages.charts.basics import MOST_NAMED, country_names, notes_of_map, span
from explainer.records.record import Record
from explainer.records.traits import Placed


def map_of(library: Library, asked: Where, page: str, ident: str) -> Graphic:
    """A map, for a page."""
    if asked.record is not None:
        return _of_record(library, asked.record, page, ident)
    if asked.query is None:  # pragma: no cover - one of the two is always there
        raise TypeError(asked)
    return _of_query(_NamedLands(library, asked.query), page, ident)


def _of_record(library: Library, record: Record, page: str, ident: str) -> Graphic:
    words, names = library.words, country_names(library)
    codes = dict.fromkeys(record.countries) if isinstance(record, Placed) else {}
    lands = sorted((library.get(Country, code) for code in codes), key=lambda land: land.name.casefold())
    drawing = Map({land.id: Spot(4, land.name, way(library, page, land)) for land in lands}, names)
    key = "block.map-one" if len(lands) == 1 else "block.map-many"
    return Graphic(
        id=ident,
        title=words(key).format(name=record.label, n=words.number(len(lands)), land=lands[0].name),
        says=words("block.map-says"),
        drawing=drawing,
        table=Table(("country", "code"), tuple((land, land.id) for land in lands)),
        kinds=(record.KIND,),
        records=1,
        notes=notes_of_map(words, drawing),
    )


@dataclass(frozen=True)
class _NamedLands:
    """The countries that the records of a query name."""

    library: Library
    query: Query

    def counts(self) -> Counter[str]:
        """Country -> how many records name it."""
        records = self.query.records(self.library)
        return Counter(
            code for record in records if isinstance(record, Placed) for code in dict.fromkeys(record.countries)
        )


def _of_query(named: _NamedLands, page: str, ident: str) -> Graphic:
    library, query = named.library, named.query
    words, names, counts = library.words, country_names(library), named.counts()
    classes = steps(counts.values())
    shade = dict(zip(classes, shades(len(classes)), strict=True))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], names[item[0]].casefold()))
    top = [names[code] for code, number in ordered if number == ordered[0][1]]
    spots = {
        code: Spot(
            next(step for (low, high), step in shade.items() if low <= number <= high),
            words("graphic.spot").format(name=names[code], n=words.number(number)),
            way(library, page, library.get(Country, code)),
        )
        for code, number in counts.items()
    }
    drawing = Map(spots, names, light=True)
    found = query.records(library)
    return Graphic(
        id=ident,
        title=words("block.map-most" if len(classes) > 1 else "block.map-all").format(
            n=words.number(len(counts)),
            all=counted(words, query.model.KIND, len(found)),
            most=words("joint.comma").join(top[:MOST_NAMED]) + ("…" if len(top) > MOST_NAMED else ""),
            times=words.number(ordered[0][1]),
        ),
        says=words("block.map-by").format(what=query_name(library, query)),
        drawing=drawing,
        table=Table(
            ("country", "code", "records"), tuple((library.get(Country, code), code, n) for code, n in ordered)
        ),
        kinds=(query.model.KIND,),
        records=len(found),
        notes=notes_of_map(words, drawing),
        legend=tuple(Key(f"step-{step}", span(words, *ends)) for ends, step in shade.items()),
    )
