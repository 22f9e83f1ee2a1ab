"""An accord of the towns: a text of recitals and articles, which a later accord may take up again."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator

from explainer.base.values import Slug, Text
from explainer.records.editions import Editions, PartScheme, Provision
from explainer.records.model import OrganisationRef, Refers
from explainer.records.sourced import DatedFact

PARTS = PartScheme(("rec", "art"), expected="art2 (an article) or rec1 (a recital)")
PartId = Annotated[str, AfterValidator(PARTS.checked)]


class AccordPart(Provision):
    """One recital or article, or, where `change` is dropped, one that the edition before had and this one has not."""

    paragraph: PartId | None = None
    """Its place: rec1, rec2 … or art1, art2 …; empty only where `change` is dropped."""
    follows: PartId | None = None
    """The recital or article of the edition before that it comes from."""


class Accord(Editions):
    """What the towns agreed on, recital by recital and article by article."""

    KIND: ClassVar[str] = "accord"
    FOLDER: ClassVar[str] = "accords"
    DATE: ClassVar[str] = "adopted"
    PARTS: ClassVar[PartScheme] = PARTS

    title: Text
    """The official title."""
    organ: OrganisationRef
    """The body that adopted it."""
    adopted: DatedFact
    """When it was adopted."""
    reviews: Annotated[Slug, Refers("accord")] | None = None
    """The accord before, which this one takes up again."""
    provisions: tuple[AccordPart, ...] = ()
    """Its recitals and articles, in their order, then those that were dropped."""
