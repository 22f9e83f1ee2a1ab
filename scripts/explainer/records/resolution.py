"""A resolution and its provisions: what each paragraph does, and which paragraph of the edition before it follows."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from explainer.base.values import Number, ParagraphId, Slug, Text
from explainer.records.model import CountryRef, Model, OrganisationRef, Prose, Refers, Vocabulary
from explainer.records.record import Story
from explainer.records.sourced import Citations, Cited, DatedFact, Fact


class Change(Vocabulary):
    """What became of a paragraph against the edition before; our own reading."""

    NEW = "new"
    """The edition before has no such paragraph."""
    STRENGTHENED = "strengthened"
    """It asks for more than before."""
    UNCHANGED = "unchanged"
    """It says the same as before."""
    NARROWED = "narrowed"
    """It asks for less, or of fewer, than before."""
    DROPPED = "dropped"
    """The edition before had it; this one does not."""


class Provision(Model):
    """One paragraph of a resolution, or, where `change` is dropped, one that the edition before had and this one has not."""

    paragraph: ParagraphId | None = None
    """Its place: pp1, pp2 … in the preamble, op1, op2 … in the operative part; empty only where `change` is dropped."""
    theme: Annotated[Slug, Refers("theme")]
    """What it is about: the id of a record in `content/themes.yml`."""
    summary: Prose
    """What it does, in our own words."""
    change: Change
    """What became of it against the edition before."""
    follows: ParagraphId | None = None
    """The paragraph of the edition before that it comes from."""
    note: Prose | None = None
    """What a reader must know about it."""
    cite: tuple[Cited, ...] = ()
    """Sources beyond the official text of the resolution, which every provision cites by itself."""

    @model_validator(mode="after")
    def _change_fits(self) -> Self:
        if self.change is Change.DROPPED:
            if self.paragraph is not None or self.follows is None:
                raise ValueError(
                    "a dropped paragraph carries paragraph:, or no follows:; expected only follows: with the one that is gone; correct them"
                )
        elif self.paragraph is None:
            raise ValueError(
                "a provision without paragraph:; expected op1, pp1 or the like, which only a dropped one lacks; add it"
            )
        elif self.change is not Change.NEW and self.follows is None:
            raise ValueError(
                f"a paragraph that is {self.change} says not what it follows; expected the paragraph of the edition before; add follows:"
            )
        return self


class Sponsors(Model):
    """A group of countries that put a draft forward, or joined it."""

    role: Text
    """What the group did, in a few words."""
    countries: tuple[CountryRef, ...] = ()
    """The countries that are known by name."""
    total: Number | None = None
    """How many there were, where not all are known by name."""
    note: Prose | None = None
    """What a reader must know about this list."""
    cite: Citations
    """The sources of the list."""


class Resolution(Story):
    """A resolution of an assembly or council."""

    KIND: ClassVar[str] = "resolution"
    FOLDER: ClassVar[str] = "resolutions"

    name: Text
    """The short name that links show, as in "Resolution 1/2"."""
    symbol: Text
    """The document symbol, as in A/RES/1/2."""
    title: Text
    """The official title."""
    organ: OrganisationRef
    """The body that adopted it."""
    series: Slug | None = None
    """The name of the series that its editions share."""
    edition: int | None = Field(default=None, ge=1)
    """Its number in the series, the first being 1."""
    reviews: Annotated[Slug, Refers("resolution")] | None = None
    """The edition before, which this one takes up again."""
    adopted: DatedFact
    """When it was adopted."""
    vote: Fact | None = None
    """How it was adopted."""
    meeting: Fact | None = None
    """At which meeting, and under which item of the agenda."""
    draft: Fact | None = None
    """From which draft, and who introduced it."""
    sponsors: tuple[Sponsors, ...] = ()
    """Who put the draft forward, and who joined."""
    text: Cited | None = None
    """The official text, which every provision cites; empty only where it was not read and there is no provision."""
    provisions: tuple[Provision, ...] = ()
    """Its paragraphs, in their order, then those that were dropped."""

    @model_validator(mode="after")
    def _provisions_have_a_text(self) -> Self:
        if self.provisions and self.text is None:
            raise ValueError("has provisions but no text: to cite; expected the source that is the official text")
        return self
