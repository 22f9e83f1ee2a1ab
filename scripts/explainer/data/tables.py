"""The filled tables of a dossier, and each of them as CSV and as JSON Lines."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from explainer.data import cells
from explainer.data.description import DataTable, Shape, tables
from explainer.data.rows import Row, of_record
from explainer.figures import csv_tables
from explainer.library.library import Library


@dataclass(frozen=True)
class FilledTable:
    """A table with its rows."""

    about: DataTable
    rows: tuple[Row, ...]

    @cached_property
    def cells(self) -> list[list[str | None]]:
        """The rows as texts, a text a column and None for nothing; what is written as CSV, as a workbook and as a database."""
        places = {column.name: at for at, column in enumerate(self.about.columns)}
        return [_texts(row, places) for row in self.rows]

    def free(self) -> None:
        """Free the cells, which are worked out again if anybody asks."""
        vars(self).pop("cells", None)


def _texts(row: Row, places: Mapping[str, int]) -> list[str | None]:
    """A row as texts; most columns of most rows hold nothing, so none is asked for that is not there."""
    found: list[str | None] = [None] * len(places)
    for name, value in row.items():
        if value is not None and name in places:
            found[places[name]] = cells.cell(value)
    return found


def filled(library: Library) -> tuple[FilledTable, ...]:
    """Every table that has rows, in the order of the description; a text that stands in many rows is held once."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    once: dict[str, str] = {}
    for model in library.kinds.types:
        for record in library.all(model):
            for name, rows in of_record(library, record).items():
                found[name] += (_sharing(row, once) for row in rows)
    every = (FilledTable(table, tuple(found[table.name])) for table in tables(library.kinds))
    return tuple(table for table in every if table.rows)


def _sharing(row: Row, once: dict[str, str]) -> Row:
    """A row with the texts that rows before had already."""
    return {
        once.setdefault(name, name): once.setdefault(value, value) if isinstance(value, str) else value
        for name, value in row.items()
    }


def csv(table: FilledTable) -> bytes:
    """A table as CSV: a byte order mark, a header, lines as in RFC 4180, and no cell that a spreadsheet runs."""
    names = [column.name for column in table.about.columns]
    texts = ([cells.safe(text) if text else text for text in row] for row in table.cells)
    return csv_tables.serialised(names, texts)


def json_lines(every: Sequence[FilledTable]) -> bytes:
    """Every record as one line of JSON, with its kind."""
    return b"".join(line.encode() for line in _lines(every))


def _lines(every: Sequence[FilledTable]) -> Iterator[str]:
    for table in every:
        if table.about.model:
            numbers = {column.name for column in table.about.columns if column.shape is Shape.NUMBER}
            for row in table.rows:
                fields = {name: json.loads(str(value)) if name in numbers else value for name, value in row.items()}
                yield json.dumps({"type": table.about.model.KIND, **fields}, ensure_ascii=False) + "\n"
