"""Field reference derived from the models: for each type its fields with shape, necessity and description."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel

from explainer.base import values
from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.kinds.registry import Kinds
from explainer.records.dossier import Dossier
from explainer.records.editions import PartScheme
from explainer.records.introspect import in_order, part, written
from explainer.records.model import HoldsProse, Refers, Vocabulary
from explainer.records.record import Record
from explainer.records.said import Says
from explainer.records.sourced import Citation

SITE = "site"
"""The name of the dossier's settings in the reference."""


def models(kinds: Kinds) -> dict[str, type[BaseModel]]:
    """Name -> model of everything that editors write: the types of record and the settings."""
    return {**kinds.by_kind, SITE: Dossier}


_TEXTS = {
    get_args(alias)[1]: word
    for alias, word in (
        (values.Text, "text"),
        (values.Slug, "id"),
        (values.Url, "address"),
        (values.CountryCode, "country"),
        (values.Language, "language"),
        (values.Number, "number"),
    )
}
"""Validator -> key in the string catalogue, under `shape`."""
_VALUES = {values.PartialDate: "date", values.Dates: "dates", int: "whole", bool: "flag"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the reference describes it to editors."""

    name: str
    sentence: str
    needed: bool
    many: bool
    """Whether it holds a list."""
    keyed: bool
    """Whether it holds one value per language."""
    value: str
    """The key of the value's shape in the string catalogue, under `shape`."""
    refers: tuple[str | None, ...]
    """The types of record that a value may refer to, None for any type; empty if it is no reference."""
    part: type[BaseModel] | None
    """The nested model of each value, if it has fields of its own."""
    words: type[Vocabulary] | None
    """The vocabulary that restricts its values, if there is one."""
    scheme: PartScheme | None = None
    """The scheme that numbers the parts of a text, if its value is the place of one."""


@lru_cache(maxsize=512)
def fields(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a model, in the order in which editors write them, without the story.

    Pages and files ask for those of one model thirty times a run.
    """
    return tuple(_field(model, name) for name in in_order(model) if name != "body")


def _field(model: type[BaseModel], name: str) -> Field:
    info = model.model_fields[name]
    found = part(info.annotation)
    marks = (*found.marks, *info.metadata)
    scheme = next(filter(None, map(_scheme, marks)), None)
    return Field(
        name=written(model, name),
        sentence=_sentence(info.description),
        needed=info.is_required(),
        many=found.many,
        keyed=found.keyed and not any(isinstance(mark, Says) for mark in marks),
        value="paragraph" if scheme else _value(found.leaf, marks),
        refers=() if found.inner else tuple(mark.kind for mark in marks if isinstance(mark, Refers)),
        part=found.inner,
        words=_vocabulary(found.leaf),
        scheme=scheme,
    )


def _vocabulary(leaf: Any) -> type[Vocabulary] | None:
    return leaf if isinstance(leaf, type) and issubclass(leaf, Vocabulary) else None


def _scheme(mark: object) -> PartScheme | None:
    """The scheme of parts whose check is the validator that an annotation carries."""
    owner = getattr(getattr(mark, "func", None), "__self__", None)
    return owner if isinstance(owner, PartScheme) else None


def _value(leaf: Any, marks: tuple[Any, ...]) -> str:
    if any(isinstance(mark, HoldsProse) for mark in marks):
        return "prose"
    if any(isinstance(mark, Says) for mark in marks):
        return "said"
    return _VALUES.get(leaf) or next((_TEXTS[mark] for mark in marks if mark in _TEXTS), "text")


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def sentence(model: type) -> str:
    """The docstring of a model or a vocabulary, on one line."""
    return _sentence(model.__doc__)


def title(model: type) -> str:
    """The name of a nested model or a vocabulary in words: `DatedFact` is a dated fact."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()


@lru_cache(maxsize=512)
def parts(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """The models nested in a model at any depth, breadth first in the order of the fields."""
    found: list[type[BaseModel]] = []
    waiting = [model]
    while waiting:
        inside = [field.part for field in fields(waiting.pop(0)) if field.part]
        new = [inner for inner in dict.fromkeys(inside) if inner not in found]
        found += new
        waiting += new
    return tuple(found)


def vocabularies(model: type[BaseModel]) -> list[type[Vocabulary]]:
    """The vocabularies of a model and its nested models."""
    inside = [field.words for inner in (model, *parts(model)) for field in fields(inner)]
    return list(dict.fromkeys(words for words in inside if words))


def shape(field: Field) -> str:
    """The key under `shape` of the pattern that describes a field; `{what}` in the pattern is filled in later."""
    if field.part or field.words:
        one = "cite" if field.part is Citation else "part" if field.part else "word"
    elif field.refers:
        one = "any-record" if None in field.refers else "record"
    else:
        one = field.value
    return f"{one}-by-language" if field.keyed else f"{one}-list" if field.many else one


def table(kinds: Kinds, words: Language, name: str) -> Iterator[str]:
    """Render the field reference of a type or the settings as lines of text; nested models come after the type."""
    model = models(kinds)[name]
    yield f"{name}: {sentence(model)}"
    yield from _rows(model, words)
    for inner in parts(model):
        yield ""
        yield f"{title(inner)}: {sentence(inner)}"
        yield from _rows(inner, words)
    for vocabulary in vocabularies(model):
        yield ""
        yield f"{title(vocabulary)}: {sentence(vocabulary)}"
        for word, said in vocabulary.sentences().items():
            yield f"  {word:<14} {said}"
    if issubclass(model, Record) and model.STORY:
        yield ""
        yield "The story is the Markdown text after the front matter."


def _rows(model: type[BaseModel], words: Language) -> Iterator[str]:
    for field in fields(model):
        if field.part or field.words:
            what = title(field.part or field.words or model)
        elif field.scheme:
            what = field.scheme.expected
        else:
            what = ", ".join(words("plural", kind) for kind in field.refers if kind)
        need = "needed" if field.needed else "optional"
        yield f"  {field.name} ({words('shape', shape(field)).format(what=what)}; {need})"
        yield f"      {field.sentence}"
