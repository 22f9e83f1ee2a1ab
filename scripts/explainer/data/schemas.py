"""The models of records as JSON Schemas of what the API answers, for OpenAPI 3.1: one of each kind, one of each part."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from typing import Any

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates, PartialDate
from explainer.records.introspect import FieldShape, part, published, written
from explainer.records.model import Model, Refers, Shortened
from explainer.records.record import Record

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/"
_DAY = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
DATE: Schema = {"type": "string", "pattern": f"^{_DAY}$", "description": "A date as exact as it is known."}
_DATES: Schema = {"type": "string", "pattern": f"^{_DAY}(/{_DAY})?$", "description": "A date, or a range of dates."}
_LEAVES: Mapping[Any, Schema] = {
    Decimal: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    PartialDate: DATE,
    Dates: _DATES,
}
_FIELDS = "Fields"
"""The end of the name of a schema of the fields of a kind."""


def pascal(name: str) -> str:
    """A name of a kind as the name of a schema: own-kind -> OwnKind."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("_", "-").split("-"))


def names_of_kinds(models: Iterable[type[Record]], taken: Iterable[str]) -> dict[str, str]:
    """Kind -> the name of its schema, which neither a schema in `taken` nor one of a part that several kinds share has."""
    models, shared = tuple(models), Schemas({})
    for model in models:
        shared.fields_of(model)
    names = {*taken, *shared.of_shared_parts}
    found = {}
    for model in models:
        wanted = pascal(model.KIND)
        ways = itertools.chain((wanted,), (f"{wanted}Record{number or ''}" for number in itertools.count()))
        name = next(way for way in ways if names.isdisjoint((way, f"{way}{_FIELDS}")))
        names |= {name, f"{name}{_FIELDS}"}
        found[model.KIND] = name
    return found


@dataclass(slots=True)
class Schemas:
    """The schemas that were made so far, by name."""

    kinds: Mapping[str, str]
    """Kind -> the name of its schema."""
    found: dict[str, Schema] = field(default_factory=dict)
    _names: dict[type[Model], str] = field(default_factory=dict)

    @property
    def of_shared_parts(self) -> set[str]:
        """The names of the parts that several kinds share."""
        return {name for model, name in self._names.items() if _is_shared(model)}

    def fields_of(self, model: type[Record]) -> str:
        """The name of the schema of a kind's own fields."""
        name = f"{self.kinds.get(model.KIND, pascal(model.KIND))}{_FIELDS}"
        self.found[name] = self._object(model, name, published(model))
        return name

    def part_of(self, model: type[Model], of: str) -> str:
        """The name of the schema of a part; parts that several kinds share have one schema, others one for each kind."""
        if model not in self._names:
            name = model.__name__ if _is_shared(model) else self._own(f"{of.removesuffix(_FIELDS)}{model.__name__}")
            self._names[model] = name
            self.found[name] = {}  # a part may hold others of its kind
            self.found[name] = self._object(model, of, model.model_fields)
        return self._names[model]

    def _own(self, wanted: str) -> str:
        """A name for a part of one kind, which no other schema has."""
        taken = {*self.kinds.values(), *(f"{name}{_FIELDS}" for name in self.kinds.values()), *self._names.values()}
        ways = itertools.chain((wanted,), (f"{wanted}Part{number or ''}" for number in itertools.count()))
        return next(way for way in ways if way not in taken)

    def _object(self, model: type[Model], of: str, names: Iterable[str]) -> Schema:
        properties, required = {}, []
        for name in names:
            info = model.model_fields[name]
            properties[written(model, name)] = self._field(info.annotation, info.metadata, of) | _said(info.description)
            if info.is_required():
                required.append(written(model, name))
        found: Schema = {"type": "object", **_said(model.__doc__), "properties": properties}
        if required:
            found["required"] = required
        if issubclass(model, Shortened):
            return {"anyOf": [{"type": "string", "description": f"The field `{model.ALONE}` alone."}, found]}
        return found

    def _field(self, annotation: Any, metadata: Iterable[Any], of: str) -> Schema:
        shape = part(annotation)
        value = self._value(shape, (*metadata, *shape.marks), of)
        if shape.keyed:
            return {"type": "object", "additionalProperties": value}
        return {"type": "array", "items": value} if shape.many else value

    def _value(self, shape: FieldShape, marks: tuple[Any, ...], of: str) -> Schema:
        if shape.inner is not None and issubclass(shape.inner, Model):
            return {"$ref": f"{REFERENCE}{self.part_of(shape.inner, of)}"}
        if shape.words:
            return {"type": "string", "enum": list(shape.words)}
        return _leaf(shape, marks)


def _is_shared(model: type[Model]) -> bool:
    """Whether a part is one that several kinds share."""
    return model.__module__.startswith("explainer.records.")


def _leaf(shape: FieldShape, marks: tuple[Any, ...]) -> Schema:
    """A single value: as its type has it, or as it says of itself; with the kind of record that it refers to."""
    if own := next((mark.json_schema for mark in marks if hasattr(mark, "json_schema")), None):
        return {"anyOf": own["anyOf"]} if "anyOf" in own else {"type": "string"}
    found = dict(_LEAVES.get(shape.leaf, {"type": "string"}))
    kind = next((mark.kind for mark in marks if isinstance(mark, Refers)), None)
    return found | ({"x-refers": kind} if kind else {})


def _said(text: str | None) -> Schema:
    said = " ".join((text or "").split())
    return {"description": said} if said else {}


def referred(schema: Any) -> Iterator[str]:
    """The names of the schemas that a schema refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix(REFERENCE)
        for value in schema.values():
            yield from referred(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from referred(value)
