"""A record with the document from which it was parsed and its mentions of other records."""

from dataclasses import fields
from typing import Any, NamedTuple, Self

from explainer.base.dataclass import dataclass
from explainer.base.dependencies import note
from explainer.reading.document import LazyDocument
from explainer.records.record import Record

Key = tuple[str, str]
"""Type and id of a record."""


class Mention(NamedTuple):
    """A reference from a record to another."""

    field: str
    """The field of the record in which it stands."""
    target: Key
    """The record that it refers to."""
    in_prose: bool
    """Whether it is a citation in prose; otherwise the field itself holds the reference."""

    @property
    def source(self) -> str | None:
        """The id of the source that it cites; None if it refers to another type of record."""
        kind, ident = self.target
        return ident if kind == "source" else None


@dataclass(frozen=True, slots=True)
class Mentions:
    """References and links extracted from one record; cached with it, so that only changed records are parsed."""

    named: tuple[Mention, ...]
    """Every reference to another record, in the order of the fields."""
    links: tuple[tuple[str, str | None], ...]
    """The pages and anchors of the site that its prose links to."""
    faulty: bool
    """Whether its prose contains a construct that is not allowed."""
    uncited: tuple[str, ...]
    """The paragraphs of its summary and story without a citation."""
    names: tuple[str, ...]
    """Its names that contain digits."""
    anchors: tuple[str, ...]
    """The anchors on its page that its own fields create."""
    figures: int
    """The number of its figures."""
    hosts: tuple[str, ...]
    """The hosts of the addresses that its prose links to."""
    sentences: tuple[str, ...]
    """The sentences of its story that cite nothing beside others that do."""
    shown: tuple[str, ...]
    """What its prose would show as it is written: the ids that may be those of sources, and an empty text for all else."""
    asks: tuple[str, ...] = ()
    """What its story asks for between double brackets."""

    def packed(self) -> tuple[Any, ...]:
        """The values as plain tuples, the only ones that marshal serialises; `unpacked` makes mentions of them again."""
        named, *others = (getattr(self, item.name) for item in fields(self))
        return tuple(map(tuple, named)), *others

    @classmethod
    def unpacked(cls, packed: tuple[Any, ...]) -> Self:
        """Restore what `packed` returned."""
        named, *rest = packed
        return cls(tuple(map(Mention._make, named)), *rest)


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """A record with the document from which it was parsed, and its mentions."""

    record: Record
    document: LazyDocument
    known: Mentions

    @property
    def mentions(self) -> Mentions:
        """The mentions of the record; reading them is recorded as a dependency."""
        note("mentions of", self.record.key)
        return self.known


class Relation(NamedTuple):
    """A reference from one record to another: the record that refers, and in which field."""

    record: Record
    field: str
