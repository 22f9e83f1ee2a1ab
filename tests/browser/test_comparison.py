"""Two editions side by side: seen, heard, filtered, and whole without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

PAGE = "resolutions/compare/73-11/79-136/"


@pytest.mark.parametrize("scripts", [True, False])
def test_words_that_came_are_underlined_and_words_that_went_struck(
    scripts: bool, served: str, chromium: Browser
) -> None:
    with looking(chromium, scripts=scripts) as (page, _):
        page.goto(f"{served}/{PAGE}")
        pair = page.locator(".pair", has=page.locator("#pp5"))
        lines = [
            pair.locator(tag).first.evaluate("element => getComputedStyle(element).textDecorationLine")
            for tag in ("del", "ins")
        ]

        assert lines == ["line-through", "underline"]
        expect(pair.locator("ins").first).to_contain_text("added: as its Constitution lays down")


def test_what_is_unchanged_is_folded_and_said_once(served: str, chromium: Browser) -> None:
    with looking(chromium, scripts=False) as (page, _):
        page.goto(f"{served}/{PAGE}")
        folded = page.locator("details.same").first
        expect(folded.locator("summary")).to_contain_text("4 paragraphs: PP 1, PP 2, PP 3, PP 4")
        expect(page.locator("#pp2")).to_be_hidden()
        page.goto(f"{served}/{PAGE}#pp2")
        expect(page.locator("#pp2")).to_be_in_viewport()
        assert page.locator(".pair", has=page.locator("#pp2")).locator(".side").count() == 1


def test_the_filter_by_change_stays_in_the_address_and_opens_what_it_finds(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/{PAGE}?change=unchanged")
        expect(page.locator(".x-count")).to_have_text("17 of 56 paragraphs")
        expect(page.locator("#pp2")).to_be_visible()
        expect(page.locator("#pp5")).to_be_hidden()
        page.locator("select[name=change]").select_option("strengthened")
        expect(page).to_have_url(f"{served}/{PAGE}?change=strengthened")
        expect(page.locator("#pp5")).to_be_visible()
        expect(page.locator("details.same:not(.spread):visible")).to_have_count(0)
        page.locator(".strip a[href='#pp13']").click()
        expect(page.locator("#pp13")).to_be_in_viewport()

        assert record.faults == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_strip_has_a_cell_for_each_paragraph_that_a_finger_can_hit(
    width: int, served: str, chromium: Browser
) -> None:
    with looking(chromium, width=width) as (page, _):
        page.goto(f"{served}/{PAGE}")
        cells = page.locator(".strip a")
        sizes = cells.evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).flatMap(b => [b.width, b.height])"
        )

        assert cells.count() == 29 + 25 + 2
        assert min(sizes) >= 24
        expect(cells.nth(1)).to_have_accessible_name("PP 2 · Agreements with INTERPOL: unchanged")


def test_any_two_editions_are_chosen_from_a_grid_in_either_order(served: str, chromium: Browser) -> None:
    with looking(chromium, scripts=False) as (page, _):
        page.goto(f"{served}/{PAGE}")
        assert page.locator(".grid a").count() == 5 * 5 - 5 - 2
        page.get_by_role("link", name="Resolution 77/20 with Resolution 71/19").click()
        expect(page).to_have_url(f"{served}/resolutions/compare/71-19/77-20/")
        page.goto(f"{served}/resolutions/compare/77-20/71-19/")
        expect(page).to_have_url(f"{served}/resolutions/compare/71-19/77-20/")
