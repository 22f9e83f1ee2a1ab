"""What is new, day by day and kind by kind, from the history of the records: for the page, the feeds and `changes.json`."""

import itertools
from collections.abc import Callable, Iterator

from explainer.base.dataclass import dataclass
from explainer.base.values import PartialDate
from explainer.data.saying import Speaker
from explainer.library import addresses, places
from explainer.library.history import Differs, RecordDay
from explainer.library.library import Library
from explainer.library.loaded_record import Key
from explainer.records.record import Record

MOST_NEW, MOST_CHANGED = 30, 120
"""How many new and how many changed records of a kind are named for a day; more are only counted."""


@dataclass(frozen=True, slots=True)
class KindNews:
    """What became of the records of one kind on one day."""

    kind: str
    new: tuple[RecordDay, ...]
    changed: tuple[RecordDay, ...]
    """Those that changed or went."""

    @property
    def names_new(self) -> bool:
        """Whether the new ones are few enough to be named."""
        return len(self.new) <= MOST_NEW

    @property
    def names_changed(self) -> bool:
        """Whether the changed ones are few enough to be named."""
        return len(self.changed) <= MOST_CHANGED


@dataclass(frozen=True, slots=True)
class DayNews:
    """What became of the records on one day."""

    day: PartialDate
    kinds: tuple[KindNews, ...]


def days(library: Library) -> tuple[DayNews, ...]:
    """The days on which records with an address changed, the newest first."""
    by_day = itertools.groupby(library.history.passages, key=lambda item: item.day)
    found = (DayNews(day, tuple(by_kind(library, list(passages)))) for day, passages in by_day)
    return tuple(item for item in found if item.kinds)


def by_kind(library: Library, passages: list[RecordDay]) -> Iterator[KindNews]:
    """What passages tell of the records with an address, kind by kind."""
    tells = speaker(library).tells
    for model in library.kinds.sections.values():
        mine = [item for item in passages if item.record.kind == model.KIND]
        new = tuple(filter(is_new, mine))
        changed = tuple(item for item in mine if not is_new(item) and tells(item.record))
        if new or changed:
            yield KindNews(model.KIND, new, changed)


def is_new(passage: RecordDay) -> bool:
    """Whether the record came on this day."""
    return passage.record.differences[0].what is Differs.NEW


def speaker(library: Library, label: Callable[[Record], str] = lambda record: record.label) -> Speaker:
    """Says differences in the language of a view of a library, with the names that its records have today.

    `label` gives the name of a record, or what stands for it.
    """

    def name(kind: str, ident: str) -> str | None:
        entry = library.entries.get((kind, ident))
        return label(entry.record) if entry else None

    return Speaker(library.words, library.kinds, name)


def record_of(library: Library, key: Key) -> Record | None:
    """The record of a passage, under the id that it has today; None if there is none any more."""
    entry = library.entries.get(library.history.today(key))
    return entry.record if entry else None


def address(library: Library, record: Record | None) -> str:
    """The full address at which a reader finds a record; without one, that of the page of changes."""
    there = places.address(library, record) if record else None
    return there or places.whole(library, f"{addresses.CHANGES}/")
