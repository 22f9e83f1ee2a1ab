"""What a list of many rows offers: figures that follow its filters, and what is shown as a file."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Browser, expect

from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

SHOWN = "rows => rows.filter(row => row.checkVisibility()).length"
"""How many rows are shown, whether or not they are in view: those that are not need not be laid out."""


@pytest.mark.parametrize("width", [390, 1280])
def test_an_address_with_a_filter_opens_at_the_list_with_figures_of_what_it_shows(
    width: int, served: str, chromium: Browser
) -> None:
    with looking(chromium, width=width) as (page, record):
        page.goto(f"{served}/operations/")
        expect(page.locator(".x-bars")).to_be_hidden()
        expect(page.locator("#at-a-glance")).to_have_attribute("open", "")
        page.goto(f"{served}/operations/?countries=Brazil")
        expect(page.locator(".x-filters")).to_be_in_viewport()
        expect(page.locator(".x-bars > div")).to_be_visible()
        page.wait_for_function("() => scrollY > 0")  # what stands above the list is passed over
        expect(page.locator("#at-a-glance")).not_to_have_attribute("open", "")
        numbers = [int(number or 0) for number in page.locator(".x-bars b").all_inner_texts()]
        shown = page.locator(".filterable tbody tr").evaluate_all(SHOWN)

        assert 0 < shown <= sum(numbers), "an operation of two years stands in both"
        assert record.faults == []


def test_the_rows_that_are_shown_come_as_a_file_without_a_request(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/?countries=Brazil&sort=operation")
        expect(page.locator(".x-count")).to_be_visible()  # long lists are made ready after the page
        shown = page.locator(".filterable tbody tr:visible > :first-child").all_inner_texts()
        before = len(record.requests)
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Download these {len(shown)} rows as CSV").click()
        data = waiting.value.path().read_bytes()
        found = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

        assert data.startswith(b"\xef\xbb\xbf")
        assert waiting.value.suggested_filename == "operations.csv"
        assert [row["Operation"] for row in found] == [name.strip() for name in shown]
        assert all("Brazil" in row["Countries"].split("; ") for row in found)
        assert all(row["Address"].startswith(f"{served}/operations/") for row in found)
        assert [address for address in record.requests[before:] if not address.startswith("blob:")] == []
        assert record.faults == []


@pytest.mark.parametrize("path", ["goals/3/", "sources/i/"])
def test_each_button_that_copies_a_citation_has_a_name_of_its_own(path: str, served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/{path}")
        buttons = page.locator(".x-copy")
        expect(buttons).to_have_count(2)
        names = buttons.evaluate_all("all => all.map(button => [button.textContent, button.ariaLabel])")

    assert names == [["Copy", "Copy the citation in full"], ["Copy", "Copy the citation in short"]]
