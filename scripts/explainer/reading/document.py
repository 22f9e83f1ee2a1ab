"""A document: the raw data of one record as parsed from a file, with the position of every value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from explainer.base.problems import Problem

Place = tuple[str | int, ...]


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
    again: "Callable[[], Document] | None" = field(default=None, compare=False, repr=False)
    """Parses the file again; set on a lazy document, of which only path and line are known so far."""

    @classmethod
    def known(cls, path: str, line: int, again: "Callable[[], Document]") -> Self:
        """A lazy document for a cached record: the file is parsed once a field other than path and line is read."""
        document = cls.__new__(cls)
        for name, value in (("path", path), ("line", line), ("again", again)):
            object.__setattr__(document, name, value)
        return document

    def __getattr__(self, name: str) -> Any:
        """Load the fields of a lazy document on first access; raises AttributeError for any other name."""
        if name not in {"data", "places", "keys", "body", "body_line"} or self.again is None:
            raise AttributeError(name)
        found = self.again()
        for part in ("data", "places", "keys", "body", "body_line"):
            object.__setattr__(self, part, getattr(found, part))
        return getattr(self, name)

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
