"""A document: the raw data of one record as parsed from a file, with the position of every value."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem

Place = tuple[str | int, ...]


def stem_of(path: str) -> str:
    """The name of a file without its ending: the id that its record should have."""
    return path.rpartition("/")[2].rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Document:
    """The raw data of one record as parsed from a file, with the position of every value."""

    path: str
    """The file, relative to the dossier's folder."""
    data: Mapping[str, Any]
    """Mappings, lists and strings; numbers and dates are not parsed yet."""
    places: Mapping[Place, tuple[int, int]]
    """Line and column, counted from 1, of every value and item."""
    keys: Mapping[Place, tuple[int, int]]
    """Line and column of every field name."""
    line: int
    """The line on which the record begins."""
    body: str | None = None
    """The Markdown after the front matter; None in a list of records."""
    body_line: int = 1
    """The line on which the body begins."""
    faults: tuple[Problem, ...] = ()
    """What is wrong with single values, which the data lacks or has as they were probably meant."""

    def place(self, loc: Iterable[str | int]) -> tuple[int, int]:
        """Line and column of the value at `loc`, or of the nearest value that encloses it."""
        key = tuple(loc)
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, (self.line, 1))

    def problem(self, loc: Iterable[str | int], message: str) -> Problem:
        """A problem with the value at `loc`."""
        return Problem(self.path, *self.place(loc), message)

    def body_problem(self, offset: int, message: str) -> Problem:
        """A problem at an offset of the body."""
        before = (self.body or "")[:offset]
        return Problem(self.path, self.body_line + before.count("\n"), len(before.rsplit("\n", 1)[-1]) + 1, message)

    def key_problem(self, loc: Iterable[str | int], message: str) -> Problem:
        """A problem with the name of the field at `loc`."""
        key = tuple(loc)
        return Problem(self.path, *self.keys.get(key, self.place(key)), message)


@dataclass(frozen=True, slots=True)
class LazyDocument:
    """Where a document is, with a function that parses it: the positions of its values are needed for problems only."""

    path: str
    """The file, relative to the dossier's folder."""
    line: int
    """The line on which the record begins."""
    parse: Callable[[], Document]
    """Parse the document again; positions in memory would take as much as the record itself."""

    def place(self, loc: Iterable[str | int]) -> tuple[int, int]:
        """Line and column of the value at `loc`, or of the nearest value that encloses it."""
        return self.parse().place(loc)

    def problem(self, loc: Iterable[str | int], message: str) -> Problem:
        """A problem with the value at `loc`."""
        return self.parse().problem(loc, message)

    def body_problem(self, offset: int, message: str) -> Problem:
        """A problem at an offset of the body."""
        return self.parse().body_problem(offset, message)
