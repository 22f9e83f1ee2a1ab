"""What makes a drawing right at a glance: names beside their marks, numbers in reach of them, no specks, nothing cut through."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from explainer.figures import bars, world
from explainer.figures.diagram import Arrow, BoxNode, diagram
from explainer.figures.graphic import Chart, Graphic, Map, Spot, Table
from explainer.figures.in_time import GridRow, Lane, grid, lanes
from explainer.figures.pairs import pairs
from explainer.figures.stacks import BarPart, One, Parted, Stack, parted, strip
from explainer.figures.standalone import balanced, wrapped
from explainer.figures.svg import WIDTH, beside, rect, reserve
from explainer.outputs.cards import card
from explainer.pages.card_text import CardText
from tests.conftest import PROJECT

SHEET = (PROJECT / "scripts/theme/assets/figures.css").read_text(encoding="utf-8")
CORNER = re.compile(r"-?\d+")


def elements(marks: str, tag: str) -> list[ET.Element]:
    """The elements of a drawing that are called so."""
    return list(ET.fromstring(f"<svg>{marks}</svg>").iter(tag))  # noqa: S314 - made here


def number(element: ET.Element, key: str) -> float:
    return float(element.attrib[key])


SHORT, LONG = ["Nets", "Lamps and ropes"], ["Nets", "Lamps, ropes and everything else on board"]
DRAWN = {
    "lying": lambda names: bars.lying([bars.Bar(name, 3, "3") for name in names]),
    "parted": lambda names: parted([Parted(name, "3", (BarPart(3, "exact", ""),)) for name in names]),
    "strip": lambda names: strip([Stack(name, "3", (One("a"), One("b"), One("c"))) for name in names]),
}


@pytest.mark.parametrize("kind", DRAWN)
def test_names_stand_before_their_marks_where_all_are_short_and_above_them_otherwise(kind: str) -> None:
    near, apart = DRAWN[kind](SHORT), DRAWN[kind](LONG)
    (name, *_), (mark, *_) = elements(near.marks, "text"), elements(near.marks, "rect")
    (above, *_), (below, *_) = elements(apart.marks, "text"), elements(apart.marks, "rect")

    assert number(mark, "x") >= beside(SHORT) > len(SHORT[1]) * 7
    assert number(mark, "y") < number(name, "y") < number(mark, "y") + number(mark, "height")
    assert number(above, "y") < number(below, "y")
    assert number(below, "x") <= 1
    assert near.height < apart.height * 0.7


@pytest.mark.parametrize(
    "told", [("1,000", "900"), ("1,000", "more than 900 and less than 950"), ("more than 1,000", "1")]
)
def test_bars_are_as_long_as_the_room_behind_them_allows(told: tuple[str, str]) -> None:
    drawn = bars.lying([bars.Bar("A", 1000, told[0]), bars.Bar("B", 900, told[1])])
    ends = [
        number(bar, "x") + number(bar, "width") + reserve([said])
        for bar, said in zip(elements(drawn.marks, "rect"), told, strict=True)
    ]

    assert max(ends) == pytest.approx(WIDTH, abs=0.2)


def test_the_highest_column_of_a_lane_says_its_number_and_the_last_of_several_does() -> None:
    drawn = lanes([Lane("Nets", "9", {2001: 4, 2005: 4, 2009: 1}, "4")])
    columns = [item for item in elements(drawn.marks, "rect") if item.get("class") == "exact"]
    (told,) = [item for item in elements(drawn.marks, "text") if item.text == "4"]

    assert number(told, "x") == pytest.approx(number(columns[1], "x") + number(columns[1], "width") / 2, abs=0.2)
    assert number(told, "y") < number(columns[1], "y")


@pytest.mark.parametrize("code", ["KR", "JP", "TD", "ID", "FR"])
def test_a_map_of_a_part_has_a_frame_and_no_island_that_looks_like_a_speck(code: str) -> None:
    drawn = world.draw(Map({code: Spot(4, code)}, {}))
    islands = [part for path in elements(drawn, "path") for part in re.findall(r"M[^M]*z", path.attrib["d"])[1:]]

    assert 'class="rim"' in drawn
    assert [part for part in islands if _extent(part) < 3] == []


def _extent(outline: str) -> int:
    """The longer side of an outline in relative steps."""
    steps = [int(step) for step in CORNER.findall(outline)]
    at, seen = (steps[0], steps[1]), [(steps[0], steps[1])]
    for x, y in zip(steps[2::2], steps[3::2], strict=True):
        at = (at[0] + x, at[1] + y)
        seen.append(at)
    across, down = ([corner[axis] for corner in seen] for axis in (0, 1))
    return max(max(across) - min(across), max(down) - min(down))


def test_a_map_of_the_world_has_no_frame() -> None:
    assert 'class="rim"' not in world.draw(Map({"TD": Spot(4, "Chad")}, {}, whole=True))


def test_an_arrow_arrives_from_above_however_far_aside_it_began() -> None:
    nodes = [BoxNode(name, name) for name in "abcd"]
    drawn = diagram(nodes, [Arrow("a", "d", 1), Arrow("b", "d", 2), Arrow("c", "d", 3)])
    ways = [re.findall(r"[\d.]+", path.attrib["d"]) for path in elements(drawn.marks, "path")]

    assert len(ways) == 3
    assert len({way[0] for way in ways}) == 3
    for _, _, _, _, bend, _, tip, _ in ways:
        assert bend == tip


def test_a_number_on_a_mark_is_seen_where_the_system_chooses_the_colours() -> None:
    drawn = (
        diagram([BoxNode("a", "A"), BoxNode("b", "B")], [Arrow("a", "b", 7)]),
        grid([GridRow("A", {2001: (3, "x"), 2002: (1, "y")})]),
    )
    styles = {item.get("class") for chart in drawn for item in elements(chart.marks, "text") if item.text in {"7", "3"}}
    forced = SHEET[SHEET.index("@media (forced-colors: active)") :]

    assert styles == {"on-main"}
    assert re.search(r"\.on-main \{\s+fill: var\(--x-chart-paper\)", SHEET)
    assert "--x-chart-paper: Canvas;" in forced
    assert "--x-chart-main: CanvasText;" in forced


def test_parts_of_a_bar_are_told_apart_by_patterns_too() -> None:
    drawn = parted([Parted("A", "5", (BarPart(3, "step-4", "x"), BarPart(2, "step-2", "y")))])
    one, other = elements(drawn.marks, "rect")

    assert (one.get("fill"), other.get("fill")) == ("url(#x-step-4)", "url(#x-step-2)")
    assert number(one, "x") + number(one, "width") < number(other, "x")


def test_a_pair_that_never_meets_is_a_cell_with_an_outline() -> None:
    drawn = pairs(["A", "B", "C"], {(0, 1): 2}, str)

    assert [item.get("class") for item in elements(drawn.marks, "rect")] == ["cell step-3", "none", "none"]


def _card(height: float, *numbers: tuple[str, str]) -> str:
    drawing = Graphic("one", "A finding", "Says.", Chart(height, rect("exact", 0, 0, 9, 9)), Table((), ()), ("x",), 1)
    return card(CardText("A site", "A title", "", numbers, drawing)).svg


def test_a_drawing_that_goes_on_below_a_card_fades_out_and_one_that_fits_does_not() -> None:
    assert ["linearGradient" in _card(height) for height in (100, 5000)] == [False, True]


def test_an_amount_gets_smaller_on_a_card_before_it_is_cut() -> None:
    amount = "more than USD 400 million"
    (short,), (long,) = (
        [item for item in _texts(_card(100, (told, "seized"))) if item.text == told] for told in ("94", amount)
    )

    assert number(long, "font-size") < number(short, "font-size")


def _texts(drawing: str) -> list[ET.Element]:
    return list(ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314 - made here


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Official: 433 of 824 sources, the most", ["Official: 433 of 824", "sources, the most"]),
        ("Short", ["Short"]),
        ("", []),
    ],
)
def test_no_line_of_a_title_is_left_with_one_word(title: str, lines: list[str]) -> None:
    assert balanced(title, 20, 440) == lines


def test_an_address_breaks_after_a_sign() -> None:
    address = "https://site.example/operations/#figure-operations-together"
    lines = list(wrapped(address, 10, 300))

    assert "".join(lines) == address
    assert len(lines) > 1
    assert all(line[-1] in "/#-" for line in lines[:-1])
