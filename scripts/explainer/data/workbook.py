"""The records and the figures as one workbook: a sheet that explains, then a sheet for each table.

A package makes the workbook with the first row of each sheet. The rows below, of which there are many thousands, are put
in as text: each holds its words itself, so that no word is looked up and no cell is held.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from explainer.data.description import Shape
from explainer.data.tables import FilledTable
from explainer.data.zipped import zipped

LONGEST_NAME = 31
"""How many characters the name of a sheet has at most."""
_ABOUT = "about"
"""The name of the sheet that explains."""
LONGEST = 32_767
"""How many characters a cell of a workbook holds."""
_WIDTHS = {Shape.TEXT: 32, Shape.LIST: 28, Shape.PARTS: 40}
_NUMBERS = frozenset({Shape.NUMBER, Shape.WHOLE})
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_EXTENT = re.compile(r'(?<=<dimension ref=")[^"]*')
_UNWRITABLE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What no XML holds, and what would be read as a sign for it; ECMA-376 part 1, 22.4.2.4 (`_xHHHH_`)."""

_SPECIAL = re.compile("[&<>_\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What may have to be written otherwise; most texts hold nothing of that."""


def workbook(every: Sequence[FilledTable], *, title: str, about: Sequence[tuple[str, str]]) -> bytes:
    """The tables of records and of figures as XLSX; `about` is what the first sheet says of the whole, as pairs of a word and a text.

    Texts are written as texts, so that none of them runs as a formula. The same tables give the same bytes.
    """
    with zipfile.ZipFile(io.BytesIO(_frame(every, title, about))) as made:
        files = {name: made.read(name) for name in made.namelist()}
    for number, table in enumerate(every, 2):
        name = f"xl/worksheets/sheet{number}.xml"
        files[name] = _filled(files[name].decode(), table).encode()
    return zipped(files)


def _frame(every: Sequence[FilledTable], title: str, about: Sequence[tuple[str, str]]) -> bytes:
    """The workbook with the first row of every sheet."""
    import xlsxwriter  # a check writes none

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": _EPOCH})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    names = sheet_names([table.about.name for table in every])
    _explain(book.add_worksheet(_ABOUT), zip(names, every, strict=True), about, (head, wrapped))
    for name, table in zip(names, every, strict=True):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(table.about.columns):
            sheet.write_string(0, at, column.name, head)
            sheet.set_column(at, at, _WIDTHS.get(column.shape, 14))
        sheet.autofilter(0, 0, len(table.rows), len(table.about.columns) - 1)
    book.close()
    for sheet in book.worksheets():
        vars(sheet).clear()  # it refers to itself, and would hold its cells until Python looks for such objects
    return file.getvalue()


def sheet_names(tables: Iterable[str]) -> list[str]:
    """The names of the sheets of some tables, in their order: cut to what a sheet allows, and numbered where that makes them the same."""
    taken = [_ABOUT]
    for name in tables:
        number, short = 1, name[:LONGEST_NAME]
        while short in taken:
            number += 1
            short = f"{name[: LONGEST_NAME - len(str(number)) - 1]}-{number}"
        taken.append(short)
    return taken[1:]


def _letters(place: int) -> str:
    """The name of a column of a sheet, by its place from 0 on."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


def _filled(sheet: str, table: FilledTable) -> str:
    """The sheet of a table with its rows below the first."""
    extent = f"A1:{_letters(len(table.about.columns) - 1)}{len(table.rows) + 1}"
    head, end, rest = _EXTENT.sub(extent, sheet, count=1).partition("</sheetData>")
    return "".join((head, *_rows(table), end, rest))


def _rows(table: FilledTable) -> Iterator[str]:
    """The rows of a table, from the second of its sheet on."""
    columns = [(_letters(at), column.shape in _NUMBERS) for at, column in enumerate(table.about.columns)]
    for number, row in enumerate(table.cells(), 2):
        filled = (
            f'<c r="{letter}{number}"{_number(text) if is_number else _text(text)}</c>'
            for (letter, is_number), text in zip(columns, row, strict=True)
            if text is not None
        )
        yield f'<row r="{number}">{"".join(filled)}</row>'


def _number(text: str) -> str:
    return f"><v>{float(text):.16G}</v>"


def _text(text: str) -> str:
    """A text in its cell, as far as a cell holds it; spaces at its ends are told from those of the file."""
    text = text[:LONGEST]
    kept = "" if text == text.strip() else ' xml:space="preserve"'
    if _SPECIAL.search(text) is None:
        return f' t="inlineStr"><is><t{kept}>{text}</t></is>'
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t{kept}>{_UNWRITABLE.sub(_sign, written)}</t></is>'


def _sign(found: re.Match[str]) -> str:
    """The sign for what cannot be written."""
    return f"_x{ord(found[0]):04X}_"


def _explain(
    sheet: Any, every: Iterable[tuple[str, FilledTable]], about: Sequence[tuple[str, str]], formats: Sequence[Any]
) -> None:
    """What the workbook is, then every column of every sheet with its meaning."""
    head, wrapped = formats
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 3, 90)
    for number, (word, text) in enumerate(about):
        sheet.write_string(number, 0, word, head)
        sheet.write_string(number, 3, text, wrapped)
    number = len(about) + 1
    for at, word in enumerate(("sheet", "column", "shape", "meaning")):
        sheet.write_string(number, at, word, head)
    for name, table in every:
        number += 1
        sheet.write_string(number, 0, name, head)
        sheet.write_string(number, 3, table.about.says, wrapped)
        for column in table.about.columns:
            number += 1
            for at, text in enumerate((name, column.name, column.shape, column.says)):
                sheet.write_string(number, at, text, wrapped)
