"""Writes entries for bibliographies, as BibTeX, RIS and CSL-JSON: of every page, every source, every section."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from explainer.base.files import Output
from explainer.data import bibtex, references, ris
from explainer.data.references import CitedWork
from explainer.kinds.source import Source
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.head import reference
from explainer.pages.page import LazyPage
from explainer.records.record import Record


class Format(NamedTuple):
    """How a file of entries is written."""

    entry: Callable[[CitedWork], str]
    joint: str = ""
    """What stands between two entries."""
    frame: tuple[str, str] = ("", "")
    """What stands before the first entry and after the last."""


FORMATS: Mapping[str, Format] = {
    "bib": Format(bibtex.entry, "\n"),
    "ris": Format(ris.entry),
    "json": Format(references.csl_entry, ", ", ("[", "]\n")),
}
"""Ending of a file -> how it is written."""


def _written(item: CitedWork) -> list[str]:
    """An entry in every format."""
    return [each.entry(item) for each in FORMATS.values()]


def _files(path: str, items: Sequence[Sequence[str]], source: str | None = None) -> Iterator[Output]:
    """The files of some entries, each of which is written in every format."""
    for ending, entries in zip(FORMATS, zip(*items, strict=True), strict=True):
        yield Output(f"{path}.{ending}", file_of(ending, entries), source)


def file_of(ending: str, entries: Iterable[str]) -> bytes:
    """A file of entries that are written already in the format of its ending."""
    form = FORMATS[ending]
    before, after = form.frame
    return f"{before}{form.joint.join(entries)}{after}".encode()


def _kept(library: Library, record: Record) -> list[str]:
    """The entry of a record in every format, kept between runs."""
    name = f"entry {' '.join(record.key)}"
    found: list[str] = json.loads(
        library.shared.text(name, lambda: json.dumps(_written(references.of_record(library, record))))
    )
    return found


def of_page(library: Library, recipe: LazyPage) -> Iterator[Output]:
    """The entry of a page."""
    page = recipe.composed()
    yield from _files(addresses.cited(page.path), [_written(reference(library, page))], page.source)


def of_record(library: Library, record: Record) -> Iterator[Output]:
    """The entry of a source."""
    if isinstance(record, Source):
        entry = [_written(references.of_source(record))]
        yield from _files(addresses.cited_source(record.ident), entry, library.document(record).path)


def of_kind(library: Library, model: type[Record]) -> Iterator[Output]:
    """The entries of a section in one file: its records, each where it stands on the site; or all sources."""
    section = model.section()
    if section and section in library.kinds.sections and (records := library.all(model)):
        yield from _files(addresses.cited_section(section), [_kept(library, record) for record in records])
