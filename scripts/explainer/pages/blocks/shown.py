"""What a page shows for one block: a figure, a drawing or a table."""

from dataclasses import dataclass

from explainer.figures.graphic import Graphic
from explainer.library.blocks.resolve import OneFigure
from explainer.pages.record_fields import FieldValue
from explainer.records.record import Record


@dataclass(frozen=True, slots=True)
class TableRow:
    """A record, and what its fields say."""

    record: Record
    cells: tuple[tuple[FieldValue, ...], ...]


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table of records."""

    id: str
    title: str
    columns: tuple[str, ...]
    """The names of the columns, that of the record first."""
    rows: tuple[TableRow, ...]


Block = OneFigure | Graphic | TableShown
