"""A country or territory with an ISO 3166 code, and the organisations that it belongs to."""

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, ValidationInfo

from explainer.base.values import CountryCode, Slug, Text, alpha3_of
from explainer.records.model import Model, OrganisationRef, Prose, Refers, Vocabulary
from explainer.records.other_names import OtherName
from explainer.records.record import Named
from explainer.records.sourced import Citations, DatedFact, Names


def _alpha3(text: str, info: ValidationInfo) -> str:
    if not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError(f"'{text}' is not a three-letter code; expected capital letters, as in TCD")
    code = info.data.get("id")
    if code and text != (own := alpha3_of(code)):
        raise ValueError(
            f"'{text}' is not the three-letter code of {code}; expected {own}; write it, or correct the id"
        )
    return text


class MembershipStatus(Vocabulary):
    """How a country belongs to an organisation."""

    MEMBER = "member"
    """A member."""
    SUB_BUREAU = "sub-bureau"
    """A territory that is served through a member."""
    OBSERVER = "observer"
    """Present without being a member."""
    OUTSIDE = "outside"
    """Known not to belong."""


class Membership(Model):
    """That a country belongs to an organisation, or is known not to."""

    organisation: OrganisationRef
    """The organisation."""
    status: MembershipStatus
    """member, sub-bureau (a territory served through a member), observer, or outside."""
    joined: DatedFact | None = None
    """When it joined, where that is known."""
    note: Prose | None = None
    """What a reader must know."""


class Country(Named):
    """A country or territory."""

    KIND: ClassVar[str] = "country"
    FOLDER: ClassVar[str] = "countries"
    LINKED: ClassVar[str] = "Country"
    LINKED_FIELDS: ClassVar[Mapping[str, str]] = {"id": "identifier"}
    PAGED: ClassVar[bool] = True
    WEIGHT: ClassVar[float] = 0.9
    FACET: ClassVar[bool] = True
    PLACE: ClassVar[bool] = True

    id: CountryCode
    """The ISO 3166-1 alpha-2 code."""
    alpha3: Annotated[str, AfterValidator(_alpha3)]
    """The ISO 3166-1 alpha-3 code."""
    name: Text
    """The short name in English."""
    other_names: tuple[OtherName, ...] = ()
    """Other names under which people look for it."""
    names: Names = Field(default_factory=dict)
    """The name in other languages."""
    regions: tuple[Annotated[Slug, Refers("region")], ...] = ()
    """Where in the world."""
    memberships: tuple[Membership, ...] = ()
    """The organisations that it belongs to."""
    note: Prose | None = None
    """What a reader must know about the name or the status."""
    cite: Citations
    """The sources of the names, the codes and the memberships."""

    @property
    def ident(self) -> str:
        """The ISO code."""
        return self.id

    def search_names(self) -> Iterable[str]:
        """The three-letter code."""
        return (self.alpha3,)
