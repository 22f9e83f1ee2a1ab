"""The files to take away, made from the tables: CSV, a workbook, a database, JSON Lines, descriptions, and all in one zip."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from explainer.base.apart import begun
from explainer.base.dataclass import dataclass
from explainer.data import tables
from explainer.data.catalogue import CRATE, crate, dcat
from explainer.data.database import database
from explainer.data.description import CITATIONS, STATEMENTS, DataTable
from explainer.data.package import csv_on_the_web, data_package
from explainer.data.skos import skos
from explainer.data.tables import FilledTable
from explainer.data.workbook import workbook
from explainer.data.zipped import zipped
from explainer.library import addresses
from explainer.library.library import Library

NAME = "downloads"
"""The name of all files among the shared results."""
FOLDER = f"{addresses.DATA}/download"
"""Folder of the files, relative to `docs/`."""
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sqlite": "application/vnd.sqlite3",
    "jsonl": "application/jsonl",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "txt": "text/plain",
    "zip": "application/zip",
}
"""Ending of a file -> its media type."""


MANY = 1000
"""Number of rows of a workbook that takes longer to make than a process to begin."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away."""

    name: str
    data: bytes
    table: DataTable | None = None
    """The table that it holds, if it holds one; without its rows, which take more memory than all the files."""
    rows: int = 0
    """How many rows that table has."""

    @property
    def is_table(self) -> bool:
        """Whether it holds one table, and not the whole."""
        return self.table is not None

    @property
    def kilobytes(self) -> int:
        """Its size in thousands of bytes, rounded up."""
        return -(-len(self.data) // 1000)

    @property
    def media_type(self) -> str:
        """Its media type, as servers name it."""
        return MEDIA_TYPES[self.name.rpartition(".")[2]]

    @property
    def path(self) -> str:
        """Where it lies, relative to `docs/`."""
        return f"{FOLDER}/{self.name}"


def downloads(library: Library) -> tuple[Download, ...]:
    """Every file; made once for the page that lists them and for the files themselves."""
    return library.shared.get(NAME, partial(_made, library))


def _made(library: Library) -> tuple[Download, ...]:
    every, lines = tables.filled(library)
    about = _about(library)
    book = _begun_workbook(library.dossier.title, every, about)
    texts = [Download(f"{table.about.name}.csv", table.csv(), table.about, len(table.rows)) for table in every]
    described = [
        Download("all.jsonl", lines),
        Download("datapackage.json", data_package(every, _packaged(library))),
        Download("csv-metadata.json", csv_on_the_web(every, _on_the_web(library))),
        Download("vocabularies.ttl", skos(library)),
        Download("README.txt", "".join(f"{word}: {text}\n" for word, text in about.items()).encode()),
    ]
    inside = [*texts, *described]
    inside.append(
        Download(CRATE, crate(library, [(item.name, item.media_type, len(item.data)) for item in inside], every))
    )
    with ThreadPoolExecutor(1) as beside:  # compressing lets other threads of Python run
        packed = beside.submit(_zip, {item.name: item.data for item in inside})
        data = database(every, about)
    programs = [Download("all.xlsx", book()), Download("all.sqlite", data)]
    whole = [*programs, *described]
    last = Download("all.zip", packed.result())
    files = [(item.path, item.media_type, len(item.data)) for item in (*texts, *whole, last)]
    return (*texts, *whole, Download("dcat.jsonld", dcat(library, files)), last)


def _begun_workbook(title: str, every: Sequence[FilledTable], about: Mapping[str, str]) -> Callable[[], bytes]:
    """What waits for the workbook, which has no long tables; with many rows it is made beside the rest."""
    records = [table for table in every if table.about not in (STATEMENTS, CITATIONS)]
    work = partial(workbook, records, title=title, about=list(about.items()))
    return begun(work) if sum(len(table.rows) for table in records) >= MANY else work


def _about(library: Library) -> Mapping[str, str]:
    """What each file says of itself."""
    site = library.dossier
    return {
        "title": site.title,
        "address": site.url,
        "licence": f"{site.licence} ({site.licence_url})",
        "updated": str(site.updated),
        "sources": "Each row names its sources by their ids; the table of sources has titles and addresses.",
        "lists": 'Entries of a list are joined by "; "; parts of a record with fields of their own are JSON.',
        "formulas": "In CSV an apostrophe stands before a text that a spreadsheet would run as a formula.",
    }


def _packaged(library: Library) -> Mapping[str, Any]:
    site = library.dossier
    return {
        "name": "data",
        "title": site.title,
        "homepage": site.url,
        "version": str(site.updated),
        "licenses": [{"title": site.licence, "path": site.licence_url}],
    }


def _on_the_web(library: Library) -> Mapping[str, Any]:
    site = library.dossier
    return {"dc:title": site.title, "dc:license": {"@id": site.licence_url}, "dc:modified": str(site.updated)}


def _zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of some files, with the SHA-256 of each in `SHA256SUMS`."""
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return zipped({**files, "SHA256SUMS": sums.encode()})
