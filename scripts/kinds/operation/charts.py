"""Charts of operations: where they took place, and when."""

from collections.abc import Iterator
from decimal import Decimal

from explainer.figures.graphic import Graphic, Key, Map, Table
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.totals import tallied
from explainer.pages.charts.basics import FEWEST, country_names, language_in, notes_of_map
from explainer.pages.charts.country_counts import alternative_of, counted_countries, countries_of, marked_alike
from explainer.pages.charts.tally_bars import of_tally
from explainer.records.dossier import YEAR, Tally

from .model import Operation


def countries_in_operations(library: Library) -> Iterator[Graphic]:
    """A world map: in how many operations each country is named."""
    words = language_in(library)
    named = [operation for operation in library.all(Operation) if operation.countries]
    every = len(library.all(Operation))
    found = counted_countries(library, named)
    if len(found.counts) < FEWEST:
        return
    drawing = Map(found.spots(addresses.index(Operation)), country_names(library), whole=True, light=True)
    yield Graphic(
        id="operations-by-country",
        title=found.finding("graphic.operations-map.says", of=words.number(len(named))),
        says=words(f"graphic.operations-map.title{'-some' if len(named) < every else ''}").format(
            n=words.number(len(found.counts)), of=words.number(len(named)), all=words.number(every)
        ),
        drawing=drawing,
        table=Table(("country", "code", "operations"), found.rows()),
        kinds=(Operation.KIND,),
        records=len(named),
        notes=notes_of_map(words, drawing),
        legend=(Key("land", words("graphic.none")), *found.key()),
        alternative=found.alternative(),
    )


def operations_by_year(library: Library) -> Iterator[Graphic]:
    """A bar chart: how many operations began in each year."""
    words = language_in(library)
    tally = Tally(id="operations-by-year", title=words("graphic.operations-years"), of=Operation.FOLDER, by=YEAR)
    yield from of_tally(library, tallied(library, tally), ident="operations-by-year")


def of_operation(
    library: Library, record: Operation, *, unnamed: Decimal | None = None, exact: bool = False
) -> Iterator[Graphic]:
    """A map of the known countries that took part in an operation; `unnamed` is the number of further ones, and may be `exact`."""
    ordered = countries_of(library, record)
    if not ordered:
        return
    words = language_in(library)
    number = "one" if len(ordered) == 1 else "some"
    key = number if not unnamed else f"{number}-of" if exact else f"{number}-known"
    more = (words("graphic.operation-map.unnamed").format(n=words.number(unnamed)),) if unnamed else ()
    drawing = Map(marked_alike(addresses.page(record) or "", ordered), country_names(library), light=True)
    yield Graphic(
        id=f"operation-{record.id}-countries",
        title=words(f"graphic.operation-map.{key}").format(
            n=words.number(len(ordered)), name=ordered[0].name, all=words.number(len(ordered) + (unnamed or 0))
        ),
        says=words("graphic.operation-map.title").format(name=record.name),
        drawing=drawing,
        table=Table(("country", "code"), tuple((land, land.id) for land in ordered)),
        kinds=(Operation.KIND,),
        records=1,
        notes=(*more, *notes_of_map(words, drawing)),
        alternative=alternative_of(library, ordered),
    )
