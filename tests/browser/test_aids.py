"""What readers bring: their own colours, paper, narrow windows, wider spacing; and what a screen reader is given."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.kinds import RECORDS
from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
  return document.documentElement.scrollWidth;
}"""
"""The spacing that WCAG 1.4.12 asks pages to bear."""


@pytest.mark.parametrize(
    ("path", "width", "media"),
    [
        ("operations/epervier-2017/", 1280, {"forced_colors": "active"}),
        ("resolutions/", 1280, {"forced_colors": "active"}),
        ("operations/epervier-2017/", 794, {"media": "print"}),
        ("resolutions/compare/71-19/79-136/", 320, {}),
        ("accessibility/", 768, {"color_scheme": "dark"}),
    ],
)
def test_axe_finds_no_barrier_whatever_readers_bring(
    path: str, width: int, media: dict[str, Any], served: str, chromium: Browser
) -> None:
    with looking(chromium, width=width) as (page, _):
        page.emulate_media(**media)
        page.goto(f"{served}/{path}", wait_until="networkidle")
        # Where the system chooses the colours, axe computes with those that it takes away.
        options = {"rules": {"color-contrast": {"enabled": "forced_colors" not in media}}}
        found = Axe().run(page, options=options).response["violations"]

    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []


def test_the_sign_of_a_fold_is_seen_where_the_system_chooses_the_colours(served: str, chromium: Browser) -> None:
    with looking(chromium, width=390) as (page, _):
        page.emulate_media(forced_colors="active", color_scheme="dark")
        page.goto(f"{served}/operations/epervier-2017/")
        fold = page.locator("summary:visible").first
        sign, ground = fold.evaluate(
            "fold => [getComputedStyle(fold, '::after'), getComputedStyle(fold)].map(style => style.backgroundColor)"
        )

    assert sign == "rgb(255, 255, 255)"
    assert ground != sign


@pytest.mark.parametrize(
    ("path", "links"),
    [("goals/", ".figure-matrix thead a"), ("sdgs/", ".figure-matrix thead a"), ("sources/i/", ".years a")],
)
def test_a_finger_finds_heads_and_letters(path: str, links: str, served: str, chromium: Browser) -> None:
    with looking(chromium, width=390) as (page, _):
        page.goto(f"{served}/{path}")
        sizes = page.locator(links).evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(({ width, height }) => [width, height])"
        )

    assert sizes
    assert [size for size in sizes if min(size) < 23.99] == []  # WCAG 2.5.8


def test_no_page_is_wider_than_a_small_window_when_letters_words_and_lines_are_spaced(
    served: str, chromium: Browser
) -> None:
    wide = {}
    with looking(chromium, width=320) as (page, _):
        for path in RECORDS:
            page.goto(f"{served}/{path}")
            wide[path] = page.evaluate(SPACED)

    assert {path: width for path, width in wide.items() if width > 320} == {}


def test_a_screen_reader_hears_every_name_once(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/epervier-2017/")
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in nodes
        if not node.get("ignored")
    ]
    regions = [name for role, name in heard if role in {"navigation", "region", "form", "search"}]

    assert ("heading", "Results") in heard
    assert not [name for _, name in heard if "¶" in name]
    assert not [name for role, name in heard if role == "graphics-symbol"]
    assert ("image", "Map: Chad; Mali; Mauritania; Niger; Senegal") in heard
    assert ("link", "Search") in heard
    assert "All sections" in regions
    assert len({*regions}) == len(regions)
    for seen in ("Where this source is used", "Source 1: back", "SVG", "CSV", "BibTeX"):
        shared = [name for role, name in heard if role == "link" and name.startswith(seen)]
        assert shared
        assert len({*shared}) == len(shared)
    assert empty_paragraphs(nodes) == []


def empty_paragraphs(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The paragraphs that a screen reader announces and finds nothing in."""
    known = {node["nodeId"]: node for node in nodes}

    def says(node: dict[str, Any]) -> bool:
        below = (known[ident] for ident in node.get("childIds", ()) if ident in known)
        return node["role"]["value"] in {"StaticText", "image"} or any(says(each) for each in below)

    return [
        node for node in nodes if node["role"]["value"] == "paragraph" and not node.get("ignored") and not says(node)
    ]
