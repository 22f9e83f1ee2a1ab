"""What the models of records are made of: the base model, closed vocabularies, references and prose."""

import ast
import functools
import inspect
import itertools
import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from explainer.base.dataclass import dataclass
from explainer.base.values import CountryCode, ProseText, Slug

Loc = tuple[str | int, ...]
"""Where a value stands in a record: field names and list positions, outermost first."""


ANY = "record"
"""What the JSON Schema calls a reference to a record of any type."""


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that names another record: by its id, or by `folder/id` where `kind` is None."""

    kind: str | None
    """The type of the record that the id belongs to."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say in the JSON Schema what the value refers to: the name of a type, or `record` for any."""
        return {**handler(schema), "x-refers": self.kind or ANY}


@dataclass(frozen=True, slots=True)
class HoldsProse:
    """Marks a field that holds prose: Markdown with citations and links."""

    story: bool = False
    """Whether a page shows its paragraphs, lists and tables; all else is shown as one line."""


Prose = Annotated[ProseText, HoldsProse()]
"""Markdown text in which `[@source-id]` cites and links lead to other records."""
SourceId = Annotated[Slug, Refers("source")]
CountryRef = Annotated[CountryCode, Refers("country")]
OrganisationRef = Annotated[Slug, Refers("organisation")]
AnyRef = Annotated[str, Refers(None)]
"""Any record, as `folder/id`: `people/name`, `countries/TD`, `events/beacon-2001`."""


@functools.cache
def _bodies(module: str) -> dict[str, list[ast.stmt]]:
    """The classes of a module and what stands in them, as its source code has it."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}


def _sentences_of_fields(model: type) -> dict[str, str]:
    """Field -> the sentence beneath it in the source code; empty for a model without a source file."""
    try:
        lines = _bodies(model.__module__).get(model.__name__, [])
    except (OSError, TypeError):
        return {}
    return {
        line.target.id: inspect.cleandoc(str(after.value.value))
        for line, after in itertools.pairwise(lines)
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    }


class Vocabulary(StrEnum):
    """A closed list of words, each with a sentence beneath it that says when to use it."""

    @classmethod
    def sentences(cls) -> dict[str, str]:
        """Word -> its sentence, as it stands in the source code, where Python itself drops it."""
        lines = _bodies(cls.__module__).get(cls.__name__, [])
        said = {
            target.id: str(after.value.value).strip()
            for line, after in itertools.pairwise(lines)
            if isinstance(line, ast.Assign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            for target in line.targets
            if isinstance(target, ast.Name)
        }
        return {member.value: said[name] for name, member in cls.__members__.items() if name in said}


class Model(BaseModel):
    """A part of a record: frozen, with no field that is not declared."""

    REPLACED: ClassVar[Mapping[str, str]] = {}
    """Name of a field that is no more -> what an editor writes instead, for the message."""

    # Built when first needed: most runs read most records as an earlier run left them, and check none of their type.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Give fields the sentences beneath them; pydantic would look for the source of each class by itself, which takes longer."""
        super().__pydantic_init_subclass__(**options)
        own = inspect.get_annotations(cls)
        lost = [name for name, info in cls.__pydantic_fields__.items() if name in own and info.description is None]
        for name, sentence in _sentences_of_fields(cls).items() if lost else ():
            if name in lost:
                cls.__pydantic_fields__[name].description = sentence


class Shortened(Model):
    """A part of a record that editors may write as a text alone, which is then the value of one of its fields."""

    ALONE: ClassVar[str]
    """The name of that field."""

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, value: object) -> object:
        return {cls.ALONE: value} if isinstance(value, str) else value
