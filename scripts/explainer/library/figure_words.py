"""How a figure is said: the amount with its unit, and the words of its measure after it."""

import re

from explainer.base.language import Amount, Language
from explainer.kinds.measure import Measure, Quantity
from explainer.library.figure_states import unit_of
from explainer.records.said import words_for


def _braced(text: str) -> str:
    """Escape the braces of a text for `str.format`."""
    return text.replace("{", "{{").replace("}", "}}")


def within_unit(words: Language, measure: Measure, figure: Amount) -> str:
    """The pattern of an amount, `{n}` for the number: with the unit, if the number means nothing without it."""
    if not measure.counts.measured:
        return "{n}"
    unit = unit_of(figure, measure)
    if measure.counts is Quantity.SHARE:
        return words("percent")
    if measure.counts is Quantity.MONEY:
        return words("amount.money").format(unit=_braced(unit), amount="{n}")
    one = figure.value == 1 and figure.high is None and unit == measure.unit
    return words("amount.with-unit").format(
        unit=_braced(measure.unit_one if one and measure.unit_one else unit), amount="{n}"
    )


def qualified(words: Language, measure: Measure, figure: Amount, *, rounded: bool = True) -> tuple[str, str, str]:
    """The amount of a figure in three parts: the qualifier before the number, the number with its unit, what follows."""
    return words.qualified(figure, within_unit(words, measure, figure), rounded=rounded)


def amount(words: Language, measure: Measure, figure: Amount, *, rounded: bool = True) -> str:
    """The amount of a figure with its qualifier and, if the number means nothing without it, its unit."""
    return "".join(qualified(words, measure, figure, rounded=rounded))


def after(words: Language, measure: Measure, figure: Amount, language: str) -> str:
    """The words of the measure that follow the amount: "nets recovered", "of fuel saved".

    Where the source counts in a unit of its own, the words of the measure would say another thing than it did: its
    name stands there instead, with that unit in the place of its own, or else behind it.
    """
    own = unit_of(figure, measure)
    if not measure.counts.measured and own != measure.unit:
        name, places = re.subn(rf"(?<!\w){re.escape(measure.unit)}(?!\w)", lambda _: own, measure.name, count=1)
        return name if places else words("mark-off.brackets").format(before=name, within=own)
    form = words.plural_form(figure.value if figure.high is None else figure.high)
    return words_for(measure.says, language, form)
