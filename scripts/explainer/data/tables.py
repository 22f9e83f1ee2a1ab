"""The filled tables of a dossier, and each of them as CSV; every record as a line of JSON.

What a record gives is kept between runs as the lines that are written, so that a run in which few records changed joins
lines. Who wants the values reads them from the lines again.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from explainer.base.dataclass import dataclass
from explainer.data import cells
from explainer.data.description import DataTable, Shape, tables
from explainer.data.rows import Row, of_record
from explainer.figures import csv_tables
from explainer.library.library import Library
from explainer.records.record import Record

csv.field_size_limit(2**31 - 1)  # a story may be longer than what Python reads by default


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table with its rows."""

    about: DataTable
    rows: tuple[str, ...]
    """Each as a line of CSV."""

    def cells(self) -> Iterator[list[str | None]]:
        """The rows as texts, a text a column and None for nothing."""
        for row in csv.reader(self.rows):
            yield [(cells.unsafe(text) if text[0] == "'" else text) if text else None for text in row]

    def csv(self) -> bytes:
        """The table as CSV: a byte order mark, a header, lines as in RFC 4180, and no cell that a spreadsheet runs."""
        return csv_tables.joined([column.name for column in self.about.columns], self.rows)


class Tables(NamedTuple):
    """What the records of a dossier fill."""

    every: tuple[FilledTable, ...]
    """Every table that has rows, in the order of the description."""
    json_lines: bytes
    """Every record as one line of JSON, with its kind."""


def filled(library: Library) -> Tables:
    """The tables of a dossier, and its records as lines of JSON."""
    described = {table.name: table for table in tables(library.kinds)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    lines = []
    for model in library.kinds.types:
        for record in library.all(model):
            line, rows = _kept(library, record, described)
            lines.append(line)
            for name, told in rows.items():
                found[name] += told
    every = (FilledTable(table, tuple(found[name])) for name, table in described.items())
    return Tables(tuple(table for table in every if table.rows), "".join(lines).encode())


def _kept(library: Library, record: Record, described: Mapping[str, DataTable]) -> tuple[str, dict[str, list[str]]]:
    """What a record gives: its line of JSON, and its lines in each table."""
    name = f"data {record.KIND} {record.ident}"
    kept: tuple[str, dict[str, list[str]]] = json.loads(
        library.shared.text(name, lambda: json.dumps(_lines(library, record, described), ensure_ascii=False))
    )
    return kept


def _lines(library: Library, record: Record, described: Mapping[str, DataTable]) -> tuple[str, dict[str, list[str]]]:
    rows = of_record(library, record)
    (own,) = rows[record.FOLDER]
    numbers = {column.name for column in described[record.FOLDER].columns if column.shape is Shape.NUMBER}
    fields = {name: json.loads(str(value)) if name in numbers else value for name, value in own.items()}
    line = json.dumps({"type": record.KIND, **fields}, ensure_ascii=False) + "\n"
    return line, {name: _written(described[name], told) for name, told in rows.items()}


def _written(table: DataTable, rows: Iterable[Row]) -> list[str]:
    """Rows as lines of CSV, without a formula that a spreadsheet would run."""
    names = [column.name for column in table.columns]
    return csv_tables.lines([cells.safe(cells.cell(row.get(name))) for name in names] for row in rows)
