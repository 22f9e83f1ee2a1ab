"""Charts are right at a glance: no label lies over another or leaves its drawing, on every page of this dossier."""

import re
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from explainer.figures import world
from explainer.figures.draw import draw
from explainer.figures.graphic import Chart, Graphic, Map, Matrix
from explainer.figures.standalone import WIDTH, Told, standalone
from explainer.pages.charts.basics import TITLE, words_in
from explainer.pages.composers import compose
from tests.conftest import own_library
from tests.labels import faults, not_at_a_glance, width


@pytest.fixture(scope="module")
def drawings() -> list[Graphic]:
    """Every drawing of this dossier, page by page."""
    pages = [recipe.composed() for recipe in compose(own_library(), home_is_written=False)]
    return [item for page in pages for item in page.drawings]


def test_no_label_of_a_chart_lies_over_another_or_leaves_the_drawing(drawings: list[Graphic]) -> None:
    charts = [item for item in drawings if isinstance(item.drawing, Chart)]
    found = {item.id: wrong for item in charts if (wrong := list(faults(draw(item))))}

    assert len(charts) > 30
    assert found == {}


def test_each_picture_says_its_finding_and_its_alternative_is_not_its_caption_again(drawings: list[Graphic]) -> None:
    drawn = [item for item in drawings if not isinstance(item.drawing, Matrix)]

    assert [item.id for item in drawings if item.title == item.says] == []
    assert [item.id for item in drawn if not item.alternative or item.alternative in {item.title, item.says}] == []


def test_the_line_below_a_title_has_one_colon_at_most(drawings: list[Graphic]) -> None:
    first = {item.says: re.split(r"[.;]", item.says)[0] for item in drawings}

    assert {says for says, begun in first.items() if begun.count(":") > 1} == set()


def test_a_list_by_records_is_named_by_one_of_them_and_bars_bear_the_short_names_of_titles(
    drawings: list[Graphic],
) -> None:
    several = {str(word) for word in own_library().words.words["plural"].values()}
    lists = {item.says.rpartition(", by ")[2] for item in drawings if ", by " in item.says}
    bars = "".join(draw(item) for item in drawings if item.id.startswith("results-"))

    assert "region" in lists
    assert lists & several == set()
    assert ">UNODC<" in bars
    assert ">United Nations Office" not in bars


def test_a_title_is_read_at_a_glance(drawings: list[Graphic]) -> None:
    titles = {item.title for item in drawings}
    ordered = sorted(map(words_in, titles))

    assert not_at_a_glance(titles) == {}
    assert ordered[len(ordered) * 9 // 10] <= TITLE


def test_no_line_of_text_leaves_the_file_of_a_figure(drawings: list[Graphic]) -> None:
    told = Told("Source: A name of usual length", "Licence: free", "https://site.example/page/", "en")
    found = {item.id: lines for item in drawings if (lines := list(_too_long(standalone(item, told))))}

    assert found == {}


def test_a_map_of_the_world_weighs_at_most_25_kb_compressed_and_one_of_a_region_10(drawings: list[Graphic]) -> None:
    maps = {item.id: item.drawing for item in drawings if isinstance(item.drawing, Map)}
    weights = {ident: len(zlib.compress(world.draw(each).encode())) for ident, each in maps.items()}
    most = {ident: (25 if world.shows_all(each) else 10) * 1024 for ident, each in maps.items()}

    assert set(most.values()) == {25 * 1024, 10 * 1024}
    assert {ident: weight for ident, weight in weights.items() if weight > most[ident]} == {}


def _too_long(file: str) -> Iterator[str]:
    """The texts of a file around its drawing that reach beyond its edge."""
    for element in ET.fromstring(file) if file else ():  # noqa: S314 - our own file
        if element.tag.endswith("}text"):
            size, bold = float(element.attrib["font-size"]), "font-weight" in element.attrib
            if float(element.attrib["x"]) + width(element.text or "", size, bold=bold) > WIDTH:
                yield element.text or ""


def _drawn(*labels: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40">{"".join(labels)}</svg>'


_BAR = '<rect class="exact" x="{}" y="9" width="9" height="20"/>'


@pytest.mark.parametrize(
    ("labels", "wrong"),
    [
        (['<text x="0" y="20">one</text>', '<text x="50" y="20">two</text>'], []),
        (['<text x="0" y="20">one</text>', '<text x="10" y="24">two</text>'], ["one lies over two"]),
        (['<text x="0" y="20">one</text>', '<text x="0" y="36">two</text>'], []),
        (['<text x="0" y="20" text-anchor="middle">one</text>'], ["one leaves the drawing"]),
        (['<text x="99" y="20" text-anchor="end">one</text>'], []),
        (['<text x="90" y="20">one</text>'], ["one leaves the drawing"]),
        (['<text x="0" y="4">one</text>'], ["one leaves the drawing"]),
        (['<text x="0" y="20">one</text>', _BAR.format(9)], ["one lies over a bar"]),
        (['<text x="0" y="20">one</text>', _BAR.format(24)], ["one lies over a bar"]),
        (['<text x="0" y="20">one</text>', _BAR.format(30)], []),
    ],
)
def test_a_label_that_lies_over_another_or_leaves_the_drawing_is_found(labels: list[str], wrong: list[str]) -> None:
    assert list(faults(_drawn(*labels))) == wrong
