"""The five marks: their text is only text, and their numbers are written the same everywhere."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from explainer.base.values import Dates, PartialDate
from explainer.figures import bars, over_time, svg, tenures
from explainer.figures.graphic import Chart
from tests.labels import faults

HOSTILE = "\"><script>alert(1)</script> & 'e' &lt; ]]>"


def elements(marks: str) -> list[ET.Element]:
    """Marks as elements."""
    return list(ET.fromstring(f"<svg>{marks}</svg>"))  # noqa: S314 - made here


def shapes(chart: Chart, name: str) -> list[dict[str, str]]:
    """The attributes of every element of a chart that is called so."""
    return [dict(element.items()) for element in elements(chart.marks) if element.tag == name]


def moments(*values: float) -> list[over_time.Moment]:
    """A number for every year from 2000, called after itself."""
    return [over_time.Moment(Dates.read(f"{2000 + n}"), value, f"{value:g}") for n, value in enumerate(values)]


def test_a_hostile_text_is_only_text() -> None:
    (made,) = elements(svg.text("name", 1, 2, HOSTILE))

    assert (made.tag, made.text, list(made)) == ("text", HOSTILE, [])


def test_every_mark_names_its_colours_by_a_class_and_has_none_of_its_own() -> None:
    marks = (
        svg.rect("exact", 1, 2, 3, 4),
        svg.line("axis", 1, 2, 3, 4),
        svg.polyline("trend", [(1, 2), (3, 4)]),
        svg.symbol("hollow", 1, 2),
        svg.symbol("exact", 1, 2, "left"),
        svg.text("strong", 1, 2, "a", "middle"),
    )
    made = elements("".join(marks))

    assert [(element.tag, element.get("class")) for element in made] == [
        ("rect", "exact"),
        ("line", "axis"),
        ("polyline", "trend"),
        ("circle", "hollow"),
        ("polygon", "exact"),
        ("text", "strong"),
    ]
    assert not {name for element in made for name in element.attrib} & {"fill", "stroke", "style"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (-0.0, "0"),
        (-0.04, "0"),
        (0.1 + 0.2, "0.3"),
        (12, "12"),
        (12.04, "12"),
        (12.06, "12.1"),
        (1e7, "10000000"),
    ],
)
def test_a_coordinate_has_one_decimal_at_most(value: float, expected: str) -> None:
    assert svg.number(value) == expected


def test_bars_that_lie_are_as_long_as_their_numbers() -> None:
    drawn = bars.lying([bars.Bar("A", 8, "8"), bars.Bar("B", 2, "≈2", exact=False), bars.Bar("C", 0, "0")])
    widths = [float(each["width"]) for each in shapes(drawn, "rect")]

    assert [each["class"] for each in shapes(drawn, "rect")] == ["exact", "inexact", "exact"]
    assert [width / widths[0] for width in widths] == pytest.approx([1, 0.25, 0], abs=0.001)


def test_bars_that_stand_are_as_high_as_their_numbers_and_a_year_without_a_number_has_none() -> None:
    drawn = bars.standing(
        [bars.Bar("2001", 3, "3"), None, bars.Bar("2003", 6, "≥6", exact=False)], ["2001", "2002", "2003"]
    )
    low, high = shapes(drawn, "rect")

    assert float(high["height"]) / float(low["height"]) == pytest.approx(2)
    assert [each.text for each in elements(drawn.marks) if each.tag == "text"] == ["3", "≥6", "2001", "2002", "2003"]


def test_the_numbers_of_bars_are_drawn_after_every_bar_so_that_none_is_painted_over() -> None:
    drawn = bars.standing([bars.Bar(str(n), n, f"about {n}") for n in range(1, 6)], [str(n) for n in range(1, 6)])
    tags = [element.tag for element in elements(drawn.marks)]

    assert tags.index("text") > len(tags) - tags[::-1].index("rect") - 1


def test_bars_whose_numbers_would_touch_a_bar_or_each_other_lie_below_each_other() -> None:
    years = [str(year) for year in range(2015, 2025)]
    values = [900, 90, 14_963, 20_000, 20, 40, 30, 60, 70, 80]
    drawn = bars.standing([bars.Bar(year, n, f">{n:,}") for year, n in zip(years, values, strict=True)], years)
    lefts = {each["x"] for each in shapes(drawn, "rect")}
    widths = [float(each["width"]) for each in shapes(drawn, "rect")]

    assert len(lefts) == 1
    assert [width / max(widths) for width in widths] == pytest.approx([n / 20_000 for n in values], abs=0.001)
    assert [each.text for each in elements(drawn.marks) if each.get("class") == "axis" and each.tag == "text"] == years


def test_of_many_bars_a_number_that_would_touch_a_bar_is_left_to_the_table() -> None:
    years = [str(year) for year in range(1990, 2020)]
    drawn = bars.standing([bars.Bar(year, 9 if year == "2018" else 8, f"about {year}") for year in years], years)

    assert [each.text for each in elements(drawn.marks) if each.get("class") == "strong halo"] == ["about 2018"]


def test_a_long_name_stands_on_two_lines_and_moves_what_is_below_it() -> None:
    long = "Support of the quiet harbours of the northern and the southern coast"
    drawn = bars.lying([bars.Bar(long, 8, "8"), bars.Bar("B", 2, "2")])
    names = [each.text for each in elements(drawn.marks) if each.get("class") == "name"]
    first, second = (float(each["y"]) for each in shapes(drawn, "rect"))

    assert " ".join(filter(None, names[:2])) == long
    assert names[2:] == ["B"]
    assert (first, second) == (35, 75)


def test_of_many_bars_only_the_highest_and_the_last_carry_their_number_and_some_their_year() -> None:
    years = [str(year) for year in range(1990, 2020)]
    drawn = bars.standing([bars.Bar(year, int(year) % 10 + 1, f"n{year}") for year in years], years)
    texts = [element.text or "" for element in elements(drawn.marks) if element.tag == "text"]

    assert [text for text in texts if text.startswith("n")] == ["n1999", "n2009", "n2019"]
    assert [text for text in texts if not text.startswith("n")] == years[::5]


@pytest.mark.parametrize(
    ("first", "last", "values", "expected"),
    [
        (2001, 2011, {}, ["2001", "2003", "2005", "2007", "2009", "2011"]),
        (2001, 2013, {}, ["2001", "2003", "2005", "2007", "2009", "2011", "2013"]),
        (
            1735,
            1792,
            {1735: "about 176,875", 1792: "about 551,584.7"},
            ["1740", "1750", "1760", "1770", "1780", "1790"],
        ),
        (1735, 1792, {}, ["1740", "1750", "1760", "1770", "1780", "1790"]),
        (1791, 1983, {}, ["1800", "1825", "1850", "1875", "1900", "1925", "1950", "1975"]),
        (1500, 2026, {}, ["1600", "1700", "1800", "1900", "2000"]),
    ],
)
def test_years_below_bars_are_whole_and_apart_and_bars_are_seen_over_however_many_years(
    first: int, last: int, values: dict[int, str], expected: list[str]
) -> None:
    known = values or {first: "1", last: "2"}
    years = list(range(first, last + 1))
    made = [bars.Bar("", year - first + 1, known[year]) if year in known else None for year in years]
    drawn = bars.standing(made, list(map(str, years)))
    below = [each.text for each in elements(drawn.marks) if each.get("class") == "axis" and each.tag == "text"]

    assert below == expected
    assert all(float(each["width"]) >= 3 for each in shapes(drawn, "rect"))
    assert list(faults(f'<svg viewBox="0 0 380 {drawn.height}">{drawn.marks}</svg>')) == []


def test_a_line_runs_through_its_points_from_left_to_right() -> None:
    drawn = over_time.over_time(moments(1, 5, 3)[::-1], [(0, "0"), (5, "5")])
    (line,) = shapes(drawn, "polyline")
    points = [(each["cx"], each["cy"]) for each in shapes(drawn, "circle")]

    assert line["points"] == " ".join(f"{x},{y}" for x, y in points)
    assert [float(x) for x, _ in points] == sorted(float(x) for x, _ in points)
    assert [float(y) for _, y in points] == pytest.approx([170, 26, 98])


def test_of_two_numbers_that_would_touch_only_the_later_is_shown() -> None:
    drawn = over_time.over_time(
        moments(100_000, 100_000, 100_000, 100_000, 100_001, 0), [(0, "0"), (200_000, "200,000")]
    )
    told = [each.text for each in elements(drawn.marks) if each.get("class") == "strong halo"]

    assert told == ["0", "100001", "100000", "100000"]


def test_years_below_a_line_are_round_and_as_many_as_there_is_room_beside_a_wide_scale() -> None:
    many = [float(n % 7) for n in range(24)]
    drawn = over_time.over_time(moments(*many), [(0, "0"), (10, "1,500 million")])
    years = [each.text for each in elements(drawn.marks) if each.get("class") == "axis" and each.tag == "text"][2:]

    assert years == ["2000", "2005", "2010", "2015", "2020"]
    assert list(faults(f'<svg viewBox="0 0 380 {drawn.height}">{drawn.marks}</svg>')) == []


def test_a_number_of_a_line_stands_above_the_points_that_it_spans() -> None:
    values = [*range(1, 13), *range(1, 5)]
    drawn = over_time.over_time(moments(*map(float, values)), [(0, "0"), (15, "15")])
    points = [(float(each["cx"]), float(each["cy"])) for each in shapes(drawn, "circle")]

    for each in elements(drawn.marks):
        if each.get("class") == "strong halo":
            x, y = float(each.get("x", 0)), float(each.get("y", 0))
            assert all(y < cy for cx, cy in points if abs(cx - x) < 4)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2001-01-01", "2003-01-01", ["rect past"]),
        ("2001", "2003", ["rect vague", "rect vague", "rect past"]),
        ("2001-01-01", None, ["rect past", "line open"]),
        (None, "2003-01-01", ["rect past", "line open"]),
        ("2001", "2001", ["rect vague", "rect vague"]),
    ],
)
def test_a_tenure_is_a_bar_where_it_is_known_and_dashed_where_an_end_is_not(
    start: str | None, end: str | None, expected: list[str]
) -> None:
    assert tenure_marks(term("T", start, end)) == expected


@pytest.mark.parametrize(
    ("start", "last", "expected"),
    [
        ("2001-01-01", "2003-01-01", ["rect past", "line open"]),
        ("2001-01-01", "2001-01-01", ["rect past", "line open"]),
        (None, "2003-01-01", ["line open", "rect past", "line open"]),
    ],
)
def test_a_tenure_whose_end_is_not_known_is_a_bar_up_to_where_it_is_known_last_and_open_behind_that(
    start: str | None, last: str, expected: list[str]
) -> None:
    tenure = replace(term("T", start, None), last=PartialDate.read(last))
    drawn = tenures.offices(held(tenure, term("U", "2000", None, today=True)), dt.date(2004, 5, 6))
    bar = next(each for each in shapes(drawn, "rect") if each["class"] == "past")
    dashes = [each for each in shapes(drawn, "line") if each["class"] == "open"][-1]

    assert tenure_marks(tenure) == expected
    assert float(dashes["x1"]) == pytest.approx(float(bar["x"]) + float(bar["width"]), abs=0.11)


def test_the_holder_of_today_is_strong_up_to_an_arrow() -> None:
    marks = tenures.offices(held(term("T", "2001-01-01", None, today=True)), dt.date(2004, 5, 6)).marks

    assert tenure_marks(term("T", "2001-01-01", None, today=True)) == ["rect exact", "polygon exact"]
    assert [each.text for each in elements(marks) if each.get("class") == "strong"] == ["B", "T"]


def test_the_axis_of_terms_begins_where_most_of_them_lie_and_earlier_ones_are_arrows_with_their_years() -> None:
    late = [term(f"L{year}", f"{year}-01-01", f"{year + 4}-01-01") for year in range(2000, 2020, 2)]
    drawn = tenures.offices(held(*late, term("E", "1923-09-07", "1932")), dt.date(2024, 1, 1))
    every = list(elements(drawn.marks))

    assert tenures.begins([*late, term("E", "1923-09-07", "1932")], 2024) == 2000
    assert [each.text for each in every if each.get("class") == "axis" and each.tag == "text"][-1] == "1923–1932"
    assert all(float(each.get("x", 0)) >= 0 for each in every if each.tag == "rect")


def test_the_axis_of_terms_begins_with_the_first_where_that_wastes_little() -> None:
    assert tenures.begins([term("T", str(year), None) for year in range(1990, 2020)], 2024) == 1990


def test_the_axis_of_terms_ends_with_today_only_where_somebody_is_in_office() -> None:
    past, today = term("A", "1736", "1737"), dt.date(2026, 11, 30)

    assert tenures.ends([past, term("B", "1792", "1798")], today) == 1798
    assert tenures.ends([past, term("C", "1792", None, today=True)], today) == 2026
    assert tenures.ends([past, term("D", "2020", "2028", today=True)], today) == 2028


@pytest.mark.parametrize("last", [1737, 1750, 1798, 1800, 1999, 2000, 2026])
def test_the_years_of_the_axis_of_terms_are_whole_and_apart(last: int) -> None:
    drawn = tenures.offices(
        held(term("Jean-Baptiste of the long Name", "1736", "1737"), term("B", "1736", str(last))), dt.date(2026, 1, 1)
    )
    years = [each.text for each in elements(drawn.marks) if each.get("class") == "axis" and each.tag == "text"]

    assert len(years) > 2
    assert list(faults(f'<svg viewBox="0 0 380 {drawn.height}">{drawn.marks}</svg>')) == []
    x = [
        float(each.get("x", 0)) for each in elements(drawn.marks) if each.text in years and (each.text or "").isdigit()
    ]
    assert all(after - before >= 36 for before, after in pairwise(x))
    assert x[-1] <= 380 - 17


def test_a_long_name_of_a_holder_stands_whole_on_two_lines() -> None:
    drawn = tenures.offices(held(term("Maria of the Long and Winding Name", "2001", None)), dt.date(2024, 1, 1))
    named = [each.text or "" for each in elements(drawn.marks) if each.get("class") == "name"]

    assert " ".join(named) == "Maria of the Long and Winding Name"


def term(holder: str, start: str | None, end: str | None, *, today: bool = False) -> tenures.Tenure:
    first, last = (PartialDate.read(date) if date else None for date in (start, end))
    return tenures.Tenure(holder, first, last, today)


def held(*terms: tenures.Tenure) -> list[tenures.Body]:
    return [tenures.Body("B", (tenures.Office("O", terms),))]


def tenure_marks(tenure: tenures.Tenure) -> list[str]:
    """The marks of one tenure, without names and the axis."""
    drawn = tenures.offices(held(tenure), dt.date(2004, 5, 6))
    return [
        f"{each.tag} {each.get('class')}"
        for each in elements(drawn.marks)
        if each.tag in {"rect", "polygon"} or each.get("class") == "open"
    ]
