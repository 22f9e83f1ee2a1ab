"""The values of fields for the general page, by their types."""

from decimal import Decimal
from enum import StrEnum

from markupsafe import Markup

from explainer.base.values import Dates, PartialDate
from explainer.pages.context.citations import Citations
from explainer.pages.context.numbers import Numbers
from explainer.pages.environment import finalize
from explainer.pages.record_fields import FieldValue
from explainer.records.record import Record
from explainer.records.sourced import Citation, DatedFact, Fact, Figure, Period


class FieldValues(Citations, Numbers):
    """Any value of a record's own fields, without a template of its kind."""

    def shown(self, item: FieldValue, field: str = "") -> Markup:
        """A value of a field on the general page; `field` is the dotted key of the words of its vocabulary."""
        value = item.value
        if isinstance(value, Fact | DatedFact | Period | Figure | Citation):
            return self._part_shown(value)
        match value:
            case Record():
                return self.link(value)
            case bool():
                return finalize(self.words("yes" if value else "no"))
            case Decimal() | int():
                return finalize(self.number(value))
            case Dates() | PartialDate():
                return finalize(self.date(value))
            case StrEnum():
                return finalize(self.words(f"{field}.words", str(value)))
            case _:
                return self.prose(str(value)) if item.prose else finalize(value)

    def _part_shown(self, part: Fact | DatedFact | Period | Figure | Citation) -> Markup:
        """A part that every dossier has, with the sources that it cites."""
        match part:
            case Citation():
                return self.cite([part])
            case Figure():
                return finalize(self.told(part)) + self.cite(part.cite)
            case Fact():
                return self.prose(part.says) + self.cite(part.cite)
            case DatedFact(date=dates) | Period(dates=dates):
                return finalize(self.date(dates)) + self.cite(part.cite)
