"""Writes entries for bibliographies, as BibTeX, RIS and CSL-JSON: of every page, every source, every section."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from explainer.base.files import Output
from explainer.data import references
from explainer.data.bibtex import bibtex
from explainer.data.references import CitedWork, csl_json
from explainer.data.ris import ris
from explainer.kinds.source import Source
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.head import reference
from explainer.pages.page import LazyPage
from explainer.records.record import Record

FORMATS: Mapping[str, Callable[[Iterable[CitedWork]], bytes]] = {"bib": bibtex, "ris": ris, "json": csl_json}
"""Ending of a file -> what writes it."""


def _files(path: str, items: Sequence[CitedWork], source: str | None = None) -> Iterator[Output]:
    for ending, write in FORMATS.items():
        yield Output(f"{path}.{ending}", write(items), source)


def of_page(library: Library, recipe: LazyPage) -> Iterator[Output]:
    """The entry of a page."""
    page = recipe.composed()
    yield from _files(addresses.cited(page.path), [reference(library, page)], page.source)


def of_record(library: Library, record: Record) -> Iterator[Output]:
    """The entry of a source."""
    if isinstance(record, Source):
        entry = [references.of_source(record)]
        yield from _files(addresses.cited_source(record.ident), entry, library.document(record).path)


def outputs(library: Library, pages: Sequence[LazyPage]) -> Iterator[Output]:
    """The entries of every section in one file: its records, each where it stands on the site; or all sources."""
    for section, model in library.kinds.sections.items():
        if records := library.all(model):
            entries = [references.of_record(library, record) for record in records]
            yield from _files(addresses.cited_section(section), entries)
