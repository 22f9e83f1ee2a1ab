"""Sums over records: what is added, what is left out, and that nothing qualified becomes exact."""

from decimal import Decimal
from pathlib import Path

import pytest

from explainer import build
from explainer.figures import csv_tables, draw
from explainer.library.rounding import as_coarse_as
from explainer.library.totals import ExclusionReason, Row, Tallied, tallies
from explainer.library.totals import tallied as tallied_as
from explainer.outputs.embed_tables import texts
from explainer.pages import results
from explainer.pages.charts import tally_bars
from explainer.pages.render import render
from explainer.records.dossier import Tally
from tests.conftest import change


def tallied(root: Path, ident: str) -> Tallied:
    """A tally of the harbour dossier."""
    return next(item for item in tallies(build.load(root)) if item.tally.id == ident)


def row(root: Path, ident: str, label: str) -> Row:
    """A row of a tally."""
    return next(item for item in tallied(root, ident).rows if item.label == label)


def without_sums(root: Path) -> None:
    """Take the sums out of the harbour's settings."""
    path = root / "content/site.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("sums:")] + text[text.index("tallies:") :], encoding="utf-8")


def three_crimes(root: Path) -> None:
    """Let the second operation of the harbour be directed against three crimes, the first against one of them."""
    change(root / "content/operations/beacon-2003.md", ("[wrecking]", "[wrecking, fog, tide]"))
    path = root / "content/crime-types.yml"
    path.write_text(
        path.read_text(encoding="utf-8") + "- {id: fog, name: fog}\n- {id: tide, name: tide}\n", encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", (49, "exactly", 2)),
        ("comparator: at-least, ", "", (49, "at-least", 1)),
        ("comparator: nearly, ", "", (49, "about", 1)),
        ("comparator: about, ", "comparator: at-least, ", (49, "about", 0)),
        ("comparator: up-to, ", "", (49, "about", 1)),
    ],
)
def test_a_sum_is_qualified_as_its_parts_are(harbour: Path, first: str, second: str, expected: object) -> None:
    change(
        harbour / "content/operations/beacon-2001.md",
        ("value: 40, comparator: nearly, certainty: potential, ", f"value: 40, {first}"),
    )
    change(harbour / "content/operations/beacon-2003.md", ("value: 9, ", f"value: 9, {second}"))

    found = row(harbour, "boats", "wrecking")

    assert (found.value, str(found.comparator), found.unqualified) == expected


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("certainty: potential, ", ExclusionReason.POTENTIAL),
        ("certainty: estimated, ", ExclusionReason.ESTIMATED),
        ("high: 60, ", ExclusionReason.RANGE),
        ("unit: oars, ", ExclusionReason.OTHER_UNIT),
    ],
)
def test_what_cannot_be_added_is_left_out_and_named(harbour: Path, written: str, reason: ExclusionReason) -> None:
    change(
        harbour / "content/operations/beacon-2001.md",
        ("value: 40, comparator: nearly, certainty: potential, ", f"value: 40, {written}"),
    )

    without_sums(harbour)

    found = row(harbour, "boats", "wrecking")

    assert (int(found.value), list(found.reasons)) == (9, [(reason, 1)])


def test_a_record_without_a_figure_is_left_out_and_named(harbour: Path) -> None:
    path = harbour / "content/operations/beacon-2001.md"
    change(
        path,
        ("  - {measure: boats-found, value: 40, comparator: nearly, certainty: potential, cite: [log-2001]}\n", ""),
    )
    change(harbour / "content/site.yml", ("  - {record: operations/beacon-2001, measure: boats-found}\n", "[]"))
    change(harbour / "content/site.yml", ("key_figures:\n[]", "key_figures: []\n"))
    without_sums(harbour)

    assert row(harbour, "boats", "wrecking").reasons == ((ExclusionReason.NO_FIGURE, 1),)


def test_a_search_finds_the_page_of_sums_by_what_is_added_up_in_a_year(harbour: Path) -> None:
    change(
        harbour / "content/site.yml",
        ("tallies:\n", "tallies:\n  - {id: by-year, title: By year, of: operations, by: year, measure: boats-found}\n"),
    )

    (page,) = results.pages(build.load(harbour))

    assert {"total boats found", "total boats found 2003"} <= set(page.composed().names)


def test_records_without_a_measure_are_counted(harbour: Path) -> None:
    found = tallied(harbour, "years")

    assert [(item.label, len(item.records)) for item in found.rows] == [("2001", 1), ("2003", 1)]
    assert (found.records, found.ungrouped, found.overlaps) == (2, 0, False)


def test_a_chart_says_by_itself_that_rows_overlap_and_how_many_records_are_in_none(harbour: Path) -> None:
    three_crimes(harbour)
    change(harbour / "content/operations/beacon-2001.md", ("crime_types: [wrecking]\n", ""))
    without_sums(harbour)
    library = build.load(harbour)
    tally = Tally(id="crimes", title="By crime", of="operations", by="crime_types")
    (made,) = tally_bars.of_tally(library, tallied_as(library, tally))

    assert made.notes == (
        "One operation may stand in several rows, so rows must not be added to each other.",
        "1 of 2 operations belongs to no group here.",
    )


def test_the_page_says_once_how_many_records_are_in_no_group(harbour: Path) -> None:
    three_crimes(harbour)
    change(harbour / "content/operations/beacon-2001.md", ("crime_types: [wrecking]\n", ""))
    without_sums(harbour)
    library = build.load(harbour)
    (page,) = results.pages(library)
    text = render(library, page.composed()).output.data.decode()

    assert text.count("1 of 2 operations belongs to no group here.") == 1
    assert "One operation may stand in several rows" in text.partition("{ .caution }")[0]
    # a count of too few groups for a chart says it beside its table
    assert text.count("1 more belongs to no group here.") == 1


@pytest.mark.parametrize(
    ("value", "qualified", "down", "shown"),
    [
        ("21265", ("4000", "1700"), False, "21000"),
        ("21265", ("1700", "120"), False, "21300"),
        ("21265", ("1700", "120"), True, "21200"),
        ("21265", (), False, "21265"),
        ("944", ("500", "350"), False, "940"),
        ("996", ("500",), False, "1000"),
        ("865", ("5",), False, "865"),
        ("9", ("9",), False, "9"),
        ("40", ("40",), False, "40"),
        ("1234.56", ("0.5",), False, "1234.6"),
        ("0", ("0",), False, "0"),
    ],
)
def test_a_sum_has_the_digits_of_its_coarsest_qualified_part(
    value: str, qualified: tuple[str, ...], down: bool, shown: str
) -> None:
    assert str(as_coarse_as(Decimal(value), map(Decimal, qualified), down=down)) == shown


@pytest.mark.parametrize(
    ("comparator", "told"), [("nearly", "about 2,400"), ("more-than", "more than 2,300"), ("exactly", "2,358")]
)
def test_readers_see_a_sum_rounded_alike_everywhere_and_data_files_have_all_of_it(
    harbour: Path, comparator: str, told: str
) -> None:
    for name, old, new in (
        ("2001", "value: 40, comparator: nearly, certainty: potential, ", f"value: 400, comparator: {comparator}, "),
        ("2003", "value: 9, ", "value: 1958, "),
    ):
        change(harbour / f"content/operations/beacon-{name}.md", (old, new))
    three_crimes(harbour)
    without_sums(harbour)
    library = build.load(harbour)
    (made,) = tally_bars.of_tally(library, next(one for one in tallies(library) if one.tally.id == "boats"))
    (page,) = results.pages(library)

    assert [note.partition(":")[0] for note in made.notes] == [
        "A row adds up what came of all operations in its group, whatever else they were about"
    ]
    assert told in made.title
    assert told in made.alternative
    assert told in draw.draw(made)
    assert f"| {told} |" in render(library, page.composed()).output.data.decode()
    assert next(texts(library, made))[1] == told.rpartition(" ")[2]
    assert b",2358," in csv_tables.csv(made.table)


def test_a_record_in_two_groups_makes_rows_overlap(harbour: Path) -> None:
    found = tallied(harbour, "partners")

    assert found.overlaps is (sum(len(item.records) for item in found.rows) > found.records)
