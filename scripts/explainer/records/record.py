"""The base classes of records: a record, one whose id is a slug, and one with a story."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from explainer.base.values import PartialDate, ProseText, SearchTerm, Slug
from explainer.records.identifiers import Identifiers
from explainer.records.model import HoldsProse, Model, Prose
from explainer.records.other_names import OtherName
from explainer.records.sourced import Correction, Disagreement, Fact, Names, OpenQuestion, Withdrawal

StoryText = Annotated[ProseText, HoldsProse(story=True)]
"""Prose with paragraphs, lists and tables."""


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
    REPLACED: ClassVar[Mapping[str, str]] = {
        "aliases": "only a record in a Markdown file of its own keeps the addresses of its old ids; expected none in a list; "
        "delete it, and correct the links to the old id, which `explainer check` names"
    }
    PLACE: ClassVar[bool] = False
    """Whether a record of this type is somewhere on the map, so that a figure may give it as its `place`."""
    LINKED: ClassVar[str] = "CreativeWork"
    """What a record of this type is in the vocabulary of schema.org, for programs that read its page."""
    LINKED_FIELDS: ClassVar[Mapping[str, str]] = {}
    """Field -> property of schema.org, for fields whose text, date or address says what the property means."""

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

    def fields(self) -> dict[str, Any]:
        """Every field with its value."""
        return {name: getattr(self, name) for name in self.__class__.model_fields}

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

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is no longer upheld: its page stays, and no search, feed or sitemap leads to it."""
        return False

    def search_names(self) -> Iterable[str]:
        """Codes and former titles by which a reader may search, besides the names that every record has."""
        return ()


def _common_fields(cls: type[Record]) -> set[str]:
    """The fields that a type has from the base classes of this module."""
    bases = (base for base in cls.__mro__[1:] if issubclass(base, Record) and base.__module__ == __name__)
    return {name for base in bases for name in base.model_fields}


class Named(Record):
    """A record with other names, in this language and in others: the search finds it by each of them."""

    other_names: tuple[OtherName, ...] = ()
    """Abbreviations, spellings and former names under which people look for this; {fr: name} says in which language."""
    names: Names = Field(default_factory=dict)
    """The name in other languages."""
    identifiers: Identifiers = Field(default_factory=dict)
    """Ids under which it is known elsewhere: {wikidata: Q42, ror: 05gq02987, doi: 10.1000/182}; else the address of its entry."""


class Entry(Named):
    """A record whose id is a slug, with what every record may carry."""

    id: Slug
    """The id: the file's name without its ending, or, in a list, any name that is unique in its type."""
    disputes: tuple[Disagreement, ...] = ()
    """Where sources differ."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """What was looked for and not found."""
    search_terms: tuple[SearchTerm, ...] = Field(default=(), exclude=True)
    """What people type who look for this and know none of its words; the search alone knows it."""
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

    @property
    def is_withdrawn(self) -> bool:
        """Whether the field `withdrawn` says so."""
        return self.withdrawn is not None


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
