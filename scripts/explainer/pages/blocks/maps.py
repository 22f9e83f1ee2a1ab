"""Maps of a record's countries, and of those that a query names, by how many records name each."""

from explainer.figures.graphic import Graphic, Key, Map, Table
from explainer.library.blocks.query import Query
from explainer.library.blocks.resolve import Where
from explainer.library.library import Library
from explainer.pages.blocks.labels import counted, query_name
from explainer.pages.charts.basics import country_names, notes_of_map
from explainer.pages.charts.country_counts import alternative_of, counted_countries, countries_of, marked_alike
from explainer.records.record import Record
from explainer.records.traits import Placed


def map_of(library: Library, asked: Where, page: str, ident: str) -> Graphic:
    """A map, for a page."""
    if asked.record is not None:
        return _of_record(library, asked.record, page, ident)
    if asked.query is None:  # pragma: no cover - one of the two is always there
        raise TypeError(asked)
    return _of_query(library, asked.query, page, ident)


def _of_record(library: Library, record: Record, page: str, ident: str) -> Graphic:
    words = library.words
    lands = countries_of(library, record) if isinstance(record, Placed) else []
    drawing = Map(marked_alike(page, lands), country_names(library), light=True)
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
        alternative=alternative_of(library, lands),
    )


def _of_query(library: Library, query: Query, page: str, ident: str) -> Graphic:
    words, records = library.words, query.records(library)
    found = counted_countries(library, records)
    drawing = Map(found.spots(page), country_names(library), light=True)
    number, every = words.number(len(found.counts)), counted(words, query.model.KIND, len(records))
    return Graphic(
        id=ident,
        title=found.finding("block.map-most", all=every)
        if len(found.shade) > 1
        else words("block.map-all").format(n=number, all=every),
        says=words("block.map-by").format(what=query_name(library, query), n=number),
        drawing=drawing,
        table=Table(("country", "code", "records"), found.rows()),
        kinds=(query.model.KIND,),
        records=len(records),
        notes=notes_of_map(words, drawing),
        legend=(Key("land", words("graphic.none")), *key) if (key := found.key()) else (),
        alternative=found.alternative(),
    )
