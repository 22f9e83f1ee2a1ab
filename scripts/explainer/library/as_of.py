"""The day on which what a record says was last held against its sources, as the record itself tells it."""

from collections.abc import Iterable, Iterator
from functools import partial

from explainer.base.values import PartialDate
from explainer.kinds.source import Source
from explainer.library.library import Library
from explainer.library.mentions import cited_by
from explainer.records.record import Entry, Record


def as_of(library: Library, records: Iterable[Record]) -> PartialDate:
    """The latest day that records tell of work on them; that of the dossier where they tell none, or a later one.

    Corrections, searches for what is open and the reading of sources are such work. The date of the dossier alone would
    say of every page that it was looked at on the day of the last pass.
    """
    days = (
        library.shared.get(f"as of {' '.join(record.key)}", partial(_latest, library, record)) for record in records
    )
    told = max((day for day in days if day), default=None)
    updated = library.dossier.updated
    return updated if told is None or updated < told else told


def _latest(library: Library, record: Record) -> PartialDate | None:
    """The latest day that one record tells of; the page, the feeds and the data all ask for it."""
    return max(_told(library, record), default=None)


def _told(library: Library, record: Record) -> Iterator[PartialDate]:
    sources = [record, *(library.get(Source, ident) for ident in cited_by(record))]
    yield from (item.read for item in sources if isinstance(item, Source) and item.read)
    if isinstance(record, Entry):
        yield from (item.date for item in record.corrections)
        yield from (item.looked for item in record.open_questions if item.looked)
        if record.withdrawn:
            yield record.withdrawn.date
