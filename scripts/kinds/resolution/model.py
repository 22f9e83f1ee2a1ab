"""A resolution: its editions, and the preambular and operative paragraphs of each."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from explainer.base.values import Number, Slug, Text
from explainer.records.editions import Editions, PartScheme
from explainer.records.editions import Provision as Part
from explainer.records.model import CountryRef, Model, OrganisationRef, Prose, Refers
from explainer.records.sourced import Citation, Citations, DatedFact, Fact

PARAGRAPHS = PartScheme(("pp", "op"), expected="op2 (operative) or pp14 (preambular)")
"""Preambular and operative paragraphs, numbered by the editors in the order of the text."""
ParagraphId = Annotated[str, AfterValidator(PARAGRAPHS.checked)]


class Provision(Part):
    """One paragraph of a resolution, or, where `change` is dropped, one that the edition before had and this one has not."""

    paragraph: ParagraphId | None = None
    """Its place: pp1, pp2 … in the preamble, op1, op2 … in the operative part; empty only where `change` is dropped."""
    follows: ParagraphId | None = None
    """The paragraph of the edition before that it comes from."""
    cite: tuple[Citation, ...] = ()
    """Sources beyond the official text of the resolution, which every provision cites by itself."""


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


class Resolution(Editions):
    """A resolution of an assembly or council."""

    KIND: ClassVar[str] = "resolution"
    FOLDER: ClassVar[str] = "resolutions"
    LINKED: ClassVar[str] = "Legislation"
    LINKED_FIELDS: ClassVar[Mapping[str, str]] = {"symbol": "legislationIdentifier", "adopted": "legislationDate"}
    DATE: ClassVar[str] = "adopted"
    PARTS: ClassVar[PartScheme] = PARAGRAPHS

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
    text: Citation | None = None
    """The official text, which every provision cites; empty only where it was not read and there is no provision."""
    provisions: tuple[Provision, ...] = ()
    """Its paragraphs, in their order, then those that were dropped."""

    @property
    def short(self) -> str:
        """The symbol."""
        return self.symbol
