"""Validation errors in an editor's words: what was found, what was expected, what to write."""

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from explainer.base.problems import did_you_mean, listed
from explainer.records.introspect import field_names, members, model_at
from explainer.records.model import Loc

_SHOWN = 60


def message_for(model: type[BaseModel], detail: ErrorDetails) -> str:  # noqa: C901, PLR0911, PLR0912 - a table: one case a kind of error
    """What an editor is told of a validation error."""
    loc = tuple(detail["loc"])
    name = next((part for part in reversed(loc) if isinstance(part, str)), "")
    match detail["type"]:
        case "missing" if name == "cite":
            return "needs at least one citation; add cite: [source-id] (sources are in content/sources/)"
        case "missing":
            return f"missing field '{name}'; expected {_expected(model, loc)}; add {name}:"
        case kind if detail["input"] is None and kind not in {"extra_forbidden", "enum"} and isinstance(loc[-1], str):
            return f"{name}: is empty; expected {_expected(model, loc)}; {_fill(model, loc)}"
        case "extra_forbidden":
            known = sorted(field_names(model, loc[:-1]))
            guess = did_you_mean(name, known)
            return f"unknown field '{name}'{guess or f'; expected one of {listed(known, limit=30)}'}"
        case "enum" | "literal_error":
            words = _words(model, loc)
            if detail["input"] is None:
                return f"{name}: is empty; expected one of {', '.join(words)}; {_fill(model, loc)}"
            found = _shown(detail["input"])
            guess = did_you_mean(str(detail["input"]), words) or "; write one of them"
            return f"{name}: {found} is not one of {', '.join(words)}{guess}"
        case "value_error" | "assertion_error":
            reason = str(detail.get("ctx", {}).get("error", detail["msg"]))
            return reason if reason[:1] in {"'", '"'} or not name else f"{name}: {reason}"
        case "too_short":
            least = detail.get("ctx", {}).get("min_length", 1)
            if name == "cite":
                return "cite is empty; a statement needs at least one citation; add cite: [source-id] (sources are in content/sources/)"
            found = detail["input"]
            number = len(found) if isinstance(found, list) else 0
            some = "1 entry" if number == 1 else f"{number or 'no'} entries"
            return f"{name}: {some}; expected at least {least}: {_expected(model, loc)}; add {least - number} more"
        case "string_type":
            return f"{name}: expected a text, got {_shown(detail['input'])}; write {name}: and the words after it"
        case "tuple_type" | "list_type":
            if isinstance(detail["input"], str):
                return f"{name}: expected a list, got {_shown(detail['input'])}; write [{detail['input'].strip('(){}')[:_SHOWN]}]"
            return f"{name}: expected a list, got {_shown(detail['input'])}; write {name}: [one, two]"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"{name}: expected fields, got {_shown(detail['input'])}; write {name}: {{{_example(model, loc)}}}"
        case "int_parsing" | "int_type" | "int_from_float":
            return f"{name}: {_shown(detail['input'])} is not a whole number; expected digits, as in 4"
        case "bool_parsing" | "bool_type":
            return f"{name}: {_shown(detail['input'])} is neither true nor false; write one of them"
        case "decimal_type" | "decimal_parsing" | "is_instance_of":
            return f"{name}: {_shown(detail['input'])} is not a number; expected digits, as in 94"
        case "greater_than_equal":
            return f"{name}: {_shown(detail['input'])} is too small; expected {detail['ctx']['ge']} or more"
        case "less_than_equal":
            return f"{name}: {_shown(detail['input'])} is too large; expected {detail['ctx']['le']} or less"
        case _:
            found = detail["msg"].removeprefix("Input ").lower()
            return f"{name}: {_shown(detail['input'])} {found}"


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
