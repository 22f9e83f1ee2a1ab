"""The tables as an SQLite database, with foreign keys and a full-text index."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from explainer.data import cells
from explainer.data.description import DataColumn, DataTable, Shape
from explainer.data.tables import FilledTable
from explainer.records.record import Record

_TYPES = {Shape.NUMBER: "NUMERIC", Shape.WHOLE: "INTEGER", Shape.FLAG: "INTEGER"}
_SINGLE = frozenset({Shape.TEXT})
TEXTS = "texts"
"""The name of the full-text index."""
_SAYING = ("summary", "says", "definition", "note", "story")
"""The columns that are indexed, besides the name."""


def database(every: Sequence[FilledTable], about: Mapping[str, str]) -> bytes:
    """The tables as the bytes of a database file; `about` is what its table `about` says of the whole.

    The same tables give the same bytes with the same version of SQLite.
    """
    with tempfile.TemporaryDirectory() as folder:  # in memory it would stand twice
        path = Path(folder, "all.sqlite")
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            for statement, rows in _statements(every, about):
                if rows is None:
                    connection.execute(statement)
                else:
                    connection.executemany(statement, rows)
            connection.commit()
        with path.open("r+b") as file:
            for place, length in _NOTES:
                file.seek(place)
                file.write(bytes(length))
        return path.read_bytes()


_NOTES = ((24, 4), (92, 8))
"""Where SQLite notes in files how often they were changed, and by which version of it; in memory it leaves that empty."""
_Rows = Iterable[Sequence[object]]


def _statements(every: Sequence[FilledTable], about: Mapping[str, str]) -> Iterator[tuple[str, _Rows | None]]:
    """Each statement with the rows for its placeholders; None where it has none."""
    yield "CREATE TABLE about (word TEXT PRIMARY KEY, says TEXT NOT NULL)", None
    yield "INSERT INTO about VALUES (?, ?)", list(about.items())
    kinds = {table.about.model.KIND: table.about.name for table in every if table.about.model}
    yield "CREATE TABLE relations (record TEXT, field TEXT, kind TEXT, id TEXT)", None
    for table in every:
        yield _created(table.about, kinds), None
        yield _inserted(table.about), _values(table)
        yield "INSERT INTO relations VALUES (?, ?, ?, ?)", _relations(table)
    yield "CREATE INDEX relations_by_target ON relations (kind, id)", None
    yield from _index(every)


def _index(every: Sequence[FilledTable]) -> Iterator[tuple[str, _Rows | None]]:
    """A table that names every record, and a full-text index over a view, so that no text is stored twice."""
    yield (
        "CREATE TABLE all_records (number INTEGER PRIMARY KEY, record TEXT UNIQUE, kind TEXT, id TEXT, name TEXT)",
        None,
    )
    for table in every:
        if table.about.model:
            yield _names(table.about, table.about.model), None
    branches = [branch for table in every if (branch := _branch(table.about))]
    yield f"CREATE VIEW said AS {' UNION ALL '.join(branches) or _NOTHING}", None
    options = "content = 'said', content_rowid = 'number'"
    yield f"CREATE VIRTUAL TABLE {TEXTS} USING fts5 (record UNINDEXED, name, says, {options})", None
    yield f"INSERT INTO {TEXTS} ({TEXTS}) VALUES ('rebuild')", None  # noqa: S608 - a name of our own


_NOTHING = "SELECT number, record, name, '' AS says FROM all_records"


def _branch(table: DataTable) -> str | None:
    """What the records of one kind say, as a part of the view; None for a table that is not of a kind."""
    if table.model is None:
        return None
    there = {column.name for column in table.columns}
    texts = [f"coalesce(t.{_named(name)} || ' ', '')" for name in _SAYING if name in there] or ["''"]
    says, of = " || ".join(texts), _named(table.name)
    return (
        f"SELECT r.number, r.record, r.name, {says} AS says FROM all_records r JOIN {of} t ON t.id = r.id "  # noqa: S608 - names of our own
        f"WHERE r.kind = '{table.model.KIND}'"
    )


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


_FLAGS = {"true": 1, "false": 0, None: None}


def _values(table: FilledTable) -> _Rows:
    """The cells of every row; a flag is a number."""
    flags = [at for at, column in enumerate(table.about.columns) if column.shape is Shape.FLAG]
    for row in table.cells():
        values: list[object] = [*row]
        for at in flags:
            values[at] = _FLAGS[row[at]]
        yield values


def _relations(table: FilledTable) -> Iterator[tuple[object, ...]]:
    """A row for every id in a list of ids: which record names which, in which field."""
    lists = [(at, column) for at, column in enumerate(table.about.columns) if _is_list_of_ids(column)]
    if table.about.model is None or not lists:
        return
    key = [column.name for column in table.about.columns].index("id")
    rows = [(f"{table.about.name}/{row[key]}", [row[at] for at, _ in lists]) for row in table.cells()]
    for place, (_, column) in enumerate(lists):
        for record, listed in rows:
            yield from _named_in(record, column, listed[place])


def _named_in(record: str, column: DataColumn, listed: str | None) -> Iterator[tuple[object, ...]]:
    return ((record, column.name, column.refers, named) for named in _ids(listed))


def _is_list_of_ids(column: DataColumn) -> bool:
    return column.refers is not None and column.shape is Shape.LIST


def _ids(text: str | None) -> Iterable[str]:
    found: Iterable[str] = cells.value_of(text, Shape.LIST) if text else ()
    return found


def _names(table: DataTable, model: type[Record]) -> str:
    """The statement that names the records of a table."""
    there = any(column.name == model.LABEL for column in table.columns)
    name = f"coalesce({_named(model.LABEL)}, id)" if there else "id"
    values = f"'{table.name}/' || id, '{model.KIND}', id, {name}"
    return f"INSERT INTO all_records (record, kind, id, name) SELECT {values} FROM {_named(table.name)} ORDER BY rowid"  # noqa: S608 - names of our own
