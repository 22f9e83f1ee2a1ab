"""What the fields of a record say, for the general page: values as terms, lists of parts as tables."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args

from pydantic import AfterValidator

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates, PartialDate, Url
from explainer.library.groups import family_name
from explainer.library.library import Library
from explainer.pages.neighbours import members
from explainer.records.dossier import FAMILY
from explainer.records.introspect import own_fields, part, part_columns
from explainer.records.model import HoldsProse, Model, Refers
from explainer.records.record import Record
from explainer.records.references import markers
from explainer.records.sourced import Citation, DatedFact, Fact, Figure, Name, Period, citations_of
from explainer.records.traits import InFamily


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One value, and what it is: the template has a way to show each."""

    value: Any
    shape: str
    """text, prose, address, number, flag, word, date, record, citation, figure, fact, dated, name, or parts: several values."""


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
    """The fields of the parts that hold something in at least one of them."""
    rows: tuple[PartRow, ...] = ()


def shown(library: Library, record: Record) -> Iterator[FieldShown]:
    """The fields of a record that are its type's own and hold something, in the order of the model."""
    for name in own_fields(record.__class__):
        columns = part_columns(part(record.__class__.model_fields[name].annotation).inner)
        parts = [item for item in _items(getattr(record, name)) if isinstance(item, Model)]
        if columns and parts:
            yield _table(library, name, columns, parts)
        elif found := values(library, record, name):
            yield FieldShown(name, found)


def _table(library: Library, name: str, columns: tuple[str, ...], parts: Iterable[Model]) -> FieldShown:
    cells = [({column: values(library, item, column) for column in columns}, citations_of(item)) for item in parts]
    filled = tuple(column for column in columns if any(row[column] for row, _ in cells))
    rows = tuple(PartRow(tuple(row[column] for column in filled), cites) for row, cites in cells)
    return FieldShown(name, columns=filled, rows=rows)


def _items(value: object) -> tuple[object, ...]:
    """The values that a field holds, be it one or several."""
    if isinstance(value, dict):
        return tuple(value.items())
    return value if isinstance(value, tuple) else () if value is None else (value,)


def values(library: Library, model: Model, name: str) -> tuple[FieldValue, ...]:
    """The values of one field, with references resolved."""
    if name == FAMILY and isinstance(model, InFamily):
        return (FieldValue(family_name(model.family, members(library, model.KIND, model.family)), "text"),)
    info = model.__class__.model_fields[name]
    marker = markers(model.__class__).get(name)
    found = tuple(_value(library, item, marker) for item in _items(getattr(model, name)))
    if not _is_address((info.annotation, *info.metadata)):
        return found
    return tuple(FieldValue(item.value, "address") for item in found)


def _value(library: Library, value: object, marker: Refers | HoldsProse | None) -> FieldValue:
    if isinstance(marker, Refers) and isinstance(value, str):
        return FieldValue(_referred(library, value, marker.kind), "record")
    if isinstance(marker, HoldsProse):
        return FieldValue(value, "prose")
    if isinstance(value, tuple) and not isinstance(value[1], Name):  # a language and what is said in it
        return _value(library, value[1], marker)
    shape = next(shape for kind, shape in _SHAPES if isinstance(value, kind))
    if shape == "parts" and isinstance(value, Model):
        return FieldValue(tuple(_within(library, value)), shape)
    return FieldValue(value, shape)


def _referred(library: Library, value: str, kind: str | None) -> Record:
    """The record of a type that has an id; without a type, the record that `folder/id` names."""
    return library.at(value) if kind is None else library.entries[kind, value].record


_SHAPES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (StrEnum, "word"),
    (bool, "flag"),
    ((int, Decimal), "number"),
    ((Dates, PartialDate), "date"),
    (Citation, "citation"),
    (Figure, "figure"),
    (Fact, "fact"),
    ((DatedFact, Period), "dated"),
    (tuple, "name"),
    (Model, "parts"),
    (object, "text"),
)
"""Type -> shape; the first that fits counts."""


def _within(library: Library, model: Model) -> Iterator[FieldValue]:
    """The values of a part within a part, one after the other, then its sources."""
    for name in model.__class__.model_fields:
        if name != "cite":
            yield from values(library, model, name)
    yield from (FieldValue(citation, "citation") for citation in citations_of(model))


_ADDRESS = tuple(mark for mark in get_args(Url) if isinstance(mark, AfterValidator))
"""What marks an annotation as that of an address."""


def _is_address(marks: Iterable[Any]) -> bool:
    """Whether one of these annotations and marks, at any depth, is that of an address."""
    return any(mark in _ADDRESS or _is_address(get_args(mark)) for mark in marks)
