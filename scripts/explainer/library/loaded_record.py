"""A record with the document that it was read from and what it names."""

from dataclasses import dataclass
from typing import NamedTuple

from explainer.base.dependencies import CURRENT
from explainer.reading.document import Document
from explainer.records.record import Record

Key = tuple[str, str]
"""Type and id of a record."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a record says by itself of its place among the others, so that only records that changed are looked through."""

    named: tuple[tuple[str, Key, bool], ...]
    """Every record that it names: in which field, type and id, and whether in prose."""
    links: tuple[tuple[str, str | None], ...]
    """The pages and anchors of the site that its prose leads to."""
    faulty: bool
    """Whether its prose holds what prose must not hold."""
    uncited: tuple[str, ...]
    """The paragraphs of its summary and story that cite nothing."""
    names: tuple[str, ...]
    """Its names that hold digits."""
    anchors: tuple[str, ...]
    """The anchors on its page that its own fields make."""
    figures: int
    """How many figures it carries."""


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """A record with the document that it was read from."""

    record: Record
    document: Document
    known: Mentions

    @property
    def mentions(self) -> Mentions:
        """What the record says of its place among the others."""
        if CURRENT.seen is not None:
            CURRENT.seen.add(("facts", self.record.key))
        return self.known


class Relation(NamedTuple):
    """That one record names another, and in which field."""

    record: Record
    field: str
