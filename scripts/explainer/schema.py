"""Document -> record, or the problems that keep it from being one; and the schema as JSON."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from explainer.frontmatter import Document
from explainer.problems import Problem, did_you_mean, listed, nearest
from explainer.records.record import Loc
from explainer.values import CONTROL

_SHOWN = 60
M = TypeVar("M", bound=BaseModel)


def read(model: type[M], document: Document) -> M | list[Problem]:
    """The record that a document holds, typed and frozen, or every problem with its fields."""
    data: dict[str, Any] = dict(document.data)
    if document.body is not None:
        if "body" in data:
            return [
                document.key_problem(
                    ("body",), "unknown field 'body'; the story is the text after the front matter; move it there"
                )
            ]
        if document.body:
            data["body"] = document.body
    try:
        record = model.model_validate(data)
        return list(_twice(document, document.data)) or record
    except ValidationError as error:
        return sorted(set(_problems(model, document, error)))


def _twice(document: Document, value: Any, place: Loc = ()) -> Iterator[Problem]:
    """A text that stands twice in one list: a country, a citation, a name."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _twice(document, item, (*place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str) and item in value[:index]:
                message = f"'{item}' is there twice in this list; expected once; delete one of them"
                yield document.problem((*place, index), message)
            elif not isinstance(item, str):
                yield from _twice(document, item, (*place, index))


def _problems(model: type[BaseModel], document: Document, error: ValidationError) -> Iterator[Problem]:
    details = error.errors(include_url=False)
    misspelt = {_meant(model, detail) for detail in details if detail["type"] == "extra_forbidden"}
    for detail in details:
        loc = tuple(detail["loc"])
        if detail["type"] == "missing" and loc in misspelt:
            continue  # the field is there under a name that it nearly has, and that has its own message
        if detail["type"] == "too_short" and len(detail["input"]) >= detail.get("ctx", {}).get("min_length", 1):
            continue  # an entry of the list is wrong, and has its own message
        message = _message(model, detail)
        if detail["type"] == "extra_forbidden":
            yield document.key_problem(loc, message)
        elif detail["type"] == "missing":
            yield Problem(document.path, *_gap(model, document, loc), message)
        elif loc == ("body",) and (found := CONTROL.search(document.body or "")):
            yield document.body_problem(found.start(), message.removeprefix("body: "))
        elif loc == ("body",):
            yield Problem(document.path, document.body_line, 1, f"the story: {message}")
        else:
            yield document.problem(loc, message)


def _gap(model: type[BaseModel], document: Document, loc: Loc) -> tuple[int, int]:
    """Where a field that is missing would stand: at the field that comes after it, or else at the end of those before."""
    inner = _inner(model, loc[:-1])
    names = in_order(inner) if inner else []
    at = names.index(str(loc[-1])) if loc[-1] in names else len(names)
    if found := next((place for name in names[at:] if (place := document.keys.get((*loc[:-1], name)))), None):
        return found
    before = next((key for name in reversed(names[:at]) if (key := (*loc[:-1], name)) in document.keys), None)
    if before is None:
        return document.place(loc)
    return max(place for key, place in document.places.items() if key[: len(before)] == before)


def _meant(model: type[BaseModel], detail: ErrorDetails) -> Loc:
    """The place of the field that a field with an unknown name is most like; the root where it is like none."""
    loc = tuple(detail["loc"])
    meant = nearest(str(loc[-1]), _fields(model, loc[:-1]))
    return (*loc[:-1], meant) if meant else ()


def _message(model: type[BaseModel], detail: ErrorDetails) -> str:  # noqa: C901, PLR0911, PLR0912 - a table: one case a kind of error
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
            known = sorted(_fields(model, loc[:-1]))
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


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from models_in(part)


def _inner(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The model whose fields stand at `loc`."""
    current: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or current is None:
            continue
        info = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
        if info is None:
            continue  # a key of a mapping by language
        current = next(models_in(info.annotation), None)
    return current


def _fields(model: type[BaseModel], loc: Loc) -> set[str]:
    inner = _inner(model, loc)
    names = {info.alias or name for name, info in inner.model_fields.items()} if inner else set()
    return names - {"body"}


def _expected(model: type[BaseModel], loc: Loc) -> str:
    """The sentence that describes the field at `loc`, without its full stop."""
    inner = _inner(model, loc[:-1])
    info = inner.model_fields.get(str(loc[-1])) if inner else None
    text = (info.description or "a value") if info else "a value"
    first = text.strip().rstrip(".").split("\n")[0]
    return first[:1].lower() + first[1:]


def _fill(model: type[BaseModel], loc: Loc) -> str:
    """What to do with a field that is there and empty."""
    inner = _inner(model, loc[:-1])
    info = inner.model_fields.get(str(loc[-1])) if inner else None
    return "write it behind the colon" if info is None or info.is_required() else "write it, or delete the line"


def _example(model: type[BaseModel], loc: Loc) -> str:
    inner = _inner(model, loc)
    if inner is None:
        return "name: value"
    required = [name for name, info in inner.model_fields.items() if info.is_required()]
    return ", ".join(f"{name}: …" for name in required) or "name: value"


def _words(model: type[BaseModel], loc: Loc) -> list[str]:
    names = [part for part in loc if isinstance(part, str)]
    inner = _inner(model, tuple(names[:-1]))
    info = inner.model_fields.get(names[-1]) if inner else None
    return _members(info.annotation) if info else []


@dataclass(frozen=True, slots=True)
class Part:
    """What one field holds: a value, a model, several of either, or several by language."""

    many: bool
    """Whether it is a list."""
    keyed: bool
    """Whether it is a mapping by language."""
    inner: type[BaseModel] | None
    """The model of what it holds; None for plain values."""
    words: tuple[str, ...]
    """The words of its vocabulary, where it has one."""
    marks: tuple[Any, ...]
    """What stands beside the type in its annotation: what a value refers to, among others."""
    leaf: Any
    """The type of each value."""


def part(annotation: Any) -> Part:
    """What a field with this annotation holds."""
    many = keyed = False
    marks: tuple[Any, ...] = ()
    while args := get_args(annotation):
        origin = get_origin(annotation)
        many, keyed = many or origin is tuple, keyed or origin is dict
        marks += tuple(args[1:]) if origin is Annotated else ()
        rest = [item for item in args if item is not type(None)]
        annotation = rest[-1] if origin is dict else rest[0]
    inner = annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
    return Part(many, keyed, inner, tuple(_members(annotation)), marks, annotation)


def _members(annotation: Any) -> list[str]:
    if isinstance(annotation, type) and get_origin(annotation) is None and hasattr(annotation, "__members__"):
        return [str(member.value) for member in annotation.__members__.values()]
    return [word for part in get_args(annotation) for word in _members(part)]


_FIRST = ("id", "name", "title", "symbol", "abbreviation", "other_names", "names")
_LAST = ("facts", "note", "disputes", "open_questions", "review_by", "summary", "body")


def in_order(model: type[BaseModel]) -> list[str]:
    """The fields of a model in the order in which editors write them: names first, what is unknown and the answer last.

    Of a part that adds fields to another one its own come first: the goal, then the basis and the citation.
    """
    names = list(model.model_fields)
    if "id" not in names:
        own = [name for name in names if name in model.__annotations__]
        return own + [name for name in names if name not in own]
    first = [name for name in _FIRST if name in names]
    last = [name for name in _LAST if name in names]
    return first + [name for name in names if name not in {*first, *last}] + last


@functools.cache
def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record of a type, as an editor writes it."""
    schema = model.model_json_schema(by_alias=True, mode="validation")
    properties = schema.get("properties", {})
    schema["properties"] = {name: properties[name] for name in in_order(model) if name != "body" and name in properties}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
