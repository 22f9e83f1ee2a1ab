"""Validation errors in an editor's words: what was found, what was expected, what to write."""

import itertools
from collections import ChainMap
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from explainer.base.dataclass import dataclass
from explainer.base.problems import listed, nearest
from explainer.records import hints
from explainer.records.introspect import field_at, field_names, members, model_at, part
from explainer.records.model import Loc, Model, Refers, Shortened

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

    @property
    def where(self) -> str:
        """The field, and which of its entries it is."""
        entry = self.loc[-1]
        return f"{self.name}: entry {entry + 1}" if isinstance(entry, int) else self.name

    @property
    def holder(self) -> type[BaseModel] | None:
        """The model that has the field."""
        names = [part for part in self.loc if isinstance(part, str)]
        return model_at(self.model, tuple(names[:-1]))

    @property
    def annotation(self) -> Any:
        """The type of the field."""
        info = field_at(self.holder, self.name) if self.holder else None
        return info.annotation if info else None


def message_for(model: type[BaseModel], detail: ErrorDetails) -> str:
    """What an editor is told of a validation error."""
    loc = tuple(detail["loc"])
    name = next((part for part in reversed(loc) if isinstance(part, str)), "")
    error = _Error(model, loc, name, detail["input"], detail.get("ctx", {}), detail["msg"])
    kind = detail["type"]
    if error.given is None and kind not in _SAY_THEMSELVES and isinstance(loc[-1], str):
        return f"{name}: is empty; expected {_expected(model, loc)}; {_fill(model, loc)}"
    if error.given is None and isinstance(loc[-1], int):
        expected = _expected(model, loc).partition(";")[0]
        return f"{error.where} is empty; expected one of {expected}; fill it, or delete it"
    return _MESSAGES.get(kind, _other)(error)


def _missing(error: _Error) -> str:
    if error.name == "cite":
        return "needs at least one citation; add cite: [source-id] (sources are in content/sources/)"
    return f"missing field '{error.name}'; expected {_expected(error.model, error.loc)}; add {error.name}:"


def _unknown(error: _Error) -> str:
    inner = model_at(error.model, error.loc[:-1])
    if inner is not None and issubclass(inner, Model) and (told := _replaced(inner).get(error.name)):
        return f"unknown field '{error.name}'; {told}"
    known = sorted(field_names(error.model, error.loc[:-1]))
    name, colon, value = error.name.partition(":")
    if colon and name in known and error.given is None:
        return f"no space behind the colon of '{error.name}'; expected name: value; write {name}: {value}"
    guess = meant_field(error.name, known)
    hint = f"; did you mean '{guess}'?" if guess else f"; expected one of {listed(known, limit=30)}"
    return f"unknown field '{error.name}'{hint}"


def _replaced(model: type[Model]) -> Mapping[str, str]:
    """What a model and those that it extends say of fields that they do not have."""
    return ChainMap(*(dict(each.REPLACED) for each in model.__mro__ if issubclass(each, Model)))


def meant_field(name: str, known: Collection[str]) -> str | None:
    """The field that is meant by an unknown name: the nearest, or the only one with the same first letters."""
    bare = name.partition(":")[0].strip()
    if bare in known or (guess := nearest(bare, known)):
        return bare if bare in known else guess
    alike = [other for other in known if _share(bare, other) >= max(4, 0.7 * min(len(bare), len(other)))]
    return alike[0] if len(alike) == 1 else None


def _share(left: str, right: str) -> int:
    """With how many letters both begin."""
    pairs = zip(left.casefold(), right.casefold(), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _no_such_word(error: _Error) -> str:
    words = _words(error.model, error.loc)
    if error.given is None:
        return f"{error.name}: is empty; expected one of {', '.join(words)}; {_fill(error.model, error.loc)}"
    guess = hints.guessed_word(error.annotation, str(error.given)) or "; write one of them"
    return f"{error.name}: {error.shown} is not one of {', '.join(words)}{guess}"


def _refused(error: _Error) -> str:
    """The message of a validator of our own; one that quotes the value first needs no name before it."""
    found = error.context.get("error", error.message)
    reason = hints.of_value(error.holder, error.name, found) or str(found)
    return reason if reason[:1] in {"'", '"'} or not error.name else f"{error.name}: {reason}"


def _too_short(error: _Error) -> str:
    least = error.context.get("min_length", 1)
    if error.name == "cite":
        return "cite is empty; a statement needs at least one citation; add cite: [source-id] (sources are in content/sources/)"
    number = len(error.given) if isinstance(error.given, list) else 0
    some = "1 entry" if number == 1 else f"{number or 'no'} entries"
    expected = _expected(error.model, error.loc).partition(";")[0]
    return f"{error.name}: {some}; expected at least {least}: {expected}; add {least - number} more"


def _no_text(error: _Error) -> str:
    one = _only_text(error.given)
    if isinstance(error.loc[-1], int):
        write = (
            f"- {one}" if one else "each entry as a text" if isinstance(error.given, dict) else "one pair of brackets"
        )
        return f"{error.where} is {_shown(error.given)}; expected a text; write {write}"
    write = (
        f"{error.name}: {one}"
        if one
        else f"{error.name}: and the words after it, in quotes where they begin with a bracket"
    )
    return f"{error.name}: expected a text, got {error.shown}; write {write}"


def _only_text(given: object) -> str | None:
    """The one text that a list or fields hold, as it is to be written; None if it is not one.

    YAML takes a text with a colon and a space for a field; only such has words on a side of it, and needs quotes.
    """
    match given:
        case [str(text)]:
            return text
        case dict() if len(given) == 1:
            name, value = next(iter(given.items()))
            if not isinstance(value, str):
                return name if value is None else None
            whole = f"{name}: {value}"
            return f'"{whole}"' if len(whole.split()) > 2 and '"' not in whole else value
    return None


def _no_list(error: _Error) -> str:
    inner = part(error.annotation).inner
    alone = inner is None or issubclass(inner, Shortened)
    write = _as_list(error) if alone else _as_parts(error, inner)
    return f"{error.name}: expected a list, got {error.shown}; {write}"


def _as_parts(error: _Error, inner: type[BaseModel] | None) -> str:
    """How a list of parts is written of which one stands alone."""
    if isinstance(error.given, str):
        return f"write - {{{hints.example(inner, error.given)}}}"
    first = next(iter(error.given), "name") if isinstance(error.given, dict) else "name"
    return f"put a dash before the first of them: - {first}: …"


def _as_list(error: _Error) -> str:
    """How a list of texts is written that stands there as a text or as fields."""
    match error.given:
        case str() if "://" in error.given:
            return "write [source-id], the id of the source with this address"
        case str():
            return f"write {_entries(error)}"
        case dict():
            texts = (str(name if value is None else value) for name, value in error.given.items())
            return f"write {error.name}: [{', '.join(filter(None, texts))}]"
        case _:
            return f"write {error.name}: [one, two]"


def _entries(error: _Error) -> str:
    """A text as a list; only ids are taken apart at commas, and freed of what stands around them."""
    text, shape = str(error.given), part(error.annotation)
    if shape.inner or any(isinstance(mark, Refers) for mark in shape.marks):
        return hints.entries(text[:_SHOWN])
    return f"[{text[:_SHOWN]}]" if "," not in text else f"['{text[:_SHOWN]}']"


def _no_fields(error: _Error) -> str:
    fields = f"{{{hints.example(model_at(error.model, error.loc), error.given)}}}"
    if isinstance(error.loc[-1], int):
        if isinstance(error.given, list):
            return f"{error.where} is a list; expected no list in a list; write one pair of brackets"
        return f"{error.where} is {error.shown}; expected fields; write - {fields}"
    return f"{error.name}: expected fields, got {error.shown}; write {error.name}: {fields}"


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
            return f"'{value[:_SHOWN]}…' ({len(value):,} characters)" if len(value) > _SHOWN else f"'{value}'"
        case list() | tuple():
            return "a list"
        case dict():
            return "fields"
        case _:
            return str(value)


def _expected(model: type[BaseModel], loc: Loc) -> str:
    """The sentence that describes the field at `loc`, without its full stop."""
    names = [name for name in loc if isinstance(name, str)]
    inner = model_at(model, tuple(names[:-1]))
    info = field_at(inner, names[-1]) if inner and names else None
    text = (info.description or "a value") if info else "a value"
    first = text.strip().rstrip(".").split("\n")[0]
    return first[:1].lower() + first[1:]


def _fill(model: type[BaseModel], loc: Loc) -> str:
    """What to do with a field that is there and empty."""
    inner = model_at(model, loc[:-1])
    info = inner.model_fields.get(str(loc[-1])) if inner else None
    return "write it behind the colon" if info is None or info.is_required() else "write it, or delete the line"


def _words(model: type[BaseModel], loc: Loc) -> list[str]:
    names = [part for part in loc if isinstance(part, str)]
    inner = model_at(model, tuple(names[:-1]))
    info = inner.model_fields.get(names[-1]) if inner else None
    return members(info.annotation) if info else []
