"""The page of corrections: every error of the dossier that was put right, the newest first."""

import itertools
from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.base.values import PartialDate
from explainer.library import addresses
from explainer.library.library import Library, sort_key
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage, Page
from explainer.records.record import Entry
from explainer.records.sourced import Correction

MANY = 30
"""Largest number of corrections of a day that stand open."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record and an error of it that was put right."""

    record: Entry
    correction: Correction


@dataclass(frozen=True, slots=True)
class CorrectedOn:
    """What was put right on one day."""

    date: PartialDate
    corrections: tuple[Corrected, ...]

    @property
    def by_kind(self) -> tuple[tuple[str, tuple[Corrected, ...]], ...]:
        """Kind by kind, to be folded, where they are many; else empty."""
        if len(self.corrections) <= MANY:
            return ()
        kinds = dict.fromkeys(sorted(item.record.KIND for item in self.corrections))
        return tuple((kind, tuple(item for item in self.corrections if kind == item.record.KIND)) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Corrections:
    """Template data of the page of corrections."""

    corrections: tuple[Corrected, ...]

    @property
    def days(self) -> tuple[CorrectedOn, ...]:
        """The corrections of each date, the newest first."""
        grouped = itertools.groupby(self.corrections, key=lambda item: item.correction.date)
        return tuple(CorrectedOn(date, tuple(items)) for date, items in grouped)

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
