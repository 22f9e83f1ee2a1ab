"""Charts and maps: their numbers are the records', and what they draw is safe and always the same."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from explainer import build
from explainer.base.language import Language, catalogue
from explainer.base.problems import ContentError
from explainer.base.values import Dates, country_codes
from explainer.figures import bars, csv_tables, draw, outlines, over_time, pairs, projection, swatches, world
from explainer.figures.graphic import Chart, Graphic, Map, Matrix, Spot, Table, shades, steps
from explainer.kinds.country import Country
from explainer.library.groups import family_name
from explainer.library.library import Library
from explainer.library.totals import tallied
from explainer.outputs.search_files import SearchText
from explainer.outputs.search_texts import of_lazy_page
from explainer.pages.charts import partner_matrix, tally_bars, terms_of_office
from explainer.pages.composers import compose
from explainer.pages.render import outputs
from explainer.records.dossier import Tally
from tests import synthetic
from tests.conftest import change
from tests.kinds_of_dossier import Operation, operation_charts

TAGS = {"svg", "title", "desc", "g", "rect", "line", "polyline", "polygon", "circle", "text", "path", "a"}
HOSTILE = "\"><script>alert(1)</script> *a* [b](c) {: .d } & 'e'"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A made-up dossier of a thousand records, which has every kind of figure but lines."""
    root = synthetic.write(1000, tmp_path_factory.mktemp("figures"))
    settings = root / "content/site.yml"
    measure = synthetic.cast(1000).ids["measures"][0]
    tallies = [
        {"id": "by-year", "title": "By year", "of": "operations", "by": "year", "measure": measure},
        {"id": "by-family", "title": "By family", "of": "operations", "by": "family", "measure": measure},
        {"id": "by-goal", "title": "By goal", "of": "operations", "by": "goals"},
    ]
    settings.write_text(settings.read_text(encoding="utf-8") + f"tallies: {tallies!r}\n", encoding="utf-8")
    return build.load(root)


@pytest.fixture(scope="module")
def every(library: Library) -> list[Graphic]:
    """Every figure of that dossier, once."""
    found = {graphic.id: graphic for page in compose(library) for graphic in page.composed().graphics}
    return list(found.values())


@pytest.fixture(scope="module")
def published(library: Library) -> Mapping[str, bytes]:
    """Path -> bytes of every output of that dossier."""
    return {output.path: output.data for output in outputs(library, compose(library))}


@pytest.fixture
def members(harbour: Path) -> Path:
    """The harbour dossier, where an organisation has four figures of one measure."""
    figures = (
        "figures:\n"
        "  - {measure: members, value: 40, date: '2001', cite: [log-2001]}\n"
        "  - {measure: members, value: 44, date: 2003-04, comparator: nearly, cite: [log-2001]}\n"
        "  - {measure: members, value: 46, high: 52, date: 2006-05-06, cite: [log-2001]}\n"
        "  - {measure: members, value: 61, date: 2010-05, cite: [log-2001]}\n"
    )
    change(harbour / "content/organisations/union.md", ("founded: ", f"{figures}founded: "))
    measures = harbour / "content/measures.yml"
    text = measures.read_text(encoding="utf-8")
    measures.write_text(
        f"{text}- {{id: members, name: members, counts: groups, behaves: level, unit: harbours, says: members}}\n",
        encoding="utf-8",
    )
    return harbour


def chart(*, label: str = "A", value: float = 3) -> Chart:
    """A small chart."""
    return bars.lying([bars.Bar(label, value, f"{value:g}"), bars.Bar("B", 2, "about 2", exact=False)])


def graphic(drawing: Chart | Map, title: str = "A title") -> Graphic:
    """A figure with a drawing and no data."""
    return Graphic("x", title, "What it shows.", drawing, Table(("country",), ()), ("operation",), 2)


def parsed(text: str) -> ET.Element:
    """An SVG text as elements."""
    return ET.fromstring(text)  # noqa: S314 - made here


def texts(text: str) -> list[str]:
    """What an SVG text shows as text."""
    return [element.text or "" for element in parsed(text).iter("text")]


def rows(made: Mapping[str, bytes], path: str) -> list[dict[str, str]]:
    """The CSV of a figure as it is published."""
    return list(csv.DictReader(io.StringIO(made[path].decode("utf-8-sig"), newline="")))


def test_the_synthetic_dossier_has_every_kind_of_figure(every: list[Graphic]) -> None:
    kinds = {re.sub(r"operation-\d+.*|operation-.*-countries", "operation-map", item.id) for item in every}

    assert {
        "operations-by-country",
        "operations-by-year",
        "operation-map",
        "results-by-year",
        "results-by-family",
        "results-by-goal",
        "goals-and-sdgs",
        "people-in-office",
        "organisations-together",
    } <= kinds


def test_a_drawing_is_the_same_every_time_and_holds_nothing_that_a_policy_forbids(every: list[Graphic]) -> None:
    for item in every[:20] + every[-60:]:
        text = draw.draw(item)

        assert draw.draw(item) == text
        if text:
            check_svg(text, item.id)


def test_the_alternative_of_a_drawing_is_neither_its_finding_nor_its_caption_again(every: list[Graphic]) -> None:
    drawn = [item for item in every if not isinstance(item.drawing, Matrix)]
    said = [parsed(draw.draw(item)).get("aria-label") for item in drawn if item.table.rows]

    assert said == [item.alternative for item in drawn if item.table.rows]
    assert [item.id for item in drawn if item.table.rows and not item.alternative] == []
    assert [item.id for item in drawn if item.alternative in {item.title, item.says, item.title.strip(".")}] == []


def test_no_page_shows_the_marks_that_name_a_class(published: Mapping[str, bytes]) -> None:
    pages = {path: data.decode() for path, data in published.items() if path.endswith(".md")}
    alone = re.compile(r"\n[ \t]*\n[ \t]*\{ ?[.#][^}]*\}")

    assert [path for path, text in pages.items() if alone.search(text)] == []


def test_the_title_of_a_figure_of_a_tally_is_what_it_finds(every: list[Graphic]) -> None:
    titles = [item.title for item in every if item.id.startswith("results-")]

    assert titles
    assert all(title.endswith(("highest here", "highest of any year here", "all equal")) for title in titles)


def check_svg(text: str, ident: str) -> None:
    """Well-formed, one line, named, no colour of its own, and no style, script, address or foreign id.

    The patterns of steps, for readers whose system chooses the colours, stand on the page.
    """
    text = re.sub(r'(class="step-(\d)") fill="url\(#x-step-\2\)"', r"\1", text)
    root = parsed(text)
    elements = list(root.iter())
    assert "\n" not in text
    links = [element for element in elements if element.tag == "a"]
    addresses = [link.attrib.pop("href") for link in links]
    attributes = {(name, value) for element in elements for name, value in element.items()}

    assert root.get("role") == (None if links else "img")
    assert all(re.fullmatch(r"(\.\./)*([a-z0-9-]+/)*(#[a-z0-9-]+)?", address) for address in addresses)
    assert [element.get("id") for element in elements if element.get("id")] == (
        root.get("aria-labelledby") or ""
    ).split()
    assert all(value.startswith(f"figure-{ident}-") for name, value in attributes if name == "id")
    assert {element.tag for element in elements} <= TAGS
    assert not {name for name, _ in attributes} & {
        "fill",
        "stroke",
        "style",
        "href",
        "{http://www.w3.org/1999/xlink}href",
    }
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert not re.search(r"url\(|https?:", text)


def test_a_chart_is_small(every: list[Graphic]) -> None:
    sizes = {item.id: len(gzip.compress(draw.draw(item).encode())) for item in every if isinstance(item.drawing, Chart)}

    assert {ident: size for ident, size in sizes.items() if size > 8_000} == {}


def test_a_map_of_the_world_is_small(library: Library) -> None:
    spots = {code: Spot(1, country.name) for country in library.all(Country) if (code := country.id)}
    text = draw.draw(graphic(Map(spots, {}, whole=True)))

    assert len(gzip.compress(text.encode())) < 25_000


def test_a_hostile_name_is_only_text() -> None:
    for text in (
        draw.draw(graphic(chart(label=HOSTILE[:50]), title=HOSTILE)),
        draw.draw(graphic(Map({"TD": Spot(1, HOSTILE)}, {"NE": HOSTILE}), title=HOSTILE)),
        f"<svg>{swatches.swatch('exact', HOSTILE)}</svg>",
    ):
        tags = {element.tag for element in parsed(text).iter()}

        assert tags <= TAGS
        assert "<script" not in text


def test_a_hostile_name_stays_text_on_a_built_page(harbour: Path) -> None:
    change(
        harbour / "content/operations/beacon-2001.md",
        ("name: Operation Beacon\n", f"name: '{HOSTILE.replace(chr(39), chr(39) * 2)}'\n"),
    )
    library = build.load(harbour)
    made = {output.path: output.data.decode() for output in outputs(library, compose(library))}
    page = made["operations/beacon-2001.md"].split("\n---\n", 1)[1]
    drawn = re.findall(r"<svg.*?</svg>", page)

    assert drawn
    assert "<script" not in page
    assert all(parsed(text).get("aria-label") for text in drawn)


def test_the_map_of_all_operations_counts_what_the_records_say(
    library: Library, published: Mapping[str, bytes]
) -> None:
    counts = Counter(code for item in library.all(Operation) for code in set(item.countries))
    (made,) = operation_charts.countries_in_operations(library)
    named = {str(row["code"]): int(row["operations"]) for row in rows(published, made.csv)}

    assert named == counts
    telling = sum(bool(item.countries) for item in library.all(Operation))
    every = len(library.all(Operation))
    assert (f"; of {every:,} operations {telling:,} name a country" in made.says) is (telling < every)
    assert isinstance(made.drawing, Map)
    assert {code: spot.says.rpartition(": ")[2] for code, spot in made.drawing.spots.items()} == {
        code: f"{number:,}" for code, number in counts.items()
    }


def test_no_figure_calls_a_number_exact_because_its_source_does_not_qualify_it(
    every: list[Graphic], published: Mapping[str, bytes]
) -> None:
    exact = re.compile(r"\bexact", re.IGNORECASE)
    said = [
        text for item in every for text in (item.title, item.says, *item.notes, *(key.label for key in item.legend))
    ]
    tables = [published[item.csv].decode() for item in every]

    assert any("unqualified" in table for table in tables)
    page = re.sub(r"<[^>]+>", "", published["results/index.md"].decode())  # marks have classes of that name
    assert [text for text in (*said, *tables, page) if exact.search(text)] == []


def test_the_bars_of_a_tally_are_the_rows_of_the_tally(library: Library, published: Mapping[str, bytes]) -> None:
    for tally in library.dossier.tallies:
        item = tallied(library, tally)
        (made,) = tally_bars.of_tally(library, item)
        expected = [
            row.value if item.measure else len(row.records) for row in item.rows if row.parts or not item.measure
        ]
        key = "value" if item.measure else "records"

        assert [Decimal(row[key]) for row in rows(published, made.csv)] == expected


def test_the_largest_bar_of_each_tally_answers_a_search(library: Library) -> None:
    recipe = next(page for page in compose(library) if page.path == "results/index.md")
    text = SearchText.of_line(of_lazy_page(library, recipe).partition(" ")[2])
    year, family, goal = text.rankings
    measure = tallied(library, library.dossier.tallies[0]).measure

    assert measure
    assert (year.part, year.groups, year.counts, year.unit) == ("by-year", ["Year"], measure.name, measure.unit)
    assert (family.title, family.of, goal.counts, goal.unit) == ("By family", "operations", "operations", "")
    for ranking, tally, said in zip(text.rankings, library.dossier.tallies, text.said, strict=True):
        (made,) = tally_bars.of_tally(library, tallied(library, tally))
        assert (said.asks, said.says) == (f"#{ranking.part}", made.title)


def test_a_bar_that_is_qualified_is_hollow_and_says_so(library: Library) -> None:
    item = tallied(library, next(tally for tally in library.dossier.tallies if tally.id == "by-family"))
    measured = item.measure
    (made,) = tally_bars.of_tally(library, item)
    qualified = [row for row in made.table.rows if row[2]]
    drawn = draw.draw(made)

    assert measured
    assert [row[2] for row in made.table.rows] == [row.comparator.qualifier for row in item.rows if row.parts]
    assert drawn.count('class="inexact"') == min(len(qualified), bars.MOST)


def test_a_line_has_hollow_points_where_a_figure_is_not_exact(members: Path) -> None:
    library = build.load(members)
    page = next(page for page in compose(library) if page.path == "organisations/union.md")
    (made,) = page.composed().graphics
    drawn = draw.draw(made)
    told = rows({made.csv: csv_tables.csv(made.table)}, made.csv)

    assert [(row["date"], row["value"], row["high"], row["qualifier"]) for row in told] == [
        ("2001", "40", "", ""),
        ("2003-04", "44", "", "nearly"),
        ("2006-05-06", "46", "52", ""),
        ("2010-05", "61", "", ""),
    ]
    assert drawn.count('<circle class="hollow"') == 2
    assert drawn.count('<circle class="exact"') == 2
    assert {"40", "≈44", "46–52", "61"} <= set(texts(drawn))


def test_with_two_dated_figures_there_is_no_line(members: Path) -> None:
    text = (members / "content/organisations/union.md").read_text(encoding="utf-8")
    fewer = "".join(
        line for line in text.splitlines(keepends=True) if "value: 46" not in line and "value: 61" not in line
    )
    (members / "content/organisations/union.md").write_text(fewer, encoding="utf-8")
    library = build.load(members)

    assert next(page for page in compose(library) if page.path == "organisations/union.md").composed().graphics == ()


def test_a_scale_that_does_not_begin_at_zero_is_owned_up_to() -> None:
    def moments(*values: float) -> list[over_time.Moment]:
        return [over_time.Moment(Dates.read(f"200{n}"), value, str(value)) for n, value in enumerate(values)]

    assert over_time.scale(moments(10, 50, 90))[0] == 0
    assert over_time.scale(moments(190, 194, 196))[0] > 0


def test_under_every_map_stands_the_note_on_designations(harbour: Path) -> None:
    note = "Names follow the log; they say nothing about the status of a harbour."
    settings = harbour / "content/site.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"designations: {note}\n", encoding="utf-8")
    library = build.load(harbour)
    pages = [output.data.decode() for output in outputs(library, compose(library)) if output.path.endswith(".md")]
    maps = [
        figure
        for page in pages
        for figure in re.findall(r'<figure class="figure figure-map".*?</figure>', page, re.DOTALL)
    ]

    assert len(maps) == 2
    assert all(note in figure for figure in maps)


def test_a_country_that_no_map_shows_is_not_drawn_and_named() -> None:
    drawing = Map({"AQ": Spot(1, "Antarctica"), "MT": Spot(1, "Malta"), "TD": Spot(1, "Chad")}, {})
    text = world.draw(drawing)

    assert world.undrawn(drawing) == ("AQ",)
    assert '<circle class="step-1"' in text
    assert "Antarctica" not in text


@pytest.mark.parametrize("level", ["world", "part"])
def test_every_country_and_territory_but_antarctica_has_an_outline(level: str) -> None:
    drawn = outlines.outlines(level)

    assert set(country_codes()) - drawn.lands.keys() == {"AQ"}
    assert not [code for code, land in drawn.lands.items() if not land.rings]


def test_neighbours_share_the_points_of_their_border() -> None:
    def points(code: str) -> set[tuple[float, float]]:
        return {point for ring in outlines.outlines("part").lands[code].rings for point in ring}

    assert len(points("TD") & points("NE")) > 5
    assert len(points("HU") & points("RS")) > 5
    assert not points("TD") & points("HU")


def test_a_map_of_a_part_is_cut_at_its_edges() -> None:
    drawing = Map({"HU": Spot(4, "Hungary"), "RS": Spot(4, "Serbia")}, {})
    width, height = world.size(drawing)
    for path in re.findall(r' d="(M[^"]+)"', world.draw(drawing)):
        for outline in filter(None, path.split("M")):
            start, _, steps = outline.removesuffix("z").partition("l")
            x, y = map(int, start.split())
            ways = list(map(int, re.findall(r"-?\d+", steps)))
            for dx, dy in [(0, 0), *zip(ways[::2], ways[1::2], strict=True)]:
                x, y = x + dx, y + dy
                assert -5 <= x <= width + 5
                assert -5 <= y <= height + 5


def test_small_islands_are_drawn_again_in_an_inset_where_several_are_marked() -> None:
    islands = {code: Spot(1, code) for code in ("BB", "DM", "KN")}

    assert world.draw(Map(islands, {}, whole=True)).count("<svg") == 1
    assert "<svg" not in world.draw(Map({"BR": Spot(1, "Brazil")}, {}, whole=True))


def test_no_country_lies_beneath_an_inset() -> None:
    whole = Map({code: Spot(1, code) for code in country_codes()}, {}, whole=True)
    frames = [
        tuple(map(int, found))
        for found in re.findall(r'<svg x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', world.draw(whole))
    ]
    beneath = {
        code
        for code, land in outlines.outlines("world").lands.items()
        for x, y in [*(point for ring in land.rings for point in ring), land.point]
        for left, top, width, height in frames
        if left < x < left + width and top < y < top + height
    }

    assert len(frames) == 2
    assert beneath == set()


def test_a_map_of_the_world_with_less_detail_has_the_same_insets_and_one_of_half_the_size_has_none() -> None:
    islands = Map({code: Spot(1, code) for code in ("BB", "DM", "KN")}, {}, whole=True)
    full, light, coarse, small = (
        world.draw(each)
        for each in (islands, replace(islands, light=True), replace(islands, coarse=True), replace(islands, small=True))
    )

    assert [each.count("<svg") for each in (full, light, coarse, small)] == [1, 1, 1, 0]
    assert len(coarse) == len(light) < len(full)  # of a part, the light one has more


@pytest.mark.parametrize(("codes", "far"), [(("ZA", "EG", "GB"), True), (("BE", "NL"), False)])
def test_a_map_with_less_detail_is_finer_only_where_it_is_near(codes: tuple[str, ...], far: bool) -> None:
    light = Map({code: Spot(1, code) for code in codes}, {}, light=True)

    assert (world.draw(light) == world.draw(replace(light, coarse=True))) is far


def test_every_inset_lies_within_the_map() -> None:
    drawing = Map({code: Spot(1, code) for code in country_codes()}, {}, whole=True)
    width, height = world.size(drawing)
    frames = re.findall(r'<svg x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', world.draw(drawing))

    assert len(frames) == 2
    assert all(int(x) + int(w) <= width and int(y) + int(h) <= height for x, y, w, h in frames)


@pytest.mark.parametrize(("codes", "expected"), [(("SD",), True), (("IN", "PK"), True), (("BR", "PY"), False)])
def test_a_border_that_is_not_settled_is_dashed(codes: tuple[str, ...], expected: bool) -> None:
    drawing = Map({code: Spot(4, code) for code in codes}, {})

    assert world.has_unsettled(drawing) is expected
    assert ('class="unsettled"' in world.draw(drawing)) is expected


def test_a_map_shows_the_part_of_the_world_that_it_is_about() -> None:
    part = world.draw(Map({"TD": Spot(1, "Chad"), "NE": Spot(1, "Niger")}, {}))
    whole = world.draw(Map({"TD": Spot(1, "Chad"), "AU": Spot(1, "Australia")}, {}))

    assert "<title>New Zealand</title>" not in part
    assert "<title>New Zealand</title>" in whole


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected"),
    [(0, 0, 480), (180, 0, 960), (-180, 0, 0)],
)
def test_the_projection_fills_the_width(longitude: float, latitude: float, expected: float) -> None:
    assert projection.project(longitude, latitude)[0] == pytest.approx(expected)


def test_the_projection_keeps_areas() -> None:
    def area(latitude: float) -> float:
        (x1, y1), (x2, y2) = projection.project(0, latitude - 0.05), projection.project(0.1, latitude + 0.05)
        return abs((x2 - x1) * (y2 - y1))

    assert area(60) / area(0) == pytest.approx(0.5, rel=0.01)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a", "a"),
        ('a, "b"', '"a, ""b"""'),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        (" =1", "' =1"),
        (-5, "-5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("4.50"), "4.50"),
        (None, '""'),  # alone in its line, which would be an empty one
        ("Épée", "Épée"),
    ],
)
def test_a_cell_of_a_csv(written: str | int | Decimal | None, expected: str) -> None:
    assert csv_tables.csv(Table(("group",), ((written,),))).decode() == f"{csv_tables.BOM}group\r\n{expected}\r\n"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1], [(1, 1)]),
        ([3, 1, 2], [(1, 1), (2, 2), (3, 3)]),
        (range(1, 9), [(1, 1), (2, 2), (3, 4), (5, 8)]),
        ([1, 2, 3, 4, 100], [(1, 4), (100, 100)]),
    ],
)
def test_counts_fall_into_few_classes(values: list[int], expected: list[tuple[int, int]]) -> None:
    assert list(steps(values)) == expected
    assert len(shades(len(expected))) == len(expected)


def test_a_matrix_of_pairs_holds_each_count_once_in_the_language_of_the_page() -> None:
    french = Language({**catalogue("en"), "locale": "fr"})
    drawn = draw.draw(graphic(pairs.pairs(["A", "B", "C"], {(0, 1): 11, (1, 2): 2200}, french.number)))

    assert sorted(texts(drawn)) == ["11", "2\u202f200", "A", "B", "C"]


def test_a_long_name_in_a_matrix_of_pairs_has_two_lines_where_there_is_room_and_is_else_cut() -> None:
    long, short = "Foundation for Safer Harbours", [f"N{place}" for place in range(7)]
    one = texts(draw.draw(graphic(pairs.pairs([*short, long, "M", "E"], {(0, 1): 3}, str))))
    two = texts(draw.draw(graphic(pairs.pairs([*short, long, long, "E"], {(0, 1): 3}, str))))

    assert {"Foundation for Safer", "Harbours"} <= {*one}
    assert not [said for said in one if said.endswith("…")]
    assert [said for said in two if said.endswith("…")] == ["Foundation for Safer…"]


def test_the_chart_of_offices_counts_people_and_what_it_leaves_out_in_the_right_number(harbour: Path) -> None:
    office = "  - {title: Keeper, organisation: guild, cite: [log-2001]"
    roles = "\n".join(["roles:", *(f"{office}, start: '{year}'}}" for year in (2001, 2002, 2003)), f"{office}}}"])
    (harbour / "content/people/ada-quay.md").write_text(
        f"---\nid: ada-quay\nname: Ada Quay\nsummary: A keeper.\n{roles}\n---\n", encoding="utf-8"
    )
    library = build.load(harbour)
    (made,) = terms_of_office.people_in_office(library)

    assert made.title == "In office today: Ada Quay"
    assert made.says == "Who held which office, and when: 3 terms of 1 person between 2001 and 2003."
    assert made.notes == ("1 more, in the table, has no dates or belongs to no organisation here.",)
    assert [key.swatch for key in made.legend] == ["today", "past", "vague", "open"]


def test_whose_end_is_not_known_is_not_in_office_today_in_the_chart(harbour: Path) -> None:
    office = "  - {organisation: union, cite: [log-2001], title:"
    (harbour / "content/people/ada-quay.md").write_text(
        f"---\nid: ada-quay\nname: Ada Quay\nsummary: A keeper.\nroles:\n{office} Keeper, start: '2001', last_known: 2003-04}}\n"
        f"{office} Clerk, last_known: '1999'}}\n{office} Cook, start: '1998', end: '1999'}}\n---\n",
        encoding="utf-8",
    )
    (made,) = terms_of_office.people_in_office(build.load(harbour))

    assert made.title == "3 terms of office of 1 person, none known to go on"
    assert made.table.columns[-1] == "last-known"
    assert [row[-1] for row in made.table.rows] == ["2003-04", "1999", None]
    assert "Ada Quay: from 2001, last known April 2003" in draw.draw(made)


def test_the_chart_of_offices_of_old_ends_with_them_and_has_no_mark_of_today(harbour: Path) -> None:
    office = "  - {title: Keeper, organisation: guild, cite: [log-2001]"
    roles = "\n".join(f"{office}, start: '{year}', end: '{year + 20}'}}" for year in (1735, 1755, 1778))
    for path in (harbour / "content/people").glob("*.md"):
        path.unlink()
    (harbour / "content/people/ada-quay.md").write_text(
        f"---\nid: ada-quay\nname: Ada Quay\nsummary: A keeper.\nroles:\n{roles}\n---\n", encoding="utf-8"
    )
    (made,) = terms_of_office.people_in_office(build.load(harbour))

    assert made.title == "3 terms of office of 1 person, none known to go on"
    assert [key.swatch for key in made.legend] == ["past", "vague", "open"]
    assert [text for text in texts(draw.draw(made)) if text.isdigit()] == ["1740", "1760", "1780"]


def test_who_works_with_whom_counts_operations_and_agreements(library: Library) -> None:
    (made,) = partner_matrix.who_works_with_whom(library)
    for row in made.table.rows:
        operations, agreements, together = (int(str(cell)) for cell in row[2:])

        assert operations + agreements == together
    assert any("15" in note for note in made.notes)


@pytest.mark.parametrize(
    ("family", "names", "expected"),
    [
        ("30-days-at-sea", ["Operation 30 Days at Sea 2.0", "Operation 30 Days at Sea"], "30 Days at Sea"),
        ("epervier", ["Operation Épervier"], "Épervier"),
        ("pandora", ["Operation Athena and Pandora", "Operation PANDORA V", "Operation Pandora"], "Pandora"),
        ("trigger", ["Operation Triggered"], "Trigger"),
        ("trigger", ["Operation Triggered", "Operation Triggers"], "Trigger"),
        ("figure-of-the-rope", ["Lapland"], "Figure of the rope"),
        ("figure-of-the-rope", ["Lapland", "Lapland II"], "Figure of the rope"),
        ("strasse", ["Aktion Straße"], "Straße"),
    ],
)
def test_a_family_is_called_what_its_records_are_called(
    harbour: Path, family: str, names: list[str], expected: str
) -> None:
    record = build.load(harbour).all(Operation)[0]

    assert family_name(family, [record.model_copy(update={"name": name}) for name in names]) == expected


def test_families_are_groups_of_a_tally(harbour: Path) -> None:
    library = build.load(harbour)
    found = tallied(library, Tally(id="x", title="X", of="operations", by="family"))

    assert [(row.label, len(row.records)) for row in found.rows] == [("Beacon", 2)]


@pytest.mark.parametrize(
    ("name", "others", "label"),
    [
        ("Light of 2003", "Beacons", None),
        ("Light of 2003", "Sea Torch", "Sea Torch"),
        ("Sea Torch II", "x", "Sea Torch"),
    ],
)
def test_a_family_of_one_record_is_a_group_only_under_a_name_that_the_record_states(
    harbour: Path, name: str, others: str, label: str | None
) -> None:
    change(
        harbour / "content/operations/beacon-2003.md",
        ("name: Operation Beacon II\nfamily: beacon", f"name: {name}\nother_names: [{others}]\nfamily: sea-torch"),
    )
    found = tallied(build.load(harbour), Tally(id="x", title="X", of="operations", by="family"))

    assert {row.label for row in found.rows} == {"Beacon", label} - {None}
    assert found.ungrouped == (label is None)


def test_the_data_of_a_figure_is_written_and_goes_with_it(members: Path) -> None:
    path = members / "docs/data/figures/organisation-union-members.csv"
    build.generate(members)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfwhen,date,value,high,qualifier,certainty,unit\r\n")

    change(
        members / "content/organisations/union.md", ("measure: members, value: 61", "measure: boats-found, value: 61")
    )
    change(
        members / "content/organisations/union.md", ("measure: members, value: 46", "measure: boats-found, value: 46")
    )
    build.generate(members)

    assert not path.exists()


def test_a_csv_that_was_changed_by_hand_stops_the_run(members: Path) -> None:
    build.generate(members)
    path = members / "docs/data/figures/organisation-union-members.csv"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(ContentError, match="1 problems"):
        build.generate(members)
    assert path.read_text(encoding="utf-8") == "mine"
