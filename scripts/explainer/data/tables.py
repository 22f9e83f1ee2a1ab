"""The filled tables of a dossier, and each of them as CSV and as JSON Lines."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.data import cells
from explainer.data.description import DataTable, Shape, tables
from explainer.data.rows import Row, of_record
from explainer.figures.csv_tables import BOM
from explainer.library.library import Library


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table with its rows."""

    about: DataTable
    rows: tuple[Row, ...]


def filled(library: Library) -> tuple[FilledTable, ...]:
    """Every table that has rows, in the order of the description."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for model in library.kinds.types:
        for record in library.all(model):
            for name, rows in of_record(library, record).items():
                found[name] += rows
    every = (FilledTable(table, tuple(found[table.name])) for table in tables(library.kinds))
    return tuple(table for table in every if table.rows)


def csv(table: FilledTable) -> bytes:
    """A table as CSV: a byte order mark, a header, lines as in RFC 4180, and no cell that a spreadsheet runs."""
    names = [column.name for column in table.about.columns]
    lines = [",".join(names), *(",".join(_quoted(row, name) for name in names) for row in table.rows)]
    return (BOM + "".join(f"{line}\r\n" for line in lines)).encode()


def _quoted(row: Row, name: str) -> str:
    text = cells.safe(cells.cell(row.get(name)))
    quote = '"'
    return f"{quote}{text.replace(quote, quote * 2)}{quote}" if any(char in text for char in ',"\r\n') else text


def json_lines(every: Sequence[FilledTable]) -> bytes:
    """Every record as one line of JSON, with its kind."""
    return "".join(_lines(every)).encode()


def _lines(every: Sequence[FilledTable]) -> Iterator[str]:
    for table in every:
        if table.about.model:
            for row in table.rows:
                line = {"type": table.about.model.KIND, **{name: _value(table.about, name, row[name]) for name in row}}
                yield json.dumps(line, ensure_ascii=False) + "\n"


def _value(table: DataTable, name: str, value: object) -> object:
    """A value as JSON; numbers, which records keep as exact text, as numbers."""
    shape = next((column.shape for column in table.columns if column.name == name), Shape.TEXT)
    return json.loads(str(value)) if shape is Shape.NUMBER else value
