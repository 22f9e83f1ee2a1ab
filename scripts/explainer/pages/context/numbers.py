"""Figures of records and drawings for templates."""

from decimal import Decimal

from markupsafe import Markup

from explainer.figures import swatches
from explainer.figures.draw import draw
from explainer.figures.graphic import Cell, Coarse, Graphic, Map
from explainer.figures.world import undrawn
from explainer.kinds.measure import Measure
from explainer.library import addresses, figure_states, figure_words
from explainer.library.totals import Total
from explainer.pages import amounts
from explainer.pages.context.links import Links
from explainer.pages.environment import finalize
from explainer.records.record import Record
from explainer.records.signs import FIELD
from explainer.records.sourced import Figure
from explainer.records.traits import WithSign

_SIGN = Markup(
    '<{tag} class="sign"><svg viewBox="0 0 {size} {size}" width="{size}" height="{size}" aria-hidden="true"><path d="{}"/></svg></{tag}>'
)


class Numbers(Links):
    """The numbers of figures in words, drawings, and the values of their tables."""

    def measure(self, figure: Figure) -> Measure:
        """The measure of a figure."""
        return self.library.get(Measure, figure.measure)

    def amount(self, figure: Figure) -> str:
        """The amount of a figure with its qualifier, and with its unit if the number means nothing without it."""
        return figure_words.amount(self.words, self.measure(figure), figure)

    def large(self, figure: Figure) -> Markup:
        """The amount of a figure for a card: the number large, its qualifier small."""
        return amounts.large(self.words, self.measure(figure), figure)

    def told(self, figure: Figure) -> str:
        """The number of a figure next to others of its measure: with its own unit and date, if it has them."""
        number = self.with_unit(figure)
        if figure.date is None:
            return number
        return self.words("mark-off.brackets").format(before=number, within=self.date(figure.date))

    def with_unit(self, figure: Figure) -> str:
        """The amount of a figure in digits, with its unit if it has one of its own or means nothing without it."""
        number = figure_words.amount(self.words, self.measure(figure), figure, rounded=False)
        counted = not self.measure(figure).counts.measured
        return (
            self.words("amount.with-unit").format(amount=number, unit=figure.unit)
            if figure.unit and counted
            else number
        )

    def what(self, figure: Figure) -> str:
        """The words after the amount of a figure."""
        return figure_words.after(self.words, self.measure(figure), figure, self.library.language)

    def marks(self, figure: Figure) -> list[object]:
        """What stands after the amount of a figure: what is counted, where, of whom, how surely, and when."""
        return [
            self.what(figure),
            self.link(self.library.at(figure.place)) if figure.place else None,
            figure.group,
            self.words("certainty", figure.certainty),
            self.date(figure.date) if figure.date else None,
        ]

    def total(self, item: Total) -> Markup:
        """The amount of a sum in words, with what is counted; with no more digits than its parts carry."""
        amount = figure_words.amount(self.words, item.measure, item.shown, rounded=False)
        what = figure_words.after(self.words, item.measure, item.shown, self.library.language)
        return finalize(self.words("amount.said").format(amount=amount, what=what))

    def heading(self, measure: Measure) -> str:
        """The name of a measure above its numbers, with the unit unless that is part of the name."""
        return figure_states.heading(self.words, measure)

    def drawn(self, graphic: Graphic) -> Markup:
        """Render a graphic as SVG; empty for a matrix."""
        return Markup(draw(graphic))  # noqa: S704 - made of escaped parts

    def embedded(self, graphic: Graphic) -> str:
        """The page of a figure for the frames of other sites."""
        return addresses.embedded(graphic.id)

    def swatch(self, name: str, says: str | None = None) -> Markup:
        """A mark of a legend or a matrix; screen readers announce `says` if it is given."""
        return Markup(swatches.swatch(name, says))  # noqa: S704 - escaped by the module that makes it

    def sign(self, record: Record, tag: str = "div") -> Markup:
        """The pictogram of a record, for eyes only, beside its name; a `span` within a line; empty if it has none."""
        lines = record.sign if isinstance(record, WithSign) else None
        return _SIGN.format(lines, size=FIELD, tag=tag) if lines else Markup()

    def cell(self, value: Cell) -> Markup:
        """Render a value in the table of a graphic: a record as a link, a number with separators."""
        match value:
            case Record():
                return self.link(value)
            case Coarse():
                return self.cell(value.shown)
            case Decimal() | int():
                return Markup(self.number(value))  # noqa: S704 - digits and separators
            case _:
                return finalize(value)

    def undrawn(self, graphic: Graphic) -> Markup:
        """Links to the countries that a map marks but cannot draw, joined by commas."""
        return self.countries(undrawn(graphic.drawing)) if isinstance(graphic.drawing, Map) else Markup()
