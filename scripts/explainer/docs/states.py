"""A state of a dossier as rows, to be compared with another: from its folder, or from data that were downloaded."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explainer.base.problems import Problem
from explainer.data.rows import Row, plain
from explainer.docs import content, documents
from explainer.kinds.registry import Kinds
from explainer.reading.document import Document
from explainer.records import validate
from explainer.records.record import Record, Story

LINES = "all.jsonl"
"""The file of the downloads that holds every record."""


class NotAStateError(ValueError):
    """Raised for a file from which no records can be read; says why, and what is expected."""


def of_folder(root: Path, kinds: Kinds) -> tuple[list[Row], list[Problem]]:
    """The rows of the records in `content/`, and the problems with what could not be read.

    A record that does not fit the models of today is told as it is written: it may be of a time when they were others.
    """
    files, problems = content.content_files(root)
    rows: list[Row] = []
    for file in files:
        if documents.holds_records(file.path):
            found, wrong = documents.documents_of(file, kinds)
            rows += [_row(model, document) for model, document in found]
            problems += [problem for problem in wrong if not problem.remark]
    return [row for row in rows if "id" in row], problems


def _row(model: type[Record], document: Document) -> Row:
    record, _ = validate.read(model, document)
    if record is None:
        story = {"story": document.body} if document.body else {}
        return {"type": model.KIND, **document.data, **story}
    story = {"story": record.body} if isinstance(record, Story) and record.body else {}
    return {"type": model.KIND, "id": record.ident, **plain(record), **story}


def of_file(path: Path) -> list[Row]:
    """The rows of data that were downloaded: JSON Lines, or the zip that holds them; raises NotAStateError."""
    try:
        raw = path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(raw)):
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                raw = archive.read(LINES)
        return of_lines(raw.decode("utf-8-sig"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError, zipfile.BadZipFile) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it holds no records"
        raise NotAStateError(
            f"{path} cannot be read as data ({reason}); expected {LINES} or all.zip of the downloads; name such a file"
        ) from error


def of_lines(text: str) -> list[Row]:
    """The rows of JSON Lines; raises ValueError, KeyError, TypeError or RecursionError if they are none."""
    return list(_rows(text))


def _rows(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        if line.strip():
            row: dict[str, Any] = json.loads(line, parse_float=str)
            yield {**row, "type": str(row["type"]), "id": str(row["id"])}
