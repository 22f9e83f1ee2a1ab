"""Several figures of one measure in one record: the newest counts, and every page gives the same answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from explainer import build
from explainer.library.totals import tallies
from tests.conftest import NO_TEXT, Run, change, tree

WAX = """---
id: {id}
name: {name}
family: wax
dates: {{start: 1989-01, end: 2010-12, cite: [log-2001]}}
summary: Lamps burn less wax.
figures:
{figures}---
"""
MEASURE = (
    "- {id: wax-burnt, name: consumption of BWs, counts: mass, behaves: flow, unit: wax tonnes, says: of BWs burnt}\n"
)
LEVELS = ("1100000, date: 1986", "150, comparator: up-to, date: 2010", "500000, date: 1996", "100000, date: 2000")
TALLIES = (
    "  - {id: wax-by-year, title: Wax by year, of: operations, by: year, measure: wax-burnt}\n"
    "  - {id: wax-by-family, title: Wax by family, of: operations, by: family, measure: wax-burnt}\n"
)
SUM = "sums:\n  - {title: Wax in all, measure: wax-burnt, records: [operations/wax-phase-out, operations/wax-second]}\n"


def burnt(root: Path, ident: str, *levels: str, name: str = "Wax phase-out") -> None:
    """Write an operation with figures of wax burnt."""
    figures = "".join(f"  - {{measure: wax-burnt, value: {level}, cite: [log-2001]}}\n" for level in levels)
    path = root / f"content/operations/{ident}.md"
    path.write_text(WAX.format(id=ident, name=name, figures=figures), encoding="utf-8")


@pytest.fixture
def levels(harbour: Path) -> Path:
    """The harbour dossier with the consumption of wax at four dates in one record and at two in another."""
    measures = harbour / "content/measures.yml"
    measures.write_text(measures.read_text(encoding="utf-8") + MEASURE, encoding="utf-8")
    burnt(harbour, "wax-phase-out", *LEVELS)
    burnt(harbour, "wax-second", "1000, date: 1995", "90, comparator: up-to, date: 2010", name="Wax again")
    change(
        harbour / "content/site.yml",
        ("key_figures:\n", "key_figures:\n  - {record: operations/wax-phase-out, measure: wax-burnt}\n"),
        ("sums:\n", SUM),
        ("tallies:\n", f"tallies:\n{TALLIES}"),
    )
    return harbour


MARKUP = re.compile(
    r'<sup class="cite">.*?</sup>|</?span(?: (?:id="[^"]*" )?class="(?:number|qualifier|unit|place)[a-z ]*")?>'
)


def pages(root: Path) -> Mapping[str, str]:
    """Every generated text, without the numbers of sources and without the marks of numbers in cards."""
    build.generate(root)
    texts = {path: data.decode() for path, data in tree(root / "docs").items() if not path.endswith(NO_TEXT)}
    return {path: MARKUP.sub("", text) for path, text in texts.items()}


def test_levels_of_several_dates_are_never_added_up(levels: Path) -> None:
    made = pages(levels)
    found = {item.tally.id: item for item in tallies(build.load(levels))}

    assert [(row.label, int(row.value), len(row.parts)) for row in found["wax-by-year"].rows] == [("2010", 240, 2)]
    assert [(row.label, int(row.value), len(row.parts)) for row in found["wax-by-family"].rows] == [("Wax", 240, 2)]
    assert "| 2010 | about 240 | 2 | 0 | 4 followed by a newer figure |" in made["results/index.md"]
    assert "[Wax phase-out](../operations/wax-phase-out.md) (up to 150 wax tonnes (2010))" in made["results/index.md"]
    assert "(1,100,000 wax tonnes (1986), followed by a newer figure)" in made["results/index.md"]
    assert not [path for path, text in made.items() if re.search(r"1,?70[01],?[02]\d\d", text)]


def test_every_page_gives_the_newest_figure_with_its_date_and_unit(levels: Path) -> None:
    made = pages(levels)
    told = "up to 150"
    what = "of BWs burnt"

    assert f"- **{told} wax tonnes** {what}, 2010, [Wax phase-out]" in made["index.md"]
    assert f"- **{told} wax tonnes** {what}, 2010\n" in made["operations/wax-phase-out.md"]
    assert "- **1.1 million" not in made["operations/wax-phase-out.md"]
    assert f">{told} wax tonnes {what}, 2010 " in made["operations/index.md"]
    assert f"**Wax in all: about 240 wax tonnes {what}.**" in made["index.md"]
    assert f"{told} wax tonnes ([Wax phase-out](operations/wax-phase-out.md), 2010)" in made["index.md"]
    assert "0 of the 2 figures are stated as facts without a qualifier" in made["index.md"]
    lines = [json.loads(line) for line in made["search/.texts/operation.jsonl"].splitlines()]
    texts = {line["title"]: line["text"] for line in lines}
    assert f"{told} wax tonnes {what} 2010" in texts["Wax phase-out"]


def test_the_order_in_the_file_changes_nothing_on_a_page(levels: Path) -> None:
    before = pages(levels)
    burnt(levels, "wax-phase-out", *reversed(LEVELS))
    after = pages(levels)
    kept = ("index.md", "results/index.md", "operations/index.md", "operations/wax-phase-out.md")

    assert [path for path in kept if before[path] != after[path]] == []


def test_all_counts_stand_in_the_order_of_their_dates_as_in_the_chart(levels: Path) -> None:
    made = pages(levels)
    page = made["operations/wax-phase-out.md"]
    listed = page[page.index("<summary>Consumption of BWs over time: all 4 counts") :]
    drawn = made["data/figures/operation-wax-phase-out-wax-burnt.csv"]

    assert re.findall(r"^- (\d{4}): ", listed, re.MULTILINE) == ["1986", "1996", "2000", "2010"]
    assert [line.split(",")[0] for line in drawn.splitlines()[1:]] == ["1986", "1996", "2000", "2010"]
    assert "\nConsumption of BWs (wax tonnes) over time\n" in page


def test_a_name_keeps_its_capitals_where_a_line_begins_with_it(levels: Path) -> None:
    made = pages(levels)

    assert "<summary>Consumption of BWs over time" in made["operations/wax-phase-out.md"]
    assert "| Consumption of BWs (wax tonnes) |" in made["results/index.md"]
    assert not [path for path, text in made.items() if "onsumption of bws" in text and path.endswith(".md")]


def test_a_figure_with_a_date_of_its_own_stands_under_the_year_of_that_date(levels: Path) -> None:
    burnt(levels, "wax-second", "90", name="Wax again")
    made = pages(levels)
    found = next(item for item in tallies(build.load(levels)) if item.tally.id == "wax-by-year")

    assert [(row.label, int(row.value)) for row in found.rows] == [("1989", 90), ("2010", 150)]
    assert "began, a figure with a date of its own under the year of that date." in made["results/index.md"]


def test_the_newest_figure_counts_as_it_is_and_no_earlier_one_in_its_stead(levels: Path) -> None:
    burnt(levels, "wax-phase-out", "500, date: 1996", "100, certainty: estimated, date: 2010")
    change(levels / "content/site.yml", ("{title: Wax in all,", "{title: Wax in all, also: estimated,"))
    (row,) = next(item for item in tallies(build.load(levels)) if item.tally.id == "wax-by-family").rows

    assert [(str(part.figure.value), part.record.ident) for part in row.parts] == [("90", "wax-second")]
    assert [(str(reason), number) for reason, number in row.reasons] == [("estimated", 1), ("earlier", 2)]


def test_of_one_date_the_figure_that_is_stated_counts_and_the_potential_one_is_left_out(levels: Path) -> None:
    burnt(levels, "wax-phase-out", "70, certainty: potential", "40")
    made = pages(levels)
    (row,) = next(item for item in tallies(build.load(levels)) if item.tally.id == "wax-by-family").rows

    assert "- **40 wax tonnes** of BWs burnt, [Wax phase-out]" in made["index.md"]
    assert "- **70 wax tonnes** of BWs burnt, potential\n" in made["operations/wax-phase-out.md"]
    assert "- **40 wax tonnes** of BWs burnt\n" in made["operations/wax-phase-out.md"]
    row_of_list = next(line for line in made["operations/index.md"].splitlines() if "wax-phase-out.md" in line)
    assert "70 wax tonnes of BWs burnt, potential" in row_of_list
    assert "40 wax tonnes of BWs burnt" in row_of_list
    assert int(row.value) == 130
    assert ("potential", 1) in [(str(reason), number) for reason, number in row.reasons]


def test_a_unit_that_repeats_the_one_of_the_measure_is_no_other_unit(levels: Path) -> None:
    burnt(levels, "wax-phase-out", "40, unit: wax tonnes")
    (row,) = next(item for item in tallies(build.load(levels)) if item.tally.id == "wax-by-family").rows

    assert int(row.value) == 130


def test_a_unit_in_other_capitals_tells_no_figures_apart(levels: Path, run: Run) -> None:
    burnt(levels, "wax-phase-out", "40", "60, unit: Wax Tonnes")
    ran = run("--root", levels, "check")

    assert (ran.status, ran.out + ran.err != "") == (1, True)
    assert "content/operations/wax-phase-out.md" in ran.err


def test_a_unit_is_shown_though_its_letter_is_in_the_name_of_the_measure(levels: Path) -> None:
    change(levels / "content/measures.yml", ("unit: wax tonnes", "unit: t"))

    assert "150 t** of BWs burnt, 2010" in pages(levels)["index.md"]


def test_an_undated_figure_of_an_organisation_is_told_apart_by_its_note(levels: Path, run: Run) -> None:
    figures = (
        "figures:\n"
        "  - {measure: wax-burnt, value: 4, note: From an old page., cite: [log-2001]}\n"
        "  - {measure: wax-burnt, value: 7, note: From a page of today., cite: [log-2001]}\n"
    )
    change(levels / "content/organisations/union.md", ("founded: ", f"{figures}founded: "))
    ran = run("--root", levels, "check")
    made = pages(levels)

    assert (ran.status, ran.err) == (0, "")
    assert all(f"- **{number} wax tonnes** of BWs burnt" in made["organisations/union.md"] for number in (4, 7))


@pytest.mark.parametrize(
    ("older", "newer"),
    [("2002", "2003"), ("2003-01/2003-06", "2003-07"), ("2001/2002", "2002-06/2003"), ("2003-04-03", "2003-04-04")],
)
def test_of_two_dates_the_later_is_the_newest(levels: Path, run: Run, older: str, newer: str) -> None:
    burnt(levels, "wax-phase-out", f"9, date: {older}", f"7, date: {newer}")

    assert run("--root", levels, "check").status == 0
    assert "- **7 wax tonnes** of BWs burnt" in pages(levels)["index.md"]


def test_a_year_and_a_month_of_it_do_not_say_which_is_newer(levels: Path, run: Run) -> None:
    burnt(levels, "wax-phase-out", "7, date: 2003", "9, date: 2003-12")
    ran = run("--root", levels, "check")

    assert ran.status == 1
    assert "wax-phase-out.md:9:42: nothing says whether 'wax-burnt' of 2003-12, here, is newer than" in ran.err
