"""What the engine asks of the code of an own kind, told as a fault of its file where that hands over something else."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from explainer.base.problems import ContentError, Problem

FOLDER = "scripts/kinds"
"""The folder of a dossier that holds its own kinds."""
T = TypeVar("T")
_NAMES = {
    "pages": "a function; write def pages(library), which yields each page of the kind",
    "CHECKS": "functions that check the library; write CHECKS = (name_of_one, name_of_another)",
}
"""What the engine takes from a module -> what it has to be."""
_ITEMS = {"LazyPage": "yield LazyPage(library, path, compose)", "Problem": "yield library.document(record).problem(…)"}
"""What a function has to yield -> how."""


def held(module: ModuleType, name: str, path: str) -> None:
    """Raise ContentError unless a module has under a name what the engine takes from it."""
    if not hasattr(module, name):
        message = f"defines no {name}, which the engine looks for here; write it, or delete the file"
        raise ContentError([Problem(path, 1, 1, message)])
    value = getattr(module, name)
    many = name == "CHECKS" and isinstance(value, (tuple, list, set, frozenset))
    wrong = [item for item in (value if many else (value,)) if not _is_function(item)]
    if wrong or (name == "CHECKS" and not many):
        does = f"holds {_told(wrong[0])}" if many else f"is {_told(value)}"
        raise ContentError([Problem(path, _bound(module, name), 1, f"{name} {does}; expected {_NAMES[name]}")])


def handed_over(function: Callable[..., object], found: object, wanted: type[T]) -> Iterator[T]:
    """What a function of an own kind yields; raises ContentError at the function if that is nothing, or of another type."""
    if not isinstance(found, Iterable) or isinstance(found, (str, bytes)):
        raise _fault(function, f"returns {_told(found)}", wanted)
    for item in found:
        if not isinstance(item, wanted):
            raise _fault(function, f"yields {_told(item)}", wanted)
        yield item


def returned(function: Callable[..., object], found: object, wanted: type[T]) -> T:
    """What a function of an own kind returns; raises ContentError at the function if that is of another type."""
    if isinstance(found, wanted):
        return found
    message = f"{_name(function)} returns {_told(found)}; expected a {wanted.__name__}; return one"
    raise ContentError([Problem(*_place(function), 1, message)])


def _fault(function: Callable[..., object], does: str, wanted: type) -> ContentError:
    name = wanted.__name__
    return ContentError(
        [Problem(*_place(function), 1, f"{_name(function)} {does}; expected an iterator of {name}; {_ITEMS[name]}")]
    )


def _is_function(value: object) -> bool:
    return callable(value) and hasattr(value, "__name__")


def _told(value: object) -> str:
    """A value as Python's own messages tell it: what it says of itself may be long, or fail."""
    return "None" if value is None else f"a value of the type {type(value).__name__}"


def _bound(module: ModuleType, name: str) -> int:
    """The line on which a module gives a value a name."""
    text = Path(str(module.__file__)).read_text(encoding="utf-8", errors="replace")
    found = re.search(rf"^{name}\b", text, re.MULTILINE)
    return text[: found.start()].count("\n") + 1 if found else 1


def _itself(function: Any) -> Any:
    while isinstance(function, partial):
        function = function.func
    return function


def _name(function: Callable[..., object]) -> str:
    return str(getattr(_itself(function), "__name__", "what composes a page"))


def _place(function: Callable[..., object]) -> tuple[str, int]:
    """File, as messages name it, and line of a function."""
    code = getattr(_itself(function), "__code__", None)
    file, line = (code.co_filename, code.co_firstlineno) if code else ("", 1)
    inside = f"{os.sep}{FOLDER.replace('/', os.sep)}{os.sep}"
    return f"{FOLDER}/{file.rpartition(inside)[2].replace(os.sep, '/')}" if inside in file else FOLDER, line
