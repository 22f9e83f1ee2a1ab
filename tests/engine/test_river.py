"""The drawing of all parts of a text through its editions: whose place is whose, what became of it, where it leads."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from explainer import build
from explainer.figures.graphic import Chart, Graphic
from explainer.figures.river import EditionColumn, Strand, river
from explainer.kinds.theme import Theme
from explainer.pages.charts.editions_river import River, RiverView, longest, of_series, of_theme
from tests.engine.test_lineage import FOURTH, THIRD, edition
from tests.kinds_of_dossier import Resolution

COLUMNS = [EditionColumn("1/2", "2001", (1, 2)), EditionColumn("3/4", "2003", (0, 2))]


def drawn(marks: str) -> ET.Element:
    """The marks of a drawing."""
    return ET.fromstring(marks)  # noqa: S314 - made here


def links(marks: str) -> dict[str, tuple[str, str]]:
    """Address -> class and title of every strand that is a link."""
    return {
        link.get("href", ""): (link.get("class", ""), link.findtext("title") or "") for link in drawn(marks).iter("a")
    }


def marks(graphic: Graphic | None) -> str:
    """The marks of a chart."""
    assert graphic is not None
    assert isinstance(graphic.drawing, Chart)
    return graphic.drawing.marks


def test_what_became_of_a_part_is_told_by_the_shape_of_its_strand() -> None:
    def shape(mark: str, before: tuple[int, int, int] | None) -> list[str]:
        strand = Strand((0 if mark == "dropped" else 1, 1, 0), before, mark, "It.", "a/#b")
        (link,) = drawn(river(COLUMNS, ["Preamble", "Operative part"], [strand]).marks).iter("a")
        return [f"{each.tag}.{each.get('class')}" for each in link if each.tag != "title"]

    assert shape("unchanged", (0, 1, 0)) == ["path.way", "rect.part"]
    assert shape("new", None) == ["line.way", "circle.end", "rect.part"]
    assert shape("dropped", None) == ["line.way", "path.end"]
    assert shape("first", None) == ["rect.part"]


def test_the_name_of_a_group_that_a_strand_crosses_stands_over_it_on_a_ground_of_its_own() -> None:
    def order(before: tuple[int, int, int], href: str) -> list[str]:
        found = river(COLUMNS, ["Preamble", "Operative part"], [Strand((1, 1, 0), before, "unchanged", "It.", href)])
        return [each.get("class") or each.tag for each in drawn(found.marks)]

    assert order((0, 0, 0), "a/#b")[-3:] == ["unchanged", "name halo", "name halo"]
    assert order((0, 0, 0), "")[-3:] == ["parts", "name halo", "name halo"]
    assert "name halo" not in order((0, 1, 0), "a/#b")


def test_a_part_without_an_address_is_scenery_and_no_link() -> None:
    scenery = Strand((1, 1, 0), (0, 1, 0), "unchanged", "")
    chart = river(COLUMNS, ["Preamble", "Operative part"], [scenery])

    assert (chart.linked, links(chart.marks)) == (False, {})
    assert 'class="scenery"' in chart.marks


def test_a_name_in_a_drawing_of_strands_is_only_text() -> None:
    strand = Strand((1, 1, 0), (0, 1, 0), "unchanged", "<b>&", 'x"y')
    chart = river([EditionColumn("<i>", "&", (1, 1)), COLUMNS[1]], ["<b>"], [strand])

    assert links(chart.marks) == {'x"y': ("unchanged", "<b>&")}


def test_every_part_of_every_edition_is_drawn_once_and_leads_to_its_place(harbour: Path) -> None:
    edition(harbour, 1, "3-4", THIRD)
    edition(harbour, 2, "9-1", FOURTH)
    library = build.load(harbour)
    texts = sorted(library.all(Resolution), key=lambda text: text.edition or 0)
    series = of_series(library, "lantern", texts)
    assert series is not None
    graphic = series.graphic(RiverView("resolutions/index.md"))
    found = re.findall(r'href="([^"]+)"', marks(graphic))

    standing = [f"{text.id}/#{item.paragraph}" for text in texts for item in text.provisions if item.paragraph]
    gone = [f"{text.id}/#dropped" for text in texts for item in text.provisions if not item.paragraph]
    assert sorted(found) == sorted(standing + gone)
    assert len(graphic.table.rows) == len(found)


def test_of_parts_that_are_as_many_at_the_end_as_at_first_it_is_said_so(harbour: Path) -> None:
    library = build.load(harbour)
    texts = sorted(library.all(Resolution), key=lambda text: text.edition or 0)
    series = of_series(library, "lantern", texts)
    assert series is not None
    graphic = series.graphic(RiverView("resolutions/index.md"))
    same = River(library, "same", [texts[0], texts[0]]).graphic(RiverView("resolutions/index.md"))

    assert graphic.title == "2 editions: from 3 to 2 paragraphs"
    assert graphic.says.startswith("Preamble: still 1; Operative part: from 2 to 1. ")
    assert same.title == "2 editions: 3 paragraphs in the first and the last"
    assert same.says.startswith("Preamble: still 1; Operative part: still 2. ")


def test_on_the_page_of_a_theme_only_its_own_parts_are_links(harbour: Path) -> None:
    library = build.load(harbour)
    theme = next(iter(library.all(Theme)))
    texts = sorted(library.all(Resolution), key=lambda text: text.edition or 0)
    graphic = of_theme(library, theme, "lantern", texts)
    assert graphic is not None
    own = sum(item.theme == theme.id for text in texts for item in text.provisions)

    assert len(re.findall("<a ", marks(graphic))) == own
    assert all(href.startswith("../../resolutions/") for href in re.findall(r'href="([^"]+)"', marks(graphic)))


def test_texts_that_are_no_series_or_stand_alone_have_no_river(harbour: Path) -> None:
    library = build.load(harbour)
    texts = sorted(library.all(Resolution), key=lambda text: text.edition or 0)

    assert of_series(library, None, texts) is None
    assert of_series(library, "lantern", texts[:1]) is None
    assert longest(library) is not None
