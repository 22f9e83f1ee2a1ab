"""Small values read themselves, and say what they expected when they cannot."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from explainer.base.values import (
    CountryCode,
    Dates,
    NotADateError,
    NotANumberError,
    Number,
    PartialDate,
    Slug,
    Text,
    Url,
)
from explainer.records.editions import PartScheme


@pytest.mark.parametrize("text", ["2018", "2018-09", "2018-09-18", "2000-02-29"])
def test_a_date_is_as_exact_as_it_is_written(text: str) -> None:
    assert text == str(PartialDate.read(text))


@pytest.mark.parametrize(
    "text", ["", "18", "2018-9", "2018-13", "2018-02-30", "1900-02-29", "2018/09", "0000", "today"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|no such|does not exist"):
        PartialDate.read(text)


def test_a_range_holds_both_ends() -> None:
    dates = Dates.read("2017-11-06/2017-11-10")

    assert (str(dates.start), str(dates.end)) == ("2017-11-06", "2017-11-10")


def test_a_reversed_range_is_refused_with_the_right_one() -> None:
    with pytest.raises(ValueError, match="write the earlier date first: 2017-11-06/2017-11-10"):
        Dates.read("2017-11-10/2017-11-06")


def test_a_month_may_end_a_range_that_begins_within_it() -> None:
    assert str(Dates.read("2017-11-06/2017-11")) == "2017-11-06/2017-11"


@given(st.dates().map(str), st.dates().map(str))
def test_dates_are_ordered_as_days_are(first: str, second: str) -> None:
    assert (first < second) == (PartialDate.read(first) < PartialDate.read(second))


@pytest.mark.parametrize("url", ["https://x.org", "http://x.org/a_(b)?c=d&e=f#g", "https://www.xn--fsq.org/"])
def test_a_web_address_is_taken(url: str) -> None:
    assert url == TypeAdapter(Url).validate_python(url)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://x.org", "//x.org", "/x", "https://", "https://u:p@x.org", "https://x.org/a b",
     "https://x.org/<b>", 'https://x.org/"', "https://x.org:port/", "data:text/html,x", "https://[::1", ""],
)  # fmt: skip
def test_another_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Url).validate_python(url)


@pytest.mark.parametrize("ident", ["a", "trigger-iv-2018", "71-19", "3"])
def test_an_id_is_taken(ident: str) -> None:
    assert ident == TypeAdapter(Slug).validate_python(ident)


@pytest.mark.parametrize("ident", ["", "A", "a--b", "-a", "a-", "a/b", "..", "../x", "a b", "é", "a" * 81, "a\n"])
def test_another_id_is_refused(ident: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Slug).validate_python(ident)


def test_norway_stays_norway() -> None:
    assert TypeAdapter(CountryCode).validate_python("NO") == "NO"


@pytest.mark.parametrize(("code", "guess"), [("TCD", "TD"), ("td", "TD"), ("Chad", "TD"), ("TDC", "TD")])
def test_another_code_is_refused_with_a_guess(code: str, guess: str) -> None:
    with pytest.raises(ValidationError, match=f"did you mean '{guess}' "):
        TypeAdapter(CountryCode).validate_python(code)


@pytest.mark.parametrize(
    ("text", "value"), [("94", Decimal(94)), ("4.5", Decimal("4.5")), ("1300000", Decimal(1300000))]
)
def test_a_number_is_written_in_digits(text: str, value: Decimal) -> None:
    assert value == TypeAdapter(Number).validate_python(text)


@pytest.mark.parametrize("text", ["1,300", "1_300", "ten", "1e9", "inf", "nan", "", "9" * 30, "٣"])
def test_another_number_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Number).validate_python(text)


def test_a_year_of_three_digits_is_told_with_its_zero() -> None:
    assert str(NotADateError("800")).endswith("; did you mean '0800'?")
    assert "did you mean" not in str(NotADateError("80"))


@pytest.mark.parametrize(
    ("text", "meant"), [(".5", "0.5"), ("-.5", "-0.5"), (",75", "0.75"), ("0,5", "0.5"), (".25 million", "250000")]
)
def test_a_number_that_lacks_its_zero_is_not_made_ten_times_as_large(text: str, meant: str) -> None:
    assert f"did you mean {meant}?" in str(NotANumberError(text))


def test_a_text_is_one_line() -> None:
    assert TypeAdapter(Text).validate_python(" a\nb  c ") == "a b c"


@pytest.mark.parametrize("char", ["\x00", "\x07", "\u202e", "\u2066", "\ufeff"])
def test_an_invisible_character_is_refused(char: str) -> None:
    with pytest.raises(ValidationError, match="invisible character"):
        TypeAdapter(Text).validate_python(f"a{char}b")


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (("par",), "the letters of its group and a number, without a space, as in par1"),
        (("pp", "op"), "the letters of its group and a number, without a space, as in pp1 or op1"),
    ],
)
def test_a_part_that_does_not_fit_its_scheme_is_answered_with_the_form_and_an_example(
    groups: tuple[str, ...], expected: str
) -> None:
    with pytest.raises(ValueError, match=f"'§ 1' is not a paragraph; expected {expected}$"):
        PartScheme(groups).checked("§ 1")
