"""Cache of parsed records: the plain data of every file of `content/`, under the digest of its path and bytes.

The data of a file is kept only if all its records are valid. A record that is taken from here is validated again once a
field of it is read: few are in most runs, it costs no more than unpickling, and data from elsewhere can do no harm. The
positions of values are parsed again where a problem needs them.
"""

import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from typing import Any, NamedTuple

from pydantic import ValidationError

from explainer.base.dataclass import dataclass
from explainer.base.dependencies import ANY_KEY, Dependency
from explainer.incremental.store import DAMAGED, Store
from explainer.kinds.registry import ENGINE, Kinds
from explainer.library.loaded_record import Key, LoadedRecord, Mention, Mentions
from explainer.library.tracked import at_hand, lazily_tracked
from explainer.reading.document import Document, LazyDocument
from explainer.records import validate
from explainer.records.record import Record

NAME = "records"
"""The root of the store that holds them."""


class CachedRecord(NamedTuple):
    """A record as plain values, the only ones that the store takes."""

    kind: str
    ident: str
    line: int
    fields: bytes
    """Its fields as they are written, the body among them, marshalled: as objects they would take three times as much."""
    facts: tuple[Any, ...]
    """Its mentions, packed."""

    @property
    def key(self) -> Key:
        """Its type and id."""
        return self.kind, self.ident

    @property
    def data(self) -> Mapping[str, Any]:
        """Its fields. Raises what DAMAGED names if they are."""
        found: Mapping[str, Any] = marshal.loads(self.fields)  # noqa: S302 - plain values, from a store that is sealed
        return found


@dataclass(slots=True)
class RecordCache:
    """The records that earlier runs parsed, and those of this one."""

    key: str = ""
    """The fingerprint of the code and of the kinds; empty for a run that keeps nothing."""
    kinds: Kinds = ENGINE
    records: dict[str, tuple[CachedRecord, ...]] = field(default_factory=dict)
    """Key of a file -> its records."""
    files: dict[str, str] = field(default_factory=dict)
    """Path -> key of each file without problems, in this run."""
    fresh: bool = False
    """Whether a file was parsed that was not in the cache."""
    loaded: dict[str, list[LoadedRecord]] = field(default_factory=dict)
    """Key of a file -> its records as this process loaded them, for its next run."""

    def load(self, store: Store) -> None:
        """Read the records that an earlier run left, unless other code or kinds made them."""
        try:
            key, records = store.load(NAME) or ("", {})
            if key == self.key:
                self.records = {
                    str(name): tuple(CachedRecord(*item) for item in each) for name, each in records.items()
                }
        except DAMAGED:
            store.damaged(NAME)

    def save(self, store: Store, *, every: bool) -> None:
        """Write the records: all that are known, or without `every` those of this run's files."""
        kept = self.records.keys() if every else self.records.keys() & self.files.values()
        store.save(NAME, (self.key, {key: tuple(map(tuple, self.records[key])) for key in sorted(kept)}))

    def followed(self) -> "RecordCache":
        """The cache with which the next run of this process begins: the records of this run's files, loaded already."""
        keys = self.files.values()
        loaded = {key: self.loaded[key] for key in keys if key in self.loaded}
        return RecordCache(self.key, self.kinds, {key: self.records[key] for key in keys}, loaded=loaded)

    def put(
        self, path: str, key: str, pairs: Sequence[tuple[Document, LoadedRecord]], parse: Callable[[int], Document]
    ) -> Sequence[LoadedRecord]:
        """Add the records of a file that was parsed, if it holds any; returns them as they are taken from here."""
        if not pairs:
            return ()
        self.files[path] = key
        self.fresh = True
        self.records[key] = tuple(
            CachedRecord(entry.record.KIND, entry.record.ident, document.line, _packed(document), entry.known.packed())
            for document, entry in pairs
        )
        self.loaded[key] = [
            replace(entry, record=self._view(item, partial(parse, at)))
            for at, ((_, entry), item) in enumerate(zip(pairs, self.records[key], strict=True))
        ]
        for (_, entry), loaded in zip(pairs, self.loaded[key], strict=True):
            at_hand(loaded.record, entry.record)
        return self.loaded[key]

    def add(self, records: Mapping[str, tuple[CachedRecord, ...]]) -> None:
        """Add the records of files that another process parsed, under the keys of the files."""
        self.records.update(records)
        self.fresh = self.fresh or bool(records)

    def free(self) -> None:
        """Free the loaded records: each is validated again once a field of it is read."""
        for entries in self.loaded.values():
            for entry in entries:
                at_hand(entry.record, None)

    def take(self, path: str, key: str, parse: Callable[[int], Document]) -> list[LoadedRecord] | None:
        """The records of a file, each validated once a field of it is read; None if they are not in the cache.

        `parse` parses the file and returns the document of a record, by its number.
        """
        if key in self.loaded:
            self.files[path] = key
            return self.loaded[key]
        try:
            found = [self._entry(path, item, partial(parse, at)) for at, item in enumerate(self.records[key])]
        except DAMAGED:
            return None
        self.files[path] = key
        self.loaded[key] = found
        return found

    def _entry(self, path: str, item: CachedRecord, parse: Callable[[], Document]) -> LoadedRecord:
        return LoadedRecord(
            self._view(item, parse), LazyDocument(path, item.line, parse), Mentions.unpacked(item.facts)
        )

    def _view(self, item: CachedRecord, parse: Callable[[], Document]) -> Record:
        model = self.kinds.by_kind[item.kind]
        return lazily_tracked(model, item.key[1], lambda: _validated(model, item, parse))

    def differing(self, before: Mapping[str, str]) -> list[Key]:
        """The records of this run that a run with the files `before` had not, or with other data."""
        paths = {path for path, _ in before.items() ^ self.files.items()}
        old, new = self._filed(before, paths), self._filed(self.files, paths)
        return [key for key, filed in new.items() if key not in old or old[key].record.fields != filed.record.fields]

    def changes(self, before: Mapping[str, str]) -> set[Dependency]:
        """Every dependency whose value differs between a run with the files `before` and this one."""
        paths = {path for path, _ in before.items() ^ self.files.items()}
        return changes(self.kinds, self._filed(before, paths), self._filed(self.files, paths))

    def _filed(self, files: Mapping[str, str], paths: set[str]) -> dict[Key, "FiledRecord"]:
        there = ((path, files[path]) for path in paths if path in files)
        return {item.key: FiledRecord(path, item) for path, key in there for item in self.records[key]}


def _packed(document: Document) -> bytes:
    """The fields of a document, marshalled so that the same give the same bytes."""
    return marshal.dumps(validate.written(document), 2)


def _validated(model: type[Record], item: CachedRecord, parse: Callable[[], Document]) -> Record:
    """The record of kept data; of its file, if the data is not valid, which is then not what a run left."""
    try:
        return model.model_validate(item.data)
    except (ValidationError, *DAMAGED):
        return model.model_validate(validate.written(parse()))


class FiledRecord(NamedTuple):
    """A cached record with the file that holds it."""

    path: str
    record: CachedRecord


def changes(kinds: Kinds, old: Mapping[Key, FiledRecord], new: Mapping[Key, FiledRecord]) -> set[Dependency]:
    """Every dependency whose value differs between the records of two runs."""
    found: set[Dependency] = set()
    for key in {*old, *new}:
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            found |= {("kind", key[0]), ("kind", ANY_KEY), ("entry", key), ("entry", ANY_KEY)}
        if before != after:
            found.update(_differences(kinds, key, before, after))
    return found


def _differences(kinds: Kinds, key: Key, before: FiledRecord | None, after: FiledRecord | None) -> Iterator[Dependency]:
    """The dependencies that differ for one record and its mentions: all of them if it was added or removed."""
    for target in {mention.target for mention in _named(before) ^ _named(after)}:
        yield from (("naming", target), ("naming", ANY_KEY))
    for source in _cited(before) ^ _cited(after):
        yield from (("citing", source), ("citing", ANY_KEY))
    model = kinds.by_kind[key[0]]
    if before is None or after is None:
        yield from ((name, key) for name in ("document", "mentions of", *model.model_fields))
        return
    if (before.path, before.record.line) != (after.path, after.record.line):
        yield ("document", key)
    if before.record.facts != after.record.facts:
        yield ("mentions of", key)
    yield from ((name, key) for name in _other_fields(model, before.record.data, after.record.data))


def _other_fields(model: type[Record], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """The fields that are written otherwise."""
    for name, info in model.model_fields.items():
        written = info.alias or name
        if old.get(written) != new.get(written):
            yield name


def _mentioned(filed: FiledRecord | None) -> tuple[Mention, ...]:
    return Mentions.unpacked(filed.record.facts).named if filed else ()


def _named(filed: FiledRecord | None) -> set[Mention]:
    """The records that a record's fields name; a citation in prose names none."""
    return {mention for mention in _mentioned(filed) if not mention.in_prose}


def _cited(filed: FiledRecord | None) -> set[str]:
    """The ids of the sources that a record cites, in its fields and in its prose."""
    return {mention.source for mention in _mentioned(filed) if mention.source is not None}
