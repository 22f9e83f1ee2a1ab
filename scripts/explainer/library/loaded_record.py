"""A record with the document from which it was parsed and its mentions of other records."""

from dataclasses import dataclass
from typing import NamedTuple

from explainer.base.dependencies import CURRENT
from explainer.reading.document import Document
from explainer.records.record import Record

Key = tuple[str, str]
"""Type and id of a record."""


class Mention(NamedTuple):
    """A reference from a record to another, which need not exist."""

    field: str
    """The field of the record that holds it."""
    target: Key
    """Type and id of the record that it refers to."""
    in_prose: bool
    """Whether it is a citation within prose; otherwise it is the value of a field."""


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


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """A record with the document from which it was parsed, and its mentions."""

    record: Record
    document: Document
    known: Mentions

    @property
    def mentions(self) -> Mentions:
        """The mentions of the record; reading them is recorded as a dependency."""
        if CURRENT.seen is not None:
            CURRENT.seen.add(("facts", self.record.key))
        return self.known


class Relation(NamedTuple):
    """A reference from one record to another: the record that refers, and in which field."""

    record: Record
    field: str
