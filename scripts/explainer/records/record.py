"""The base classes of records: a record, one whose id is a slug, and one with a story."""

import inspect
import pickle
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from explainer.base.dependencies import CURRENT
from explainer.base.values import PartialDate, ProseText, Slug, Text
from explainer.records.model import HoldsProse, Model, Prose
from explainer.records.sourced import Correction, Disagreement, Fact, Names, OpenQuestion, Withdrawal

StoryText = Annotated[ProseText, HoldsProse(story=True)]
"""Prose with paragraphs, lists and tables."""


_PACKED = ""
"""Where a record keeps the bytes of its fields until they are read; no field has such a name."""


class _TrackedField:
    """A field of a type of record: reading it is noted, and unpacks the record where nobody did so before."""

    def __init__(self, kind: str, name: str) -> None:
        self.name = name
        self.sight = f"{kind}.{name}"

    def __get__(self, record: "Record | None", owner: type) -> Any:
        if record is None:
            raise AttributeError(self.name)
        values = record.__dict__
        if CURRENT.seen is not None:
            CURRENT.seen.add((self.sight, values["id"]))
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
            type.__setattr__(model, name, _TrackedField(model.KIND, name))


class Record(Model):
    """One entry of the dossier."""

    KIND: ClassVar[str]
    """The name of the type, as in `explainer fields KIND`."""
    FOLDER: ClassVar[str]
    """The folder (or file, for small records) under `content/` that holds the type."""
    SECTION: ClassVar[str | None] = ""
    """The folder of the site that shows the type: FOLDER if empty; None for a type whose records have no address."""
    STORY: ClassVar[bool] = False
    """Whether a record is a Markdown file of its own, with a story after the front matter."""
    PAGED: ClassVar[bool] = False
    """Whether a small record has a page of its own besides its place on the index of its section."""
    LABEL: ClassVar[str] = "name"
    """The field that names the record in a link."""
    ANSWER: ClassVar[str | None] = None
    """The field with the one-sentence answer that search results show."""
    WEIGHT: ClassVar[float] = 1
    """The ranking weight of its records in the search: above 1 for texts that explain, below 1 for lists."""
    FACET: ClassVar[bool] = False
    """Whether search results can be filtered by the records of this type that they refer to."""

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Order the fields as editors write them: those of every record, those that the type declares, those of traits.

        A type that declares the field of a trait again decides its place and its sentence.
        """
        super().__pydantic_init_subclass__(**options)
        fields = cls.__pydantic_fields__
        own = dict.fromkeys(inspect.get_annotations(cls))
        common = _common_fields(cls).difference(own)
        ordered = dict.fromkeys(("id", *filter(common.__contains__, fields), *own, *fields))
        cls.__pydantic_fields__ = {name: fields[name] for name in ordered if name in fields}

    @classmethod
    def section(cls) -> str | None:
        """The folder of the site that shows the type; None if its records have no address."""
        return cls.FOLDER if cls.SECTION == "" else cls.SECTION

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

    @property
    def short(self) -> str:
        """The words of a link where space is short: the label up to a colon."""
        return self.label.split(":")[0]

    @property
    def anchor(self) -> str:
        """The anchor of a small record on the index of its section."""
        return self.ident.lower()

    @property
    def answer(self) -> str | None:
        """The one-sentence answer, as prose; None if the type has none or its field is empty."""
        return getattr(self, self.ANSWER) if self.ANSWER else None

    def search_names(self) -> Iterable[str]:
        """Codes and former titles by which a reader may search, besides the names that every record has."""
        return ()


def _common_fields(cls: type[Record]) -> set[str]:
    """The fields that a type has from the base classes of this module."""
    bases = (base for base in cls.__mro__[1:] if issubclass(base, Record) and base.__module__ == __name__)
    return {name for base in bases for name in base.model_fields}


class Named(Record):
    """A record with other names, in this language and in others: the search finds it by each of them."""

    other_names: tuple[Text, ...] = ()
    """Abbreviations, spellings and former names under which people look for this."""
    names: Names = Field(default_factory=dict)
    """The name in other languages."""


class Entry(Named):
    """A record whose id is a slug, with what every record may carry."""

    id: Slug
    """The id: the file's name without its ending, or, in a list, any name that is unique in its type."""
    disputes: tuple[Disagreement, ...] = ()
    """Where sources differ."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """What was looked for and not found."""
    review_by: PartialDate | None = None
    """When an editor should look at this again."""
    corrections: tuple[Correction, ...] = ()
    """Errors that stood here and were put right, the newest last."""
    withdrawn: Withdrawal | None = None
    """Why the record is no longer upheld, where it is not."""

    @property
    def ident(self) -> str:
        """The id."""
        return self.id


class Story(Entry):
    """A record with a Markdown file of its own."""

    STORY: ClassVar[bool] = True
    ANSWER: ClassVar[str | None] = "summary"

    aliases: tuple[Slug, ...] = ()
    """Ids under which the page was reached before; each old address leads on to the new one."""
    summary: Prose
    """The answer in one sentence; with a citation where it states a figure or a date."""
    facts: tuple[Fact, ...] = ()
    """Statements that belong to the record and have no field of their own."""
    body: StoryText | None = Field(default=None, exclude=True)
    """The story: the Markdown after the front matter, never written as a field."""
