"""The tables as an SQLite database, with foreign keys and a full-text index."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from explainer.data import cells
from explainer.data.description import DataColumn, DataTable, Shape
from explainer.data.tables import FilledTable

_TYPES = {Shape.NUMBER: "NUMERIC", Shape.WHOLE: "INTEGER", Shape.FLAG: "INTEGER"}
_SINGLE = frozenset({Shape.TEXT})
TEXTS = "texts"
"""The name of the full-text index."""


def database(every: Sequence[FilledTable], about: Mapping[str, str]) -> bytes:
    """The tables as the bytes of a database file; `about` is what its table `about` says of the whole.

    The same tables give the same bytes with the same version of SQLite.
    """
    connection = sqlite3.connect(":memory:")
    try:
        for statement, rows in _statements(every, about):
            if rows is None:
                connection.execute(statement)
            else:
                connection.executemany(statement, rows)
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


_Rows = list[tuple[object, ...]]


def _statements(every: Sequence[FilledTable], about: Mapping[str, str]) -> Iterator[tuple[str, _Rows | None]]:
    """Each statement with the rows for its placeholders; None where it has none."""
    yield "CREATE TABLE about (word TEXT PRIMARY KEY, says TEXT NOT NULL)", None
    yield "INSERT INTO about VALUES (?, ?)", list(about.items())
    kinds = {table.about.model.KIND: table.about.name for table in every if table.about.model}
    yield "CREATE TABLE relations (record TEXT, field TEXT, kind TEXT, id TEXT)", None
    for table in every:
        yield _created(table.about, kinds), None
        yield _inserted(table.about), [_values(table.about, row) for row in table.rows]
        if relations := list(_relations(table)):
            yield "INSERT INTO relations VALUES (?, ?, ?, ?)", relations
    yield "CREATE INDEX relations_by_target ON relations (kind, id)", None
    yield f"CREATE VIRTUAL TABLE {TEXTS} USING fts5 (record UNINDEXED, name, says)", None
    yield f"INSERT INTO {TEXTS} VALUES (?, ?, ?)", list(_texts(every))  # noqa: S608 - a name of our own


def _created(table: DataTable, kinds: Mapping[str, str]) -> str:
    columns = [_defined(column, kinds) for column in table.columns]
    keys = [f"PRIMARY KEY ({', '.join(map(_named, table.key))})"] if table.model else []
    return f"CREATE TABLE {_named(table.name)} ({', '.join((*columns, *keys))})"


def _defined(column: DataColumn, kinds: Mapping[str, str]) -> str:
    """A column; one that holds the id of one record refers to its table."""
    found = f"{_named(column.name)} {_TYPES.get(column.shape, 'TEXT')}"
    target = kinds.get(column.refers or "")
    return f"{found} REFERENCES {_named(target)} (id)" if target and column.shape in _SINGLE else found


def _named(name: str) -> str:
    """A name in quotation marks: names of fields may be words of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _inserted(table: DataTable) -> str:
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {_named(table.name)} VALUES ({marks})"  # noqa: S608 - a name in quotation marks


def _values(table: DataTable, row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(_value(row.get(column.name)) for column in table.columns)


def _value(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value if value is None else int(value)
    return cells.cell(value)


def _relations(table: FilledTable) -> Iterator[tuple[object, ...]]:
    """A row for every id in a list of ids: which record names which, in which field."""
    for column in table.about.columns:
        if table.about.model and column.refers and column.shape is Shape.LIST:
            for row in table.rows:
                for ident in row.get(column.name) or ():
                    yield f"{table.about.name}/{row['id']}", column.name, column.refers, ident


def _texts(every: Sequence[FilledTable]) -> Iterator[tuple[object, ...]]:
    for table in every:
        if table.about.model:
            for row in table.rows:
                said = (row.get(name) for name in ("summary", "says", "definition", "note", "story"))
                name = row.get(table.about.model.LABEL) or row["id"]
                yield f"{table.about.name}/{row['id']}", str(name), " ".join(str(text) for text in said if text)
