"""The parts of records that rest on sources: citations, figures, facts, dates, names and disagreements."""

from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ModelWrapValidatorHandler, field_validator, model_validator

from explainer.base.values import Dates, Language, Number, PartialDate, Slug, Text
from explainer.records.model import AnyRef, Model, Prose, Refers, Shortened, SourceId, Vocabulary

MOST_WORDS = 8
"""How many words of a source a citation may repeat: enough to find the line, too few to copy a sentence."""


class Citation(Shortened):
    """A source, and where in it the statement stands. Written as `source-id` or `{source: source-id, at: para. 4}`."""

    ALONE: ClassVar[str] = "source"

    source: SourceId
    """The id of a record in `content/sources/`."""
    at: Text | None = None
    """Where in the source: a paragraph, page or section, in words."""
    words: Text | None = None
    """Up to eight words that stand there, letter for letter: the link then leads to that line."""

    @field_validator("words")
    @classmethod
    def _are_few(cls, words: str | None) -> str | None:
        if words is not None and (many := len(words.split())) > MOST_WORDS:
            raise ValueError(f"has {many} words; expected at most {MOST_WORDS}, which lead to the line; leave some out")
        return words

    @model_validator(mode="wrap")
    @classmethod
    def _shared(cls, value: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Whoever cites a source as a whole shares one citation of it: a source is cited many times."""
        if not isinstance(value, str):
            return handler(value)
        known: Self | None = _of_whole_sources.get((cls, value))
        return known or _of_whole_sources.setdefault((cls, value), handler(value))


_of_whole_sources: dict[tuple[type, str], Any] = {}
"""Class and id of a source -> the citation of it as a whole."""
Cited = Citation
"""The name under which kinds may declare a field that holds one citation."""
Citations = Annotated[tuple[Citation, ...], Field(min_length=1)]
"""At least one citation."""


class Comparator(Vocabulary):
    """How a source qualifies a figure."""

    EXACTLY = "exactly"
    """The source gives the number without a qualifier."""
    NEARLY = "nearly"
    """A little less: "nearly", "almost"."""
    AT_LEAST = "at-least"
    """That many or more: "at least", "no fewer than"."""
    MORE_THAN = "more-than"
    """More than that: "more than", "over", "exceeding"."""
    LESS_THAN = "less-than"
    """Fewer than that: "fewer than", "under", "below"."""
    ABOUT = "about"
    """"About", "around", "some"."""
    UP_TO = "up-to"
    """That many or fewer."""

    @property
    def qualifier(self) -> str | None:
        """The word that tables of data have for it; none for a number without one, which may be a round one even so."""
        return None if self is Comparator.EXACTLY else self.value


_BOUNDS = {Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.LESS_THAN, Comparator.UP_TO}
"""Comparators that make a number one end of an open range."""


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
    cite: tuple[Citation, ...] = ()
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
    margin: Number | None = None
    """The margin of error, where the source gives one: 3 for ± 3."""
    comparator: Comparator = Comparator.EXACTLY
    """How the source qualifies the number; `exactly` where it does not, though the number may be a round one even so."""
    certainty: Certainty = Certainty.STATED
    """`potential` or `estimated` where the source says so of what it counts."""
    unit: Text | None = None
    """The unit, where it differs from that of the measure."""
    place: AnyRef | None = None
    """Where, if the number counts only a part of the record's: `countries/TD`. Such a figure is never added up."""
    group: Text | None = None
    """Of whom or of what, if the number counts only a group: "minors". Such a figure is never added up."""
    part_of: Annotated[Slug, Refers("measure")] | None = None
    """The measure of this record's figure that already holds this one, where the measure itself does not say so."""
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

    @model_validator(mode="after")
    def _margin_is_one(self) -> Self:
        if self.margin is not None and (self.margin <= 0 or self.high is not None):
            raise ValueError(
                f"the margin is {self.margin}; expected a number above zero, and no high: beside it; correct or delete it"
            )
        return self

    @model_validator(mode="after")
    def _bound_is_one_number(self) -> Self:
        field = "high" if self.high is not None else "margin" if self.margin is not None else None
        if field and self.comparator in _BOUNDS:
            raise ValueError(
                f"'{self.comparator}' makes {self.value} one end of an open range, beside {field}:; expected one of the "
                f"two; delete comparator: or {field}:"
            )
        return self

    @property
    def partial(self) -> bool:
        """Whether it counts only a part of what the record counts: one place, one group, or a part of another figure."""
        return self.place is not None or self.group is not None or self.part_of is not None


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
    cite: tuple[Citation, ...] = ()
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
    """What they differ on, in a few words that stand as a heading."""
    positions: Annotated[tuple[Position, ...], Field(min_length=2)]
    """What each side says; at least two."""
    note: Prose | None = None
    """How this site reads the difference, and why."""
    settled: Prose | None = None
    """What settled it, where something did."""


class OpenQuestion(Shortened):
    """What was looked for and not found. Written as a text alone, or with the day and the places of the last search."""

    ALONE: ClassVar[str] = "asks"

    asks: Prose
    """The question."""
    looked: PartialDate | None = None
    """When an answer was last looked for."""
    where: Prose | None = None
    """Where it was looked for: archives, search engines, pages."""

    @property
    def sought(self) -> tuple[PartialDate | None, Prose | None]:
        """When and where an answer was last looked for."""
        return self.looked, self.where


class Correction(Model):
    """An error of this dossier that was put right."""

    date: PartialDate
    """When it was put right."""
    was: Prose
    """What stood here, and why it was wrong."""
    since: PartialDate | None = None
    """Since when it stood here, as far as it is known."""
    now: Prose
    """What is right."""
    cite: tuple[Citation, ...] = ()
    """The sources of what is right."""
    reported_by: Text | None = None
    """Who reported it, where somebody outside did and wants to be named."""


class Withdrawal(Model):
    """Why a record is no longer upheld. Its page stays at its address, says so, and is found by no search."""

    date: PartialDate
    """When it was withdrawn."""
    reason: Prose
    """Why, in one or two sentences."""
    successor: AnyRef | None = None
    """The record that stands in its place, as folder/id."""


def citations_of(part: Model) -> tuple[Citation, ...]:
    """The sources that a part of a record, or the record as a whole, cites in its field `cite`."""
    found = getattr(part, "cite") if "cite" in part.__class__.model_fields else ()  # noqa: B009 - only some models have it
    return found if isinstance(found, tuple) else (found,)
