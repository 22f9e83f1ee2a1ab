"""What a page shows for one block: a figure, a drawing or a table."""

from collections.abc import Mapping

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Graphic
from explainer.kinds.diagram import Diagram
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


@dataclass(frozen=True, slots=True)
class DiagramShown:
    """A diagram: its drawing, and its ties in words."""

    graphic: Graphic
    record: Diagram
    names: Mapping[str, str]
    """Id of a node -> what stands in its box."""


Block = DiagramShown | OneFigure | Graphic | TableShown
