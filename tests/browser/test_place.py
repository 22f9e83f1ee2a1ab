"""Finding one's place: contents, menu, crumbs, one grid for every page, and what a wrong address offers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

LONG = "resolutions/73-11/"


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_headings_are_at_hand_wherever_the_reader_is(
    served: str, chromium: Browser, *, scripts: bool
) -> None:
    with looking(chromium, width=390, scripts=scripts) as (page, _):
        page.goto(f"{served}/{LONG}#sources")
        contents = page.locator(".x-contents > summary")
        expect(contents).to_be_in_viewport(ratio=1)
        contents.click()
        page.locator(".x-contents a[href='#pp7']").click()
        expect(page.locator("#pp7")).to_be_in_viewport()
        expect(page.locator(".x-contents[open]")).to_have_count(0 if scripts else 1)


def test_on_a_wide_window_the_headings_stand_in_the_margin(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/{LONG}")
        expect(page.locator(".x-contents")).to_be_hidden()
        expect(page.locator(".x-drawer")).to_be_hidden()
        expect(page.locator(".md-sidebar [data-md-component=toc] a[href='#sources']")).to_be_attached()


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_title_stands_at_one_place_on_an_index_and_on_its_records(
    width: int, served: str, chromium: Browser
) -> None:
    places = []
    with looking(chromium, width=width) as (page, _):
        for path in ("operations/", "operations/trigger-ix-2023/", "people/valdecy-urquiza/", "sources/"):
            page.goto(f"{served}/{path}")
            box = page.locator("main h1").bounding_box()
            assert box
            places.append((box["x"], box["y"]))

    assert len(set(places)) == 1


def test_the_drawer_opens_at_the_sections_and_closes_by_a_word(served: str, chromium: Browser) -> None:
    with looking(chromium, width=390, scripts=False) as (page, _):
        page.goto(f"{served}/operations/trigger-ix-2023/")
        page.locator(".md-header .x-drawer").click()
        for name in ("Explainers", "Resolutions", "Countries"):
            expect(page.locator(".x-menu a", has_text=name).first).to_be_in_viewport()
        expect(page.locator(".x-menu a[aria-current]")).to_have_text("Operations")
        page.get_by_text("Close the menu").click()
        expect(page.locator(".x-menu")).not_to_be_in_viewport()


FOCUSED = """() => {
  const seen = document.activeElement;
  const { left, right } = seen.getBoundingClientRect();
  return [seen.matches(".md-sidebar--primary *"), right > 0 && left < innerWidth];
}"""
"""Whether the focus is in the drawer, and whether it is within the width of the window."""


def stops(page: Page) -> Iterator[tuple[bool, bool]]:
    """Where the focus goes, key by key, until it has come into the article."""
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('article')"):
            return
        yield tuple(page.evaluate(FOCUSED))


@pytest.mark.parametrize("scripts", [True, False])
def test_no_key_leads_into_the_drawer_while_it_is_closed(served: str, chromium: Browser, *, scripts: bool) -> None:
    with looking(chromium, width=390, scripts=scripts) as (page, _):
        page.goto(f"{served}/operations/trigger-ix-2023/")
        assert {*stops(page)} == {(False, True)}


def test_keys_open_the_drawer_and_close_it(served: str, chromium: Browser) -> None:
    with looking(chromium, width=390) as (page, record):
        page.goto(f"{served}/operations/trigger-ix-2023/")
        opener = page.get_by_role("button", name="All sections")
        first = page.locator(".x-menu a").first
        expect(opener).to_have_attribute("aria-expanded", "false")
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Close the menu")).to_be_focused()
        expect(opener).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        expect(first).to_be_focused()
        expect(first).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        expect(page.locator(".x-menu")).to_be_hidden()
        page.keyboard.press("Space")
        page.keyboard.press("Shift+Tab")
        expect(page.locator(".x-menu")).to_be_hidden()
        assert record.faults == []


def test_without_a_script_a_key_opens_the_drawer(served: str, chromium: Browser) -> None:
    with looking(chromium, width=390, scripts=False) as (page, _):
        page.goto(f"{served}/operations/trigger-ix-2023/")
        page.get_by_role("checkbox", name="All sections").focus()
        page.keyboard.press("Space")
        expect(page.locator(".x-menu a").first).to_be_in_viewport()
        page.keyboard.press("Space")
        expect(page.locator(".x-menu")).to_be_hidden()


def test_there_are_six_tabs_and_each_section_has_one(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        for path, tab in (("timeline/", "Explainers"), ("countries/", "Who and where"), ("claims/", "Explainers")):
            page.goto(f"{served}/{path}")
            assert page.locator(".md-tabs__link").count() == 7  # with Home
            expect(page.locator(".md-tabs__item--active")).to_have_text(tab)


def test_the_title_of_the_home_page_is_not_doubled_and_no_page_names_its_generator(
    served: str, chromium: Browser
) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/")
        assert page.title() == "The UN and INTERPOL, explained"
        expect(page.locator(".x-footer")).to_contain_text("Text and data: The contributors of this dossier, under")
        expect(page.locator("meta[name=generator], link[rel=next]")).to_have_count(0)


def test_the_crumbs_end_on_the_page(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        for path in ("operations/trigger-ix-2023/", "operations/", "themes/covid-19/"):
            page.goto(f"{served}/{path}")
            expect(page.locator(".crumbs [aria-current=page]")).to_have_text(page.locator("main h1").inner_text())


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_the_short_name_whole(width: int, served: str, chromium: Browser) -> None:
    with looking(chromium, width=width) as (page, _):
        page.goto(f"{served}/operations/trigger-ix-2023/")
        name = page.locator(".x-name--short")
        expect(name).to_be_visible()
        assert name.evaluate("e => e.closest('.md-ellipsis').scrollWidth <= e.closest('.md-ellipsis').clientWidth")


def test_no_record_has_a_box_without_content(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/people/valdecy-urquiza/")
        assert all(text.strip() for text in page.locator(".facts").all_inner_texts())


def test_a_wrong_address_is_said_and_offers_a_search(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/404.html")
        assert page.title() == "There is no page at this address - The UN and INTERPOL, explained"
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("h1:target")).to_be_in_viewport()
        form = page.locator("form[role=search]")
        assert str(form.get_attribute("action")).endswith("/search/")
        expect(form.get_by_label("Search this site")).to_have_attribute("name", "q")
