"""What the fields of a record say, for the general page: each field that holds something, as a term with its values."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.library.library import Library
from explainer.records.introspect import own_fields
from explainer.records.model import HoldsProse, Refers
from explainer.records.record import Record
from explainer.records.references import markers


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field with its values: text, numbers, dates, records that it names, or parts with fields of their own."""

    name: str
    values: tuple[object, ...]
    prose: bool
    """Whether the values are prose."""


def shown(library: Library, record: Record) -> Iterator[FieldShown]:
    """The fields of a record that are its type's own and hold something, in the order of the model."""
    known = markers(type(record))
    for name in own_fields(type(record)):
        if name == "figures":
            continue  # cards of their own
        value = getattr(record, name)
        values = value if isinstance(value, tuple) else tuple(value.values()) if isinstance(value, dict) else (value,)
        marker = known.get(name)
        found = tuple(_resolved(library, item, marker) for item in values if item is not None)
        if found:
            yield FieldShown(name, found, isinstance(marker, HoldsProse))


def _resolved(library: Library, value: object, marker: Refers | HoldsProse | None) -> object:
    if isinstance(marker, Refers) and isinstance(value, str):
        return library.at(value) if marker.kind is None else library.entries[marker.kind, value].record
    return value
