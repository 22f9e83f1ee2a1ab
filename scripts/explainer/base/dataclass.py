"""`dataclass` of the standard library, of whose methods only `__init__` is compiled for each class.

The standard decorator writes up to six methods of a class as text and compiles each, in every command: for the 300 classes
here, that was a tenth of the processor time of an edit. Comparison, hash and `repr` are closures over the names of the
fields instead. That a value does not change is for the type checker, which sees the standard decorator: the guard that
refuses an assignment would be compiled as well, and has every `__init__` call `object.__setattr__` for each field.
"""

import dataclasses
import functools
import reprlib
from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: Any = None, /, *, frozen: bool = False, eq: bool = True, order: bool = False, **options: bool
    ) -> Any:
        """Decorate a class as `dataclasses.dataclass` does, with the same options.

        One that has an order, or stands on another dataclass, is left to the standard decorator.
        """
        if cls is None:
            return functools.partial(dataclass, frozen=frozen, eq=eq, order=order, **options)
        if order or any(map(dataclasses.is_dataclass, cls.__bases__)):
            return dataclasses.dataclass(cls, frozen=frozen, eq=eq, order=order, **options)
        made = dataclasses.dataclass(cls, repr=False, eq=False, **options)
        made.__dataclass_params__.frozen = frozen  # a class that stands on it may be frozen by the standard decorator
        _complete(made, cls.__dict__, hashed=frozen, eq=eq)
        return made


def _complete(made: Any, own: Mapping[str, Any], *, hashed: bool, eq: bool) -> None:
    """Give a class the methods that it has not got of its own."""
    fields = dataclasses.fields(made)
    if "__repr__" not in own:
        made.__repr__ = _shown([field.name for field in fields if field.repr])
    if not eq or "__eq__" in own:
        return
    values = _values([field.name for field in fields if field.compare])
    made.__eq__ = _compared(values)
    if "__hash__" not in own:
        made.__hash__ = _hashed(values) if hashed else None


def _values(names: list[str]) -> Any:
    """What reads the fields with these names of an object."""
    return attrgetter(*names) if names else lambda _: ()


def _compared(values: Any) -> Any:
    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - becomes a method
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hashed(values: Any) -> Any:
    def __hash__(self: object) -> int:  # noqa: N807 - becomes a method
        return hash(values(self))

    return __hash__


def _shown(names: list[str]) -> Any:
    @reprlib.recursive_repr()
    def __repr__(self: object) -> str:  # noqa: N807 - becomes a method
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__
