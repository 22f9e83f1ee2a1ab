"""Marks of sources: no number is taken for a power, each says its source, and there is a way there and back."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Browser, expect

from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

PAGE = "explainers/three-rescues/"

MIDDLES = """
() => [...document.querySelectorAll("sup.cite")].map(mark => [...mark.querySelectorAll("a")].map(link => {
  const {left, right, height} = link.getBoundingClientRect();
  return [(left + right) / 2, height];
}))
"""
"""Of every group of marks, the middle and the height of each link."""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_marks_of_a_group_are_a_finger_apart(width: int, served: str, chromium: Browser) -> None:
    with looking(chromium, width=width) as (page, _):
        page.goto(f"{served}/{PAGE}")
        groups = page.evaluate(MIDDLES)

    apart = [round(b - a, 1) for group in groups for (a, _), (b, _) in itertools.pairwise(group)]
    assert len(apart) > 20
    assert min(apart) >= 24
    assert min(height for group in groups for _, height in group) >= 24


def test_a_mark_is_in_brackets_and_says_its_source_to_the_ears(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/{PAGE}")
        expect(page.locator("sup.cite").first).to_have_text("[1, 2, 3]")
        expect(page.locator("sup.cite a").first).to_have_accessible_name("Source 1: INTERPOL")


def test_a_source_is_shown_at_its_mark_and_stays_while_it_is_pointed_at(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/{PAGE}")
        page.locator("sup.cite a").nth(1).hover()
        shown = page.get_by_role("tooltip")
        expect(shown).to_contain_text("Operations to curb human trafficking")
        expect(shown).not_to_contain_text("↩")
        box = shown.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
        page.wait_for_timeout(600)
        expect(shown).to_be_visible()
        page.keyboard.press("Escape")
        expect(shown).to_have_count(0)
        page.keyboard.press("Tab")
        page.locator("sup.cite a").nth(1).focus()
        expect(shown).to_contain_text("Operations to curb human trafficking")

        assert record.faults == []


def test_a_source_is_marked_on_arrival_and_leads_back_to_what_cites_it(served: str, chromium: Browser) -> None:
    with looking(chromium, scripts=False) as (page, _):
        page.goto(f"{served}/{PAGE}")
        mark = page.locator("sup.cite a").first
        mark.click()
        entry = page.locator("li:has(:target)")
        expect(entry).to_be_in_viewport()
        assert entry.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
        back = entry.locator(".back a").first
        expect(back).to_have_accessible_name("Source 1: back to place 1 in the text")
        back.click()
        expect(mark).to_be_in_viewport()
        assert mark.evaluate("element => element.matches(':target')")


@pytest.mark.parametrize(("width", "columns"), [(390, "auto"), (1280, "2")])
def test_sources_stand_in_two_columns_where_there_is_room(
    width: int, columns: str, served: str, chromium: Browser
) -> None:
    with looking(chromium, width=width) as (page, _):
        page.goto(f"{served}/{PAGE}")
        lists = page.locator("#sources ~ ol, .sources ol")
        assert lists.evaluate_all("lists => lists.map(list => getComputedStyle(list).columnCount)") == [columns] * 2


ALONE = """
() => [...document.querySelectorAll("article sup.cite")].filter(mark => {
  const before = mark.previousSibling;
  if (!mark.checkVisibility() || before?.nodeType !== Node.TEXT_NODE || /\\s$/.test(before.data)) return false;
  const range = document.createRange();
  range.setStart(before, before.length - 1);
  range.setEnd(before, before.length);
  return mark.getBoundingClientRect().top > range.getBoundingClientRect().bottom;
}).map(mark => mark.parentElement.textContent.slice(0, 80))
"""
"""Every mark on the line below the word that it follows; one after a space may begin a line."""


@pytest.mark.parametrize("path", [PAGE, "resolutions/"])
def test_no_line_begins_with_a_mark(path: str, served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/{path}")
        found = {}
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            found[width] = page.evaluate(ALONE)

    assert found == {320: [], 390: [], 768: [], 1280: []}
