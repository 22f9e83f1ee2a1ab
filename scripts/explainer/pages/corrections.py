"""The page of corrections: every error of the dossier that was put right, the newest first."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.base.values import PartialDate
from explainer.library import addresses
from explainer.library.library import Library, sort_key
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage, Page
from explainer.records.record import Entry
from explainer.records.sourced import Correction


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record and an error of it that was put right."""

    record: Entry
    correction: Correction


@dataclass(frozen=True, slots=True)
class Corrections:
    """Template data of the page of corrections."""

    corrections: tuple[Corrected, ...]

    @property
    def by_date(self) -> tuple[tuple[PartialDate, tuple[Corrected, ...]], ...]:
        """The corrections of each date, the newest first."""
        grouped = itertools.groupby(self.corrections, key=lambda item: item.correction.date)
        return tuple((date, tuple(items)) for date, items in grouped)

    @property
    def records(self) -> int:
        """The number of records with a correction."""
        return len({item.record.key for item in self.corrections})


def _corrections(library: Library) -> Corrections:
    entries = [entry.record for entry in library.entries.values() if isinstance(entry.record, Entry)]
    found = [Corrected(record, correction) for record in entries for correction in record.corrections]
    found.sort(key=lambda item: sort_key(item.record.label))
    found.sort(key=lambda item: item.correction.date, reverse=True)
    return Corrections(tuple(found))


def _page(library: Library) -> Page:
    return section_page(library, addresses.CORRECTIONS, _corrections(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of corrections."""
    yield index(library, addresses.CORRECTIONS, partial(_page, library))
