"""Figures for the frames of other sites: whole pages that hold their own policy and need nothing but their style sheet."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from explainer import build
from explainer.figures.graphic import Chart, Graphic, Key, Map, Matrix, Spot, Table
from explainer.figures.picture_style import STYLE as DRAWING_STYLE
from explainer.figures.svg import group, rect, text
from explainer.library.library import Library
from explainer.outputs import embeds, frames
from explainer.pages.page import Page
from tests.conftest import whole_harbour

HOSTILE = '"><script>alert(1)</script>&amp;<a href="x">'
PAGE = Page("operations/index.md", "", "Operations", "", None)
NAME = "operation-beacon-2003-countries"


@pytest.fixture(scope="module")
def library() -> Library:
    """The harbour dossier."""
    return build.load(whole_harbour())


class _Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of those that are asked for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def graphic(title: str = "Forty nets", drawing: Chart | Map | Matrix | None = None) -> Graphic:
    marks = group(rect("exact", 0, 0, 9, 9) + text("strong", 0, 9, title), "../there.md", title)
    return Graphic(
        "one", title, f"It says {title}.", drawing or Chart(50, marks, linked=True),
        Table(("country", "records"), ((title, 1234),)), ("term",), 1, notes=(title,),
        legend=(Key("exact", title), Key("step-2", "two")),
    )  # fmt: skip


@pytest.mark.parametrize("title", ["Forty nets", HOSTILE])
def test_a_page_for_a_frame_names_itself_its_source_and_licence_and_runs_and_loads_nothing(
    library: Library, title: str
) -> None:
    page = embeds.embedded(library, PAGE, graphic(title))
    every = _Elements(page).found
    tags = {tag for tag, _ in every}

    assert not tags & {"script", "img", "iframe", "form", "input", "style", "object"}
    assert not [name for _, attributes in every for name in attributes if name.startswith("on") or name == "style"]
    assert [attributes["href"] for tag, attributes in every if tag == "link"][1:] == ["../style.css"]
    assert {"title", "h1", "h2", "main", "footer", "table", "details"} <= tags
    assert f"<h1>{html.escape(title)}</h1>" in page
    assert "<td>1,234</td>" in page
    assert library.dossier.licence in page


def test_a_page_for_a_frame_holds_its_policy_is_found_by_no_search_and_leads_back_out_of_the_frame(
    library: Library,
) -> None:
    every = _Elements(embeds.embedded(library, PAGE, graphic())).found
    policy = next(each["content"] for tag, each in every if each.get("http-equiv") == "Content-Security-Policy")
    links = [each for tag, each in every if tag == "a"]

    assert policy == "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
    assert {"name": "robots", "content": "noindex"} in [each for tag, each in every if tag == "meta"]
    assert links[0]["href"] == "../../operations/#figure-one"
    assert {each["target"] for each in links} == {"_blank"}


def test_the_lines_to_copy_are_a_frame_with_a_name_that_is_loaded_late_and_cannot_be_left(library: Library) -> None:
    lines = frames.framed(library, graphic(HOSTILE), ("Source", "Licence"))
    (_, box), (tag, frame) = _Elements(lines).found
    page = embeds.embedded(library, PAGE, graphic(HOSTILE))

    assert tag == "iframe"
    assert frame["title"] == f"It says {HOSTILE}."
    assert frame["loading"] == "lazy"
    assert str(frame["src"]).endswith("/embed/one/")
    assert str(box["style"]).endswith(f",{frame['height']}px)") or str(box["style"]).endswith(f":{frame['height']}px")
    assert html.escape('loading="lazy" width="100%"', quote=False) in page


@pytest.mark.parametrize("tall", [40, 380, 1500])
def test_the_frame_is_at_every_width_as_high_as_its_page_and_little_higher(library: Library, tall: int) -> None:
    told = ("Source: somewhere", "Licence")
    drawn = graphic(drawing=Chart(tall, ""))
    box = _Elements(frames.framed(library, drawn, told)).found[0][1]["style"] or ""
    numbers = [int(number) for number in re.findall(r"(\d+)(?:px|%)", box)]
    least, start, part, most = numbers if len(numbers) == 4 else (numbers[0], 0, 0, numbers[0])

    for wide in range(320, 700, 7):
        given = min(max(least, start + part * wide / 100), most)
        assert 0 <= given - frames.height(library, drawn, told, wide) < 80


def test_a_map_for_a_frame_carries_the_note_on_designations_and_no_link(library: Library) -> None:
    drawing = Map({"FR": Spot(2, "France: 3", "fr.md")}, {"DE": "Germany"})
    page = embeds.embedded(library, PAGE, graphic(drawing=drawing))

    assert "<title>France: 3</title>" in page
    assert "fr.md" not in page
    assert page.count('class="about"') == 1 + bool(library.dossier.designations)


def test_a_figure_without_rows_has_no_table_and_a_matrix_is_one(library: Library) -> None:
    land = library.entries[next(iter(library.entries))].record
    matrix = Matrix((land,), (land,), "Corner", {(land.ident, land.ident): (Key("official", "yes"),)})
    page = embeds.embedded(library, PAGE, graphic(drawing=matrix))
    bare = Graphic("one", "t", "s", Chart(9, ""), Table((), ()), ("term",), 1)

    assert 'aria-label="yes"' in page
    assert "Corner" in page
    assert "<details>" not in embeds.embedded(library, PAGE, bare)


def test_the_style_sheet_has_a_rule_for_every_mark_and_the_colours_of_both_schemes(library: Library) -> None:
    (sheet,) = (each.data.decode() for each in embeds.style(library, ()))
    defined = set(re.findall(r"(--x-[a-z0-9-]+):", sheet))

    assert set(re.findall(r"\.([a-z][a-z0-9-]*)", DRAWING_STYLE)) <= set(re.findall(r"\.([a-z][a-z0-9-]*)", sheet))
    assert set(re.findall(r"var\((--x-[a-z0-9-]+)\)", sheet)) <= defined
    assert "(prefers-color-scheme:dark)" in sheet
    assert "@chart" not in sheet
    assert "#copy:target" in sheet


def test_each_figure_of_a_site_leads_to_its_page_for_frames(generated: Path) -> None:
    docs = generated / "docs"
    page = (docs / "operations/beacon-2003.md").read_text(encoding="utf-8")
    there = {path.parent.name for path in docs.glob("embed/*/index.html")}
    figures = {path.stem for path in docs.glob("data/figures/*.csv")}

    assert f"[embed](../embed/{NAME}/index.html#copy)" in page
    assert there == figures
    assert (docs / "embed/style.css").is_file()
