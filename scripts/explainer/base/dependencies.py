"""Dependency tracking: records the reads of a computation, so that its result can be cached until one of them changes.

While a recording is open, every read of a record's field and every lookup in the library adds a `Dependency` to it;
`library.tracked` notes the fields, because records themselves are plain values.
Results that several computations share are memoised by name, each with a recording of its own.
"""

import json
from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from dataclasses import field
from typing import Any, TypeVar

from explainer.base.dataclass import dataclass

Dependency = tuple[str, Any]
"""The name of a field or another category, such as `entry`, and the key that was read in it."""
ANY_KEY = "*"
"""Wildcard key: depends on the whole collection, not on one of its keys."""
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class Recording:
    """The dependencies of one computation: its own reads, and the names of the shared results it used."""

    seen: set[Dependency] = field(default_factory=set)
    used: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Current:
    """The open recording; the innermost one if recordings are nested."""

    trace: Recording | None = None
    seen: set[Dependency] | None = None
    """The set `trace.seen`, held here because every read of a field looks it up."""


CURRENT = _Current()


@contextmanager
def recording() -> Iterator[Recording]:
    """Record the dependencies of a `with` block; an enclosing recording is suspended until the block ends."""
    before, trace = CURRENT.trace, Recording()
    CURRENT.trace, CURRENT.seen = trace, trace.seen
    try:
        yield trace
    finally:
        CURRENT.trace, CURRENT.seen = before, before.seen if before else None


def note(category: str, key: object) -> None:
    """Add a dependency to the open recording, if there is one."""
    if CURRENT.seen is not None:
        CURRENT.seen.add((category, key))


class TrackedMapping(Mapping[K, V]):
    """A read-only mapping that records every lookup and every iteration as a dependency."""

    def __init__(self, what: str, items: Mapping[K, V]) -> None:
        """Wrap `items`; `what` is the category of the recorded dependencies."""
        self._what, self._items = what, items

    def __getitem__(self, key: K) -> V:
        """Look up a key; the dependency is recorded even if the key is missing."""
        note(self._what, key)
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        """Iterate over the keys; like any look at all of it, this depends on the whole mapping."""
        return iter(self._whole())

    def __len__(self) -> int:
        """The number of keys."""
        return len(self._whole())

    def values(self) -> ValuesView[V]:
        """A view of the values, for which no key is looked up by itself."""
        return self._whole().values()

    def items(self) -> ItemsView[K, V]:
        """A view of the items, as above."""
        return self._whole().items()

    def _whole(self) -> Mapping[K, V]:
        note(self._what, ANY_KEY)
        return self._items


class Memo:
    """Memoised results that several computations of one run share."""

    def __init__(self) -> None:
        """Start empty."""
        self.traces: dict[str, Recording] = {}
        self.texts: dict[str, str] = {}
        """Name -> text; texts can also be cached between runs."""
        self.kept: Callable[[str], str | None] = lambda _: None
        """Reads the text of a name that an earlier run left; returns None if there is none, or if it is lost."""
        self._values: dict[str, Any] = {}

    def get(self, name: str, make: Callable[[], T]) -> T:
        """Return the result of a name, computed on first use; `make` must compute the same result for the same name."""
        if CURRENT.trace is not None:
            CURRENT.trace.used.add(name)
        if name not in self._values:
            with recording() as trace:
                self._values[name] = make()
            self.traces[name] = trace
        found: T = self._values[name]
        return found

    def reads(self, trace: Recording) -> set[Dependency]:
        """All that a computation read, with what the shared results read that it used, and those that these used."""
        found, waiting, known = set(trace.seen), list(trace.used), set(trace.used)
        while waiting:
            if inner := self.traces.get(waiting.pop()):
                found |= inner.seen
                waiting += inner.used - known
                known |= inner.used
        return found

    def free(self, name: str) -> None:
        """Free the result of a name, which hardly anybody will need again; who does, has it computed again."""
        self._values.pop(name, None)

    def text(self, name: str, make: Callable[[], str]) -> str:
        """Return the text of a name: that of an earlier run if it is still current, otherwise computed on first use."""
        found = self.texts.get(name)
        if found is None:
            found = self.kept(name)
        if found is None:
            found = self.texts[name] = self.get(name, make)
        elif CURRENT.trace is not None:
            CURRENT.trace.used.add(name)
        return found

    def plain(self, name: str, make: Callable[[], T]) -> T:
        """Return plain data of a name, such as ids in their order: kept between runs as a text, and read from it once a run."""
        kept = f"plain {name}"
        found: T = self.get(name, lambda: json.loads(self.text(kept, lambda: json.dumps(make()))))
        return found
