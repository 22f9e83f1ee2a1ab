"""A patrol: what the wardens did on the river in one period, and what came of it."""

from typing import Annotated, ClassVar

from explainer.base.values import Text
from explainer.records.model import OrganisationRef, Refers
from explainer.records.record import Story
from explainer.records.sourced import Period
from explainer.records.traits import Dated, InFamily, Placed, WithFigures


class Patrol(Story, Dated, WithFigures, Placed, InFamily):
    """One patrol, or one edition of a series of them."""

    KIND: ClassVar[str] = "patrol"
    FOLDER: ClassVar[str] = "patrols"
    DATE: ClassVar[str] = "dates"

    name: Text
    """The name, as in "Clearwater II"."""
    dates: Period
    """When it took place."""
    lead: OrganisationRef
    """The organisation that led it."""
    aims: tuple[Annotated[str, Refers("aim")], ...] = ()
    """The aims that it served: ids of records in `content/aims.yml`."""
