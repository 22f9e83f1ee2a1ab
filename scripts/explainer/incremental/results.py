"""What a run leaves for the next one: the records that it read, and for every output what it was made from. Pure.

Records lie under the digest of the file that they stand in. A result is believed where nothing that it looked at has
changed since: the records of both runs are compared field by field, and so are the relations between them. The code
of this package, the versions of its packages and of Python, and what the dossier says of itself are part of the key:
where that differs, nothing is believed.
"""

import itertools
import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from explainer.base.dependencies import ANY_KEY, DRAWING, Dependency, Memo, Recording, recording
from explainer.base.files import Output, digest_of
from explainer.base.problems import Problem
from explainer.library.loaded_record import LoadedRecord, Mentions
from explainer.reading.document import Document
from explainer.records import BY_KIND

DAMAGED = (ValueError, EOFError, TypeError, KeyError, AttributeError, IndexError)
"""What reading bytes of another make can raise."""


class PackedRecord(NamedTuple):
    """A record as it is kept."""

    kind: str
    ident: str
    line: int
    packed: bytes
    facts: tuple[Any, ...]

    @classmethod
    def of(cls, entry: LoadedRecord) -> "PackedRecord":
        """A record that was read."""
        record, found = entry.record, entry.known
        facts = (
            *(found.named, found.links, found.faulty, found.uncited),
            *(found.names, found.anchors, found.figures),
        )
        return cls(record.KIND, record.ident, entry.document.line, record.packed(), facts)

    def entry(self, path: str, again: Callable[[], Document]) -> LoadedRecord:
        """The record as if it had just been read; `again` reads its document where a problem needs a place."""
        record = BY_KIND[self.kind].unpacked(self.ident, self.packed)
        return LoadedRecord(record, Document.known(path, self.line, again), Mentions(*self.facts))


class CachedResult(NamedTuple):
    """A result that is kept."""

    seen: bytes
    """What it looked at: places in the list of sights, as an array."""
    used: tuple[str, ...]
    """The results of others that it took."""
    outputs: tuple[tuple[str, str, str | None], ...] = ()
    """Path, digest and source of the files that it is."""
    text: str | None = None


@dataclass(slots=True)
class BuildState:
    """What the last run left, and what this one does; `readings` and `nodes` make bytes of it."""

    key: str
    """Digest of all that is the same for every record and page."""
    records: dict[str, tuple[PackedRecord, ...]] = field(default_factory=dict)
    """Key of a file of `content/` -> its records."""
    fresh: bool = False
    """Whether a file was read that was not known."""
    files: dict[str, str] = field(default_factory=dict)
    """Path -> key of the file, of this run."""
    before: dict[str, str] = field(default_factory=dict)
    """The same of the run that made the results."""
    about: str = ""
    """Digest of what the dossier says of itself."""
    old: dict[str, CachedResult] = field(default_factory=dict)
    made: dict[str, CachedResult] = field(default_factory=dict)
    """The results of this run."""
    wanted: dict[str, None] = field(default_factory=dict)
    """The names of all results that this run asked for."""
    _numbers: dict[Dependency, int] = field(default_factory=dict)
    _stands: dict[str, bool] = field(default_factory=dict)

    # --- records

    def put(self, path: str, key: str, entries: Iterable[LoadedRecord]) -> None:
        """Keep the records of a file."""
        self.files[path] = key
        self.records[key] = tuple(PackedRecord.of(entry) for entry in entries)
        self.fresh = True

    def take(self, path: str, key: str, again: Callable[[], Sequence[Document]]) -> list[LoadedRecord] | None:
        """The records of a file; None where it is not known."""
        stored = self.records.get(key)
        if stored is None:
            return None
        self.files[path] = key
        return [item.entry(path, lambda place=place: again()[place]) for place, item in enumerate(stored)]  # type: ignore[misc] # mypy knows no defaults

    def readings(self, files: Mapping[str, str] | None = None) -> bytes:
        """The records of this run and of those before it, or only those of some files."""
        needed = self.records.keys() & (files.values() if files is not None else self.records.keys())
        return marshal.dumps((self.key, {key: tuple(map(tuple, self.records[key])) for key in sorted(needed)}))

    def read(self, data: bytes) -> None:
        """Take the records that an earlier run kept. Raises one of DAMAGED where they cannot be read."""
        key, records = marshal.loads(data)  # noqa: S302 - bytes of our own, by their digest
        if key == self.key:
            self.records = {name: tuple(PackedRecord(*item) for item in items) for name, items in records.items()}

    # --- results

    def recall(self, data: bytes, about: str) -> None:
        """Take the results that an earlier run kept, and find those that nothing changed for."""
        self.about = about
        key, before, files, sights, nodes = marshal.loads(data)  # noqa: S302 - bytes of our own, by their digest
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
        return changes(self._stored(old), self._stored(new))

    def _stored(self, files: Mapping[str, str]) -> dict[tuple[str, str], tuple[str, PackedRecord]]:
        return {(item.kind, item.ident): (path, item) for path, key in files.items() for item in self.records[key]}

    def _judge(self, name: str, changed: set[int]) -> bool:
        """Whether nothing changed for a result."""
        if name not in self._stands:
            node = self.old.get(name)
            self._stands[name] = False  # of a circle nothing is believed
            self._stands[name] = (
                node is not None
                and changed.isdisjoint(_unpacked(node.seen))
                and all(other.startswith(DRAWING) or self._judge(other, changed) for other in node.used)
            )
        return self._stands[name]

    def stands(self, name: str) -> bool:
        """Whether a result of an earlier run is as it would be now."""
        self.wanted[name] = None
        return self._stands.get(name, False)

    def known(self, name: str, there: Mapping[str, str] | None) -> tuple[Output, ...] | None:
        """The outputs of a result that stands and that lie in `docs/` already, or wherever with `there` None; None otherwise."""
        if self.stands(name):
            node = self.old[name]
            if there is None or all(there.get(path) == known for path, known, _ in node.outputs):
                return tuple(Output(path, b"", source, known) for path, known, source in node.outputs)
        return None

    def make(self, name: str, make: Callable[[], Iterable[Output]]) -> tuple[Output, ...]:
        """The outputs of a result, made now."""
        with recording() as trace:
            made = tuple(Output(item.path, item.data, item.source, digest_of(item.data)) for item in make())
        told = tuple((item.path, item.digest, item.source) for item in made)
        self.made[name] = CachedResult(*self._noted(trace), told)
        return made

    def problems(self, name: str, find: Callable[[], list[Problem]]) -> list[Problem]:
        """What a check finds; nothing where it found nothing before and nothing changed for it."""
        if self.stands(name):
            return []
        with recording() as trace:
            found = find()
        if not found:
            self.made[name] = CachedResult(*self._noted(trace))
        return found

    def texts(self, shared: Memo) -> None:
        """Let a library know the texts that still stand."""
        for name, node in self.old.items():
            if node.text is not None and self._stands[name]:
                shared.texts[name] = node.text

    def _noted(self, trace: Recording) -> tuple[bytes, tuple[str, ...]]:
        numbers = self._numbers
        for sight in trace.seen.difference(numbers):
            numbers[sight] = len(numbers)
        seen = array("I", map(numbers.__getitem__, trace.seen))
        return seen.tobytes(), tuple(sorted(trace.used))

    # --- several processes

    class Mark(NamedTuple):
        """How far a run was when it was forked."""

        sights: int
        made: frozenset[str]
        shared: frozenset[str]

    class Gained(NamedTuple):
        """What a forked process made since then."""

        known: int
        """The sights below that number are the same in every process."""
        sights: list[Dependency]
        nodes: dict[str, CachedResult]

    def mark(self, shared: Memo) -> Mark:
        """How far this run is."""
        return self.Mark(len(self._numbers), frozenset(self.made), frozenset(shared.traces))

    def since(self, mark: Mark, shared: Memo) -> Gained:
        """The results that this process made since then, with those that they share."""
        nodes = {name: node for name, node in self.made.items() if name not in mark.made}
        for name, trace in shared.traces.items():
            if name not in mark.shared:
                nodes[name] = CachedResult(*self._noted(trace), (), shared.texts.get(name))
        return self.Gained(mark.sights, list(itertools.islice(self._numbers, mark.sights, None)), nodes)

    def gain(self, gained: Gained) -> None:
        """Take over the results of a process that was forked from this one."""
        numbers = self._numbers
        table = array("I", range(gained.known))
        table.extend(numbers.setdefault(sight, len(numbers)) for sight in gained.sights)
        for name, node in gained.nodes.items():
            seen = array("I", map(table.__getitem__, _unpacked(node.seen)))
            self.made.setdefault(name, node._replace(seen=seen.tobytes()))

    # --- the end

    def found(self, shared: Memo) -> dict[str, CachedResult]:
        """The results of this run, and those of earlier ones that it kept, with all that they took from others."""
        found: dict[str, CachedResult] = {}
        waiting = list(self.wanted)
        while waiting:
            name = waiting.pop()
            if name in found or name.startswith(DRAWING):
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
        """Results as bytes."""
        plain = {name: tuple(node) for name, node in found.items()}
        return marshal.dumps((self.key, self.about, self.files, list(self._numbers), plain))


def drawings(found: Mapping[str, CachedResult]) -> set[str]:
    """The drawings that results show."""
    return {name.removeprefix(DRAWING) for node in found.values() for name in node.used if name.startswith(DRAWING)}


def _unpacked(data: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(data)
    return found


def changes(
    old: Mapping[tuple[str, str], tuple[str, PackedRecord]], new: Mapping[tuple[str, str], tuple[str, PackedRecord]]
) -> set[Dependency]:
    """Everything that somebody may have looked at and that is different now."""
    found: set[Dependency] = set()
    for key in {*old, *new}:
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if before is None or after is None:
            kind = key[0]
            found |= {("kind", kind), ("kind", ANY_KEY), ("entry", key), ("entry", ANY_KEY)}
        found.update(_differences(key, before, after))
    return found


def _differences(
    key: tuple[str, str], before: tuple[str, PackedRecord] | None, after: tuple[str, PackedRecord] | None
) -> Iterator[Dependency]:
    """What is different in a record and its relations; of a record that came or went, everything."""
    kind, ident = key
    if before is None or after is None or (before[0], before[1].line) != (after[0], after[1].line):
        yield ("document", key)
    if before is None or after is None or before[1].facts != after[1].facts:
        yield ("facts", key)
    for what, targets in (("naming", _names), ("citing", _cites)):
        for target, _ in targets(before) ^ targets(after):
            yield (what, target)
            yield (what, ANY_KEY)
    model = BY_KIND[kind]
    ours, theirs = (model.unpacked(ident, item[1].packed).fields() if item else {} for item in (before, after))
    for name in model.model_fields:
        if name not in ours or name not in theirs or ours[name] != theirs[name]:
            yield (f"{kind}.{name}", ident)


def _names(stored: tuple[str, PackedRecord] | None) -> set[tuple[Any, str]]:
    named = stored[1].facts[0] if stored else ()
    return {(target, name) for name, target, told in named if not told}


def _cites(stored: tuple[str, PackedRecord] | None) -> set[tuple[Any, str]]:
    named = stored[1].facts[0] if stored else ()
    return {(target[1], "") for _, target, _ in named if target[0] == "source"}
