"""Blocks and values of stories: what they show, what is refused, and that they follow the records."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer import build
from explainer.editing import editor_schemas
from explainer.figures.diagram import Arrow, BoxNode, diagram, rows_of
from explainer.figures.graphic import Chart, Graphic, Map
from explainer.figures.in_time import GridRow, Lane, grid, lanes, years_a_column
from explainer.figures.stacks import BarPart, One, Parted, Stack, parted, strip
from explainer.figures.svg import SIZE, WIDTH
from explainer.figures.units import UnitRow, units
from explainer.library.blocks.dots import scale, undrawn
from explainer.library.blocks.forms import FORMS
from explainer.library.blocks.grammar import AskedError, asked
from explainer.library.blocks.resolve import RESOLVERS, resolve
from explainer.library.library import Library
from explainer.pages.blocks.compose import blocks_of
from explainer.pages.blocks.shown import TableShown
from explainer.pages.composers import compose
from explainer.pages.render import files
from explainer.reading.prose import DataMark, ProseFault, paragraphs, parse, valued
from tests.conftest import PROJECT, TESTS, Run, change, tree, whole_harbour
from tests.kinds_of_dossier import KINDS

STORY = "content/explainers/accord.md"
GUIDE = PROJECT / "docs/contributing/blocks.md"
FIGURES = (
    "figures:\n"
    "  - {measure: members, value: 40, date: '2001', cite: [log-2001]}\n"
    "  - {measure: members, value: 44, date: 2003-04, comparator: nearly, cite: [log-2001]}\n"
    "  - {measure: members, value: 61, date: 2010-05, cite: [log-2001]}\n"
)
DIAGRAM = """
- id: arrangement
  title: The union asks and the guild answers
  nodes:
    - {id: union, name: Union of Harbours, record: organisations/union}
    - {id: guild, name: Guild of Pilots, record: organisations/guild}
    - {id: office, name: Lamp office}
  ties:
    - {start: union, end: guild, says: The union asked for lamps., cite: [accord-text]}
    - {start: guild, end: office, says: The guild passed it on., cite: [log-2001]}
    - {start: office, end: union, says: The office told the union., cite: [log-2001]}
"""
MEASURE = "- {id: members, name: members, counts: groups, behaves: level, unit: members, says: {one: member, other: members}}\n"


def richer(root: Path) -> Path:
    """The harbour dossier with enough for every kind of drawing."""
    measures = root / "content/measures.yml"
    measures.write_text(measures.read_text(encoding="utf-8") + MEASURE, encoding="utf-8")
    change(root / "content/organisations/guild.md", ("---\n", f"---\n{FIGURES}"))
    second = (root / "content/operations/beacon-2003.md").read_text(encoding="utf-8")
    for year, edition in (("2005", "III"), ("2007", "IV")):
        text = (
            second.replace("2003-04", year)
            .replace("beacon-2003", f"beacon-{year}")
            .replace("edition: II", f"edition: {edition}")
        )
        text = text.replace("Operation Beacon II", f"Operation Beacon {edition}").replace(
            "cite: [gazette-2003]", "cite: [log-2001]"
        )
        (root / f"content/operations/beacon-{year}.md").write_text(text, encoding="utf-8")
    (root / "content/diagrams.yml").write_text(DIAGRAM, encoding="utf-8")
    claims = root / "content/claims/gazette.yml"
    claim = claims.read_text(encoding="utf-8")
    other = (
        claim.replace("fifty-boats", "nine-boats")
        .replace("Fifty boats", "Nine boats")
        .replace("consistent", "confirmed")
    )
    claims.write_text(claim + other, encoding="utf-8")
    return root


def tell(root: Path, *lines: str) -> Path:
    """Write lines, each a paragraph, at the end of a story."""
    path = root / STORY
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"\n{line}\n" for line in lines), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def library() -> Library:
    return build.load(whole_harbour())


def page_of(library: Library, path: str = "explainers/accord.md") -> dict[str, str]:
    page = next(page for page in compose(library) if page.path == path)
    return {output.path: output.data.decode() for output in files(library, page)}


def refused(library: Library, text: str) -> tuple[int, str]:
    with pytest.raises(AskedError) as error:
        resolve(library, text)
    return error.value.at, error.value.message


def test_a_block_is_a_paragraph_of_its_own_and_a_value_stands_in_a_sentence() -> None:
    parts = parse("[[map operations]]\n\nFound: [[= operations/a b]].", "explainers", story=True)

    assert [part for part in parts if isinstance(part, DataMark)] == [
        DataMark("map operations", 0, alone=True),
        DataMark("= operations/a b", 27),
    ]


@pytest.mark.parametrize(
    ("text", "offset", "says"),
    [
        ("Words [[map operations]] and more.", 6, "stands within a sentence"),
        ("- [[map operations]]", 2, "stands within a sentence, a list"),
        ("| a |\n|---|\n| [[map operations]] |", 14, "stands within a sentence, a list, a table"),
        ("Words\n[[map operations]]", 6, "an empty line above and below it"),
        ("> [[map operations]]", 2, "stands within"),
        ("[[map operations", 0, "expected ]] behind the last word"),
        ("[[map operations]", 0, "expected ]] behind the last word"),
        ("## [[= operations/a b]]", 3, "a heading cannot cite"),
    ],
)
def test_a_block_elsewhere_is_refused_at_its_place(text: str, offset: int, says: str) -> None:
    faults = [part for part in parse(text, "explainers", story=True) if isinstance(part, ProseFault)]

    assert [fault.offset for fault in faults] == [offset]
    assert says in faults[0].message


def test_a_value_in_a_field_is_refused() -> None:
    (part,) = parse("[[= operations/a b]]", "explainers")

    assert isinstance(part, ProseFault)
    assert "expected a value in a story only" in part.message


@pytest.mark.parametrize(
    "text", ["[[1]]", r"\[[map operations]]", r"\[\[map operations]]", "`[[map operations]]`", "[[A]]"]
)
def test_brackets_that_name_no_data_stay_text(text: str) -> None:
    assert not [part for part in parse(text, "explainers", story=True) if isinstance(part, DataMark | ProseFault)]


def test_a_paragraph_with_a_value_cites_and_its_own_digits_are_no_figure() -> None:
    (paragraph,) = paragraphs("Found: [[= operations/beacon-2001 boats-found]].\n\n[[map operations/beacon-2001]]\n")

    assert paragraph.cites
    assert "2001" not in paragraph.text


def test_the_search_gets_the_words_of_values_and_nothing_of_blocks() -> None:
    assert (
        valued("Found [[= a/b c]].\n\n[[map a]]", lambda text: "nearly 40" if text[0] == "=" else "")
        == "Found nearly 40.\n\n"
    )


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("figur operations/beacon-2001 boats-found", 2, "'figur' is no kind of block; did you mean 'figure'?"),
        ("figure operations/beacon-201 boats-found", 9, "no operation has the id 'beacon-201'; add one in"),
        ("figure operation/beacon-2001 boats-found", 9, "did you mean 'operations/beacon-2001'?"),
        ("figure operations/beacon-2001 boats", 32, "'boats' is no measure"),
        ("figure operations/beacon-2001", 31, "'figure' lacks MEASURE; expected FOLDER/ID MEASURE; add it"),
        ("figure operations/beacon-2001 boats-found arrests", 44, "'arrests' is one word too many"),
        ("figure operations/beacon-2001 boats-found when=2001", 44, "'when' is no option of 'figure'"),
        ("figure operations/beacon-2001 boats-found date=2001", 44, "no figure of 'boats-found'"),
        ("figure organisations/guild boats-found", 29, "has no figure of 'boats-found'"),
        ("line operations/beacon-2001 boats-found", 30, "has too few dated figures of 'boats-found': 0; expected 3 at least"),
        ("tally boat", 8, "'boat' is no tally of content/site.yml; did you mean 'boats'?"),
        ("map claims", 6, "'claims' is no folder of records with countries"),
        ("map organisations/guild", 6, "names no country; expected a record that does"),
        ("map operations year=2002", 17, "no record of operations has year=2002"),
        ("tally partners", 8, "'partners' makes too few groups: 1; expected 3 at least"),
        ("table operations", 18, "'table' lacks columns="),
        ("table operations columns=when,boat", 32, "'boat' is no field or measure of operations"),
        ("table operations columns=when sort=boat", 37, "'boat' is no field or measure of operations"),
        ("table operations columns=when columns=family", 32, "'columns=' stands twice"),
        ("table operations columns=when goals=9", 38, "no goal has the id '9'"),
        ("table operations columns=when gaols=1", 32, "'gaols' is no field of operations to choose by; did you mean 'goals'?"),
        ("table operations columns=when year=1990", 32, "no record of operations has year=1990; expected one at least"),
        ("strip claims by=verdict verdict=confrmed", 34, "'confrmed' is no word of 'verdict'; did you mean 'confirmed'?"),
        ("strip claims", 14, "'strip' lacks by="),
        ("grid claims by=verdict", 17, "'verdict' makes too few groups: 1; expected 2 at least"),
        ("lanes operations", 18, "'lanes' has fewer than two lanes"),
        ("lanes operations claims", 19, "'claims' is no folder of records with dates"),
        ("river operations/beacon-2001", 8, "is no text in editions"),
        ("river themes/nothing", 8, "no theme has the id 'nothing'"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_told_at_its_word_with_the_next_step(
    text: str, at: int, says: str, library: Library
) -> None:
    place, message = refused(library, text)

    assert says in message
    assert place == at, message
    assert re.search(r"expected|did you mean|write|add", message)


@pytest.mark.parametrize(("text", "at"), [("grid operations by=edition", 7), ("lanes events operations", 15)])
def test_a_drawing_in_time_of_records_without_dates_is_refused(
    text: str, at: int, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(library.at("operations/beacon-2001")), "when", None)
    place, message = refused(library, text)

    assert message.startswith("the records found have no date; expected 1 at least for a drawing")
    assert place == at


def test_words_and_options_keep_their_places() -> None:
    found = asked('figure operations/a b group="minors found" date=2001')

    assert [(item.name, item.value, item.at) for item in found.items] == [
        ("", "operations/a", 9),
        ("", "b", 22),
        ("group", "minors found", 24),
        ("date", "2001", 45),
    ]


def test_a_value_prints_the_amount_with_its_source_and_follows_the_record(harbour: Path) -> None:
    tell(harbour, "The log has [[= operations/beacon-2001 boats-found]] of them.")
    before = page_of(build.load(harbour))["explainers/accord.md"]
    change(harbour / "content/operations/beacon-2001.md", ("value: 40, comparator: nearly", "value: 41"))
    after = page_of(build.load(harbour))["explainers/accord.md"]

    assert re.search(r"The log has nearly 40<sup class=\"cite\">.+?</sup> of them\.", before)
    assert re.search(r"The log has 41<sup class=\"cite\">.+?</sup> of them\.", after)


def test_a_run_that_reuses_what_is_kept_shows_the_same_as_one_that_makes_all_anew(harbour: Path, run: Run) -> None:
    tell(
        harbour,
        "It has [[= operations/beacon-2001 boats-found]].",
        "[[table operations columns=boats-found,countries]]",
    )
    assert run("--root", harbour, "generate").status == 0
    change(harbour / "content/operations/beacon-2001.md", ("value: 40, comparator: nearly", "value: 41"))
    change(harbour / "content/operations/beacon-2003.md", ("countries: [NO]", "countries: [DK]"))
    assert run("--root", harbour, "generate").status == 0
    warm = tree(harbour / "docs")
    shutil.rmtree(harbour / ".cache")
    shutil.rmtree(harbour / "docs")
    assert run("--root", harbour, "generate").status == 0

    assert "It has 41<sup" in (harbour / "docs/explainers/accord.md").read_text(encoding="utf-8")
    assert tree(harbour / "docs") == warm


def test_a_table_follows_its_query_and_its_columns(harbour: Path) -> None:
    tell(harbour, "[[table operations crime_types=wrecking columns=when,regions,boats-found,goals sort=-boats-found]]")
    page = page_of(build.load(harbour))["explainers/accord.md"]
    rows = [line for line in page.splitlines() if line.startswith("| [Operation")]

    assert "| Operation | When | Regions | Boats found | Goals |" in page
    assert "nearly 40<sup" in rows[0]
    assert "North Sea" in rows[0]


def test_a_drawing_without_notes_has_no_empty_paragraph_below_it(harbour: Path) -> None:
    tell(richer(harbour), "[[diagram arrangement]]")
    made = page_of(build.load(harbour))

    assert not re.search(r"</div>\s*\{ \.about \}", made["explainers/accord.md"])


def test_a_map_of_counts_has_a_key_for_countries_that_are_not_named(harbour: Path) -> None:
    tell(richer(harbour), "[[map operations]]")
    block = blocks_of(build.load(harbour), "explainers/accord.md", "[[map operations]]", "explainers")["map operations"]

    assert isinstance(block, Graphic)
    assert [key.swatch for key in block.legend][:1] in ([], ["land"])


def test_a_drawing_comes_with_its_data_and_a_sentence_that_finds(harbour: Path) -> None:
    tell(richer(harbour), "[[line organisations/guild members]]", "[[units operations/beacon-2001 boats-found]]")
    made = page_of(build.load(harbour))

    assert "**Members: 40 (2001) to 61 (2010)**" in made["explainers/accord.md"]
    assert made["data/figures/explainers-accord-line-guild-members.csv"].startswith("\ufeffwhen,")
    assert 'class="units within"' in made["explainers/accord.md"]


def test_a_block_twice_on_a_page_is_refused(harbour: Path, run: Run) -> None:
    tell(harbour, "[[map operations]]", "Words.", "[[map operations]]")
    ran = run("--root", harbour, "check")

    assert f"{STORY}:15:1: this block stands on the page already; expected each once" in ran.err


def test_every_example_of_the_guide_can_be_shown_and_every_kind_has_one(harbour: Path) -> None:
    library = build.load(richer(harbour))
    examples = re.findall(r"^\[\[(.+)\]\]$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    values = re.findall(r"\[\[(= [a-z].+?)\]\]", GUIDE.read_text(encoding="utf-8"))
    text = "\n\n".join(f"[[{example}]]" for example in examples)
    shown = blocks_of(library, "explainers/accord.md", text, "explainers")

    assert list(shown) == examples
    assert {example.split()[0] for example in (*examples, *values)} == set(RESOLVERS)
    for value in values:
        resolve(library, value)
    for block in shown.values():
        assert not isinstance(block, Graphic) or isinstance(block.drawing, Chart | Map)
        assert not isinstance(block, TableShown) or block.rows


def test_a_record_is_found_and_renamed_in_blocks(harbour: Path, run: Run) -> None:
    tell(
        harbour,
        "It has [[= operations/beacon-2001 boats-found]].",
        "[[table operations columns=when,boats-found crime_types=wrecking]]",
        "[[map operations/beacon-2001]]",
    )
    named = run("--root", harbour, "who-names", "crime-types/wrecking").out
    assert f"{STORY}:13:57: " in named
    assert f"{STORY}:13:33: " in run("--root", harbour, "who-names", "measures/boats-found").out
    assert run("--root", harbour, "rename", "operations/beacon-2001", "beacon-one").status == 0

    story = (harbour / STORY).read_text(encoding="utf-8")
    assert "[[= operations/beacon-one boats-found]]" in story
    assert "[[map operations/beacon-one]]" in story
    assert run("--root", harbour, "check").status == 0


def test_a_diagram_stands_with_its_ties_in_words_and_their_sources(harbour: Path) -> None:
    tell(richer(harbour), "[[diagram arrangement]]")
    made = page_of(build.load(harbour))["explainers/accord.md"]

    assert re.search(r"^1\. Union of Harbours → Guild of Pilots: The union asked for lamps\.<sup", made, re.MULTILINE)
    assert re.search(r'<a href="[^"]*organisations/guild/"><rect class="hollow"', made)
    assert "**The union asks and the guild answers**" in made


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("end: guild", "end: gild", "'gild' is the id of no node of this diagram; did you mean 'guild'?"),
        ("end: guild", "end: union", "a tie leads from 'union' to itself; expected two nodes; correct one end"),
        ("id: office", "id: guild", "two nodes have the id 'guild'; expected an id of its own for each; change one"),
    ],
)
def test_a_diagram_that_does_not_hold_together_is_refused(
    was: str, now: str, says: str, harbour: Path, run: Run
) -> None:
    (harbour / "content/diagrams.yml").write_text(DIAGRAM.replace(was, now, 1), encoding="utf-8")

    assert says in run("--root", harbour, "check").err


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8))
@settings(max_examples=60)
def test_a_tie_leads_downwards_unless_it_closes_a_circle_and_boxes_of_a_row_do_not_overlap(
    pairs: list[tuple[int, int]],
) -> None:
    ties = [(f"n{start}", f"n{end}") for start, end in dict.fromkeys(pairs) if start != end]
    nodes = [f"n{number}" for number in range(6)]
    rows = rows_of(nodes, ties)

    for place, (start, end) in enumerate(ties):
        if not reaches(ties[:place], end, start):
            assert rows[start] < rows[end]
    drawn = diagram([BoxNode(node, f"Name of {node}") for node in nodes], [Arrow(*tie, 1) for tie in ties])
    boxes = [
        tuple(map(float, found))
        for found in re.findall(
            r'<rect class="hollow" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', drawn.marks
        )
    ]
    assert len(boxes) == 6
    for one, other in combinations(boxes, 2):
        assert (
            one[0] + one[2] <= other[0]
            or other[0] + other[2] <= one[0]
            or one[1] + one[3] <= other[1]
            or other[1] + other[3] <= one[1]
        )
    assert all(x >= 0 and x + width <= drawn.width and y + height <= drawn.height for x, y, width, height in boxes)


def reaches(ties: list[tuple[str, str]], start: str, end: str) -> bool:
    """Whether ties lead from a node to another."""
    waiting, seen = [start], {start}
    while waiting:
        found = {after for before, after in ties if before == waiting[-1]} - seen
        waiting.pop()
        waiting += found
        seen |= found
    return end in seen


TEXT = re.compile(r'<text class="([^"]*)" x="([\d.-]+)" y="([\d.-]+)"(?: text-anchor="(\w+)")?>([^<]*)</text>')


def labels(drawn: Chart) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every text of a drawing, with widths of usual fonts."""
    found = []
    for style, x, y, anchor, words in TEXT.findall(drawn.marks):
        width = len(words) * (7.6 if "strong" in style else 7.0)
        left = float(x) - {"end": width, "middle": width / 2}.get(anchor, 0)
        found.append((left, float(y) - 10, left + width, float(y) + 3))
    return found


DRAWN = {
    "units": units([UnitRow("Operation of a long name that goes on", "nearly 1,500", 1500, exact=False), UnitRow("Other", "7", 7, exact=True)], 2),
    "strip": strip([Stack("A name", "61", tuple(One("x") for _ in range(61))), Stack("B", "1", (One("y", "z"),))]),
    "bars": parted([Parted("A long name of a group that goes on and on and on", "1,234", (BarPart(1000, "step-4", "a"), BarPart(234, "step-2", "b")))] * 3),
    "bars beside": parted([Parted("A short name", "1,234", (BarPart(1000, "step-4", "a"), BarPart(234, "step-2", "b"))), Parted("B", "1", (BarPart(1, "step-2", "b"),))]),
    "grid": grid([GridRow("Southern and eastern part", {2001 + year: (year + 1, "x") for year in range(17)}), GridRow("B", {2010: (3, "y")})]),
    "grid of two years": grid([GridRow("B", {2010: (3, "y"), 2011: (1, "z")})]),
    "grid of two centuries": grid([GridRow("A constant", {1790: (1, "x"), 1980: (2, "x")}), GridRow("B", {1880: (3, "y")})], 10),
    "lanes": lanes([Lane("First", "9", {1914: 1, 2026: 8}, "8"), Lane("Second", "300", {2020: 100, 2021: 200}, "200")]),
    "diagram": diagram([BoxNode("a", "A name of several long words"), BoxNode("b", "B"), BoxNode("c", "C")], [Arrow("a", "b", 1), Arrow("a", "c", 2), Arrow("c", "a", 3)]),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
def test_no_label_overlaps_another_or_leaves_the_frame(name: str) -> None:
    drawn = DRAWN[name]
    found = labels(drawn)

    assert found
    for left, top, right, bottom in found:
        assert left >= -1, name
        assert right <= drawn.width + 1
        assert top >= -1
        assert bottom <= drawn.height + 1
    for one, other in combinations(found, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)


@pytest.mark.parametrize(
    ("first", "last", "name", "span"),
    [
        (2001, 2017, "Southern and eastern part", 1),
        (2001, 2017, "B", 1),
        (1989, 2026, "Southern and eastern part", 5),
        (1989, 2026, "B", 1),
        (1735, 1792, "Western Europe", 5),
        (1791, 1983, "A constant", 10),
        (1791, 1983, "Southern and eastern part", 10),
        (800, 2026, "Southern and eastern part", 100),
        (1000, 9999, "Southern and eastern part", 500),
    ],
)
def test_a_dot_of_a_grid_is_seen_and_the_years_are_whole_whatever_the_span(
    first: int, last: int, name: str, span: int
) -> None:
    assert years_a_column({first, last}, [name]) == span
    cells = {year // span * span: (count, "x") for year, count in ((first, 1), (last, 9))}
    drawn = grid([GridRow(name, cells)], span)
    below = [each for each in TEXT.findall(drawn.marks) if each[4].isdigit() and "axis" in each[0]]

    assert min(float(radius) for radius in re.findall(r' r="([^"]+)"', drawn.marks)) >= 2
    assert len(below) >= 2
    assert all(17 <= float(x) <= drawn.width - 17 for _, x, _, _, _ in below)
    gaps = pairwise(below)
    assert all(abs(float(one[1]) - float(other[1])) >= 35 for one, other in gaps)
    assert span == 1 or all(int(year) % span == 0 for *_, year in below)


def test_a_grid_of_many_years_says_which_years_a_column_is(harbour: Path) -> None:
    tell(richer(harbour), "[[grid operations by=edition]]")
    path = harbour / "content/operations/beacon-2007.md"
    change(path, ("start: 2007", "start: 1812"))
    text = "grid operations by=edition"
    block = blocks_of(build.load(harbour), "explainers/accord.md", f"[[{text}]]", "explainers")[text]

    assert isinstance(block, Graphic)
    assert block.notes == ("A column is 10 years: 1810 stands for 1810 to 1819.",)
    assert block.alternative.startswith("Dots by span of years: ")
    assert isinstance(block.drawing, Chart)
    assert [row[1] for row in block.table.rows if row[0] == "IV"] == ["1812"]


def test_text_is_twelve_pixels_on_a_phone() -> None:
    assert all(drawn.width <= WIDTH and SIZE * 358 / drawn.width >= 12 for drawn in DRAWN.values())


@pytest.mark.parametrize(
    ("values", "unit"), [([500, 350, 94], 1), ([1200], 1), ([1201], 2), ([5000], 5), ([86_200_000], 100_000)]
)
def test_a_dot_stands_for_as_few_as_there_is_room_for(values: list[float], unit: int) -> None:
    assert scale(values) == unit


@pytest.mark.parametrize(
    ("values", "place"),
    [
        (["0", "3"], None),
        (["0"], None),
        (["1", "2.5"], None),
        (["3", "-1.6"], 1),
        (["0.2", "3"], 0),
        (["3", "0.004"], 1),
        (["5000", "5"], None),
        (["5000", "4"], 1),
    ],
)
def test_a_number_that_dots_would_show_as_another_is_found(values: list[str], place: int | None) -> None:
    wrong = undrawn(list(map(Decimal, values)))

    assert (wrong and wrong[0]) == place
    assert wrong is None or not wrong[1].endswith(".")


def test_of_zero_there_is_no_dot_and_the_next_row_has_its_place() -> None:
    drawn = units([UnitRow("None", "0", 0, exact=True), UnitRow("Two", "2", 2, exact=True)], 1)

    assert drawn.marks.count('class="units"') == 1
    assert ">None<" in drawn.marks
    assert drawn.height > units([UnitRow("Two", "2", 2, exact=True)], 1).height


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("-1.6", "has -1.6 for 'offset', which dots cannot show; expected zero or more"),
        ("0.00000004", "has 0.00000004 for 'offset', which dots cannot show; expected zero, or 1 at least"),
    ],
)
def test_dots_that_would_say_what_is_false_are_refused(value: str, says: str, harbour: Path) -> None:
    measures = harbour / "content/measures.yml"
    offset = MEASURE.replace("members", "offset").replace("groups", "length, least: -9")
    measures.write_text(measures.read_text(encoding="utf-8") + offset, encoding="utf-8")
    for ident, number in (("2001", "3"), ("2003", value)):
        figure = f"figures:\n  - {{measure: offset, value: {number}, cite: [log-2001]}}\n"
        change(harbour / f"content/operations/beacon-{ident}.md", ("figures:\n", figure))
    at, message = refused(build.load(harbour), "units operations/beacon-2001 operations/beacon-2003 offset")

    assert message.startswith(f"operations/beacon-2003 {says}")
    assert message.endswith("; leave it out, or write figure instead")
    assert at == 31


def test_a_dossier_in_other_languages_has_blocks_in_its_words(tmp_path: Path) -> None:
    root = tmp_path / "ozone"
    shutil.copytree(TESTS / "dossiers" / "ozone", root, ignore=shutil.ignore_patterns("docs", "site", ".cache"))
    path = root / "content/chemicals/azurane-12.md"
    said = "[[= chemicals/azurane-12 consommation]]\n\n[[strip chemicals by=id]]\n\n[[table decisions columns=when]]\n"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{said}", encoding="utf-8")
    made = page_of(build.load(root), "chemicals/azurane-12.md")["chemicals/azurane-12.md"]

    assert "À égalité" in made
    assert "| Décision | Période |" in made


def test_editors_programs_offer_every_kind_of_block() -> None:
    offered = json.loads(editor_schemas.snippets(KINDS))

    assert set(FORMS) == set(RESOLVERS)
    assert offered["Block: value"]["body"][0].startswith("[[= ${1|")
    assert offered["Block: tally"]["body"] == ["[[tally ${1:tally}]]"]
    assert "operations" in offered["Block: map"]["body"][0]
