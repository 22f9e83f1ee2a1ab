"""A decision of a conference: its articles, each of which follows an article of the decision before."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from explainer.records.editions import Editions, PartScheme, Provision
from explainer.records.model import OrganisationRef, Refers
from explainer.records.sourced import DatedFact

ARTICLES = PartScheme(("art",), noun="article", number="[1-9][0-9]*[a-z]?", expected="art2 or art2j")
ArticleId = Annotated[str, AfterValidator(ARTICLES.checked)]


class Article(Provision):
    """One article of a decision, or, where `change` is dropped, one of the decision before that is gone."""

    paragraph: ArticleId | None = Field(default=None, alias="article")
    """Its number, as in art2j; empty only where `change` is dropped."""
    follows: ArticleId | None = None
    """The article of the decision before that it comes from."""


class Decision(Editions):
    """A decision with articles."""

    KIND: ClassVar[str] = "decision"
    FOLDER: ClassVar[str] = "decisions"
    DATE: ClassVar[str] = "adopted"
    PARTS: ClassVar[PartScheme] = ARTICLES

    organ: OrganisationRef
    """The body that adopted it."""
    adopted: DatedFact
    """When it was adopted."""
    reviews: Annotated[str, Refers("decision")] | None = None
    """The decision that it takes up again."""
    provisions: tuple[Article, ...] = ()
    """Its articles, in their order, then those that were dropped."""
