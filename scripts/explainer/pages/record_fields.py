"""What the fields of a record say, for the general page: values as terms, lists of parts as tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.library.library import Library
from explainer.records.introspect import own_fields, part, part_columns
from explainer.records.model import HoldsProse, Model, Refers
from explainer.records.record import Record
from explainer.records.references import markers
from explainer.records.sourced import Citation, citations_of


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value: text, a number, a date, a record that it names, or a part with a date or a statement."""

    value: object
    prose: bool = False
    """Whether it is prose."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a record as a row of a table, with the sources that it cites."""

    cells: tuple[tuple[FieldValue, ...], ...]
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field with its values, or, where these are parts with fields of their own, with the rows of a table."""

    name: str
    values: tuple[FieldValue, ...] = ()
    columns: tuple[str, ...] = ()
    """The fields of the parts."""
    rows: tuple[PartRow, ...] = ()


def shown(library: Library, record: Record) -> Iterator[FieldShown]:
    """The fields of a record that are its type's own and hold something, in the order of the model."""
    for name in own_fields(type(record)):
        columns = part_columns(part(type(record).model_fields[name].annotation).inner)
        values = _values(library, record, name)
        if columns and values:
            rows = tuple(_row(library, item.value, columns) for item in values if isinstance(item.value, Model))
            yield FieldShown(name, columns=columns, rows=rows)
        elif values:
            yield FieldShown(name, values)


def _row(library: Library, model: Model, columns: tuple[str, ...]) -> PartRow:
    return PartRow(tuple(_values(library, model, column) for column in columns), citations_of(model))


def _values(library: Library, model: Model, name: str) -> tuple[FieldValue, ...]:
    """The values of one field, with references resolved."""
    value = getattr(model, name)
    marker = markers(type(model)).get(name)
    items = value if isinstance(value, tuple) else tuple(value.values()) if isinstance(value, dict) else (value,)
    is_prose = isinstance(marker, HoldsProse)
    return tuple(FieldValue(_resolved(library, item, marker), is_prose) for item in items if item is not None)


def _resolved(library: Library, value: object, marker: Refers | HoldsProse | None) -> object:
    if isinstance(marker, Refers) and isinstance(value, str):
        return library.at(value) if marker.kind is None else library.entries[marker.kind, value].record
    return value
