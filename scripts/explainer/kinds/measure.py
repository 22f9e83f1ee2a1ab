"""A measure: what a figure counts, how its numbers behave, and how they are said."""

from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from explainer.base.values import Number, Slug, Text
from explainer.records.model import Prose, Refers, Vocabulary
from explainer.records.record import Entry
from explainer.records.said import Saying

MeasureRef = Annotated[Slug, Refers("measure")]


class Quantity(Vocabulary):
    """What sort of thing a measure counts or weighs."""

    PEOPLE = "people"
    """People."""
    EVENTS = "events"
    """What happened: cases, visits, matches."""
    ITEMS = "items"
    """Things that can be counted, animals among them."""
    GROUPS = "groups"
    """Bodies, groups, countries: several people that count as one."""
    MASS = "mass"
    """A weight."""
    VOLUME = "volume"
    """A volume."""
    LENGTH = "length"
    """A length or a distance."""
    AREA = "area"
    """An area."""
    TIME = "time"
    """A length of time."""
    MONEY = "money"
    """An amount of money; the unit is the code of its currency, as in EUR."""
    SHARE = "share"
    """A part of a whole, in percent."""
    SCORE = "score"
    """A number on a scale."""

    @property
    def whole(self) -> bool:
        """Whether only whole numbers of it make sense."""
        return self in {Quantity.PEOPLE, Quantity.EVENTS, Quantity.ITEMS, Quantity.GROUPS}

    @property
    def measured(self) -> bool:
        """Whether a number of it means nothing without its unit; the unit of what is counted is what is counted."""
        return not self.whole and self is not Quantity.SCORE


class Behaviour(Vocabulary):
    """How the numbers of a measure relate to each other over time; what may be added up follows from it."""

    FLOW = "flow"
    """What happened in a period: figures of different records and of periods that do not overlap add up."""
    LEVEL = "level"
    """How much there was at one moment: the newest number counts, or that of a named date, and none is added."""
    SHARE = "share"
    """A part of a whole: never added."""
    INDEX = "index"
    """A number on a scale of its own: never added."""


class Measure(Entry):
    """What a figure counts."""

    KIND: ClassVar[str] = "measure"
    FOLDER: ClassVar[str] = "measures"
    LINKED: ClassVar[str] = "DefinedTerm"
    SECTION: ClassVar[str | None] = None
    ANSWER: ClassVar[str | None] = "summary"

    name: Text
    """What is counted, as a plural that can head a table: "trees planted"."""
    counts: Quantity
    """What sort of thing it counts."""
    behaves: Behaviour
    """Whether it is a flow, a level, a share or an index; only figures of a flow are added up."""
    unit: Text
    """The unit: people, kg, boats, EUR …"""
    unit_one: Text | None = None
    """The unit of exactly one, where its word differs: tonne for tonnes."""
    sign: Text | None = None
    """A short sign of the unit, for the labels of charts: t for tonnes."""
    says: Saying
    """The words after the amount in a sentence: `of nets recovered`, or `{one: boat stopped, other: boats stopped}`."""
    part_of: tuple[MeasureRef, ...] = ()
    """Measures whose number already holds this one: calves sighted are part of whales sighted."""
    apart_from: tuple[MeasureRef, ...] = ()
    """Measures that look alike and count something else; the numbers of both must never be added."""
    not_added: Prose | None = None
    """Why figures of this flow are not added up all the same, where they are not."""
    least: Number = Decimal(0)
    """The smallest number that makes sense; negative only where the measure can be."""
    most: Number | None = None
    """The largest number that makes sense in one record; a larger one is taken for a slip."""
    decimals: int | None = Field(default=None, ge=0, le=9)
    """How many decimals its numbers may have; none where whole things are counted, else any number."""
    summary: Prose | None = None
    """What counts and what does not."""

    @model_validator(mode="after")
    def _bounds_run_upwards(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise ValueError(f"most is {self.most}, below least, which is {self.least}; correct one of them")
        return self

    @model_validator(mode="after")
    def _only_flows_say_why_not(self) -> Self:
        if self.not_added is not None and self.behaves is not Behaviour.FLOW:
            raise ValueError(
                f"not_added is for a flow; figures of this measure, which is marked {self.behaves}, are never added anyway; delete it"
            )
        return self

    @property
    def adds_up(self) -> bool:
        """Whether figures of different records may be added up."""
        return self.behaves is Behaviour.FLOW and self.not_added is None

    @property
    def places(self) -> int | None:
        """How many decimals a number may have; None where any number is right."""
        return 0 if self.decimals is None and self.counts.whole else self.decimals
