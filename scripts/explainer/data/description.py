"""What the data hold, described once from the models: every table, its columns, what each means and refers to.

Each format is made from this description, so a field that a kind gains is in all of them.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates, PartialDate
from explainer.kinds.registry import Kinds
from explainer.records.introspect import FieldShape, part, published, written
from explainer.records.model import Model, Refers
from explainer.records.record import Record, Story
from explainer.records.sourced import Citation, Figure


class Shape(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "integer"
    DATE = "date"
    FLAG = "boolean"
    LIST = "list"
    PART = "part"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a table."""

    name: str
    shape: Shape
    says: str
    """What it holds, in one sentence."""
    refers: str | None = None
    """The kind of record whose ids stand in it."""
    words: tuple[str, ...] = ()
    """The words that may stand in it, where it has a vocabulary."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table: that of a kind of record, or one of all figures, statements or citations."""

    name: str
    says: str
    columns: tuple[DataColumn, ...]
    key: tuple[str, ...] = ()
    """The columns that tell its rows apart."""
    model: type[Record] | None = None
    """The model of its rows, where it is the table of a kind."""


_STORY = DataColumn("story", Shape.TEXT, "The story, in Markdown.")
_PAGE = DataColumn("page", Shape.TEXT, "The address at which a reader finds the record.")


def tables(kinds: Kinds) -> Iterator[DataTable]:
    """The table of every kind of record, then those of all figures, statements and citations."""
    for model in kinds.types:
        yield of_kind(model)
    yield from (FIGURES, STATEMENTS, CITATIONS)


def of_kind(model: type[Record]) -> DataTable:
    """The table of a kind: a column for every field as editors write it, and the address of its page."""
    columns = [_column(model, name) for name in published(model)]
    own = {column.name for column in columns}
    added = [_STORY, _PAGE] if issubclass(model, Story) else [_PAGE]
    columns += [column for column in added if column.name not in own]
    says = (model.__doc__ or "").strip().splitlines()[0]
    return DataTable(model.FOLDER, says, tuple(columns), ("id",), model)


def _column(model: type[Record], name: str) -> DataColumn:
    info = model.model_fields[name]
    shape = part(info.annotation)
    marker = next((mark for mark in (*info.metadata, *shape.marks) if isinstance(mark, Refers)), None)
    says = " ".join((info.description or "").split())
    return DataColumn(
        written(model, name), _shape(shape), says, marker.kind if marker else None, () if shape.inner else shape.words
    )


def _shape(shape: FieldShape) -> Shape:
    if shape.keyed or (shape.inner and not shape.many):
        return Shape.PART
    if shape.inner:
        return Shape.PARTS
    if shape.many:
        return Shape.LIST
    leaves: Mapping[Any, Shape] = {
        Decimal: Shape.NUMBER, int: Shape.WHOLE, bool: Shape.FLAG, PartialDate: Shape.DATE, Dates: Shape.DATE,
    }  # fmt: skip
    return leaves.get(shape.leaf, Shape.TEXT)


_OF = (
    DataColumn("record", Shape.TEXT, "The record, as folder/id."),
    DataColumn("kind", Shape.TEXT, "The kind of the record."),
    DataColumn("name", Shape.TEXT, "The name of the record."),
)
_SOURCES = (
    DataColumn("sources", Shape.LIST, "The ids of the sources.", "source"),
    DataColumn("official", Shape.FLAG, "Whether one of them is an official source."),
)


def _fields(model: type[Model], *left_out: str) -> tuple[DataColumn, ...]:
    """The fields of a part of a record as columns."""
    return tuple(
        DataColumn(written(model, name), _shape(part(info.annotation)), " ".join((info.description or "").split()))
        for name, info in model.model_fields.items()
        if name not in left_out
    )


FIGURES = DataTable(
    "figures",
    "Every figure of every record, one a row, with its sources.",
    (
        *_OF,
        DataColumn("place_in_record", Shape.TEXT, "Where in the record it stands."),
        DataColumn("what", Shape.TEXT, "What is counted, in words."),
        *_fields(Figure, "cite"),
        *_SOURCES,
    ),
    ("record", "place_in_record"),
)
STATEMENTS = DataTable(
    "statements",
    "Every statement that cites a source, one a row: figures, facts, dates, names, parts of texts, records as a whole.",
    (
        *_OF,
        DataColumn("place_in_record", Shape.TEXT, "Where in the record it stands."),
        DataColumn("states", Shape.TEXT, "What it states, as far as words say it."),
        *_SOURCES,
    ),
    ("record", "place_in_record"),
)
CITATIONS = DataTable(
    "citations",
    "Every citation, one a row: which statement rests on which source, and where in it.",
    (
        *_OF[:2],
        DataColumn("place_in_record", Shape.TEXT, "Where in the record it stands."),
        *_fields(Citation),
        DataColumn("title", Shape.TEXT, "The title of the source."),
    ),
    ("record", "place_in_record", "source"),
)
