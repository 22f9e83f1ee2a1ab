"""Cache of build results with their recorded dependencies: each is reused until one of these changes.

If other code or other settings of the dossier made the results, none is reused.
"""

import itertools
import marshal
import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from explainer.base import heap
from explainer.base.dataclass import dataclass
from explainer.base.dependencies import Dependency, Memo, Recording, recording
from explainer.base.files import Output, digest_of
from explainer.base.problems import Problem
from explainer.incremental.records import RecordCache
from explainer.incremental.store import DAMAGED, Store
from explainer.incremental.text_packs import Place, TextPacks
from explainer.outputs import kept_pictures

NAME = "results"
"""The root of the store that holds them."""
_MANY = 50_000
"""Number of results whose texts leave so much freed memory that it is given back before they are written."""
_WIDTH = array("I").itemsize
"""Bytes of an index into the table of dependencies."""
_FEW = 8
"""Number of changed dependencies up to which each is looked for in the bytes of all results, which are not unpacked then."""
_MUCH = 4
"""The part of the results, as its reciprocal, that may differ from the base before all of them are saved anew."""


Node = tuple[bytes, tuple[str, ...], tuple[tuple[str, str, str | None], ...], str | Place | None]
"""A cached result as plain values, in the order of the fields of `CachedResult`."""


class CachedResult(NamedTuple):
    """A build result with its recorded dependencies, as plain values."""

    seen: bytes
    """Its dependencies: indices into the table of dependencies, as the bytes of an array of unsigned integers."""
    used: tuple[str, ...]
    """The names of the shared results that it used, sorted."""
    outputs: tuple[tuple[str, str, str | None], ...] = ()
    """Path, digest and source of each file that it generated."""
    text: str | Place | None = None
    """The text of a shared result that is cached between runs, or its place in a pack; None for any other result."""


class Computed(NamedTuple):
    """Results that a worker process computed, with the table of dependencies to which their indices belong."""

    table: list[Dependency]
    results: dict[str, tuple[Any, ...]]
    """Name -> the values of a `CachedResult`; as one, each would take a call of Python's to be sent."""


class Numbering(dict[Dependency, int]):
    """A table of dependencies: dependency -> its index, the next one for a dependency that is looked up first."""

    def __missing__(self, dependency: Dependency) -> int:
        """Add a dependency."""
        number = self[dependency] = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Base:
    """Results as a run saved all of them, in an entry of the store; later runs save what differs from it."""

    digest: str = ""
    dependencies: int = 0
    """The number of dependencies in its table, with which every later table begins."""
    nodes: Mapping[str, Node] = field(default_factory=dict)


@dataclass(slots=True)
class BuildState:
    """The results of an earlier run, and those of this one."""

    records: RecordCache = field(default_factory=RecordCache)
    last: "LastRun | None" = None
    """The run before in this process, whose results are taken instead of those in the store."""
    before: dict[str, str] = field(default_factory=dict)
    """Path -> key of each file of `content/` in the run that saved the results."""
    about: str = ""
    """Digest of the settings of the dossier and of the URLs that are gone."""
    old: Mapping[str, Node] = field(default_factory=dict)
    """Name -> result of an earlier run, current or not."""
    made: dict[str, CachedResult] = field(default_factory=dict)
    """Name -> result computed in this run."""
    wanted: dict[str, None] = field(default_factory=dict)
    """The names of all results requested in this run, as an ordered set."""
    packs: TextPacks = field(default_factory=TextPacks)
    """The texts of the results of the earlier run."""
    base: Base = field(default_factory=Base)
    """The results from which those of the earlier run differ."""
    saved: Mapping[str, Node] | None = None
    """The results as they were saved; None if they were not."""
    _numbers: Numbering = field(default_factory=Numbering)
    _outdated: set[str] = field(default_factory=set)
    """The names of the cached results that are not current."""

    def load(self, store: Store, about: str) -> None:
        """Take the results that an earlier run left, in this process or in the store, and determine which are current."""
        self.about = about
        if self.last is not None:
            if self.last.about == about:
                self.packs, self.base = self.last.packs, self.last.base
                self._take(self.last.records.files, self.last.numbers, self.last.results)
            return
        try:
            with heap.lasting():
                key, before, *rest = store.load(NAME) or ("", "")
                if (key, before) == (self.records.key, about):
                    self._read(store, rest)
        except DAMAGED:
            store.damaged(NAME)

    def _read(self, store: Store, saved: Sequence[Any]) -> None:
        """Take the results that `_save` saved; raises what DAMAGED names if they are damaged."""
        files, packs, base, tail, changed, gone = saved
        if not set(files.values()) <= self.records.records.keys():
            return
        table, nodes = marshal.loads(store.get(base) or b"")  # noqa: S302 - plain values, verified by their digest
        numbers = Numbering(zip(itertools.chain(table, tail), itertools.count()))
        self.packs, self.base = TextPacks(store, packs), Base(base, len(table), nodes)
        old = {**nodes, **changed}
        for name in gone:
            del old[name]
        self._take(files, numbers, old)

    def _take(self, files: dict[str, str], numbers: Numbering, old: Mapping[str, Node]) -> None:
        """Take the results of a run with these files, and determine which are current."""
        changed = self.records.changes(files)
        self._outdated = _outdated(old, {numbers[dependency] for dependency in changed if dependency in numbers})
        self.before, self._numbers, self.old = files, numbers, old

    def left(self, shared: Memo) -> "LastRun":
        """What this run, which is complete, leaves for the next one of the same process."""
        return LastRun(
            self.records, self.about, self._numbers, self.saved or self.results(shared), self.packs, self.base
        )

    def stands(self, name: str) -> bool:
        """Whether the cached result of a name is current; registers the name as requested."""
        self.wanted[name] = None
        return self._is_current(name)

    def _is_current(self, name: str) -> bool:
        """Whether there is a cached result of a name that is current."""
        return name in self.old and name not in self._outdated

    def known(self, name: str, there: Mapping[str, str] | None) -> tuple[Output, ...] | None:
        """The outputs of a cached result, without their bytes; None if it is not current or a file is missing.

        `there` holds the digests of the files in `docs/`; if it is None, they are not compared.
        """
        if self.stands(name):
            _, _, outputs, _ = self.old[name]
            if there is None or all(there.get(path) == known for path, known, _ in outputs):
                return tuple(Output(path, b"", source, known) for path, known, source in outputs)
        return None

    def make(self, name: str, make: Callable[[], Iterable[Output]]) -> tuple[Output, ...]:
        """Compute a result, record its dependencies, add it to the cache, and return its outputs."""
        with recording() as trace:
            made = tuple(Output(item.path, item.data, item.source, digest_of(item.data)) for item in make())
        told = tuple((item.path, item.digest, item.source) for item in made)
        if all(digest != kept_pictures.UNMADE for _, digest, _ in told):  # another run draws what this one left out
            self.made[name] = CachedResult(*self._noted(trace), told)
        return made

    def problems(self, name: str, find: Callable[[], list[Problem]]) -> list[Problem]:
        """Run a check, or skip it if it is current; only checks without problems are cached, so that remarks are shown by every run.

        What such a check used is kept all the same: the verdicts on the records in which it found nothing.
        """
        if self.stands(name):
            return []
        with recording() as trace:
            found = find()
        if found:
            self.wanted.update(dict.fromkeys(sorted(trace.used)))
        else:
            self.made[name] = CachedResult(*self._noted(trace))
        return found

    def texts(self, shared: Memo) -> None:
        """Give the memo of a library the cached texts that are current."""
        shared.kept = self._text

    def _text(self, name: str) -> str | None:
        """The cached text of a name, if it is current and not lost."""
        if not self._is_current(name):
            return None
        text = self.old[name][3]
        return self.packs.read(text) if isinstance(text, tuple) else text

    def _noted(self, trace: Recording) -> tuple[bytes, tuple[str, ...]]:
        """The dependencies of a recording, added to the table, and the names that it used."""
        seen = array("I", map(self._numbers.__getitem__, trace.seen))
        return seen.tobytes(), tuple(sorted(trace.used))

    def _shared(self, shared: Memo, name: str) -> CachedResult:
        return CachedResult(*self._noted(shared.traces[name]), (), shared.texts.get(name))

    def unread(self, shared: Memo, names: Iterable[str], asked: Iterable[Dependency]) -> set[Dependency]:
        """Those of some dependencies that none of these results, and none that they used, read."""
        found = self._found(shared, names)
        every = set(asked)
        left = {self._numbers[each]: each for each in every if each in self._numbers}
        numbers = set(left)
        for own, _, _, _ in found.values():
            if not numbers:
                break
            numbers.difference_update(_unpacked(own))
        return (every - set(left.values())).union(map(left.__getitem__, numbers))

    # --- worker processes

    def computed(self, shared: Memo) -> Computed:
        """What this state, which a worker began with nothing, has computed, and the shared results, whose recordings it takes.

        Each is freed once it is packed, since those of many records take much memory.
        """
        new: dict[str, tuple[Any, ...]] = {}
        for name in list(shared.traces):
            new[name] = tuple(self._shared(shared, name))
            del shared.traces[name]
        return Computed(list(self._numbers), {name: tuple(node) for name, node in self.made.items()} | new)

    def gain(self, computed: Computed) -> None:
        """Add the results of a worker, translating its indices of dependencies."""
        table = [self._numbers[dependency] for dependency in computed.table]
        for name, (seen, used, *rest) in computed.results.items():
            here = array("I", map(table.__getitem__, _unpacked(seen))).tobytes()
            # a name comes with every chunk that used it
            self.made.setdefault(sys.intern(name), CachedResult(here, tuple(map(sys.intern, used)), *rest))

    # --- saving

    def results(self, shared: Memo) -> dict[str, Node]:
        """The results to save: those that this run requested, computed or still current, and all that they used."""
        return self._found(shared, self.wanted)

    def _found(self, shared: Memo, names: Iterable[str]) -> dict[str, Node]:
        """The results of some names, computed or still current, and of all that they used."""
        found: dict[str, Node] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            if name in self.made:
                found[name] = self.made[name]
            elif name in shared.traces:
                found[name] = self._shared(shared, name)
            elif self._is_current(name):
                found[name] = self.old[name]
            else:
                continue
            waiting.extend(found[name][1])
        return found

    def save(self, store: Store, shared: Memo | None) -> None:
        """Write what changed: the records, and with `shared` the results."""
        if shared is None:
            if self.records.fresh:
                self.records.save(store, every=True)
            return
        found, other = self.results(shared), self.records.files != self.before
        if self.records.fresh or other:
            self.records.save(store, every=not found)
        if found and store.usable and (self.made or other):
            self._place(store, found)
            for held in (self.made, shared.texts):  # the texts are in packs, and those of many records take much
                held.clear()
            self.saved = found
            self._save(store, found)

    def _save(self, store: Store, found: Mapping[str, Node]) -> None:
        """Write of some results what differs from the base, or a new base once that is much."""
        if len(found) > _MANY:
            heap.trim()
        changed = _differing(found, self.base.nodes)
        gone = [name for name in self.base.nodes if name not in found]
        if _MUCH * (len(changed) + len(gone)) > len(found):
            changed.clear()
            digest = store.put(marshal.dumps((list(self._numbers), _differing(found, {}))))
            self.base, gone = Base(digest, len(self._numbers), found), []
        tail = list(itertools.islice(self._numbers, self.base.dependencies, None))
        value = (self.records.files, self.packs.told, self.base.digest, tail, changed, gone)
        entries = [self.base.digest, *self.packs.digests]
        store.save(NAME, (self.records.key, self.about, *value), entries)

    def _place(self, store: Store, found: dict[str, Node]) -> None:
        """Put the texts of results into packs, which are written."""
        new: dict[str, str] = {}
        kept: dict[str, Place] = {}
        for name, (_, _, _, text) in found.items():
            if isinstance(text, str):
                new[name] = text
            elif text is not None:
                kept[name] = text
        self.packs, places = self.packs.renewed(store, new, kept)
        for name in itertools.chain(new, kept):
            node, place = found[name], places.get(name)
            if node[3] != place:
                found[name] = (*node[:3], place)


def _differing(found: Mapping[str, Node], base: Mapping[str, Node]) -> dict[str, tuple[Any, ...]]:
    """The results, as plain tuples, that are not those of a base."""
    return {name: tuple(node) for name, node in found.items() if base.get(name) is not node}


def _outdated(old: Mapping[str, Node], changed: Collection[int]) -> set[str]:
    """The names of the results that are not current: a dependency is in `changed`, or a result that they used is not current, or lost."""
    again = {*_readers(old, changed), *set().union(*(used for _, used, _, _ in old.values())).difference(old)}
    found: set[str] = set()
    while again:
        found |= again
        again = {name for name, node in old.items() if not again.isdisjoint(node[1])} - found
    return found


def _readers(old: Mapping[str, Node], numbers: Collection[int]) -> Iterator[str]:
    """The names of the results with one of some dependencies, by their numbers. Raises ValueError or TypeError if the results are damaged."""
    seen = [node[0] for node in old.values()]
    every, ends = b"".join(seen), list(itertools.accumulate(map(len, seen)))
    if any(end % _WIDTH for end in ends):
        raise ValueError(NAME)
    if len(numbers) > _FEW:
        wanted = frozenset(numbers)
        return (name for name, own in zip(old, seen, strict=True) if not wanted.isdisjoint(_unpacked(own)))
    names = list(old)
    return (names[bisect_right(ends, place)] for number in numbers for place in _places(every, number))


def _places(packed: bytes, number: int) -> Iterator[int]:
    """The places of a number in packed ones, in bytes."""
    sought = number.to_bytes(_WIDTH, sys.byteorder)
    place = packed.find(sought)
    while place >= 0:
        if place % _WIDTH == 0:
            yield place
        place = packed.find(sought, place + 1)


class LastRun(NamedTuple):
    """What a complete run leaves for the next one of the same process, which then need not read the store."""

    records: RecordCache
    about: str
    numbers: Numbering
    """Its table of dependencies; runs only ever add to it."""
    results: Mapping[str, Node]
    packs: TextPacks
    base: Base

    def followed(self) -> BuildState:
        """The state in which the next run begins; a run that is given up leaves this one as it was."""
        return BuildState(self.records.followed(), self)


def _unpacked(data: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(data)
    return found
