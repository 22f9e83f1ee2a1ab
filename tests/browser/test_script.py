"""The site's own script: search that loads when asked for, lists that filter and sort, previews; and pages without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import HARBOUR, change
from tests.served import copy_project, explainer, looking, serving

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

PARTED = 'North, cold; "open" Sea'
"""A name with the marks at which lists are parted elsewhere."""
HOSTILE = '<img src=x onerror=alert(1)> & \\"quoted\\"'


@pytest.fixture(scope="module")
def harbour_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the harbour dossier, with hostile names in it."""
    root = copy_project(tmp_path_factory.mktemp("harbour") / "copy", content=HARBOUR / "content", docs=None)
    change(
        root / "content/operations/beacon-2003.md",
        ("name: Operation Beacon II", f'name: "{HOSTILE} II"\nregions: [far-sea]'),
    )
    change(root / "content/regions.yml", ("name: North Sea}", f"name: '{PARTED}'}}\n- {{id: far-sea, name: Far Sea}}"))
    built = explainer(root, "build")
    assert built.returncode == 0, built.stderr
    return root / "site"


@pytest.fixture(scope="module")
def harbour_served(harbour_site: Path) -> Iterator[str]:
    """The address of that site."""
    with serving(harbour_site) as address:
        yield address


def rows(page: Page) -> list[str]:
    """The first cells of the rows that are shown, once the list is ready, which long ones are after the page."""
    page.locator(".filterable.ready").first.wait_for()
    return page.locator(".filterable tbody tr:visible > :first-child").all_inner_texts()


def test_a_view_fetches_neither_the_index_nor_the_worker_until_the_search_is_opened(
    served: str, chromium: Browser
) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/epervier-2017/", wait_until="networkidle")
        before = [address for address in record.requests if "search" in address]
        page.get_by_role("link", name="Search").click()
        page.get_by_role("searchbox", name="Search").fill("Sawiyan")
        expect(page.locator(".x-find__results a").first).to_be_visible()
        after = [address for address in record.requests if address.endswith("search/names.bin")]

        assert (before, len(after)) == ([], 1)
        assert record.faults == []


def test_a_key_opens_the_search(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/")
        page.keyboard.press("Control+k")
        expect(page.get_by_role("searchbox", name="Search")).to_be_focused()


def test_a_table_is_sorted_by_its_headings_and_says_so(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/")
        whole = rows(page)
        heading = page.locator(".filterable th", has_text="When")
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", "ascending")
        dates = page.locator(".filterable tbody tr > :nth-child(2) [data-sort]").evaluate_all(
            "all => all.map(one => one.dataset.sort)"
        )
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", "descending")
        back = page.locator(".filterable tbody tr > :nth-child(2) [data-sort]").evaluate_all(
            "all => all.map(one => one.dataset.sort)"
        )

        assert len(whole) == 89
        assert dates == sorted(dates)
        assert back == sorted(dates, reverse=True)
        assert record.faults == []


def test_a_filter_shows_what_fits_counts_it_and_stays_in_the_address(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/")
        page.locator("select[name='countries']").select_option("Sudan")
        expect(page.locator(".x-count")).to_have_text(re.compile(r"^\d+ of 89 operations$"))
        shown = rows(page)
        page.wait_for_url("**countries=Sudan**")
        address = page.url

        assert 0 < len(shown) < 89
        assert "Operation Sawiyan" in shown
        assert record.faults == []
    with looking(chromium) as (page, record):
        page.goto(address)
        expect(page.locator(".x-count")).to_have_text(re.compile(r"^\d+ of 89 operations$"))
        assert rows(page) == shown
        page.get_by_role("button", name="Show all").click()
        expect(page.locator(".x-count")).to_have_text("89 of 89 operations")
        assert record.faults == []


def test_a_filter_that_nothing_fits_says_so_and_how_to_clear_it(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/?text=xqxqxq")
        none = page.get_by_text("Nothing in this list fits. “Show all” clears the filters.")
        table = page.locator("#list-operations table", has_text="Operation Sawiyan")
        expect(none).to_be_visible()
        expect(table).to_be_hidden()
        page.get_by_role("button", name="Show all").click()
        expect(none).to_be_hidden()
        expect(table).to_be_visible()
        assert record.faults == []


def test_words_find_rows_whatever_their_accents(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/")
        page.locator(".x-filters input").fill("côte d’ivoire kafo")
        expect(page.locator(".x-count")).to_have_text(re.compile(r"^[1-9]\d? of 89 operations$"))

        assert all("KAFO" in name for name in rows(page))


def test_the_timeline_is_filtered_by_tag(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/timeline/")
        page.get_by_label("Tag").select_option("un status")
        expect(page.locator("#consultative-1949")).to_be_visible()  # its decade was folded
        expect(page.locator("#sawiyan-2018")).to_be_hidden()
        expect(page.locator(".x-count")).not_to_have_text(re.compile(r"^(\d+) of \1 "))

        assert record.faults == []


def test_without_a_script_the_table_and_the_timeline_are_whole(served: str, chromium: Browser) -> None:
    with looking(chromium, scripts=False) as (page, _):
        page.goto(f"{served}/operations/")
        expect(page.locator(".filterable tbody tr:not(figure tr)")).to_have_count(89)
        expect(page.locator(".x-filters")).to_have_count(0)
        page.goto(f"{served}/themes/")
        page.locator(".matrix summary").first.click()
        expect(page.locator(".matrix details[open] a[href*='resolutions/']").first).to_be_visible()


def test_a_link_that_has_the_focus_shows_what_it_leads_to_until_escape(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/explainers/three-rescues/")
        link = page.locator("article p a[href*='operations/epervier-2017']").first
        page.keyboard.press("Tab")
        link.focus()
        preview = page.get_by_role("tooltip")
        expect(preview).to_contain_text("Operation Epervier")
        expect(link).to_have_attribute("aria-describedby", "x-preview")
        page.keyboard.press("Escape")
        expect(preview).to_have_count(0)

        assert record.faults == []


def test_a_preview_asks_for_one_small_file_and_not_for_the_page(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/explainers/three-rescues/", wait_until="networkidle")
        before = len(record.requests)
        page.locator("article p a[href*='operations/epervier-2017']").first.hover()
        preview = page.get_by_role("tooltip")
        expect(preview).to_contain_text(re.compile("Operation Epervier.*Operation, 6–10 November 2017"))
        box = preview.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
        page.wait_for_timeout(600)
        expect(preview).to_be_visible()

        asked = [address.removeprefix(served) for address in record.requests[before:]]
        assert [re.sub(r"\d+", "n", path) for path in asked] == ["/data/previews/n.js"]
        assert record.faults == []


def test_links_of_a_long_list_show_no_preview(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/", wait_until="networkidle")
        before = len(record.requests)
        page.locator(".filterable tbody tr:visible a").first.hover()
        page.wait_for_timeout(800)
        expect(page.get_by_role("tooltip")).to_have_count(0)

        assert record.requests[before:] == []


def test_hostile_names_are_text_in_rows_options_and_previews(harbour_served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{harbour_served}/operations/?text=<img src=x onerror=alert(1)>")
        expect(page.locator(".filterable tbody tr:visible")).to_have_count(1)
        expect(page.locator(".filterable tbody tr:visible")).to_contain_text("<img src=x onerror=alert(1)>")
        page.locator(".filterable tbody tr:visible a").first.hover()
        expect(page.get_by_role("tooltip")).to_contain_text("<img src=x onerror=alert(1)>")

        assert page.locator("img[src=x]").count() == 0
        assert record.faults == []


def test_a_name_with_commas_and_semicolons_is_one_value_of_a_filter(harbour_served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{harbour_served}/operations/")
        page.locator(".filterable.ready").first.wait_for()
        options = page.locator("select[name='regions'] option").all_inner_texts()
        shown = page.locator(".filterable tbody [data-field='2']").all_inner_texts()

        assert options == ["All", "Far Sea (1)", f"{PARTED} (1)"]
        assert PARTED in shown
        assert record.faults == []


def test_a_count_of_one_is_in_the_singular(harbour_served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{harbour_served}/people/")
        expect(page.locator(".x-count")).to_have_text("1 of 1 person")


def test_an_old_address_leads_to_the_new_one(harbour_served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{harbour_served}/operations/beacon-first/")
        page.wait_for_url("**/operations/beacon-2001/")
        expect(page.locator("h1")).to_contain_text("Operation Beacon")


def test_a_link_into_a_list_leads_to_its_place_although_the_list_is_laid_out_last(
    harbour_served: str, chromium: Browser
) -> None:
    with looking(chromium, width=390) as (page, _):
        page.goto(f"{harbour_served}/operations/")
        page.locator(".filterable.ready").first.wait_for()
        styles = page.locator(".filterable.ready tbody tr").evaluate_all(
            "rows => rows.map(row => getComputedStyle(row).contentVisibility)"
        )
        page.goto(f"{harbour_served}/countries/")
        last = page.locator(".filterable.ready [id]").last.get_attribute("id")
        with looking(chromium, width=390, afresh=True) as (other, _):
            other.goto(f"{harbour_served}/countries/#{last}", wait_until="load")
            expect(other.locator(f"[id='{last}']")).to_be_in_viewport()

        assert set(styles) == {"auto"}, "on a phone, where rows are blocks, those out of view are not laid out"
