"""Charts of operations: where they took place, and when."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from explainer.base.language import Language
from explainer.figures.graphic import Graphic, Key, Map, Spot, Table, shades, steps
from explainer.kinds.country import Country
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.totals import tallied
from explainer.pages.charts.basics import FEWEST, MOST_NAMED, country_names, language_in, notes_of_map, span, way_to
from explainer.pages.charts.tally_bars import of_tally
from explainer.records.dossier import YEAR, Tally

from .model import Operation


def countries_in_operations(library: Library) -> Iterator[Graphic]:
    """A world map: in how many operations each country is named."""
    words = language_in(library)
    named = [operation for operation in library.all(Operation) if operation.countries]
    counts = Counter(code for operation in named for code in dict.fromkeys(operation.countries))
    if len(counts) < FEWEST:
        return
    names = country_names(library)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], names[item[0]].casefold()))
    classes = steps(counts.values())
    shade = dict(zip(classes, shades(len(classes)), strict=True))
    drawing = Map(_spots(library, counts, shade), names, whole=True)
    yield Graphic(
        id="operations-by-country",
        title=words("graphic.operations-map.title"),
        says=words("graphic.operations-map.says").format(
            n=words.number(len(counts)),
            of=words.number(len(named)),
            most=_most_named(words, names, ordered),
            times=words.number(ordered[0][1]),
        ),
        drawing=drawing,
        table=Table(
            ("country", "code", "operations"),
            tuple((library.get(Country, code), code, number) for code, number in ordered),
        ),
        kinds=(Operation.KIND,),
        records=len(named),
        notes=notes_of_map(words, drawing),
        legend=(
            Key("land", words("graphic.none")),
            *(Key(f"step-{step}", span(words, *ends)) for ends, step in shade.items()),
        ),
    )


def _spots(library: Library, counts: Mapping[str, int], shade: Mapping[tuple[int, int], int]) -> dict[str, Spot]:
    """Country -> its shade on the map, what is said there, and where it leads."""
    words, names, page = language_in(library), country_names(library), addresses.index(Operation)
    said = words("graphic.spot")
    return {
        code: Spot(
            next(step for (low, high), step in shade.items() if low <= number <= high),
            said.format(name=names[code], n=words.number(number)),
            way_to(page, library.get(Country, code)),
        )
        for code, number in counts.items()
    }


def _most_named(words: Language, names: Mapping[str, str], ordered: Sequence[tuple[str, int]]) -> str:
    """The names of the countries with the largest number, as far as there is space for them."""
    top = [names[code] for code, number in ordered if number == ordered[0][1]]
    return words("joint.comma").join(top[:MOST_NAMED]) + ("…" if len(top) > MOST_NAMED else "")


def operations_by_year(library: Library) -> Iterator[Graphic]:
    """A bar chart: how many operations began in each year."""
    words = language_in(library)
    tally = Tally(id="operations-by-year", title=words("graphic.operations-years"), of=Operation.FOLDER, by=YEAR)
    yield from of_tally(library, tallied(library, tally), ident="operations-by-year")


def of_operation(library: Library, record: Operation, *, unnamed: Decimal | None = None) -> Iterator[Graphic]:
    """A map of the known countries that took part in an operation; `unnamed` is the number of further ones."""
    codes = tuple(dict.fromkeys(record.countries))
    if not codes:
        return
    words = language_in(library)
    names = country_names(library)
    ordered = sorted((library.get(Country, code) for code in codes), key=lambda land: land.name.casefold())
    says = words("graphic.operation-map.one" if len(codes) == 1 else "graphic.operation-map.many")
    page = addresses.page(record) or ""
    drawing = Map({land.id: Spot(4, land.name, way_to(page, land)) for land in ordered}, names)
    yield Graphic(
        id=f"operation-{record.id}-countries",
        title=words("graphic.operation-map.title").format(name=record.name),
        says=says.format(n=words.number(len(codes)), name=ordered[0].name)
        + (words("graphic.operation-map.unnamed").format(n=words.number(unnamed)) if unnamed else ""),
        drawing=drawing,
        table=Table(("country", "code"), tuple((land, land.id) for land in ordered)),
        kinds=(Operation.KIND,),
        records=1,
        notes=notes_of_map(words, drawing),
    )
