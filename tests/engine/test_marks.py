"""The five marks: their text is only text, and their numbers are written the same everywhere."""

from xml.etree import ElementTree as ET

import pytest

from explainer.base.values import Dates, PartialDate
from explainer.figures import bars, over_time, svg, tenures
from explainer.figures.graphic import Chart

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


def test_of_many_bars_only_the_highest_and_the_last_carry_their_number_and_ten_their_year() -> None:
    years = [str(year) for year in range(1990, 2020)]
    drawn = bars.standing([bars.Bar(year, int(year) % 10 + 1, f"n{year}") for year in years], years)
    texts = [element.text or "" for element in elements(drawn.marks) if element.tag == "text"]

    assert [text for text in texts if text.startswith("n")] == ["n1999", "n2009", "n2019"]
    assert [text for text in texts if not text.startswith("n")] == years[2::3]


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


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2001-01-01", "2003-01-01", ["rect exact"]),
        ("2001", "2003", ["rect vague", "rect vague", "rect exact"]),
        ("2001-01-01", None, ["rect exact", "line open", "polygon exact"]),
        (None, "2003-01-01", ["rect exact", "line open", "polygon exact"]),
        ("2001", "2001", ["rect vague", "rect vague"]),
    ],
)
def test_a_tenure_is_dark_where_it_is_known_and_dashed_where_an_end_is_not(
    start: str | None, end: str | None, expected: list[str]
) -> None:
    dates = [PartialDate.read(date) if date else None for date in (start, end)]
    drawn = tenures.offices([tenures.Body("B", (tenures.Tenure("T", *dates),))])
    found = [f"{each.tag} {each.get('class')}" for each in elements(drawn.marks)]

    assert [name for name in found if name not in {"text axis", "text strong", "text name", "line axis"}] == expected
