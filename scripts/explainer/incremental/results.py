"""Cache of parsed records and of build results with their recorded dependencies; does no I/O.

Records are stored under the digest of their file. A result is reused if none of its dependencies has changed: the
records of both runs are compared field by field, and so are the references between them. If the code fingerprint has
changed, nothing is reused; if only the settings of the dossier have, records are reused but results are not.
"""

import itertools
import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from explainer.base.dependencies import ANY_KEY, Dependency, Memo, Recording, recording
from explainer.base.files import Output, digest_of
from explainer.base.problems import Problem
from explainer.kinds.registry import ENGINE, Kinds
from explainer.library.loaded_record import Key, LoadedRecord, Mention, Mentions
from explainer.reading.document import Document

DAMAGED = (ValueError, EOFError, TypeError, KeyError, AttributeError, IndexError)
"""The exceptions that loading corrupt data can raise."""


class PackedRecord(NamedTuple):
    """A record as serialised in the cache."""

    kind: str
    ident: str
    line: int
    packed: bytes
    facts: tuple[Any, ...]
    """Its mentions, packed."""

    @classmethod
    def of(cls, entry: LoadedRecord) -> "PackedRecord":
        """Pack a loaded record."""
        record = entry.record
        return cls(record.KIND, record.ident, entry.document.line, record.packed(), entry.known.packed())

    @property
    def key(self) -> Key:
        """Its type and id."""
        return self.kind, self.ident

    def mentions(self) -> Mentions:
        """Unpack its mentions."""
        return Mentions.unpacked(self.facts)

    def entry(self, kinds: Kinds, path: str, again: Callable[[], Document]) -> LoadedRecord:
        """Unpack a loaded record; `again` parses its document, only if a problem needs a position in the file."""
        record = kinds.by_kind[self.kind].unpacked(self.ident, self.packed)
        return LoadedRecord(record, Document.known(path, self.line, again), self.mentions())


class FiledRecord(NamedTuple):
    """A packed record with the file that holds it."""

    path: str
    record: PackedRecord

    @property
    def place(self) -> tuple[str, int]:
        """File and line at which its document begins."""
        return self.path, self.record.line


class CachedResult(NamedTuple):
    """A build result with its recorded dependencies, as serialised in the cache."""

    seen: bytes
    """Its dependencies: indices into the table of dependencies, as the bytes of an array of unsigned integers."""
    used: tuple[str, ...]
    """The names of the shared results that it used, sorted."""
    outputs: tuple[tuple[str, str, str | None], ...] = ()
    """Path, digest and source of each file that it generated."""
    text: str | None = None
    """The text of a shared result that is cached between runs; None for any other result."""


@dataclass(slots=True)
class BuildState:
    """State of the cache before and during this run; `readings` and `nodes` serialise it."""

    key: str
    """The fingerprint of the code and of the kinds; empty for a build without a cache."""
    kinds: Kinds = ENGINE
    """The kinds of the records."""
    records: dict[str, tuple[PackedRecord, ...]] = field(default_factory=dict)
    """Key of a file of `content/`, a digest of its path and bytes -> its records."""
    fresh: bool = False
    """Whether a file was parsed that was not in the cache."""
    files: dict[str, str] = field(default_factory=dict)
    """Path -> key of each file without problems, in this run."""
    before: dict[str, str] = field(default_factory=dict)
    """The same mapping in the run that saved the cached results."""
    about: str = ""
    """Digest of the settings of the dossier and of the URLs that are gone."""
    old: dict[str, CachedResult] = field(default_factory=dict)
    """Name -> result loaded from the cache, current or not."""
    made: dict[str, CachedResult] = field(default_factory=dict)
    """Name -> result computed in this run."""
    wanted: dict[str, None] = field(default_factory=dict)
    """The names of all results requested in this run, as an ordered set."""
    _numbers: dict[Dependency, int] = field(default_factory=dict)
    """Table of dependencies: dependency -> its index."""
    _stands: dict[str, bool] = field(default_factory=dict)
    """Name of a cached result -> whether it is current."""

    # --- records

    def put(self, path: str, key: str, entries: Iterable[LoadedRecord]) -> None:
        """Add the records of a parsed file to the cache."""
        self.files[path] = key
        self.records[key] = tuple(PackedRecord.of(entry) for entry in entries)
        self.fresh = True

    def take(self, path: str, key: str, again: Callable[[], Sequence[Document]]) -> list[LoadedRecord] | None:
        """Look up the records of a file by its key; None if they are not in the cache."""
        stored = self.records.get(key)
        if stored is None:
            return None
        self.files[path] = key
        return [item.entry(self.kinds, path, lambda place=place: again()[place]) for place, item in enumerate(stored)]  # type: ignore[misc] # mypy knows no defaults of lambdas

    def readings(self, files: Mapping[str, str] | None = None) -> bytes:
        """Serialise the packed records: all of them, or only those of `files`."""
        needed = self.records.keys() & (files.values() if files is not None else self.records.keys())
        return marshal.dumps((self.key, {key: tuple(map(tuple, self.records[key])) for key in sorted(needed)}))

    def read(self, data: bytes) -> None:
        """Load the packed records, unless the fingerprint differs; raises one of DAMAGED if the data is corrupt."""
        key, records = marshal.loads(data)  # noqa: S302 - our own data, its digest verified
        if key == self.key:
            self.records = {name: tuple(PackedRecord(*item) for item in items) for name, items in records.items()}

    # --- results

    def recall(self, data: bytes, about: str) -> None:
        """Load the cached results and determine which are current.

        Results are ignored if the fingerprint or the settings differ. Raises one of DAMAGED if the data is corrupt.
        """
        self.about = about
        key, before, files, sights, nodes = marshal.loads(data)  # noqa: S302 - our own data, its digest verified
        if (key, before) != (self.key, about) or not set(files.values()) <= self.records.keys():
            return
        self.before = files
        self._numbers = {sight: number for number, sight in enumerate(sights)}
        self.old = {name: CachedResult(*node) for name, node in nodes.items()}
        changed = self._changes()
        places = {place for place, sight in enumerate(sights) if sight in changed}
        for name in self.old:
            self._judge(name, places)

    def _changes(self) -> set[Dependency]:
        paths = {path for path, _ in self.before.items() ^ self.files.items()}
        old, new = ({path: files[path] for path in paths if path in files} for files in (self.before, self.files))
        return changes(self.kinds, self._stored(old), self._stored(new))

    def _stored(self, files: Mapping[str, str]) -> dict[Key, FiledRecord]:
        return {item.key: FiledRecord(path, item) for path, key in files.items() for item in self.records[key]}

    def _judge(self, name: str, changed: set[int]) -> bool:
        """Whether a cached result is current: no dependency of it, or of a result that it used, is in `changed`."""
        if name not in self._stands:
            node = self.old.get(name)
            self._stands[name] = False  # a cycle is treated as changed
            self._stands[name] = (
                node is not None
                and changed.isdisjoint(_unpacked(node.seen))
                and all(self._judge(other, changed) for other in node.used)
            )
        return self._stands[name]

    def stands(self, name: str) -> bool:
        """Whether the cached result of a name is current; registers the name as requested."""
        self.wanted[name] = None
        return self._stands.get(name, False)

    def known(self, name: str, there: Mapping[str, str] | None) -> tuple[Output, ...] | None:
        """The outputs of a cached result, without their bytes; None if it is not current or a file is missing.

        `there` holds the digests of the files in `docs/`; if it is None, they are not compared.
        """
        if self.stands(name):
            node = self.old[name]
            if there is None or all(there.get(path) == known for path, known, _ in node.outputs):
                return tuple(Output(path, b"", source, known) for path, known, source in node.outputs)
        return None

    def make(self, name: str, make: Callable[[], Iterable[Output]]) -> tuple[Output, ...]:
        """Compute a result, record its dependencies, add it to the cache, and return its outputs."""
        with recording() as trace:
            made = tuple(Output(item.path, item.data, item.source, digest_of(item.data)) for item in make())
        told = tuple((item.path, item.digest, item.source) for item in made)
        self.made[name] = CachedResult(*self._noted(trace), told)
        return made

    def problems(self, name: str, find: Callable[[], list[Problem]]) -> list[Problem]:
        """Run a check, or skip it if it is current; only checks without problems are cached."""
        if self.stands(name):
            return []
        with recording() as trace:
            found = find()
        if not found:
            self.made[name] = CachedResult(*self._noted(trace))
        return found

    def texts(self, shared: Memo) -> None:
        """Fill the memo of a library with the cached texts that are current."""
        for name, node in self.old.items():
            if node.text is not None and self._stands[name]:
                shared.texts[name] = node.text

    def _noted(self, trace: Recording) -> tuple[bytes, tuple[str, ...]]:
        numbers = self._numbers
        for sight in trace.seen.difference(numbers):
            numbers[sight] = len(numbers)
        seen = array("I", map(numbers.__getitem__, trace.seen))
        return seen.tobytes(), tuple(sorted(trace.used))

    # --- worker processes

    class Mark(NamedTuple):
        """A checkpoint, taken before workers are forked."""

        sights: int
        """The size of the table of dependencies."""
        made: frozenset[str]
        shared: frozenset[str]

    class Gained(NamedTuple):
        """The delta of a worker: the results that it computed since the checkpoint."""

        known: int
        """Indices of dependencies below this number are the same in every process."""
        sights: list[Dependency]
        """The dependencies that the worker added to its table, in the order of their indices."""
        nodes: dict[str, CachedResult]

    def mark(self, shared: Memo) -> Mark:
        """Take a checkpoint."""
        return self.Mark(len(self._numbers), frozenset(self.made), frozenset(shared.traces))

    def since(self, mark: Mark, shared: Memo) -> Gained:
        """The results that this process computed since a checkpoint, shared ones included."""
        nodes = {name: node for name, node in self.made.items() if name not in mark.made}
        for name, trace in shared.traces.items():
            if name not in mark.shared:
                nodes[name] = CachedResult(*self._noted(trace), (), shared.texts.get(name))
        return self.Gained(mark.sights, list(itertools.islice(self._numbers, mark.sights, None)), nodes)

    def gain(self, gained: Gained) -> None:
        """Merge the delta of a worker, translating its indices of dependencies."""
        numbers = self._numbers
        table = array("I", range(gained.known))
        table.extend(numbers.setdefault(sight, len(numbers)) for sight in gained.sights)
        for name, node in gained.nodes.items():
            seen = array("I", map(table.__getitem__, _unpacked(node.seen)))
            self.made.setdefault(name, node._replace(seen=seen.tobytes()))

    # --- saving

    def found(self, shared: Memo) -> dict[str, CachedResult]:
        """The results to save: those that this run requested, computed or still current, and all that they used."""
        found: dict[str, CachedResult] = {}
        waiting = list(self.wanted)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            if name in self.made:
                found[name] = self.made[name]
            elif name in shared.traces:
                found[name] = CachedResult(*self._noted(shared.traces[name]), (), shared.texts.get(name))
            elif self._stands.get(name):
                found[name] = self.old[name]
            else:
                continue
            waiting.extend(found[name].used)
        return found

    def nodes(self, found: Mapping[str, CachedResult]) -> bytes:
        """Serialise results together with the table of dependencies."""
        plain = {name: tuple(node) for name, node in found.items()}
        return marshal.dumps((self.key, self.about, self.files, list(self._numbers), plain))


def _unpacked(data: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(data)
    return found


def changes(kinds: Kinds, old: Mapping[Key, FiledRecord], new: Mapping[Key, FiledRecord]) -> set[Dependency]:
    """Every dependency whose value differs between the records of two runs."""
    found: set[Dependency] = set()
    for key in {*old, *new}:
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if before is None or after is None:
            kind, _ = key
            found |= {("kind", kind), ("kind", ANY_KEY), ("entry", key), ("entry", ANY_KEY)}
        found.update(_differences(kinds, key, before, after))
    return found


def _differences(kinds: Kinds, key: Key, before: FiledRecord | None, after: FiledRecord | None) -> Iterator[Dependency]:
    """The dependencies that differ for one record and its mentions: all of them if it was added or removed."""
    if before is None or after is None or before.place != after.place:
        yield ("document", key)
    if before is None or after is None or before.record.facts != after.record.facts:
        yield ("facts", key)
    for target in {mention.target for mention in _named(before) ^ _named(after)}:
        yield from (("naming", target), ("naming", ANY_KEY))
    for source in _cited(before) ^ _cited(after):
        yield from (("citing", source), ("citing", ANY_KEY))
    yield from _changed_fields(kinds, key, before, after)


def _changed_fields(
    kinds: Kinds, key: Key, before: FiledRecord | None, after: FiledRecord | None
) -> Iterator[Dependency]:
    """The fields of one record whose values differ: all of them if it was added or removed."""
    kind, ident = key
    old, new = _fields(kinds, before), _fields(kinds, after)
    for name in kinds.by_kind[kind].model_fields:
        if name not in old or name not in new or old[name] != new[name]:
            yield (f"{kind}.{name}", ident)


def _fields(kinds: Kinds, filed: FiledRecord | None) -> Mapping[str, Any]:
    """Field -> value of a record; empty for none."""
    if filed is None:
        return {}
    return kinds.by_kind[filed.record.kind].unpacked(filed.record.ident, filed.record.packed).fields()


def _mentioned(filed: FiledRecord | None) -> tuple[Mention, ...]:
    return filed.record.mentions().named if filed else ()


def _named(filed: FiledRecord | None) -> set[Mention]:
    """The records that a record's fields name; a citation in prose names none."""
    return {mention for mention in _mentioned(filed) if not mention.in_prose}


def _cited(filed: FiledRecord | None) -> set[str]:
    """The ids of the sources that a record cites, in its fields and in its prose."""
    targets = (mention.target for mention in _mentioned(filed))
    return {ident for kind, ident in targets if kind == "source"}
