"""A document: one record as it stands in a file, with the place of each value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from explainer.base.problems import Problem

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One record as it stands in a file: plain data, and the place of each value."""

    path: str
    """The file, relative to the dossier's folder."""
    data: Mapping[str, Any]
    """Mappings, lists and texts; nothing is a number or a date yet."""
    places: Mapping[Place, tuple[int, int]]
    """Line and column, counted from 1, of every value and item."""
    keys: Mapping[Place, tuple[int, int]]
    """Line and column of every field name."""
    line: int
    """Where the record begins."""
    body: str | None = None
    """The Markdown after the front matter; None in a list of records."""
    body_line: int = 1
    """The line on which the body begins."""
    again: "Callable[[], Document] | None" = field(default=None, compare=False, repr=False)
    """Reads it from its file, where only path and line are known so far."""

    @classmethod
    def known(cls, path: str, line: int, again: "Callable[[], Document]") -> Self:
        """A document that was read by an earlier run: all but path and line is read once somebody asks for it."""
        document = cls.__new__(cls)
        for name, value in (("path", path), ("line", line), ("again", again)):
            object.__setattr__(document, name, value)
        return document

    def __getattr__(self, name: str) -> Any:
        """What is not known yet."""
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
