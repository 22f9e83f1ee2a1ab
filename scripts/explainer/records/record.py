"""What every record is, and the parts that records of several types share: citations, figures, dated facts, disputes."""

import ast
import dataclasses
import functools
import inspect
import itertools
import pickle
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from explainer.traces import NOW
from explainer.values import (
    CountryCode,
    Dates,
    Language,
    Number,
    PartialDate,
    ProseText,
    Slug,
    Text,
)

Loc = tuple[str | int, ...]
"""Where a value stands in a record: field names and list positions, outermost first."""


ANY = "record"
"""What the JSON Schema calls a reference to a record of any type."""


@dataclasses.dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that names another record: by its id, or by `folder/id` where `kind` is None."""

    kind: str | None
    """The type of the record that the id belongs to."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say in the JSON Schema what the value refers to: the name of a type, or `record` for any."""
        return {**handler(schema), "x-refers": self.kind or ANY}


@dataclasses.dataclass(frozen=True, slots=True)
class Narrative:
    """Marks a field that holds prose: Markdown with citations and links."""

    story: bool = False
    """Whether a page shows its paragraphs, lists and tables; all else is shown as one line."""


Prose = Annotated[ProseText, Narrative()]
"""Markdown text in which `[@source-id]` cites and links lead to other records."""
StoryText = Annotated[ProseText, Narrative(story=True)]
"""Prose with paragraphs, lists and tables."""
SourceId = Annotated[Slug, Refers("source")]
CountryRef = Annotated[CountryCode, Refers("country")]
OrganisationRef = Annotated[Slug, Refers("organisation")]
AnyRef = Annotated[str, Refers(None)]
"""Any record, as `folder/id`: `operations/beacon-2001`, `countries/TD`, `goals/3`."""


@functools.cache
def _bodies(module: str) -> dict[str, list[ast.stmt]]:
    """The classes of a module and what stands in them, as its source code has it."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}


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

    # Built when first needed: most runs read most records as an earlier run left them, and check none of their type.
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)


def _citation(value: object) -> object:
    return {"source": value} if isinstance(value, str) else value


class Citation(Model):
    """A source, and where in it the statement stands. Written as `source-id` or `{source: source-id, at: para. 4}`."""

    source: SourceId
    """The id of a record in `content/sources/`."""
    at: Text | None = None
    """Where in the source: a paragraph, page or section, in words."""


Cited = Annotated[Citation, BeforeValidator(_citation)]
Citations = Annotated[tuple[Cited, ...], Field(min_length=1)]
"""At least one citation."""


class Comparator(Vocabulary):
    """How a source qualifies a figure."""

    EXACTLY = "exactly"
    """The source gives the number without a qualifier."""
    NEARLY = "nearly"
    """A little less: "nearly", "almost"."""
    AT_LEAST = "at-least"
    """That many or more: "more than", "over", "at least"."""
    ABOUT = "about"
    """"About", "around", "some"."""
    UP_TO = "up-to"
    """That many or fewer."""


class Certainty(Vocabulary):
    """What a source says it counted."""

    STATED = "stated"
    """The source states what it counted as a fact."""
    POTENTIAL = "potential"
    """The source counts possible cases, as in "potential victims"."""
    ESTIMATED = "estimated"
    """The source calls the number an estimate."""


class Basis(Vocabulary):
    """Who made a classification: a source that was read, or the editors of this dossier."""

    OFFICIAL = "official"
    """A source that was read makes the classification; it is cited."""
    EDITORIAL = "editorial"
    """The editors of this dossier make it."""


class Classified(Model):
    """A classification with its basis: where a source makes it, the source is cited."""

    basis: Basis
    """official where a source says so, editorial where the editors of this dossier do."""
    note: Prose | None = None
    """Why, and how far."""
    cite: tuple[Cited, ...] = ()
    """The source that says so; needed where the basis is official."""

    @model_validator(mode="after")
    def _official_is_sourced(self) -> Self:
        if self.basis is Basis.OFFICIAL and not self.cite:
            raise ValueError(
                "basis is official but no source says so; add cite: [source-id], or write basis: editorial"
            )
        return self


class Figure(Model):
    """A number that a source states, with the measure that says what it counts."""

    measure: Annotated[Slug, Refers("measure")]
    """What is counted: the id of a record in `content/measures.yml`."""
    value: Number
    """The number, in digits without separators."""
    high: Number | None = None
    """The upper end, where the source gives a range."""
    comparator: Comparator = Comparator.EXACTLY
    """How the source qualifies the number; `exactly` where it does not."""
    certainty: Certainty = Certainty.STATED
    """`potential` or `estimated` where the source says so of what it counts."""
    unit: Text | None = None
    """The unit, where it differs from that of the measure."""
    date: Dates | None = None
    """When the number held, where not on the date of the record; of several figures of a measure the newest counts."""
    note: Prose | None = None
    """What a reader must know to read the number right."""
    cite: Citations
    """The sources of the number."""

    @model_validator(mode="after")
    def _range_runs_upwards(self) -> Self:
        if self.high is not None and self.high <= self.value:
            raise ValueError(
                f"the range ends at {self.high}, before it begins at {self.value}; write the lower end as value"
            )
        return self


class Fact(Model):
    """A statement in our own words, with its sources."""

    says: Prose
    """The statement, one or two sentences that stand alone."""
    date: Dates | None = None
    """When it was so."""
    cite: Citations
    """The sources of the statement."""


class DatedFact(Model):
    """A date with its sources."""

    date: Dates
    """The date, or the range of dates."""
    note: Prose | None = None
    """What a reader must know to read the date right."""
    cite: Citations
    """The sources of the date."""


class Period(Model):
    """From a first to a last day, with its sources."""

    start: PartialDate
    """The first day, as exact as it is known."""
    end: PartialDate | None = None
    """The last day; without it, the period is one date."""
    note: Prose | None = None
    """What a reader must know to read the dates right."""
    cite: Citations
    """The sources of the dates."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.end is not None and self.end.last_day < self.start.first_day:
            raise ValueError(f"ends on {self.end}, before it begins on {self.start}; check both dates")
        return self

    @property
    def dates(self) -> Dates:
        """The period as one value."""
        return Dates(self.start, self.end or self.start)


class NameStatus(Vocabulary):
    """How well a name in another language is established."""

    VERIFIED = "verified"
    """An official page has it."""
    FOUND = "found"
    """It was found in another text."""
    UNVERIFIED = "unverified"
    """It is our own rendering."""


class Name(Model):
    """A name in another language, with where it was read."""

    text: Text
    """The name."""
    status: NameStatus = NameStatus.FOUND
    """`verified` where an official page has it, `found` in another text, `unverified` where it is our own."""
    note: Prose | None = None
    """What a reader must know about this name."""
    cite: tuple[Cited, ...] = ()
    """Where the name was read."""

    @model_validator(mode="after")
    def _is_sourced(self) -> Self:
        if self.status is not NameStatus.UNVERIFIED and not self.cite:
            raise ValueError(
                "a name that is not 'unverified' has no source; expected one; add cite: [source-id], or status: unverified"
            )
        return self


Names = dict[Language, Name]
"""Names by language tag."""


class Position(Model):
    """What one side of a disagreement says."""

    says: Prose
    """The statement, as one sentence."""
    cite: Citations
    """The sources that say so."""


class Disagreement(Model):
    """Sources that differ, shown side by side."""

    about: Text
    """What they differ on, in a few words."""
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    """What each side says; at least two."""
    note: Prose | None = None
    """How this site reads the difference, and why."""
    settled: Prose | None = None
    """What settled it, where something did."""


_PACKED = ""
"""Where a record keeps the bytes of its fields until they are read; no field has such a name."""


class _Field:
    """A field of a type of record: reading it is noted, and unpacks the record where nobody did so before."""

    def __init__(self, kind: str, name: str) -> None:
        self.name = name
        self.sight = f"{kind}.{name}"

    def __get__(self, record: "Record | None", owner: type) -> Any:
        if record is None:
            raise AttributeError(self.name)
        values = record.__dict__
        if NOW.seen is not None:
            NOW.seen.add((self.sight, values["id"]))
        try:
            return values[self.name]
        except KeyError:
            _unpack(record)
            return record.__dict__[self.name]

    def __set__(
        self, record: "Record", value: object
    ) -> None:  # pragma: no cover - makes this a data descriptor; pydantic forbids it before
        raise AttributeError(self.name)


def _unpack(record: "Record") -> None:
    fields, given = pickle.loads(record.__dict__[_PACKED])  # noqa: S301 - bytes of our own, by their digest
    object.__setattr__(record, "__dict__", fields)
    object.__setattr__(record, "__pydantic_fields_set__", given)
    object.__setattr__(record, "__pydantic_extra__", None)
    object.__setattr__(record, "__pydantic_private__", None)


def watch(models: Iterable[type["Record"]]) -> None:
    """Let every look at a field of a record of these types be noted, and let their records be unpacked when needed."""
    for model in models:
        for name in model.model_fields:
            type.__setattr__(model, name, _Field(model.KIND, name))


class Record(Model):
    """One entry of the dossier."""

    KIND: ClassVar[str]
    """The name of the type, as in `explainer fields KIND`."""
    FOLDER: ClassVar[str]
    """The folder (or file, for small records) under `content/` that holds the type."""
    STORY: ClassVar[bool] = False
    """Whether a record is a Markdown file of its own, with a story after the front matter."""
    LABEL: ClassVar[str] = "name"
    """The field that names the record in a link."""

    @property
    def key(self) -> tuple[str, str]:
        """Type and id: unique in a library."""
        return (self.KIND, self.ident)

    def __hash__(self) -> int:
        """By type and id, which no two records of a library share."""
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        """Whether all fields are the same; records of different ids are told apart without a look at the rest."""
        if self is other:
            return True
        if not isinstance(other, type(self)) or self.ident != other.ident:
            return False
        return self.fields() == other.fields()

    def fields(self) -> dict[str, Any]:
        """Every field with its value."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """As pydantic does, which looks at every field."""
        self.fields()
        return super().model_dump(**options)

    def packed(self) -> bytes:
        """The record as bytes, from which `unpacked` makes it again."""
        return pickle.dumps((self.fields(), self.model_fields_set), protocol=5)

    @classmethod
    def unpacked(cls, ident: str, data: bytes) -> Self:
        """A record whose fields are read from bytes once somebody looks at one of them."""
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", {"id": ident, _PACKED: data})
        return record

    @property
    def ident(self) -> str:
        """The id as text."""
        raise NotImplementedError

    @property
    def label(self) -> str:
        """The words that a link to the record shows."""
        return str(getattr(self, self.LABEL))


class Entry(Record):
    """A record whose id is a slug, with what every record may carry."""

    id: Slug
    """The id: the file's name without its ending, or, in a list, any name that is unique in its type."""
    other_names: tuple[Text, ...] = ()
    """Abbreviations, spellings and former names under which people look for this."""
    names: Names = Field(default_factory=dict)
    """The name in other languages."""
    disputes: tuple[Disagreement, ...] = ()
    """Where sources differ."""
    open_questions: tuple[Prose, ...] = ()
    """What was looked for and not found."""
    review_by: PartialDate | None = None
    """When an editor should look at this again."""

    @property
    def ident(self) -> str:
        """The id."""
        return self.id


class Story(Entry):
    """A record with a Markdown file of its own."""

    STORY: ClassVar[bool] = True

    aliases: tuple[Slug, ...] = ()
    """Ids under which the page was reached before; each old address leads on to the new one."""
    summary: Prose
    """The answer in one sentence; with a citation where it states a figure or a date."""
    facts: tuple[Fact, ...] = ()
    """Statements that belong to the record and have no field of their own."""
    body: StoryText | None = Field(default=None, exclude=True)
    """The story: the Markdown after the front matter, never written as a field."""


@dataclasses.dataclass(frozen=True, slots=True)
class Marked:
    """A value in a record that a marker describes, and where it stands."""

    loc: Loc
    marker: Refers | Narrative
    value: str


@dataclasses.dataclass(frozen=True, slots=True)
class _Step:
    """One field of a model that holds, or leads to, marked values."""

    name: str
    alias: str
    marker: Refers | Narrative | None
    many: bool
    keyed: bool
    inner: type[Model] | None


_steps: dict[type[BaseModel], tuple[_Step, ...]] = {}


def _step(name: str, alias: str, annotation: Any, metadata: list[Any]) -> _Step | None:
    marker = next((item for item in metadata if isinstance(item, Refers | Narrative)), None)
    many = keyed = False
    inner: type[Model] | None = None
    stack = [annotation]
    while stack:
        current = stack.pop()
        if get_origin(current) is Annotated:
            base, *extra = get_args(current)
            marker = marker or next((item for item in extra if isinstance(item, Refers | Narrative)), None)
            stack.append(base)
        elif isinstance(current, type) and get_origin(current) is None and issubclass(current, Model):
            inner = current
        elif get_args(current):
            many = many or get_origin(current) is tuple
            keyed = keyed or get_origin(current) is dict
            stack.extend(get_args(current)[-1:] if get_origin(current) is dict else get_args(current))
    return _Step(name, alias, marker, many, keyed, inner) if marker or inner else None


def _model_steps(model: type[BaseModel]) -> tuple[_Step, ...]:
    if model not in _steps:
        found = (
            _step(name, field.alias or name, field.annotation, field.metadata)
            for name, field in model.model_fields.items()
        )
        _steps[model] = tuple(step for step in found if step)
    return _steps[model]


def marked(model: BaseModel, loc: Loc = ()) -> Iterator[Marked]:
    """Every reference and every prose text in a record, in the order of its fields."""
    for step in _model_steps(type(model)):
        value = getattr(model, step.name)
        if value is None:
            continue
        here = (*loc, step.alias)
        if step.many:
            items = [((*here, index), item) for index, item in enumerate(value)]
        elif step.keyed:
            items = [((*here, key), item) for key, item in value.items()]
        else:
            items = [(here, value)]
        for place, item in items:
            if isinstance(item, Model):
                yield from marked(item, place)
            elif step.marker:
                yield Marked(place, step.marker, item)


def markers(model: type[BaseModel]) -> dict[str, Refers | Narrative]:
    """The fields of a model whose values name another record or are prose, by name."""
    return {step.name: step.marker for step in _model_steps(model) if step.marker}


def references(model: type[BaseModel]) -> dict[str, frozenset[str | None]]:
    """The fields of a model that name other records, with the types that each names (None: any type)."""
    found = {step.name: frozenset(_referred(step)) for step in _model_steps(model)}
    return {name: kinds for name, kinds in found.items() if kinds}


def _referred(step: _Step) -> Iterator[str | None]:
    if isinstance(step.marker, Refers):
        yield step.marker.kind
    if step.inner:
        for kinds in references(step.inner).values():
            yield from kinds


def parts(model: Model) -> Iterator[Model]:
    """A record and every part within it that is a model itself: figures, facts, names and so on."""
    yield model
    for name in type(model).model_fields:
        value = getattr(model, name)
        for item in value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,):
            if isinstance(item, Model):
                yield from parts(item)
