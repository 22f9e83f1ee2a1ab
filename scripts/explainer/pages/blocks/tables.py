"""Tables of the records that a query finds, with the columns that a block names."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from explainer.kinds.measure import Measure
from explainer.library.blocks.query import said
from explainer.library.blocks.resolve import WHEN, Listed
from explainer.library.figure_states import chosen, heading, held, moment
from explainer.library.library import Library
from explainer.pages.blocks.labels import counted, field_name, query_name, word_name
from explainer.pages.blocks.shown import TableRow, TableShown
from explainer.pages.record_fields import FieldValue, values
from explainer.records.record import Record
from explainer.records.traits import Dated


def table_of(library: Library, asked: Listed, ident: str) -> TableShown:
    """A table, one row a record."""
    words, query = library.words, asked.query
    records = _sorted(library, query.records(library), asked.sort)
    rows = tuple(
        TableRow(record, tuple(_cell(library, record, column) for column in asked.columns)) for record in records
    )
    heads = [_head(library, query.model, column) for column in asked.columns]
    return TableShown(
        ident,
        words("mark-off.brackets").format(
            before=query_name(library, query), within=counted(words, query.model.KIND, len(rows))
        ),
        (words("kinds", query.model.KIND), *heads),
        rows,
    )


def _head(library: Library, model: type[Record], column: str) -> str:
    if _is_measure(library, model, column):
        name = heading(library.words, library.get(Measure, column))
        return name[:1].upper() + name[1:]
    return field_name(library, model, column)


def _is_measure(library: Library, model: type[Record], column: str) -> bool:
    return column != WHEN and column not in model.model_fields and (Measure.KIND, column) in library.entries


def _cell(library: Library, record: Record, column: str) -> tuple[FieldValue, ...]:
    if column == WHEN:
        when = record.when if isinstance(record, Dated) else None
        return (FieldValue(when, "date"),) if when else ()
    if _is_measure(library, record.__class__, column):
        every = held(record, column)
        counts = chosen(record, library.get(Measure, column)) or every
        return tuple(FieldValue(figure, "count") for figure in counts)
    return tuple(_worded(library, record, column, item) for item in _flat(values(library, record, column)))


def _flat(items: Iterable[FieldValue]) -> Iterator[FieldValue]:
    """Values without parts; of a part only the records that it names, or, where it names none, all but its sources."""
    for item in items:
        if item.shape != "parts":
            yield item
            continue
        inner = [each for each in _flat(item.value) if each.shape != "citation"]
        yield from [each for each in inner if each.shape == "record"] or inner


def _worded(library: Library, record: Record, column: str, item: FieldValue) -> FieldValue:
    """A word in the language of the page; everything else as it is."""
    if isinstance(item.value, StrEnum):
        return FieldValue(word_name(library, record.__class__, column, str(item.value)), "text")
    return item


def _sorted(library: Library, records: Sequence[Record], sort: str) -> list[Record]:
    """Records by a column, which a hyphen before it turns round; those that have nothing there come last."""
    column = sort.lstrip("-")
    keys = [(_key(library, record, column), record) for record in records]
    known = sorted(((key, record) for key, record in keys if key is not None), key=lambda pair: pair[0])
    ordered = reversed(known) if sort.startswith("-") else known
    return [record for _, record in ordered] + [record for key, record in keys if key is None]


def _key(library: Library, record: Record, column: str) -> tuple[Decimal | int | str, ...] | None:
    if not column:
        return ()
    if column == WHEN:
        when = record.when if isinstance(record, Dated) else None
        return moment(when) if when else None
    if _is_measure(library, record.__class__, column):
        counts = chosen(record, library.get(Measure, column))
        return (counts[0].value,) if counts else None
    return tuple(said(record, column)) or None
