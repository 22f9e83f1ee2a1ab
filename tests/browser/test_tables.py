"""Every table of the built site, for ears: what it is called, which cells are heads, and that it stays a table on a phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

ROLES = {
    ("table", None): "table",
    ("thead", None): "rowgroup",
    ("tbody", None): "rowgroup",
    ("tr", None): "row",
    ("td", None): "cell",
    ("th", "col"): "columnheader",
    ("th", "row"): "rowheader",
}
"""Element and its `scope` -> the role that it must state, because a layout in blocks takes its own away."""


@dataclass
class Tables(HTMLParser):
    """What is wrong with the tables of a page."""

    faults: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    """The caption of each table; empty where it has none."""
    _naming: bool = False

    def __post_init__(self) -> None:
        """Begin to read."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element of a table."""
        said = dict(attrs)
        if tag == "table":
            self.captions.append("")
        self._naming = tag == "caption"
        if tag in {"table", "thead", "tbody", "tr", "td", "th"} and said.get("role") != ROLES.get(
            (tag, said.get("scope"))
        ):
            self.faults.append(f"{self.getpos()[0]}: {self.get_starttag_text()}")

    def handle_endtag(self, tag: str) -> None:
        """Leave a caption."""
        self._naming = self._naming and tag != "caption"

    def handle_data(self, data: str) -> None:
        """Keep the words of a caption."""
        if self._naming:
            self.captions[-1] += data.strip()


@pytest.fixture(scope="module")
def tables(site: Path) -> dict[str, Tables]:
    """The tables of every page that has some, by its path."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "<table" in text:
            found[path.relative_to(site).as_posix()] = parser = Tables()
            parser.feed(text)
    return found


def test_every_table_has_a_name_that_no_other_on_its_page_has(tables: dict[str, Tables]) -> None:
    bad = {path: each.captions for path, each in tables.items() if len({*each.captions, ""}) <= len(each.captions)}

    assert len(tables) > 100
    assert bad == {}


def test_every_cell_of_every_table_says_whether_it_is_a_head_and_of_what(tables: dict[str, Tables]) -> None:
    laid_out = {
        path: each for path, each in tables.items() if not path.startswith("embed/")
    }  # elsewhere tables stay tables

    assert {path: each.faults for path, each in laid_out.items() if each.faults} == {}


def test_the_boxes_in_which_wide_tables_scroll_are_made_with_the_page_and_no_script_adds_any(
    site: Path, served: str, chromium: Browser
) -> None:
    written = (site / "operations/index.html").read_text(encoding="utf-8").count("md-typeset__scrollwrap")
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/")
        page.locator(".filterable.ready").wait_for()
        made = page.locator(".md-typeset__scrollwrap").count()
        bare = page.locator("article table:not([class]):not(.md-typeset__table > table)").count()

    assert (made, bare) == (written, 0)
    assert written > 2
