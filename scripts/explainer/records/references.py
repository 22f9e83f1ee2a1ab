"""Walks a model for the values that refer to other records or hold prose, each with its place."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from explainer.base.dataclass import dataclass
from explainer.records.introspect import part
from explainer.records.model import HoldsProse, Loc, Model, Refers


@dataclass(frozen=True, slots=True)
class Marked:
    """A value in a record that a marker describes, and where it stands."""

    loc: Loc
    marker: Refers | HoldsProse
    value: str


@dataclass(frozen=True, slots=True)
class _PathStep:
    """One field of a model that holds, or leads to, marked values."""

    name: str
    alias: str
    marker: Refers | HoldsProse | None
    many: bool
    keyed: bool
    inner: type[Model] | None


_steps: dict[type[BaseModel], tuple[_PathStep, ...]] = {}


def _step(name: str, alias: str, field: FieldInfo) -> _PathStep | None:
    shape = part(field.annotation)
    marker = next((mark for mark in (*field.metadata, *shape.marks) if isinstance(mark, Refers | HoldsProse)), None)
    inner = shape.inner if shape.inner and issubclass(shape.inner, Model) else None
    return _PathStep(name, alias, marker, shape.many, shape.keyed, inner) if marker or inner else None


def _model_steps(model: type[BaseModel]) -> tuple[_PathStep, ...]:
    if model not in _steps:
        found = (_step(name, field.alias or name, field) for name, field in model.model_fields.items())
        _steps[model] = tuple(step for step in found if step)
    return _steps[model]


def marked(model: BaseModel, loc: Loc = (), *, field: str | None = None) -> Iterator[Marked]:
    """Every reference and every prose text in a record, in the order of its fields, or those in one field."""
    steps = _model_steps(model.__class__)
    for step in steps if field is None else filter(lambda step: step.alias == field, steps):
        for place, item in _items(getattr(model, step.name), (*loc, step.alias), step):
            if isinstance(item, Model):
                yield from marked(item, place)
            elif step.marker:
                yield Marked(place, step.marker, item)


def _items(value: Any, here: Loc, step: _PathStep) -> Iterable[tuple[Loc, Any]]:
    """The values of a field with their places: one, or those of a list or a mapping."""
    if value is None:
        return ()
    if step.many:
        return (((*here, index), item) for index, item in enumerate(value))
    if step.keyed:
        return (((*here, key), item) for key, item in value.items())
    return ((here, value),)


def markers(model: type[BaseModel]) -> dict[str, Refers | HoldsProse]:
    """The fields of a model whose values name another record or are prose, by name."""
    return {step.name: step.marker for step in _model_steps(model) if step.marker}


def is_list(model: type[BaseModel], name: str) -> bool:
    """Whether a field that names records holds several."""
    return any(step.many or step.keyed for step in _model_steps(model) if step.name == name)


def references(model: type[BaseModel]) -> dict[str, frozenset[str | None]]:
    """The fields of a model that name other records, with the types that each names (None: any type)."""
    found = {step.name: frozenset(_referred(step)) for step in _model_steps(model)}
    return {name: kinds for name, kinds in found.items() if kinds}


def _referred(step: _PathStep) -> Iterator[str | None]:
    if isinstance(step.marker, Refers):
        yield step.marker.kind
    if step.inner:
        for kinds in references(step.inner).values():
            yield from kinds


def parts(model: Model) -> Iterator[Model]:
    """A record and every part within it that is a model itself: figures, facts, names and so on."""
    return (part for _, part in parts_with_places(model))


def parts_with_places(model: Model, loc: Loc = ()) -> Iterator[tuple[Loc, Model]]:
    """The same, each with its place in the record."""
    yield loc, model
    for name in model.__class__.model_fields:
        value = getattr(model, name)
        if not value or type(value) is str:
            continue  # most fields, and to ask a model of pydantic what it is takes long
        if isinstance(value, Model):
            yield from parts_with_places(value, (*loc, name))
        for key, item in (
            enumerate(value) if isinstance(value, tuple) else value.items() if isinstance(value, dict) else ()
        ):
            if isinstance(item, Model):
                yield from parts_with_places(item, (*loc, name, key))
