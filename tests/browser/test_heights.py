"""No page is endless on a phone while its folds are closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

TALLEST = 20_000
"""Pixels that a page may take on a phone."""
SMALL = 60_000
"""Bytes of a page that cannot be so tall: the longest of these takes three quarters of it."""


def test_no_page_takes_more_than_twenty_screens_of_a_phone(site: Path, served: str, chromium: Browser) -> None:
    large = [path.parent for path in site.rglob("index.html") if path.stat().st_size > SMALL]
    pages = sorted(f"{path.relative_to(site).as_posix()}/".removeprefix("./") for path in large)
    with looking(chromium, width=390) as (page, _):
        heights = {}
        for path in pages:
            page.goto(f"{served}/{path}", wait_until="domcontentloaded")
            heights[path] = page.evaluate("document.documentElement.scrollHeight")

    assert {path: height for path, height in heights.items() if height > TALLEST} == {}
    assert {"themes/", "glossary/"} <= heights.keys()
