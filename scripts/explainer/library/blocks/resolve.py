"""What a block or a value of a story shows: its words, resolved against the library.

Every function here takes what was asked for and returns a value with all that a page needs to draw it, or raises
AskedError. The check calls them for its messages, and the page for what it shows, so that the two cannot differ.
"""

from collections.abc import Callable, Mapping

from explainer.base.dataclass import dataclass
from explainer.base.problems import did_you_mean, listed
from explainer.kinds.diagram import Diagram
from explainer.kinds.measure import Measure
from explainer.kinds.theme import Theme
from explainer.library.blocks.dots import undrawn
from explainer.library.blocks.grammar import VALUE, Asked, AskedError, Item, asked
from explainer.library.blocks.lookup import (
    AbsentError,
    a_measure,
    a_record,
    a_type,
    guessed,
    only,
    the_figure,
    the_figures,
    the_words,
    unknown,
)
from explainer.library.blocks.query import Query, condition_fields, query, said
from explainer.library.editions import series
from explainer.library.figure_states import whole
from explainer.library.library import Library
from explainer.library.totals import Tallied, tallied
from explainer.records.editions import Editions
from explainer.records.introspect import own_fields
from explainer.records.record import Record
from explainer.records.sourced import Figure
from explainer.records.traits import Dated, Placed, WithFigures

FEWEST = 3
"""Minimum number of points, groups or dates for a chart."""
WHEN, COLUMNS = "when", "columns"


@dataclass(frozen=True, slots=True)
class OneFigure:
    """A figure of a record: as a value in a sentence, or as a block."""

    record: Record
    measure: Measure
    figure: Figure


@dataclass(frozen=True, slots=True)
class OverTime:
    """The dated figures of a measure in a record."""

    record: Record
    measure: Measure


@dataclass(frozen=True, slots=True)
class Units:
    """A figure of each of several records, in one measure, one mark for each unit."""

    measure: Measure
    parts: tuple[OneFigure, ...]


@dataclass(frozen=True, slots=True)
class CountedTally:
    """A tally of the settings."""

    tallied: Tallied


@dataclass(frozen=True, slots=True)
class Where:
    """The countries of one record, or of all that a query finds."""

    record: Record | None
    query: Query | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The records that a query finds, with some of their fields."""

    query: Query
    columns: tuple[str, ...]
    sort: str = ""


@dataclass(frozen=True, slots=True)
class RiverPart:
    """The editions of a text, with what belongs to a theme or to one edition strong."""

    series: str
    theme: Theme | None
    edition: Editions | None


@dataclass(frozen=True, slots=True)
class Grouped:
    """The records that a query finds, in groups by a field, perhaps each group again by another; or by year."""

    query: Query
    by: str
    split: str = ""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The dated records of several queries, one lane each."""

    lanes: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class TiedNodes:
    """A diagram."""

    diagram: Diagram


Resolved = OneFigure | OverTime | Units | CountedTally | Where | Listed | RiverPart | Grouped | Lanes | TiedNodes


def _one_figure(library: Library, wanted: Asked) -> OneFigure:
    name, measure = the_words(wanted, "FOLDER/ID", "MEASURE")
    only(wanted, "date", "place", "group")
    record = a_record(library, name)
    figure = the_figure(library, record, measure, wanted)
    return OneFigure(record, library.get(Measure, figure.measure), figure)


def _over_time(library: Library, wanted: Asked) -> OverTime:
    name, measure = the_words(wanted, "FOLDER/ID", "MEASURE")
    only(wanted)
    record = a_record(library, name)
    the_figures(library, record, measure)
    dated = [figure for figure in whole(record, measure.value) if figure.date]
    if len(dated) < FEWEST:
        raise AskedError(
            f"{record.FOLDER}/{record.ident} has too few dated figures of '{measure.value}': {len(dated)}; "
            f"expected {FEWEST} at least for a line; write figure instead, or add figures to the record",
            measure.at,
        )
    return OverTime(record, library.get(Measure, measure.value))


def _units(library: Library, wanted: Asked) -> Units:
    *names, last = the_words(wanted, "FOLDER/ID", "MEASURE", more=True)
    only(wanted)
    measure = a_measure(library, last)
    records = [a_record(library, name) for name in names]
    parts = [OneFigure(record, measure, the_figure(library, record, last, wanted)) for record in records]
    if wrong := undrawn([part.figure.value for part in parts]):
        place, expected = wrong
        raise AskedError(
            f"{names[place].value} has {parts[place].figure.value:f} for '{last.value}', which dots cannot show; "
            f"expected {expected}; leave it out, or write figure instead",
            names[place].at,
        )
    return Units(measure, tuple(parts))


def _counted(library: Library, wanted: Asked) -> CountedTally:
    (name,) = the_words(wanted, "TALLY")
    only(wanted)
    every = {tally.id: tally for tally in library.dossier.tallies}
    if name.value not in every:
        if library.gaps.settings:
            raise AbsentError
        raise unknown(name, "tally of content/site.yml", every)
    found = tallied(library, every[name.value])
    groups = sum(bool(row.parts) for row in found.rows) if found.measure else len(found.rows)
    _enough(groups, f"'{name.value}' makes too few groups: {groups}", name)
    return CountedTally(found)


def _where(library: Library, wanted: Asked) -> Where:
    (name,) = the_words(wanted, "FOLDER/ID or FOLDER")
    if "/" not in name.value:
        model = a_type(library, name)
        if not issubclass(model, Placed):
            placed = [other.FOLDER for other in library.kinds.having(Placed)]
            raise unknown(name, "folder of records with countries", placed)
        found = query(library, model, wanted.options, name)
        named = {code for record in found.records(library) for code in said(record, "countries")}
        _enough(len(named), "the records found name no country", name, fewest=1)
        return Where(None, found)
    only(wanted)
    record = a_record(library, name)
    if not isinstance(record, Placed) or not record.countries:
        raise AskedError(
            f"{name.value} names no country; expected a record that does; name another, or add its countries:", name.at
        )
    return Where(record, None)


def column_names(model: type[Record]) -> tuple[str, ...]:
    """The fields of a type that a table can show beside the name."""
    return (*((WHEN,) if issubclass(model, Dated) else ()), *own_fields(model))


def _listed(library: Library, wanted: Asked) -> Listed:
    (name,) = the_words(wanted, "FOLDER")
    model = a_type(library, name)
    columns = wanted.option(COLUMNS)
    if columns is None:
        raise AskedError(
            f"'table' lacks columns=; expected columns={','.join(column_names(model)[:2])}; add it", wanted.end
        )
    sort = wanted.option("sort")
    for item in columns.values:
        _check_column(library, model, item)
    if sort:
        _check_column(library, model, Item(sort.value.lstrip("-"), sort.told.at))
    others = [item for item in wanted.options if item not in {columns, sort}]
    found = query(library, model, others, name)
    return Listed(found, tuple(item.value for item in columns.values), sort.value if sort else "")


def _check_column(library: Library, model: type[Record], item: Item) -> None:
    fields = column_names(model)
    if item.value in fields:
        return
    measures = [measure.id for measure in library.all(Measure)] if issubclass(model, WithFigures) else []
    if item.value not in measures:
        near = did_you_mean(item.value, (*fields, *measures))
        told = near or guessed(item.value, fields, ", or a measure" if measures else "")
        raise AskedError(f"'{item.value}' is no field or measure of {model.FOLDER}{told}", item.at)


def _river(library: Library, wanted: Asked) -> RiverPart:
    (name,) = the_words(wanted, "FOLDER/ID")
    only(wanted)
    record = a_record(library, name)
    drawn = _drawn(library)
    if isinstance(record, Editions) and record.series in drawn:
        first = record == drawn[record.series][0]
        return RiverPart(record.series, None, None if first else record)
    if isinstance(record, Theme) and (holding := _holding(drawn, record)):
        return RiverPart(max(holding, key=lambda key: len(drawn[key])), record, None)
    known = listed(f"{text.FOLDER}/{text.id}" for texts in drawn.values() for text in texts)
    raise AskedError(
        f"{name.value} is no text in editions, and no theme of one; expected either, with two recorded editions at least; "
        f"write one of {known or 'another kind of block'}",
        name.at,
    )


def _holding(drawn: Mapping[str, list[Editions]], theme: Theme) -> list[str]:
    """The series in which a theme stands."""
    return [key for key, texts in drawn.items() if any(_on(text, theme) for text in texts)]


def _drawn(library: Library) -> dict[str, list[Editions]]:
    """Series -> its recorded editions, of those with two at least."""
    every = {item.name: [text for text in item.editions if text.provisions] for item in series(library)}
    return {key: texts for key, texts in every.items() if len(texts) > 1}


def _on(text: Editions, theme: Theme) -> bool:
    return any(item.theme == theme.ident for item in text.provisions)


def _grouped(library: Library, wanted: Asked) -> Grouped:
    (name,) = the_words(wanted, "FOLDER")
    model = a_type(library, name)
    by, split = wanted.option("by"), wanted.option("split")
    known = condition_fields(model)
    if by is None:
        raise AskedError(
            f"'{wanted.kind.value}' lacks by=; expected a field of {model.FOLDER}; add one of {listed(known)}",
            wanted.end,
        )
    for item in filter(None, (by, split)):
        if item.value not in known:
            raise unknown(item.told, f"field of {model.FOLDER} to group by", known)
    found = query(library, model, [item for item in wanted.options if item not in {by, split}], name)
    groups = {value for record in found.records(library) for value in said(record, by.value)}
    _enough(len(groups), f"'{by.value}' makes too few groups: {len(groups)}", by.told, fewest=2)
    return Grouped(found, by.value, split.value if split else "")


def _in_years(library: Library, wanted: Asked) -> Grouped:
    found = _grouped(library, wanted)
    if not issubclass(found.query.model, Dated):
        name = wanted.words[0]
        raise unknown(name, "folder of records with dates", [model.FOLDER for model in library.kinds.having(Dated)])
    _check_dates(library, found.query, wanted.words[0])
    return found


def _check_dates(library: Library, found: Query, item: Item) -> None:
    """Refuse a drawing in time of records of which none has a date."""
    dated = [record for record in found.records(library) if isinstance(record, Dated) and record.when]
    _enough(len(dated), "the records found have no date", item, fewest=1)


def _lanes(library: Library, wanted: Asked) -> Lanes:
    if len(wanted.items) < 2:
        raise AskedError(
            "'lanes' has fewer than two lanes; expected FOLDER, or FOLDER:FIELD=VALUE, for each; add them", wanted.end
        )
    lanes = []
    for item in wanted.items:
        folder, _, _ = (item.name or item.value).partition(":")
        model = a_type(library, item, folder)
        if not issubclass(model, Dated):
            raise unknown(
                item, "folder of records with dates", [other.FOLDER for other in library.kinds.having(Dated)], folder
            )
        lanes.append(query(library, model, (item,) if item.name else (), item))
        _check_dates(library, lanes[-1], item)
    return Lanes(tuple(lanes))


def _diagram(library: Library, wanted: Asked) -> TiedNodes:
    (name,) = the_words(wanted, "DIAGRAM")
    only(wanted)
    if library.gaps.touch((Diagram.KIND, name.value)):
        raise AbsentError
    if (Diagram.KIND, name.value) not in library.entries:
        raise unknown(name, "diagram of content/diagrams.yml", [item.id for item in library.all(Diagram)])
    return TiedNodes(library.get(Diagram, name.value))


def _enough(number: int, says: str, item: Item, fewest: int = FEWEST) -> None:
    if number < fewest:
        raise AskedError(
            f"{says}; expected {fewest} at least for a drawing; choose another, or delete the block", item.at
        )


RESOLVERS: Mapping[str, Callable[[Library, Asked], Resolved]] = {
    VALUE: _one_figure,
    "figure": _one_figure,
    "line": _over_time,
    "units": _units,
    "tally": _counted,
    "bars": _grouped,
    "strip": _grouped,
    "grid": _in_years,
    "lanes": _lanes,
    "diagram": _diagram,
    "map": _where,
    "river": _river,
    "table": _listed,
}
"""Kind of a block, or VALUE -> what resolves it."""


def resolve(library: Library, text: str) -> tuple[str, Resolved]:
    """The kind of what is asked for between the brackets, and what it shows; raises AskedError if it cannot be shown."""
    wanted = asked(text)
    kind = wanted.kind.value
    if kind not in RESOLVERS:
        known = [name for name in RESOLVERS if name != VALUE]
        raise AskedError(f"'{kind}' is no kind of block{guessed(kind, known)}", wanted.kind.at)
    return kind, RESOLVERS[kind](library, wanted)
