"""The parts of records that rest on sources: citations, figures, facts, dates, names and disagreements."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from explainer.base.values import Dates, Language, Number, PartialDate, Slug, Text
from explainer.records.model import Model, Prose, Refers, SourceId, Vocabulary


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
    """The source counts possible cases, as in "potential cases"."""
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


def citations_of(part: Model) -> tuple[Citation, ...]:
    """The sources that a part of a record, or the record as a whole, cites in its field `cite`."""
    found = getattr(part, "cite") if "cite" in part.__class__.model_fields else ()  # noqa: B009 - only some models have it
    return found if isinstance(found, tuple) else (found,)
