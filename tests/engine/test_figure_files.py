"""Figures as files to take along: they stand alone, say where they come from, and need nothing of the site."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops

from explainer import build
from explainer.figures import standalone as module
from explainer.figures.graphic import TALLEST, Chart, Graphic, Key, Map, Matrix, Spot, Table
from explainer.figures.picture_style import PLAIN, STYLE
from explainer.figures.standalone import WIDTH, Told, alone, standalone
from explainer.figures.svg import group, rect, text
from explainer.figures.swatches import SWATCHES
from explainer.outputs.card_pictures import png
from explainer.outputs.chart_layers import lettered
from tests.conftest import PROJECT

TOLD = Told("Source: A <site> & more", "Licence: free", "https://site.example/page/#figure-one", "en")
MARKS = group(rect("exact", 0, 0, 9, 9) + text("strong", 0, 9, "<b>&"), "../there.md?a=1&b=>", "says <i>")
HOSTILE = '"><script>alert(1)</script>&amp;<a href="x">'
SVG = "{http://www.w3.org/2000/svg}"


def graphic(title: str = "Forty nets", drawing: Chart | Map | Matrix | None = None) -> Graphic:
    return Graphic(
        "one", title, f"It says {title}.", drawing or Chart(50, MARKS, linked=True), Table((), ()), ("term",), 1,
        legend=(Key("exact", title), Key("step-2", "two"), Key("strand-new", "came")),
    )  # fmt: skip


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 - our own text


@pytest.mark.parametrize("title", ["Forty nets", HOSTILE, "word " * 60, "x" * 200, "صيد"])
def test_a_file_is_sound_svg_with_title_source_licence_and_address_as_text_and_nothing_that_leads_away(
    title: str,
) -> None:
    root = parsed(standalone(graphic(title), TOLD))
    words = "".join(element.text or "" for element in root.iter(f"{SVG}text")).replace(" ", "")

    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "g", "text", "path", "circle",
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if "href" in name or name.startswith("on")]
    for told in (title, TOLD.source, TOLD.licence, TOLD.address):
        assert told.replace(" ", "") in words


def test_a_chart_has_a_picture_of_dots_unless_it_has_so_many_rows_that_programs_would_not_take_it() -> None:
    tall = Chart(0, MARKS).width * TALLEST

    assert graphic(drawing=Chart(tall, MARKS)).has_png
    assert not graphic(drawing=Chart(tall + 1, MARKS)).has_png
    assert standalone(graphic(drawing=Chart(tall + 1, MARKS)), TOLD)


def test_a_file_has_a_light_ground_a_plain_font_and_no_variable() -> None:
    drawing = standalone(graphic(), TOLD)

    assert 'fill="#ffffff"' in drawing
    assert 'font-family="sans-serif"' in drawing
    assert "var(" not in drawing
    assert "url(" not in drawing
    assert "@" not in STYLE


def test_the_same_figure_is_the_same_file_twice_and_a_changed_title_changes_it() -> None:
    assert standalone(graphic(), TOLD) == standalone(graphic(), TOLD)
    assert standalone(graphic(), TOLD) != standalone(graphic("Other"), TOLD)


def test_lines_of_a_script_from_right_to_left_begin_at_the_right() -> None:
    root = parsed(standalone(graphic(), Told("s", "l", "a", "ar", from_right=True)))

    assert root.get("direction") == "rtl"
    assert {element.get("x") for element in root.findall(f"{SVG}text[@style]")} == {str(WIDTH - 20)}


def test_a_map_drops_the_names_of_countries_that_it_does_not_mark() -> None:
    drawing = standalone(graphic(drawing=Map({"FR": Spot(2, "France: 3", "fr.md")}, {"DE": "Germany"})), TOLD)

    assert "<title>France: 3</title>" in drawing
    assert "Germany" not in drawing


def test_a_matrix_is_no_file() -> None:
    assert standalone(graphic(drawing=Matrix((), (), "", {})), TOLD) == ""
    assert module.alone("") == ""


def test_every_class_that_is_drawn_has_a_rule_in_the_file_and_in_the_style_sheet_of_the_site() -> None:
    sheet = (PROJECT / "scripts/theme/assets/figures.css").read_text(encoding="utf-8")
    code = [path.read_text(encoding="utf-8") for path in (PROJECT / "scripts/explainer/figures").glob("*.py")]
    drawn = {name for text in [*code, *SWATCHES.values()] for found in re.findall(r'class="([a-z0-9 -]+)"', text)
             for name in found.split()} - {"swatch"} - PLAIN  # fmt: skip
    ruled: Mapping[str, set[str]] = {
        where: set(re.findall(r"\.([a-z][a-z0-9-]*)", text)) for where, text in (("file", STYLE), ("site", sheet))
    }

    assert len(drawn) > 10
    assert drawn <= ruled["file"]
    assert set(re.findall(r"\.([a-z][a-z0-9-]*)", STYLE)) <= ruled["site"]


def test_marks_without_links_keep_the_class_that_colours_them() -> None:
    assert alone('<a class="new" href="x&gt;y" tabindex="-1">m</a>') == '<g class="new">m</g>'


def test_each_figure_of_a_site_leads_to_its_files_and_to_itself_and_a_warm_run_equals_a_clean_one(
    harbour: Path,
) -> None:
    build.generate(harbour)
    docs = harbour / "docs"
    page = (docs / "operations/beacon-2003.md").read_text(encoding="utf-8")
    name = "operation-beacon-2003-countries"
    pictures = {path: path.read_bytes() for path in (docs / "data").rglob("*.??g")}
    build.generate(harbour)

    assert f"[SVG](../data/figures/{name}.svg)" in page
    assert f"[CSV](../data/figures/{name}.csv)" in page
    assert f"(#figure-{name})" in page
    for drawing in (docs / "data/figures").glob("*.svg"):
        assert "Source: " in "".join(parsed(drawing.read_text(encoding="utf-8")).itertext())
    assert pictures == {path: path.read_bytes() for path in (docs / "data").rglob("*.??g")}
    assert {path.suffix for path in pictures} == {".svg", ".png"}


def _grey(data: bytes) -> Image.Image:
    """A picture, 24 dots of each side made one: edges of letters differ between two programs, their places do not."""
    return Image.open(io.BytesIO(data)).convert("L").reduce(24)


def _farthest(one: bytes, other: bytes) -> int:
    """By how many of 255 steps two pictures differ where they differ most."""
    return max(ImageChops.difference(_grey(one), _grey(other)).tobytes())


LETTERED = "".join(
    (
        rect("exact", 60, 10, 120, 40),
        text("name", 0, 24, "Harbour"),
        text("strong", 379, 24, "Forty", "end"),
        text("axis", 190, 76, "In the middle", "middle"),
        text("on-main", 120, 34, "on a bar", "middle"),
        text("strong halo", 180, 54, "with a halo", "middle"),
    )
)


def test_letters_set_above_a_chart_stand_where_its_whole_svg_has_them() -> None:
    sheet = standalone(graphic(drawing=Chart(80, LETTERED)), TOLD)
    whole = png(sheet, width=WIDTH * 2)

    assert _farthest(lettered(sheet, WIDTH * 2), whole) <= 18
    for line in re.findall("<text.*?</text>", sheet):
        assert _farthest(lettered(sheet.replace(line, "", 1), WIDTH * 2), whole) > 24, line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('text-anchor="end"', 'text-anchor="end" rotate="9"'),
        (">Forty<", "><tspan>Forty</tspan><"),
        ("<g font-size", '<g transform="rotate(5)" font-size'),
        ('class="name"', 'class="open"'),
        ('class="name"', 'class="outline"'),
    ],
)
def test_a_chart_with_letters_that_are_set_in_another_way_is_drawn_whole(old: str, new: str) -> None:
    sheet = standalone(graphic(drawing=Chart(80, LETTERED)), TOLD)
    other = sheet.replace(old, new)

    assert other != sheet
    assert lettered(other, WIDTH) == png(other, width=WIDTH)
    assert lettered(sheet, WIDTH) != png(sheet, width=WIDTH)


def test_letters_of_a_sheet_from_right_to_left_are_set_as_its_whole_svg_has_them() -> None:
    sheet = standalone(graphic(drawing=Chart(80, LETTERED)), Told("S", "L", "A", "ar", from_right=True))

    assert lettered(sheet, WIDTH) == png(sheet, width=WIDTH)
