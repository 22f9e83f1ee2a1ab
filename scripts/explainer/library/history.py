"""What became of the records day by day, as the files in `content/history/` keep it; does no I/O."""

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any, NamedTuple

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem
from explainer.base.values import PartialDate
from explainer.library.loaded_record import Key

FOLDER = "content/history"
"""Its folder: a file a month, in it a line a day and record, made by `explainer log`; a build only reads them."""


class Differs(StrEnum):
    """What a difference between two states of a record is."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    CORRECTED = "corrected"
    ASKED = "asked"
    ANSWERED = "answered"
    PART_NEW = "part-new"
    PART_GONE = "part-gone"
    ADDED = "added"
    LEFT_OUT = "left-out"
    REPLACED = "replaced"
    CHANGED = "changed"
    REWORDED = "reworded"
    REWRITTEN = "rewritten"


_WHAT = {str(what): what for what in Differs}


class Difference(NamedTuple):
    """One difference between two states of a record: data from which a sentence is made in any language."""

    what: Differs
    place: tuple[str, ...] = ()
    """The field, then what names the part in it, as `measure=arrests`, then the field of the part, and so on."""
    before: str = ""
    after: str = ""

    def packed(self) -> dict[str, Any]:
        """The difference as plain data, without what is empty."""
        data = {"what": str(self.what), "place": list(self.place), "before": self.before, "after": self.after}
        return {name: value for name, value in data.items() if value}


class RecordDifferences(NamedTuple):
    """How a record differs between two states."""

    kind: str
    ident: str
    label: str
    differences: tuple[Difference, ...]

    @property
    def key(self) -> Key:
        """Type and id."""
        return self.kind, self.ident


class RecordDay(NamedTuple):
    """What became of a record on one day."""

    day: PartialDate
    record: RecordDifferences
    note: str = ""
    """What an editor adds to it, in plain words."""

    def line(self) -> str:
        """The line of the file."""
        data = {"day": str(self.day), **packed(self.record), "note": self.note}
        return (
            json.dumps(
                {name: value for name, value in data.items() if value}, ensure_ascii=False, separators=(",", ":")
            )
            + "\n"
        )


@dataclass(frozen=True, slots=True)
class History:
    """Every passage, the newest day first, and those of each record, also from under its former ids."""

    passages: tuple[RecordDay, ...] = ()
    of_records: Mapping[Key, tuple[RecordDay, ...]] = field(default_factory=dict)

    ids: Mapping[Key, Key] = field(default_factory=dict)
    """A record by a former id -> by that of today."""
    kinds: frozenset[str] = frozenset()
    """The kinds of record that are told of."""

    def today(self, key: Key) -> Key:
        """Type and id that a record has today."""
        return self.ids.get(key, key)

    def of(self, key: Key) -> tuple[RecordDay, ...]:
        """What became of a record, the newest day first."""
        return self.of_records.get(key, ())


def history(passages: Iterable[RecordDay]) -> History:
    """The history of passages in any order."""
    ordered = sorted(passages, key=lambda item: item.record.key)
    ordered.sort(key=lambda item: str(item.day), reverse=True)
    found: dict[Key, list[RecordDay]] = {}
    now: dict[Key, Key] = {}
    for passage in ordered:  # from the newest, so that what a record is called today is known before its former ids
        key = now.get(passage.record.key, passage.record.key)
        for item in passage.record.differences:
            if item.what is Differs.RENAMED:
                now[passage.record.kind, item.before] = key
        found.setdefault(key, []).append(passage)
    of_records = {key: tuple(items) for key, items in found.items()}
    return History(tuple(ordered), of_records, now, frozenset(kind for kind, _ in found))


def file_of(day: PartialDate) -> str:
    """The file that tells of a day."""
    return f"{FOLDER}/{str(day)[:7]}.jsonl"


def is_file(path: str) -> bool:
    """Whether a file of `content/` is one of the history."""
    return path.startswith(f"{FOLDER}/") and path.endswith(".jsonl")


def read(path: str, text: str) -> tuple[list[RecordDay], list[Problem]]:
    """The passages of a file, and a problem for each line that is none."""
    passages, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found = _passage(line)
            if isinstance(found, RecordDay):
                passages.append(found)
            else:
                problems.append(Problem(path, number, 1, found))
    return passages, problems


def _passage(line: str) -> RecordDay | str:
    """The passage of a line, or what is wrong with it."""
    remedy = "expected a line as `explainer log` writes it; run that again, or restore the file"
    try:
        data = json.loads(line)
        record = unpacked(data)
        day = _day(str(data["day"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return f"the line is no change of a record; {remedy}"
    return RecordDay(day, record, str(data.get("note") or ""))


_day = functools.lru_cache(maxsize=1_000)(PartialDate.read)
"""Of thousands of lines few are of another day than the one before."""


def packed(record: RecordDifferences) -> dict[str, Any]:
    """How a record differs, as plain data."""
    changes = [item.packed() for item in record.differences]
    return {"type": record.kind, "id": record.ident, "name": record.label, "changes": changes}


def unpacked(data: Mapping[str, Any]) -> RecordDifferences:
    """The same from plain data; raises ValueError, KeyError, TypeError or AttributeError if they are other data."""
    kind, ident, label = (str(data[name]) for name in ("type", "id", "name"))
    return RecordDifferences(kind, ident, label, tuple(_differences(data["changes"])))


def _differences(items: Iterable[Mapping[str, Any]]) -> Iterator[Difference]:
    for item in items:
        place = tuple(map(str, item.get("place", ())))
        yield Difference(_WHAT[item["what"]], place, str(item.get("before", "")), str(item.get("after", "")))
