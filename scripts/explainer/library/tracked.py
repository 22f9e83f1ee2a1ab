"""Views of records that note which fields are read, and load the record for it, so that records stay plain values."""

import functools
from collections.abc import Callable
from typing import Any, cast

from pydantic import BaseModel

from explainer.base.dependencies import CURRENT
from explainer.records.record import Record


class TrackedRecord:
    """Behaves as the record that it stands for, which is loaded once a field is read, and notes every field that is.

    `isinstance` takes the view for its record, because it asks for `__class__`; `type` does not.
    """

    __slots__ = ("_load", "_model", "_record", "key")

    def __init__(self, model: type[Record], key: tuple[str, str], load: Callable[[], Record]) -> None:
        """Stand for the record of a model with a key (type and id)."""
        self._model, self.key, self._load = model, key, load
        self._record: Record | None = None

    @property  # type: ignore[misc] # `object` lets it be set
    def __class__(self) -> Any:
        """The model of the record."""
        return self._model

    @property
    def ident(self) -> str:
        """The id, for which the record need not be loaded."""
        return self.key[1]

    def __getattr__(self, name: str) -> Any:
        """Read a field and note it, or use what pydantic gives every model, which reads all fields."""
        if self._record is None:
            if name.startswith("__"):  # a protocol of Python that somebody tries
                raise AttributeError(name)
            self._record = self._load()
        values = self._record.__dict__
        if name in values:
            if CURRENT.seen is not None:
                CURRENT.seen.add((name, self.key))
            return values[name]
        if name not in BaseModel.__dict__:
            raise AttributeError(name)
        if CURRENT.seen is not None:
            CURRENT.seen.update((each, self.key) for each in values)
        return getattr(self._record, name)

    def __eq__(self, other: object) -> bool:
        """By type and id, which no two records of a library share."""
        return self is other or (isinstance(other, Record) and other.key == self.key)

    def __hash__(self) -> int:
        """By type and id."""
        return hash(self.key)


@functools.cache
def _view_of(model: type[Any]) -> type[TrackedRecord]:
    """The class of the views of a model: its own constants, properties and methods, which read through the view."""
    bases = [base for base in reversed(model.__mro__) if issubclass(base, Record)]
    defined = {name: value for base in bases for name, value in vars(base).items() if not name.startswith("__")}
    own = {name: value for name, value in defined.items() if name not in vars(TrackedRecord)}
    return type(f"Tracked{model.__name__}", (TrackedRecord,), {"__slots__": (), **own})


def lazily_tracked(model: type[Record], ident: str, load: Callable[[], Record]) -> Record:
    """A view of the record of a model with an id, which `load` loads once a field is read."""
    return cast("Record", _view_of(model)(model, (model.KIND, ident), load))


def at_hand(view: Record, record: Record | None) -> None:
    """Give a view its record, or take the record away until a field is read again, which frees the memory of it."""
    cast("TrackedRecord", view)._record = record  # noqa: SLF001 - of this module


def tracked(record: Record) -> Record:
    """A view of a record that notes which of its fields are read; the record itself if it is one."""
    return (
        record
        if issubclass(type(record), TrackedRecord)
        else lazily_tracked(type(record), record.ident, lambda: record)
    )
