"""The sentence under a chart is true of the chart as drawn: of ties, zeros, negative numbers and lines that return."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer import build
from explainer.base.language import Language, catalogue
from explainer.figures.graphic import Graphic, Table
from explainer.pages.blocks.compose import blocks_of
from explainer.pages.charts import basics, figure_lines, partner_matrix, tally_bars
from explainer.records.record import Record
from explainer.records.sourced import Comparator
from tests.conftest import change

ENGLISH = Language(catalogue("en"))


def highest(*numbers: int, qualified: Comparator = Comparator.EXACTLY) -> str:
    """The sentence under bars of these heights, called A, B, C …; `qualified` is the qualifier of the first."""
    groups = tuple(
        tally_bars._TallyGroup(chr(65 + place), Decimal(number), Comparator.EXACTLY if place else qualified)
        for place, number in enumerate(numbers)
    )
    bars = tally_bars._Bars(groups, "nets", Table((), ()), len(numbers), "event", gaps=True)
    return tally_bars._highest(bars, ENGLISH)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((1, 3, 2), "B: 3 nets, the highest here"),
        ((3, 3, 2), "A, B: 3 nets each, highest here"),
        ((0, 0, 0), "A, B, C: 0 nets each, all equal"),
        ((5, 5, 5, 5, 5), "A, B and 3 more: 5 nets each, all equal"),
        ((5, 5, 5, 5, 1), "A, B and 2 more: 5 nets each, highest here"),
        ((-3, -1, -2), "B: -1 nets, the highest here"),
    ],
)
def test_the_highest_bar_is_named_and_so_are_its_equals(numbers: tuple[int, ...], said: str) -> None:
    assert highest(*numbers).replace("−", "-") == said


def test_equal_numbers_with_different_qualifiers_are_told_one_by_one() -> None:
    assert highest(3, 3, 1, qualified=Comparator.AT_LEAST) == "A (at least 3), B (3): 3 nets each, highest here"


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (("I", "I", "I"), "A, B, C: 8 nets, in one event"),
        (("I", "I", ""), "A, B: 8 nets, in one event"),
        (("I II", "I II", ""), "A, B: 8 nets, in the same 2 events"),
        (("I", "II", ""), "A, B: 8 nets each, highest here"),
        (("I II", "I III", ""), "A, B: 8 nets each, highest here"),
    ],
)
def test_equal_sums_of_the_same_records_are_told_once(records: tuple[str, ...], said: str, harbour: Path) -> None:
    held = [entry.record for entry in build.load(harbour).entries.values()]
    every = dict(zip(("I", "II", "III"), held, strict=False))
    groups = tuple(
        tally_bars._TallyGroup(label, 8 if named else 3, added=frozenset(every[name] for name in named.split()))
        for label, named in zip("ABC", records, strict=True)
    )
    bars = tally_bars._Bars(groups, "nets", Table((), ()), 3, "event", gaps=True)

    assert tally_bars._highest(bars, ENGLISH) == said


@pytest.mark.parametrize(
    ("years", "gaps", "said"),
    [
        (("2001", "2002", "2003"), False, "2001, 2002, 2003: 2 events each, all equal"),
        (("2001", "2002", "2004"), False, "2001, 2002, 2004: 2 events each, highest of any year here"),
        (("2001", "2002", "2004"), True, "2001, 2002, 2004: 2 nets each, all equal"),
    ],
)
def test_years_are_all_equal_only_if_none_between_them_is_empty(years: tuple[str, ...], gaps: bool, said: str) -> None:
    groups = tuple(tally_bars._TallyGroup(year, 2) for year in years)
    bars = tally_bars._Bars(groups, "nets" if gaps else "event", Table((), ()), 6, "event", gaps)

    assert tally_bars._highest(bars, ENGLISH, yearly=True) == said


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("strip operations by=edition", "I, II: 1 each of 2 operations, all equal"),
        ("grid operations by=edition", "I, II: 1 each of 2 operations, all equal"),
        ("bars operations by=countries", "Norway: 2 of 2 operations, the most"),
        ("lanes operations:edition=I operations:year=2001", "Dates in 2001: 1"),
    ],
)
def test_of_groups_that_are_all_equal_none_has_the_most_and_one_year_is_no_span(
    block: str, said: str, harbour: Path
) -> None:
    library = build.load(harbour)
    drawn = blocks_of(library, "explainers/accord.md", f"[[{block}]]", "explainers")[block]

    assert isinstance(drawn, Graphic)
    assert drawn.title == said


def test_a_superlative_over_some_of_the_records_says_which(harbour: Path) -> None:
    change(harbour / "content/operations/beacon-2003.md", ("countries: [NO]\n", ""))
    block = "bars operations by=countries"
    drawn = blocks_of(build.load(harbour), "explainers/accord.md", f"[[{block}]]", "explainers")[block]

    assert isinstance(drawn, Graphic)
    assert drawn.title == "Denmark, Norway: 1 each of 1 operation of which it is known, all equal"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((9, 9, 9), "Operation Beacon and 2 more: 9 boats found each, all equal"),
        ((9, 9, 4), "Operation Beacon, Operation Beacon II: 9 boats found each, the largest of 3"),
        ((9, 4, 4), "Operation Beacon: 9 boats found, the largest of 3"),
        ((0, 0, 0), "Operation Beacon and 2 more: 0 boats found each, all equal"),
    ],
)
def test_of_equal_numbers_as_dots_none_is_called_the_largest(
    values: tuple[int, int, int], said: str, harbour: Path
) -> None:
    operations = harbour / "content/operations"
    first, second = operations / "beacon-2001.md", operations / "beacon-2003.md"
    change(first, ("value: 40, comparator: nearly, certainty: potential", f"value: {values[0]}"))
    third = second.read_text(encoding="utf-8").replace("2003-04", "2005").replace("beacon-2003", "beacon-2005")
    third = third.replace("edition: II", "edition: III").replace("Beacon II", "Beacon III").replace("gazette", "log")
    third = third.replace("log-2003", "log-2001").replace("value: 9", f"value: {values[2]}")
    (operations / "beacon-2005.md").write_text(third, encoding="utf-8")
    change(second, ("value: 9", f"value: {values[1]}"))
    block = "units operations/beacon-2001 operations/beacon-2003 operations/beacon-2005 boats-found"
    drawn = blocks_of(build.load(harbour), "explainers/accord.md", f"[[{block}]]", "explainers")[block]

    assert isinstance(drawn, Graphic)
    assert drawn.title == said


@given(st.lists(st.integers(-3, 3), min_size=3, max_size=12))
def test_every_bar_of_the_largest_height_is_named_or_counted(numbers: list[int]) -> None:
    said = highest(*numbers)
    tied = [chr(65 + place) for place, number in enumerate(numbers) if number == max(numbers)]

    named = said.split(": ")[0]
    shown = 2 if len(tied) > 3 else 3
    assert all(label in named for label in tied[:shown])
    assert not any(chr(65 + place) in named for place, number in enumerate(numbers) if number < max(numbers))
    assert (f"and {len(tied) - shown} more" in named) is (len(tied) > 3)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1, 2, 3), "Boats found: 1 (2001) to 3 (2003)"),
        ((2, 2, 2), "Boats found: 2, the same from 2001 to 2003"),
        ((2, 5, 2), "Boats found: 2 (2001), then other numbers, 2 again (2003)"),
        ((0, 0, 0), "Boats found: 0, the same from 2001 to 2003"),
    ],
)
def test_a_line_that_does_not_change_is_not_said_to_go_somewhere(
    values: tuple[int, ...], said: str, harbour: Path
) -> None:
    lines = "".join(
        f"  - {{measure: boats-found, value: {value}, date: {2001 + place}, cite: [log-2001]}}\n"
        for place, value in enumerate(values)
    )
    path = harbour / "content/operations/beacon-2003.md"
    change(path, ("  - {measure: boats-found, value: 9, cite: [gazette-2003]}\n", lines))
    library = build.load(harbour)
    record = library.at("operations/beacon-2003")

    assert [graphic.title for graphic in figure_lines.of_figures(library, record)] == [said]


@pytest.mark.parametrize(
    ("groups", "key"),
    [
        (["ab", "ab", "cd"], "says"),
        (["ab", "ab", "cd", "cd", "ef"], "tied"),
        (["ab", "cd"], "alike"),
        (["abc"], "alike"),
        (["ab"], "says"),
    ],
)
def test_the_most_frequent_pair_is_named_only_if_there_is_one(groups: list[str], key: str) -> None:
    assert partner_matrix._key(partner_matrix._Work({Record: groups})) == key


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["A", "B", "C"], "Seen on the map: A, B, C, most often"),
        (["A", "B", "C", "D", "E"], "Seen on the map: A and 4 more, most often"),
        (["Old Harbour", "New Harbour"], "Seen on the map: Old Harbour, New Harbour, most often"),
        (
            ["The Old Harbour Town", "The New Harbour Town"],
            "Seen on the map: The Old Harbour Town and 1 more, most often",
        ),
    ],
)
def test_a_title_names_as_many_as_are_read_at_a_glance(names: list[str], title: str) -> None:
    assert basics.naming(ENGLISH, names, "Seen on the map: {}, most often".format) == title


@pytest.mark.parametrize(
    ("title", "number"), [("6 → 25 paragraphs", 3), ("Maximum : Épervier, 500", 3), ("", 0), ("79/136: 11 new", 3)]
)
def test_a_sign_between_spaces_is_no_word_of_a_title(title: str, number: int) -> None:
    assert basics.words_in(title) == number
