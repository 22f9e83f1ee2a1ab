"""Reads the annotations of a model: the models within, the vocabulary of a field, the order in which editors write fields."""

import itertools
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from explainer.base.dataclass import dataclass
from explainer.records.editions import Editions
from explainer.records.model import Loc
from explainer.records.traits import WithFigures


def written(model: type[BaseModel], name: str) -> str:
    """What editors call a field: its alias, or its name if it has none."""
    return model.model_fields[name].alias or name


def field_at(model: type[BaseModel], key: str) -> FieldInfo | None:
    """The field that editors write under a key; None if there is none."""
    return next((info for name, info in model.model_fields.items() if key in (name, info.alias)), None)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from models_in(part)


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The model whose fields stand at `loc`."""
    current: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or current is None:
            continue
        info = field_at(current, part)
        if info is None:
            continue  # a key of a mapping by language
        current = next(models_in(info.annotation), None)
    return current


def field_names(model: type[BaseModel], loc: Loc) -> set[str]:
    """The names of the fields at `loc`, as editors write them."""
    inner = model_at(model, loc)
    names = {written(inner, name) for name in inner.model_fields} if inner else set()
    return names - {"body"}


@dataclass(frozen=True, slots=True)
class FieldShape:
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


def part(annotation: Any) -> FieldShape:
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
    return FieldShape(many, keyed, inner, tuple(members(annotation)), marks, annotation)


def members(annotation: Any) -> list[str]:
    """The words of the vocabularies that an annotation names."""
    if isinstance(annotation, type) and get_origin(annotation) is None and hasattr(annotation, "__members__"):
        return [str(member.value) for member in annotation.__members__.values()]
    return [word for part in get_args(annotation) for word in members(part)]


_FIRST = ("id", "name", "title", "symbol", "abbreviation", "other_names", "names")
_LAST = (
    "facts",
    "note",
    "disputes",
    "open_questions",
    "search_terms",
    "review_by",
    "corrections",
    "withdrawn",
    "summary",
    "body",
)


def in_order(model: type[BaseModel]) -> list[str]:
    """The fields of a model in the order in which editors write them: names first, what is unknown and the answer last.

    Of a part that adds fields to another one its own come first: what is classified, then the basis and the citation.
    """
    names = dict.fromkeys(model.model_fields)
    if "id" not in names:
        inherited = _fields_of(model.__mro__[1:])
        own = [name for name in model.__annotations__ if name in names and name not in inherited]
        return list(dict.fromkeys((*own, *names)))
    last = [name for name in _LAST if name in names]
    first = [name for name in (*_FIRST, *names) if name in names and name not in last]
    return list(dict.fromkeys((*first, *last)))


def published(model: type[BaseModel]) -> list[str]:
    """The fields that are data, in the order of `in_order`: a story is told apart from them, and search terms are told nobody."""
    return [name for name in in_order(model) if not model.model_fields[name].exclude]


def _fields_of(bases: Iterable[type]) -> set[str]:
    """The names of the fields that any of these classes has."""
    return {name for base in bases for name in getattr(base, "model_fields", ())}


def own_fields(model: type[BaseModel]) -> list[str]:
    """The fields of a type of record that say what is special to it.

    Those that every record has, its name, its answer, its figures and the parts of an edition have places of their own on a page.
    """
    elsewhere = {"id", "cite", getattr(model, "LABEL", ""), getattr(model, "ANSWER", None)}
    elsewhere |= {"figures"} if issubclass(model, WithFigures) else set()
    elsewhere |= {"series", "reviews", "text", "provisions"} if issubclass(model, Editions) else set()
    inherited = _fields_of(base for base in model.__mro__[1:] if base.__module__ in _COMMON)
    return [name for name in model.model_fields if name not in elsewhere | inherited]


def special_fields(model: type[BaseModel]) -> list[str]:
    """The fields that a type of record has to itself, without those of its traits, which the engine uses, too."""
    traits = _fields_of(base for base in model.__mro__[1:] if base.__module__ in _TRAITS)
    return [name for name in own_fields(model) if name not in traits]


_TRAITS = frozenset({"explainer.records.traits", "explainer.records.editions"})
"""The modules whose fields charts, sums, filters and the index of dates use."""
_COMMON = frozenset({"explainer.records.record"})
"""The modules whose fields every page shows in places of their own."""


def is_own(model: type[BaseModel] | None) -> bool:
    """Whether a part of a record is a kind's own; those of the engine, which every dossier has, are one value each."""
    return model is not None and not model.__module__.startswith("explainer.")


def part_columns(inner: type[BaseModel] | None) -> tuple[str, ...]:
    """The fields of a kind's own part: the columns of a table, the sources aside."""
    return tuple(name for name in inner.model_fields if name != "cite") if inner and is_own(inner) else ()


def shown_words(model: type[BaseModel]) -> dict[str, Any]:
    """Field -> the words that the general page needs of it: its name, those of its vocabulary, and those of its parts."""
    found: dict[str, Any] = {}
    for name in own_fields(model):
        shape = part(model.model_fields[name].annotation)
        found[name] = {"name": ""}
        columns = part_columns(shape.inner)
        if columns and shape.inner:
            found[name]["columns"] = dict.fromkeys(columns, "")
            inside = {column: _words(shape.inner.model_fields[column].annotation) for column in columns}
            if filled := {column: dict.fromkeys(words, "") for column, words in inside.items() if words}:
                found[name]["words"] = filled
        elif words := _words(model.model_fields[name].annotation):
            found[name]["words"] = dict.fromkeys(words, "")
    return found


def _words(annotation: Any) -> list[str]:
    """The words of the vocabularies that a value may hold, those of a kind's own parts within it included."""
    shape = part(annotation)
    columns = part_columns(shape.inner)
    inside = [_words(shape.inner.model_fields[column].annotation) for column in columns] if shape.inner else []
    return list(dict.fromkeys((*shape.words, *itertools.chain.from_iterable(inside))))
