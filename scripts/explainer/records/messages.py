"""Validation errors in an editor's words: what was found, what was expected, what to write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from explainer.base.problems import did_you_mean, listed
from explainer.records.introspect import field_names, members, model_at
from explainer.records.model import Loc, Model

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Error:
    """A validation error: the field that it concerns, and the value that was found there."""

    model: type[BaseModel]
    loc: Loc
    name: str
    """The name of the innermost field around the value; empty if there is none."""
    given: Any
    context: Mapping[str, Any]
    """The values that pydantic's own message names, such as a limit."""
    message: str
    """Pydantic's own message."""

    @property
    def shown(self) -> str:
        """The value that was found, as a message names it."""
        return _shown(self.given)


def message_for(model: type[BaseModel], detail: ErrorDetails) -> str:
    """What an editor is told of a validation error."""
    loc = tuple(detail["loc"])
    name = next((part for part in reversed(loc) if isinstance(part, str)), "")
    error = _Error(model, loc, name, detail["input"], detail.get("ctx", {}), detail["msg"])
    kind = detail["type"]
    if error.given is None and kind not in _SAY_THEMSELVES and isinstance(loc[-1], str):
        return f"{name}: is empty; expected {_expected(model, loc)}; {_fill(model, loc)}"
    return _MESSAGES.get(kind, _other)(error)


def _missing(error: _Error) -> str:
    if error.name == "cite":
        return "needs at least one citation; add cite: [source-id] (sources are in content/sources/)"
    return f"missing field '{error.name}'; expected {_expected(error.model, error.loc)}; add {error.name}:"


def _unknown(error: _Error) -> str:
    inner = model_at(error.model, error.loc[:-1])
    if inner is not None and issubclass(inner, Model) and (told := inner.REPLACED.get(error.name)):
        return f"unknown field '{error.name}'; {told}"
    known = sorted(field_names(error.model, error.loc[:-1]))
    guess = did_you_mean(error.name, known)
    return f"unknown field '{error.name}'{guess or f'; expected one of {listed(known, limit=30)}'}"


def _no_such_word(error: _Error) -> str:
    words = _words(error.model, error.loc)
    if error.given is None:
        return f"{error.name}: is empty; expected one of {', '.join(words)}; {_fill(error.model, error.loc)}"
    guess = did_you_mean(str(error.given), words) or "; write one of them"
    return f"{error.name}: {error.shown} is not one of {', '.join(words)}{guess}"


def _refused(error: _Error) -> str:
    """The message of a validator of our own; one that quotes the value first needs no name before it."""
    reason = str(error.context.get("error", error.message))
    return reason if reason[:1] in {"'", '"'} or not error.name else f"{error.name}: {reason}"


def _too_short(error: _Error) -> str:
    least = error.context.get("min_length", 1)
    if error.name == "cite":
        return "cite is empty; a statement needs at least one citation; add cite: [source-id] (sources are in content/sources/)"
    number = len(error.given) if isinstance(error.given, list) else 0
    some = "1 entry" if number == 1 else f"{number or 'no'} entries"
    expected = _expected(error.model, error.loc)
    return f"{error.name}: {some}; expected at least {least}: {expected}; add {least - number} more"


def _no_text(error: _Error) -> str:
    return f"{error.name}: expected a text, got {error.shown}; write {error.name}: and the words after it"


def _no_list(error: _Error) -> str:
    if isinstance(error.given, str):
        return f"{error.name}: expected a list, got {error.shown}; write [{error.given.strip('(){}')[:_SHOWN]}]"
    return f"{error.name}: expected a list, got {error.shown}; write {error.name}: [one, two]"


def _no_fields(error: _Error) -> str:
    example = _example(error.model, error.loc)
    return f"{error.name}: expected fields, got {error.shown}; write {error.name}: {{{example}}}"


def _is_not(error: _Error, *, finding: str) -> str:
    return f"{error.name}: {error.shown} is {finding}"


def _too_small(error: _Error) -> str:
    return f"{error.name}: {error.shown} is too small; expected {error.context['ge']} or more"


def _too_large(error: _Error) -> str:
    return f"{error.name}: {error.shown} is too large; expected {error.context['le']} or less"


def _other(error: _Error) -> str:
    """Pydantic's own message, for a kind of error that has no words here."""
    return f"{error.name}: {error.shown} {error.message.removeprefix('Input ').lower()}"


_no_whole_number = partial(_is_not, finding="not a whole number; expected digits, as in 4")
_no_truth = partial(_is_not, finding="neither true nor false; write one of them")
_no_number = partial(_is_not, finding="not a number; expected digits, as in 94")

_MESSAGES: Mapping[str, Callable[[_Error], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "enum": _no_such_word,
    "literal_error": _no_such_word,
    "value_error": _refused,
    "assertion_error": _refused,
    "too_short": _too_short,
    "string_type": _no_text,
    "tuple_type": _no_list,
    "list_type": _no_list,
    "model_type": _no_fields,
    "dict_type": _no_fields,
    "model_attributes_type": _no_fields,
    "int_parsing": _no_whole_number,
    "int_type": _no_whole_number,
    "int_from_float": _no_whole_number,
    "bool_parsing": _no_truth,
    "bool_type": _no_truth,
    "decimal_type": _no_number,
    "decimal_parsing": _no_number,
    "is_instance_of": _no_number,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
}
"""Pydantic's name of a kind of error -> what an editor is told of it."""
_SAY_THEMSELVES = frozenset({"missing", "extra_forbidden", "enum"})
"""The kinds of error whose own message fits an empty value too."""


def _shown(value: object) -> str:
    """A value as a message names it."""
    match value:
        case None:
            return "nothing"
        case str():
            return f"'{value[:_SHOWN]}…'" if len(value) > _SHOWN else f"'{value}'"
        case list() | tuple():
            return "a list"
        case dict():
            return "fields"
        case _:
            return str(value)


def _expected(model: type[BaseModel], loc: Loc) -> str:
    """The sentence that describes the field at `loc`, without its full stop."""
    inner = model_at(model, loc[:-1])
    info = inner.model_fields.get(str(loc[-1])) if inner else None
    text = (info.description or "a value") if info else "a value"
    first = text.strip().rstrip(".").split("\n")[0]
    return first[:1].lower() + first[1:]


def _fill(model: type[BaseModel], loc: Loc) -> str:
    """What to do with a field that is there and empty."""
    inner = model_at(model, loc[:-1])
    info = inner.model_fields.get(str(loc[-1])) if inner else None
    return "write it behind the colon" if info is None or info.is_required() else "write it, or delete the line"


def _example(model: type[BaseModel], loc: Loc) -> str:
    inner = model_at(model, loc)
    if inner is None:
        return "name: value"
    required = [name for name, info in inner.model_fields.items() if info.is_required()]
    return ", ".join(f"{name}: …" for name in required) or "name: value"


def _words(model: type[BaseModel], loc: Loc) -> list[str]:
    names = [part for part in loc if isinstance(part, str)]
    inner = model_at(model, tuple(names[:-1]))
    info = inner.model_fields.get(names[-1]) if inner else None
    return members(info.annotation) if info else []
