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


def said(locale: str, *dates: str, first: str = "1") -> list[str]:
    """Dates in another language."""
    language = words_of(KINDS, "en", {"locale": locale, "first-of-month": first})
    return [language.date(Dates.read(each)) for each in dates]


DATES = (
    "2018-03-01",
    "2018-03",
    "2018-03-01/2018-03-12",
    "2018-02-28/2018-03-01",
    "2017-12-30/2018-01-02",
    "2017/2018",
)


def test_dates_follow_the_patterns_of_the_language_with_months_in_full() -> None:
    assert said("en_US", *DATES) == [
        "March 1, 2018",
        "March 2018",
        "March 1 – 12, 2018",
        "February 28 – March 1, 2018",
        "December 30, 2017 – January 2, 2018",
        "2017 – 2018",
    ]
    assert said("fr_FR", *DATES, first="1er") == [
        "1er mars 2018",
        "mars 2018",
        "1er–12 mars 2018",
        "28 février – 1er mars 2018",
        "30 décembre 2017 – 2 janvier 2018",
        "2017–2018",
    ]
    assert said("ja", *DATES) == [
        "2018年3月1日",
        "2018年3月",
        "2018年3月1日～12日",
        "2018年2月28日～3月1日",
        "2017年12月30日～2018年1月2日",
        "2017年～2018年",
    ]


def test_a_month_alone_and_a_month_after_a_day_are_two_forms_where_the_language_has_two() -> None:
    assert said("cs", "2018-03", "2018-03-02") == ["březen 2018", "2. března 2018"]
    assert said("pl", "2018-03-02/2018-03-04", "2018-02/2018-03") == ["2–4 marca 2018", "luty–marzec 2018"]


def test_a_range_is_two_whole_dates_where_the_language_has_a_pattern_with_the_number_of_the_month_only() -> None:
    assert said("cs", "2018-03-02/2018-03-04") == ["2. března 2018 – 4. března 2018"]


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("fr_FR", "−1\u202f300\u202f000,50"),
        ("de", "−1.300.000,50"),
        ("hi", "−13,00,000.50"),
        ("ar_001", "−1,300,000.50"),
    ],
)
def test_numbers_have_the_separators_of_the_language_and_as_many_decimals_as_the_source_gives(
    locale: str, words: str
) -> None:
    language = words_of(KINDS, "en", {"locale": locale})
    assert language.number(Decimal("-1300000.50")) == words
    assert language.number(7) == "7"
