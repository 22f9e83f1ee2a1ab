"""The records and the figures as one workbook: a sheet that explains, then a sheet for each table."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from explainer.data.description import Shape
from explainer.data.tables import FilledTable

LONGEST = 32_767
"""How many characters a cell of a workbook holds."""
_WIDTHS = {Shape.TEXT: 32, Shape.LIST: 28, Shape.PARTS: 40}
_NUMBERS = frozenset({Shape.NUMBER, Shape.WHOLE})
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def workbook(every: Sequence[FilledTable], *, title: str, about: Sequence[tuple[str, str]]) -> bytes:
    """The tables of records and of figures as XLSX; `about` is what the first sheet says of the whole, as pairs of a word and a text.

    Texts are written as texts, so that none of them runs as a formula. The same tables give the same bytes.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": _EPOCH})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _explain(book.add_worksheet("about"), every, about, (head, wrapped))
    for table in every:
        sheet = book.add_worksheet(table.about.name[:31])
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(table.about.columns):
            sheet.write_string(0, at, column.name, head)
            sheet.set_column(at, at, _WIDTHS.get(column.shape, 14))
        numbers = [column.shape in _NUMBERS for column in table.about.columns]
        for number, row in enumerate(table.cells, 1):
            for at, text in enumerate(row):
                if text is not None:
                    _write(sheet, (number, at), text, is_number=numbers[at])
        sheet.autofilter(0, 0, len(table.rows), len(table.about.columns) - 1)
    book.close()
    for sheet in book.worksheets():
        vars(sheet).clear()  # it refers to itself, and would hold its cells until Python looks for such objects
    return file.getvalue()


def _write(sheet: Any, at: tuple[int, int], text: str, *, is_number: bool) -> None:
    if is_number:
        sheet.write_number(*at, float(text))
    else:
        sheet.write_string(*at, text[:LONGEST])


def _explain(
    sheet: Any, every: Sequence[FilledTable], about: Sequence[tuple[str, str]], formats: Sequence[Any]
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
    for table in every:
        number += 1
        sheet.write_string(number, 0, table.about.name, head)
        sheet.write_string(number, 3, table.about.says, wrapped)
        for column in table.about.columns:
            number += 1
            for at, text in enumerate((table.about.name, column.name, column.shape, column.says)):
                sheet.write_string(number, at, text, wrapped)
