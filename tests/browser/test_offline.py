"""The edition for reading offline, opened from disk: the search finds, and nothing is asked of anybody."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from explainer.publish import offline
from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

LARGEST = 25_000_000
"""What the zip of the dossier may hold, in bytes."""


@pytest.mark.parametrize(("words", "page_of"), [("epervier", "Operation Epervier"), ("71/19", "Resolution 71/19")])
def test_from_disk_the_search_finds_and_asks_nobody(
    words: str, page_of: str, unzipped: Path, chromium: Browser
) -> None:
    with looking(chromium) as (page, record):
        page.goto((unzipped / "index.html").as_uri())
        page.keyboard.press("/")
        page.get_by_role("searchbox").fill(words)
        first = page.locator(".x-find__results > li > a").first
        expect(first).to_contain_text(page_of)
        first.click()
        expect(page.locator("main h1")).to_contain_text(page_of)
        page.locator("article a[href$='index.html']:visible").first.click()
        expect(page.locator("main h1")).to_be_visible()

        assert {urlsplit(each).scheme for each in record.requests} <= {"file", "data"}
        assert record.faults == []


def test_the_edition_is_small_and_has_the_name_that_the_readme_gives(unzipped: Path, dossier: Path) -> None:
    assert (dossier / offline.NAME).stat().st_size < LARGEST
    assert os.path.basename(offline.NAME) == "explainer-offline.zip"  # noqa: PTH119 - the name that the README gives
