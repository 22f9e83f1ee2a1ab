"""The data to take away: every format holds every record whole, no text runs, the same data give the same bytes."""

import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from explainer import build
from explainer.data import cells, downloads
from explainer.data.description import DataColumn, DataTable, Shape, of_kind, tables
from explainer.data.downloads import Download
from explainer.data.tables import FilledTable
from explainer.data.workbook import LONGEST, workbook
from explainer.figures import csv_tables
from explainer.figures.csv_tables import BOM
from explainer.kinds import registry
from explainer.library.library import Library
from explainer.records.introspect import in_order, written
from explainer.records.record import Record
from tests.conftest import PROJECT, change

HOSTILE = "=CMD|'/C calc'!A0 \\\"> \\<script>alert(1)\\</script> +1 @SUM(A1) \\<!-- -- --> ]]> {x} ; '"
STORY = "content/operations/beacon-2003.md"


@pytest.fixture
def library(harbour: Path) -> Library:
    """The harbour dossier, with a hostile text."""
    change(harbour / STORY, ("figures:\n", f"note: {json.dumps(HOSTILE)}\nfigures:\n"))
    return build.load(harbour)


@pytest.fixture
def files(library: Library) -> dict[str, Download]:
    """Name -> file."""
    return {item.name: item for item in downloads.downloads(library)}


def shapes(table: DataTable) -> dict[str, Shape]:
    """Column -> what its cells hold."""
    return {column.name: column.shape for column in table.columns}


def again(model: type[Record], row: dict[str, Any]) -> Record:
    """The record that a row holds."""
    fields = {name: value for name, value in row.items() if value is not None and name not in {"page", "story"}}
    return model.model_validate({**fields, **({"body": row["story"]} if row.get("story") else {})})


def read(table: DataTable, row: dict[str, str]) -> dict[str, Any]:
    """The values of a row of texts."""
    return {name: cells.value_of(row[name], shape) for name, shape in shapes(table).items()}


def rows_of_csv(files: dict[str, Download], name: str) -> list[dict[str, str]]:
    """The rows of a CSV, as a program reads them."""
    text = files[f"{name}.csv"].data.decode("utf-8-sig")
    found = csv.DictReader(io.StringIO(text, newline=""))
    return [{key: cells.unsafe(value) for key, value in row.items()} for row in found]


def test_every_record_comes_back_whole_from_csv(library: Library, files: dict[str, Download]) -> None:
    for model in library.kinds.types:
        if records := library.all(model):
            table = of_kind(model)
            back = [again(model, read(table, row)) for row in rows_of_csv(files, table.name)]

            assert [each.fields() for each in back] == [each.fields() for each in records]


def test_every_record_comes_back_whole_from_the_workbook_and_the_database(
    library: Library, files: dict[str, Download], tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["all.xlsx"].data))
    (tmp_path / "all.sqlite").write_bytes(files["all.sqlite"].data)
    connection = sqlite3.connect(tmp_path / "all.sqlite")
    for model in library.kinds.types:
        if records := library.all(model):
            table = of_kind(model)
            names = [column.name for column in table.columns]
            sheet = [[_text(cell) for cell in row] for row in book[table.name].iter_rows(min_row=2, values_only=True)]
            kept = [[_text(cell) for cell in row] for row in connection.execute(f'SELECT * FROM "{table.name}"')]  # noqa: S608
            for rows in (sheet, kept):
                back = [again(model, read(table, dict(zip(names, row, strict=True)))) for row in rows]

                assert [each.fields() for each in back] == [each.fields() for each in records]
    connection.close()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def test_every_record_comes_back_whole_from_json_lines(library: Library, files: dict[str, Download]) -> None:
    lines = [json.loads(line, parse_float=str) for line in files["all.jsonl"].data.decode().splitlines()]
    back = [again(library.kinds.by_kind[line.pop("type")], line) for line in lines]

    assert {each.key: each.fields() for each in back} == {
        entry.record.key: entry.record.fields() for entry in library.entries.values()
    }


def test_no_text_begins_a_formula_and_no_cell_of_the_workbook_is_one(files: dict[str, Download]) -> None:
    for name, item in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(item.data.decode("utf-8-sig"), newline="")):
                assert not [text for text in row if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = openpyxl.load_workbook(io.BytesIO(files["all.xlsx"].data))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert {cell.data_type for cell in found} <= {"s", "n", "b"}
    assert HOSTILE in {cell.value for cell in found}


def test_whatever_a_cell_says_the_workbook_says_as_far_as_a_cell_holds_it() -> None:
    texts = [" at both ends ", "two\nlines", "_x0041_", "<a&b>\"'", "\x0b\x1f\ufffe", "=1+1", "long " * 40_000]
    columns = (DataColumn("text", Shape.TEXT, "A text."), DataColumn("number", Shape.NUMBER, "A number."))
    lines = csv_tables.lines([cells.safe(text), "1.50"] for text in texts)
    table = FilledTable(DataTable("odd", "Odd texts.", columns), tuple(lines))
    book = openpyxl.load_workbook(io.BytesIO(workbook([table], title="Odd", about=[("licence", "None")])))
    rows = list(book["odd"].iter_rows(min_row=2, values_only=True))
    read = [re.sub("_x([0-9A-F]{4})_", lambda sign: chr(int(sign[1], 16)), str(text)) for text, _ in rows]

    assert read == [text[:LONGEST] for text in texts]
    assert {number for _, number in rows} == {1.5}
    assert book["odd"].dimensions == f"A1:B{len(texts) + 1}"


def test_a_csv_begins_with_the_mark_by_which_a_spreadsheet_knows_its_encoding(files: dict[str, Download]) -> None:
    assert all(item.data.decode().startswith(BOM) for name, item in files.items() if name.endswith(".csv"))


def test_the_same_data_give_the_same_bytes(harbour: Path) -> None:
    first, second = ({item.name: item.data for item in downloads.downloads(build.load(harbour))} for _ in range(2))

    assert first == second


def test_a_check_makes_no_file_to_take_away_and_finds_what_links_to_their_page(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def noted(_: Library) -> tuple[Download, ...]:
        made.append("files")
        return ()

    monkeypatch.setattr(downloads, "_made", noted)
    sound = build.check(harbour).problems
    before = list(made)
    change(harbour / STORY, ("figures:\n", 'note: "See [the data](../data/index.md#nowhere)."\nfigures:\n'))
    (found,) = build.check(harbour).problems

    assert (sound, before) == ((), [])
    assert "#nowhere" in found.message
    assert made == ["files"]


def test_the_zip_holds_the_files_with_their_checksums(files: dict[str, Download]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["all.zip"].data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    sums = {line[66:]: line[:64] for line in held.pop("SHA256SUMS").decode().splitlines()}

    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in held.items()}
    assert held.pop("ro-crate-metadata.json")
    assert held == {name: files[name].data for name in held}
    assert {name for name in files if name.endswith(".csv")} <= held.keys()


def test_the_description_names_every_column_of_every_csv(files: dict[str, Download]) -> None:
    package = json.loads(files["datapackage.json"].data)
    web = json.loads(files["csv-metadata.json"].data)
    heads = {
        name: next(csv.reader(io.StringIO(item.data.decode("utf-8-sig"))))
        for name, item in files.items()
        if name.endswith(".csv")
    }

    assert {item["path"]: [each["name"] for each in item["schema"]["fields"]] for item in package["resources"]} == heads
    assert {item["url"]: [each["name"] for each in item["tableSchema"]["columns"]] for item in web["tables"]} == heads
    assert all(each["description"] for item in package["resources"] for each in item["schema"]["fields"])
    assert package["licenses"][0]["title"]


def test_the_database_answers_with_references_and_full_text(files: dict[str, Download], tmp_path: Path) -> None:
    (tmp_path / "all.sqlite").write_bytes(files["all.sqlite"].data)
    connection = sqlite3.connect(tmp_path / "all.sqlite")

    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT record FROM texts WHERE texts MATCH 'lamp*'").fetchall()
    assert connection.execute("SELECT count(*) FROM figures").fetchone()[0] > 0
    assert connection.execute(
        "SELECT o.name FROM operations o JOIN relations r ON r.record = 'operations/' || o.id WHERE r.kind = 'country'"
    ).fetchall()
    connection.close()


def test_every_field_of_every_kind_is_a_column() -> None:
    kinds = registry.load(PROJECT)
    columns = {table.model: {column.name for column in table.columns} for table in tables(kinds) if table.model}

    for model in kinds.types:
        assert {written(model, name) for name in in_order(model)} - {"body", "search_terms"} <= columns[model]


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (["a", "b c"], Shape.LIST, "a; b c"),
        (["a; b"], Shape.LIST, '["a; b"]'),
        (["[x"], Shape.LIST, '["[x"]'),
        ([" a"], Shape.LIST, '[" a"]'),
        ([{"a": 1}], Shape.PARTS, '[{"a": 1}]'),
        ({"fr": "x"}, Shape.PART, '{"fr": "x"}'),
        ("id", Shape.PART, "id"),
        (True, Shape.FLAG, "true"),
        (None, Shape.TEXT, ""),
    ],
)
def test_a_value_is_written_as_one_text_and_read_again(value: object, shape: Shape, text: str) -> None:
    assert cells.cell(value) == text
    assert cells.value_of(text, shape) == value


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", " =1", "-5", "'tis", "plain", "'", "@x", "+1", "' =x"])
def test_what_is_made_safe_for_a_spreadsheet_is_read_again_as_it_was(text: str) -> None:
    assert cells.unsafe(cells.safe(text)) == text
    assert not cells.safe(text).startswith(("=", "+", "-", "@"))


def test_sheets_of_tables_with_long_names_have_names_of_their_own() -> None:
    long = "reports-of-the-wardens-of-the-river-"
    columns = (DataColumn("id", Shape.TEXT, "An id."),)
    tables = [FilledTable(DataTable(name, "A table.", columns), ("x",)) for name in (f"{long}a", f"{long}b", "about-x")]
    book = openpyxl.load_workbook(io.BytesIO(workbook(tables, title="Odd", about=[("licence", "None")])))

    assert book.sheetnames == ["about", "reports-of-the-wardens-of-the-r", "reports-of-the-wardens-of-the-2", "about-x"]
    told = [row[0] for row in book["about"].iter_rows(values_only=True)]
    assert [name for name in told if str(name).startswith("reports")] == [
        name for name in book.sheetnames[1:3] for _ in "12"
    ]
