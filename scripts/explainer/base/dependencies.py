"""What a computation looked at, so that its result can be kept until something that it looked at changes.

While a trace is open, every field of a record that is read, and every place of the library that is looked up, notes
itself there as a `Sight`. Results that several computations share have a name and a trace of their own.
"""

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

Dependency = tuple[str, Any]
"""What was looked at: a word that says which kind of thing, and which of its kind."""
ANY_KEY = "*"
"""In the place of which: every one of its kind, or which there are."""
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class Recording:
    """What one computation looked at itself, and the names of the results that it took from others."""

    seen: set[Dependency] = field(default_factory=set)
    used: set[str] = field(default_factory=set)


DRAWING = "drawing "
"""Begins the names of drawings that are kept; they follow from their name alone, so nothing can change for them."""


@dataclass(slots=True)
class _Current:
    """The trace that is open; the innermost where they are open within each other."""

    trace: Recording | None = None
    seen: set[Dependency] | None = None


CURRENT = _Current()


@contextmanager
def recording() -> Iterator[Recording]:
    """Open a trace."""
    before, trace = CURRENT.trace, Recording()
    CURRENT.trace, CURRENT.seen = trace, trace.seen
    try:
        yield trace
    finally:
        CURRENT.trace, CURRENT.seen = before, before.seen if before else None


class TrackedMapping(Mapping[K, V]):
    """A mapping that notes which of its keys somebody asked for."""

    def __init__(self, what: str, items: Mapping[K, V]) -> None:
        """Give the sights of a mapping their word."""
        self._what, self._items = what, items

    def __getitem__(self, key: K) -> V:
        """The value of a key; that somebody asked is noted, whether or not it is there."""
        if CURRENT.seen is not None:
            CURRENT.seen.add((self._what, key))
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        """Every key."""
        if CURRENT.seen is not None:
            CURRENT.seen.add((self._what, ANY_KEY))
        return iter(self._items)

    def __len__(self) -> int:
        """How many keys there are."""
        if CURRENT.seen is not None:
            CURRENT.seen.add((self._what, ANY_KEY))
        return len(self._items)

    def values(self) -> ValuesView[V]:
        """Every value."""
        if CURRENT.seen is not None:
            CURRENT.seen.add((self._what, ANY_KEY))
        return self._items.values()

    def items(self) -> ItemsView[K, V]:
        """Every key with its value."""
        if CURRENT.seen is not None:
            CURRENT.seen.add((self._what, ANY_KEY))
        return self._items.items()


class Memo:
    """Results that several computations of one run share, each made once."""

    def __init__(self) -> None:
        """Begin with none."""
        self.traces: dict[str, Recording] = {}
        self.texts: dict[str, str] = {}
        """Texts that may outlast the run."""
        self._values: dict[str, Any] = {}

    def get(self, name: str, make: Callable[[], T]) -> T:
        """The result of that name, which must always be made in the same way."""
        if CURRENT.trace is not None:
            CURRENT.trace.used.add(name)
        if name not in self._values:
            with recording() as trace:
                self._values[name] = make()
            self.traces[name] = trace
        found: T = self._values[name]
        return found

    def text(self, name: str, make: Callable[[], str]) -> str:
        """A text of that name, which may be one that an earlier run made and nothing changed for."""
        if name not in self.texts:
            self.texts[name] = self.get(name, make)
        elif CURRENT.trace is not None:
            CURRENT.trace.used.add(name)
        return self.texts[name]
