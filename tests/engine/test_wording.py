"""Dates, numbers and qualifiers in words."""

from decimal import Decimal

import pytest

from explainer.base.values import Dates
from explainer.kinds.words import words_of
from explainer.records.sourced import Citation, Comparator, Figure
from tests.kinds_of_dossier import KINDS

ENGLISH = words_of(KINDS, "en")


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ("2018", "2018"),
        ("2018-09", "September 2018"),
        ("2018-09-18", "18 September 2018"),
        ("2017-11-06/2017-11-10", "6–10 November 2017"),
        ("2017-11-29/2017-12-02", "29 November – 2 December 2017"),
        ("2017-12-30/2018-01-02", "30 December 2017 – 2 January 2018"),
        ("2018-02/2018-05", "February – May 2018"),
        ("2016/2018", "2016–2018"),
        ("2017-11/2018", "November 2017 – 2018"),
    ],
)
def test_a_date_is_shown_as_exact_as_it_is_known(dates: str, words: str) -> None:
    assert words == ENGLISH.date(Dates.read(dates))


@pytest.mark.parametrize(
    ("value", "comparator", "words"),
    [
        ("500", "nearly", "nearly 500"),
        ("94", "exactly", "94"),
        ("1300000", "about", "about 1,300,000"),
        ("4.50", "at-least", "at least 4.50"),
        ("24", "up-to", "up to 24"),
        ("-4.5", "exactly", "−4.5"),
        ("-0.5", "about", "about −0.5"),
        ("-1300", "exactly", "−1,300"),
    ],
)
def test_a_figure_is_shown_as_its_source_qualifies_it(value: str, comparator: str, words: str) -> None:
    figure = Figure(measure="m", value=Decimal(value), comparator=Comparator(comparator), cite=(Citation(source="s"),))

    assert words == ENGLISH.amount(figure)


def test_a_range_of_negative_numbers_has_minus_signs() -> None:
    figure = Figure(measure="m", value=Decimal("-4.5"), high=Decimal("-3.5"), cite=(Citation(source="s"),))

    assert ENGLISH.amount(figure) == "−4.5 to −3.5"


def test_a_language_is_named_and_has_a_direction() -> None:
    assert (
        ENGLISH.language("ar"),
        ENGLISH.right_to_left("ar"),
        ENGLISH.language("fr"),
        ENGLISH.right_to_left("fr"),
    ) == ("Arabic", True, "French", False)
