"""Keeps editors' notes with the changes that they are about, when a history is told anew and a change moves to another day."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from explainer.library.history import Difference, Differs, RecordDay
from explainer.library.loaded_record import Key


class Carried(NamedTuple):
    """Passages that were told anew, with the notes of those before."""

    passages: list[RecordDay]
    lost: list[RecordDay]
    """The passages with a note whose change no state holds any more."""


def carried(before: Iterable[RecordDay], fresh: Sequence[RecordDay]) -> Carried:
    """Give each note to the passage that tells its change now; notes that meet on one stand one after the other."""
    notes: dict[int, list[str]] = {}
    lost = []
    for passage in (item for item in before if item.note):
        same = [number for number, other in enumerate(fresh) if passage.record.key in _keys(other)]
        if same:
            best = min(same, key=lambda number: _distance(passage, fresh[number]))
            notes.setdefault(best, []).append(passage.note)
        else:
            lost.append(passage)
    passages = [item._replace(note=" ".join(dict.fromkeys(notes.get(at, ())))) for at, item in enumerate(fresh)]
    return Carried(passages, lost)


def _keys(passage: RecordDay) -> Iterator[Key]:
    """The record of a passage, by its id and by the one that it had before."""
    yield passage.record.key
    for item in passage.record.differences:
        if item.what is Differs.RENAMED:
            yield passage.record.kind, item.before


def _distance(passage: RecordDay, other: RecordDay) -> tuple[bool, bool, bool, int]:
    """How far a passage is from another: one that tells the same change is nearest, then one of the same place, then of the same day."""
    told, tells = passage.record.differences, other.record.differences
    return (
        set(told).isdisjoint(tells),
        _places(told).isdisjoint(_places(tells)),
        passage.day != other.day,
        abs((passage.day.first_day - other.day.first_day).days),
    )


def _places(differences: Iterable[Difference]) -> set[tuple[Differs, tuple[str, ...]]]:
    """What differs where, whatever the values."""
    return {(item.what, item.place) for item in differences}
