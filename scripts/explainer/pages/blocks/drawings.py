"""Blocks that count records in groups or in time: bars, strips, grids, lanes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from explainer.figures.graphic import Cell, Chart, Graphic, Key, Table
from explainer.figures.in_time import GridRow, Lane, by_year, grid, lanes, years_a_column
from explainer.figures.stacks import BarPart, One, Parted, Stack, parted, shades, strip
from explainer.library.blocks.query import Query, said
from explainer.library.blocks.resolve import Grouped, Lanes
from explainer.library.library import Library
from explainer.pages.blocks.labels import briefly, counted, each_of, group_of, query_name, value_name, way
from explainer.pages.charts.alternatives import alternative, valued
from explainer.pages.charts.basics import naming
from explainer.records.dossier import YEAR
from explainer.records.introspect import part
from explainer.records.record import Record
from explainer.records.traits import Dated

MOST_GROUPS = 14
"""Number of groups that are drawn; the table has all."""
Groups = Mapping[str, list[Record]]


def _groups(library: Library, query: Query, field: str) -> Groups:
    """Value -> the records that have it: years and words in their order, others the largest group first."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in query.records(library):
        for value in dict.fromkeys(said(record, field)):
            found[value].append(record)
    model = query.model
    order = list(part(model.model_fields[field].annotation).words) if field in model.model_fields else []
    if field == YEAR:
        return {value: found[value] for value in sorted(found)}
    if order:
        return {value: found[value] for value in order if value in found}
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _cell(library: Library, query: Query, field: str, value: str) -> Cell:
    return group_of(library, query.model, field, value) or value_name(library, query.model, field, value)


def _finding(library: Library, asked: Grouped, groups: Groups) -> str:
    """The sentence that names the largest group; records in no group are not among those of which it is a part."""
    words, model = library.words, asked.query.model
    most = max(map(len, groups.values()))
    best = [briefly(library, model, asked.by, value) for value, found in groups.items() if len(found) == most]
    grouped = len({record for found in groups.values() for record in found})
    every = counted(words, model.KIND, grouped)
    if grouped < len(asked.query.records(library)):
        every = words("block.known").format(counted=every)
    said = words(f"block.most{'' if len(best) == 1 else '-alike' if len(best) == len(groups) else '-tied'}")
    return naming(words, best, lambda named: said.format(label=named, n=words.number(most), all=every))


def _graphic(library: Library, asked: Grouped, ident: str, groups: Groups, drawing: Chart, table: Table) -> Graphic:
    words, query = library.words, asked.query
    by = each_of(library, query.model, asked.by)
    shown = "block.by-and" if asked.split else "block.by"
    split = each_of(library, query.model, asked.split) if asked.split else ""
    left = len(groups) - MOST_GROUPS
    return Graphic(
        id=ident,
        title=_finding(library, asked, groups),
        says=words(shown).format(what=query_name(library, query), by=by, split=split),
        drawing=drawing,
        table=table,
        kinds=(query.model.KIND,),
        records=len(query.records(library)),
        notes=(words("block.left").format(n=words.number(left)),) if left > 0 else (),
    )


def _told(library: Library, asked: Grouped) -> list[str]:
    """Each group with its number."""
    words, model, groups = library.words, asked.query.model, _groups(library, asked.query, asked.by)
    pairs = ((value_name(library, model, asked.by, value), words.number(len(found))) for value, found in groups.items())
    return valued(words, pairs)


def grouped_of(library: Library, kind: str, asked: Grouped, page: str, ident: str) -> Graphic:
    """A drawing of records in groups, by the kind of its block."""
    if kind == "strip":
        made = _strip(library, asked, page, ident)
    else:
        made = (_grid if kind == "grid" else _bars)(library, asked, ident)
    return replace(made, alternative=made.alternative or alternative(library.words, kind, _told(library, asked)))


def _strip(library: Library, asked: Grouped, page: str, ident: str) -> Graphic:
    """One square a record, in groups."""
    groups, model = _groups(library, asked.query, asked.by), asked.query.model
    stacks = [
        Stack(
            value_name(library, model, asked.by, value),
            library.words.number(len(found)),
            tuple(One(record.label, way(library, page, record)) for record in found),
        )
        for value, found in list(groups.items())[:MOST_GROUPS]
    ]
    rows: list[tuple[Cell, ...]] = [
        (_cell(library, asked.query, asked.by, value), record) for value, found in groups.items() for record in found
    ]
    return _graphic(library, asked, ident, groups, strip(stacks), Table(("group", "record"), tuple(rows)))


def _bars(library: Library, asked: Grouped, ident: str) -> Graphic:
    """One bar a group, in parts where the block asks for it."""
    groups, model = _groups(library, asked.query, asked.by), asked.query.model
    parts = list(_groups(library, asked.query, asked.split)) if asked.split else [""]
    styles = dict(zip(parts, shades(len(parts)), strict=True)) if asked.split else {"": "exact"}
    sizes = {value: _sizes(found, asked, parts) for value, found in groups.items()}
    bars = [
        Parted(
            value_name(library, model, asked.by, value),
            library.words.number(len(groups[value])),
            _parts(library, asked, sizes[value], styles),
        )
        for value in list(groups)[:MOST_GROUPS]
    ]
    rows = [_row(library, asked, value, each, size) for value, there in sizes.items() for each, size in there.items()]
    columns = ("group", "part", "records") if asked.split else ("group", "records")
    made = _graphic(library, asked, ident, groups, parted(bars), Table(columns, tuple(rows)))
    return replace(made, legend=_legend(library, asked, styles))


def _sizes(records: Sequence[Record], asked: Grouped, parts: Iterable[str]) -> Mapping[str, int]:
    """Part -> how many records of a group are in it; of a bar in one part, of all."""
    if not asked.split:
        return {"": len(records)}
    counts = Counter(each for record in records for each in said(record, asked.split))
    return {each: counts[each] for each in parts if counts[each]}


def _parts(
    library: Library, asked: Grouped, sizes: Mapping[str, int], styles: Mapping[str, str]
) -> tuple[BarPart, ...]:
    return tuple(BarPart(size, styles[each], _part(library, asked, each, size)) for each, size in sizes.items())


def _legend(library: Library, asked: Grouped, styles: Mapping[str, str]) -> tuple[Key, ...]:
    if not asked.split:
        return ()
    model = asked.query.model
    return tuple(Key(style, value_name(library, model, asked.split, each)) for each, style in styles.items())


def _row(library: Library, asked: Grouped, value: str, part_: str, size: int) -> tuple[Cell, ...]:
    group = _cell(library, asked.query, asked.by, value)
    return (group, value_name(library, asked.query.model, asked.split, part_), size) if asked.split else (group, size)


def _part(library: Library, asked: Grouped, value: str, size: int) -> str:
    if not asked.split:
        return ""
    label = value_name(library, asked.query.model, asked.split, value)
    return library.words("graphic.spot").format(name=label, n=library.words.number(size))


def _grid(library: Library, asked: Grouped, ident: str) -> Graphic:
    """One row a group, a dot a year; a dot for a span of years where there are too many years for one each."""
    groups, model = _groups(library, asked.query, asked.by), asked.query.model
    dated = {value: list(_dated(found)) for value, found in list(groups.items())[:MOST_GROUPS]}
    names = {value: value_name(library, model, asked.by, value) for value, there in dated.items() if there}
    years = {year for there in dated.values() for year, _ in there}
    span = years_a_column(years, names.values())
    rows = [GridRow(name, _cells(library, dated[value], span)) for value, name in names.items()]
    told = [
        (_cell(library, asked.query, asked.by, value), str(year), record)
        for value, there in dated.items()
        for year, record in there
    ]
    made = _graphic(library, asked, ident, groups, grid(rows, span), Table(("group", "year", "record"), tuple(told)))
    return made if span == 1 else _in_spans(library, asked, made, min(years) // span * span, span)


def _in_spans(library: Library, asked: Grouped, made: Graphic, first: int, span: int) -> Graphic:
    """A grid whose columns are spans of so many years, the first of which begins in a year, with words that say so."""
    words = library.words
    note = words("block.spans").format(n=words.number(span), first=first, last=first + span - 1)
    return replace(made, notes=(note, *made.notes), alternative=alternative(words, "grid-spans", _told(library, asked)))


def _dated(records: Iterable[Record]) -> Iterator[tuple[int, Record]]:
    """The records that have a date, each with its first year."""
    for record in records:
        if (year := _year(record)) is not None:
            yield year, record


def _cells(library: Library, dated: Iterable[tuple[int, Record]], span: int) -> Mapping[int, tuple[int, str]]:
    """The first year of each span -> the number of records in it, and what they are called."""
    found: defaultdict[int, list[Record]] = defaultdict(list)
    for year, record in dated:
        found[year // span * span].append(record)
    joint = library.words("joint.comma")
    return {year: (len(there), joint.join(record.label for record in there)) for year, there in found.items()}


def _year(record: Record) -> int | None:
    when = record.when if isinstance(record, Dated) else None
    return when.start.year if when else None


def lanes_of(library: Library, asked: Lanes, ident: str) -> Graphic:
    """One lane a query, a column a year."""
    words = library.words
    found = [(query, [record for record in query.records(library) if _year(record)]) for query in asked.lanes]
    every = sorted(filter(None, map(_year, {record for _, there in found for record in there})))
    drawn = [_lane(library, query, there) for query, there in found]
    return Graphic(
        id=ident,
        title=words("block.lanes" if every[0] < every[-1] else "block.lanes-year").format(
            n=words.number(len(every)), first=every[0], last=every[-1], half=every[len(every) // 2]
        ),
        says=words("block.lanes-says"),
        drawing=lanes(drawn),
        table=Table(("group", "when", "record"), tuple(_lane_rows(library, found))),
        kinds=tuple(dict.fromkeys(query.model.KIND for query in asked.lanes)),
        records=len(every),
        alternative=alternative(words, "lanes", valued(words, ((lane.label, lane.told) for lane in drawn))),
    )


def _lane_rows(library: Library, found: Iterable[tuple[Query, Iterable[Record]]]) -> Iterator[tuple[Cell, ...]]:
    for query, records in found:
        label = query_name(library, query, short=True)
        for record in records:
            if isinstance(record, Dated) and record.when:
                yield (label, library.words.date(record.when), record)


def _lane(library: Library, query: Query, records: Sequence[Record]) -> Lane:
    years = by_year([year for record in records if (year := _year(record))])
    name = query_name(library, query, short=True)
    return Lane(name, library.words.number(len(records)), years, library.words.number(max(years.values(), default=0)))
