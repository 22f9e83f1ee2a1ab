"""A figure in a frame of somebody else's page: whole, in the reader's colours, without a script, hosted and from disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from explainer.figures.palette import COLOURS
from tests.served import looking, serving

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

FIGURES = ("operations-by-country", "results-arrests-by-year", "goals-and-sdgs", "editions-un-interpol")
"""A map, a chart, a matrix and a river."""


@pytest.fixture(scope="module")
def elsewhere(served: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another site, with a page for each figure that shows it in a narrow frame."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for figure in FIGURES:
        frame = f'<iframe src="{served}/embed/{figure}/" title="x" width="280" height="600"></iframe>'
        head = '<!doctype html><link rel="icon" href="data:,"><title>Another site</title>'
        (folder / f"{figure}.html").write_text(head + frame, encoding="utf-8")
    with serving(folder) as address:
        yield address


def _sides(page: Page) -> tuple[int, int]:
    measure = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    wide, room = page.frames[1].evaluate(measure)
    return int(wide), int(room)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_fits_a_narrow_frame_of_another_site_in_the_colours_of_its_reader_and_asks_for_its_style_alone(
    figure: str, scheme: str, served: str, elsewhere: str, chromium: Browser
) -> None:
    with looking(chromium, scheme=scheme) as (page, record):
        page.goto(f"{elsewhere}/{figure}.html")
        inside = page.frame_locator("iframe")
        expect(inside.locator("h1")).to_be_visible()
        expect(inside.locator("#copy")).to_be_hidden()
        expect(inside.locator("footer a").first).to_have_attribute("target", "_blank")
        ground = page.frames[1].evaluate("getComputedStyle(document.body).backgroundColor")
        wide, room = _sides(page)

        red, green, blue = (int(getattr(COLOURS["ground"], scheme)[place : place + 2], 16) for place in (1, 3, 5))
        assert ground == f"rgb({red}, {green}, {blue})"
        assert wide <= room
        assert [each.removeprefix(served) for each in record.requests if each.startswith(served)] == [
            f"/embed/{figure}/",
            "/embed/style.css",
        ]
        assert record.faults == []


@pytest.mark.parametrize("figure", [*FIGURES, "people-in-office"])
def test_the_lines_to_copy_give_a_frame_in_which_nothing_scrolls(
    figure: str, served: str, tmp_path: Path, chromium: Browser
) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/embed/{figure}/#copy")
        lines = re.sub(r'src="[^"]*"', f'src="{served}/embed/{figure}/"', page.locator("#copy pre").inner_text())
    boxes = "".join(f'<div style="width:{width}px">{lines}</div>' for width in (320, 390, 680))
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{boxes.replace('lazy', 'eager')}")
    with serving(tmp_path) as elsewhere, looking(chromium) as (page, _):
        page.goto(elsewhere, wait_until="networkidle")
        measure = "[document.documentElement.scrollHeight, innerHeight, innerWidth]"
        sides = [frame.evaluate(measure) for frame in page.frames[1:]]

    assert [wide for _, _, wide in sides] == [320, 390, 680]
    assert [(tall, room) for tall, room, _ in sides if tall > room] == []


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_by_itself_has_no_barrier_and_shows_the_lines_to_copy_where_its_address_asks_for_them(
    figure: str, served: str, chromium: Browser
) -> None:
    with looking(chromium, width=390) as (page, record):
        page.goto(f"{served}/embed/{figure}/#copy")
        expect(page.locator("#copy pre")).to_contain_text(f'/embed/{figure}/" title="')
        barriers = [(rule["id"], rule["nodes"][0]["html"]) for rule in Axe().run(page).response["violations"]]

        assert barriers == []
        assert record.faults == []


def test_from_disk_a_figure_has_its_colours_and_leads_back_to_its_page(unzipped: Path, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto((unzipped / "embed/goals-and-sdgs/index.html").as_uri())
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        back = page.locator("footer a").first.get_attribute("href")

        assert ground == "rgb(253, 252, 250)"
        assert back == "../../goals/index.html#figure-goals-and-sdgs"
        assert record.faults == []
