"""Views of records that note which fields are read, and load the record for it, so that records stay plain values."""

import functools
from collections.abc import Callable, Mapping
from operator import attrgetter
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

    # The model of the record; read without a call of Python's, as `isinstance` asks for it all the time.
    __class__ = property(attrgetter("_model"))

    @property
    def ident(self) -> str:
        """The id, for which the record need not be loaded."""
        return self.key[1]

    def __getattr__(self, name: str) -> Any:
        """Use what pydantic gives every model, which reads all fields."""
        if name.startswith("__") and self._record is None:  # a protocol of Python that somebody tries
            raise AttributeError(name)
        values = _values(self)
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


def _values(view: TrackedRecord) -> Mapping[str, Any]:
    """The fields of the record of a view, which is loaded if it is not there."""
    if view._record is None:  # noqa: SLF001 - of this module
        view._record = view._load()  # noqa: SLF001
    return view._record.__dict__  # noqa: SLF001


def _field(name: str) -> property:
    """A property that reads a field and notes it: Python finds it at once, where it would ask `__getattr__` last of all."""

    def read(view: TrackedRecord) -> Any:
        record = view._record  # noqa: SLF001
        values = _values(view) if record is None else record.__dict__
        if CURRENT.seen is not None:
            CURRENT.seen.add((name, view.key))
        try:
            return values[name]
        except KeyError:
            raise AttributeError(name) from None

    return property(read)


@functools.cache
def _view_of(model: type[Any]) -> type[TrackedRecord]:
    """The class of the views of a model: its fields, and its own constants, properties and methods, which read through the view."""
    bases = [base for base in reversed(model.__mro__) if issubclass(base, Record)]
    defined = {name: value for base in bases for name, value in vars(base).items() if not name.startswith("__")}
    fields = {name: _field(name) for name in model.model_fields}
    own = {name: value for name, value in {**fields, **defined}.items() if name not in vars(TrackedRecord)}
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
