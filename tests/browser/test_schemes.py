"""Light and dark, as the system is set or the reader chose, from the first sight of a page; and what follows a reader through it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

LONG = "resolutions/73-11/"
FIRST = """() => {
  window.seen = [];
  const look = () => {
    if (document.body) seen.push(document.body.getAttribute("data-md-color-scheme"));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
"""Notes the scheme of the page before each of its pictures."""
LABEL = {"slate": "Switch to light colours", "default": "Switch to dark colours"}


def schemes(page: Page) -> set[str]:
    """The schemes in which a page has been seen since it opened."""
    page.wait_for_function("seen.length > 1")
    return set(page.evaluate("seen"))


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("chosen", [None, "light", "dark"])
def test_a_page_never_shows_itself_in_another_scheme_first(
    system: str, chosen: str | None, served: str, chromium: Browser
) -> None:
    with looking(chromium, scheme=system, afresh=True) as (page, record):
        page.add_init_script(f"({FIRST})()")
        page.goto(f"{served}/about/")
        if chosen not in {None, system}:
            page.locator(".x-schemes button:visible").click()
        page.goto(f"{served}/goals/")
        scheme = "slate" if (chosen or system) == "dark" else "default"

        assert schemes(page) == {scheme}
        expect(page.locator(".x-schemes button:visible")).to_have_attribute("aria-label", LABEL[scheme])
        assert record.faults == []


def test_until_the_reader_chooses_a_page_follows_the_system(served: str, chromium: Browser) -> None:
    with looking(chromium, afresh=True) as (page, _):
        page.goto(f"{served}/about/")
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.locator(".x-schemes button:visible").click()
        page.emulate_media(color_scheme="light")
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_what_was_chosen_while_the_theme_had_a_script_of_its_own_still_holds(served: str, chromium: Browser) -> None:
    colours = {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "custom", "accent": "custom"}
    with looking(chromium, afresh=True) as (page, _):
        page.goto(f"{served}/about/")
        page.evaluate("old => localStorage.setItem('/.__palette', old)", json.dumps({"index": 1, "color": colours}))
        page.goto(f"{served}/goals/1/")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("stored", ["not JSON", "null", "7", '{"index": 9, "color": {}}'])
def test_what_else_stands_in_the_place_of_a_choice_breaks_nothing(stored: str, served: str, chromium: Browser) -> None:
    with looking(chromium, afresh=True) as (page, record):
        page.goto(f"{served}/about/")
        page.evaluate("old => localStorage.setItem('/.__palette', old)", stored)
        page.reload()
        expect(page.locator(".x-schemes button:visible")).to_have_count(1)
        assert record.faults == []


def test_the_switch_works_by_keys_and_keeps_the_focus(served: str, chromium: Browser) -> None:
    with looking(chromium, afresh=True) as (page, _):
        page.goto(f"{served}/about/")
        for key, scheme in (("Enter", "slate"), ("Space", "default")):
            page.locator(".x-schemes button:visible").focus()
            page.keyboard.press(key)
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
            expect(page.locator(".x-schemes button:visible")).to_be_focused()


def test_a_choice_holds_from_disk_too(unzipped: Path, chromium: Browser) -> None:
    with looking(chromium, afresh=True) as (page, record):
        page.goto((unzipped / "index.html").as_uri())
        page.locator(".x-schemes button:visible").click()
        page.goto((unzipped / "goals/index.html").as_uri())
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        assert record.faults == []


def test_a_page_has_no_script_in_it_and_the_policy_allows_none(site: Path) -> None:
    page = (site / LONG / "index.html").read_text(encoding="utf-8")

    assert "script-src 'self';" in page
    assert "<script>" not in page
    assert not (site / "assets/javascripts").exists()


def test_the_margin_marks_the_heading_that_the_reader_has_come_to(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/{LONG}", wait_until="load")
        marked = page.locator(".x-beside [data-md-component=toc] a[aria-current]")
        expect(marked).to_have_count(0)
        for place in ("op5", "sources", "pp2"):
            page.evaluate("place => { location.hash = place; }", place)
            expect(marked).to_have_count(1)
            expect(marked).to_have_attribute("href", f"#{place}")
            expect(marked).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_way_to_the_top_shows_to_whoever_turns_round(width: int, served: str, chromium: Browser) -> None:
    with looking(chromium, width=width) as (page, _):
        page.goto(f"{served}/{LONG}", wait_until="load")
        back, title = page.locator(".md-top"), page.locator(".md-header__title")
        expect(back).to_be_hidden()
        page.mouse.move(300, 500)
        page.mouse.wheel(0, 3000)
        expect(title).to_contain_class("md-header__title--active")
        expect(back).to_be_hidden()
        page.mouse.wheel(0, -500)
        expect(back).to_be_visible()
        contents = page.locator(".x-contents > summary")
        if contents.is_visible():
            below, above = back.bounding_box(), contents.bounding_box()
            assert below
            assert above
            assert below["y"] >= above["y"] + above["height"]
        back.click()
        page.wait_for_function("scrollY === 0")
        expect(back).to_be_hidden()
        expect(title).not_to_contain_class("md-header__title--active")


def test_whoever_comes_back_finds_the_drawer_closed(served: str, chromium: Browser) -> None:
    with looking(chromium, width=390) as (page, _):
        page.goto(f"{served}/{LONG}", wait_until="load")
        page.locator(".md-header .x-drawer").click()
        page.locator(".x-menu a", has_text="Operations").click()
        page.wait_for_url("**/operations/")
        page.go_back()
        expect(page.locator(".x-menu")).not_to_be_in_viewport()
