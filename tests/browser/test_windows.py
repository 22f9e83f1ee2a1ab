"""A window of the browser that tests use one after another: nothing is left in it of the one before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.served import looking, serving

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

LEFT = """() => [
  localStorage.length, sessionStorage.length, document.cookie, innerWidth, matchMedia("print").matches,
  matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("(prefers-reduced-motion)").matches,
  document.querySelectorAll("a:hover").length,
]"""
"""What a page sees of the window that it stands in."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page that fills its window."""
    folder = tmp_path_factory.mktemp("small")
    whole = "position: fixed; inset: 0"
    (folder / "index.html").write_text(f'<title>x</title><a href="more.txt" style="{whole}">x</a>', encoding="utf-8")
    (folder / "more.txt").write_text("more", encoding="utf-8")
    with serving(folder) as address:
        yield address


def used(page: Page, address: str) -> None:
    """Leave in a window all that a test may leave there."""
    page.goto(address)
    page.evaluate("localStorage.a = sessionStorage.a = document.cookie = 'a=1'")
    page.evaluate("addEventListener('pagehide', () => { localStorage.b = sessionStorage.b = 1; })")
    page.mouse.move(50, 50)
    page.emulate_media(media="print", reduced_motion="no-preference")
    page.route("**/more.txt", lambda route: route.abort())
    page.context.route("**/more.txt", lambda route: route.abort())


def test_a_window_that_is_used_again_is_as_a_new_one(small: str, chromium: Browser) -> None:
    with looking(chromium, afresh=True) as (page, _):
        page.goto(small)
        page.mouse.move(-9, -9)  # some begin in the upper left corner of the page
        new = page.evaluate(LEFT)
    with looking(chromium, width=400, scheme="dark") as (first, before):
        used(first, small)
        assert first.evaluate(LEFT) != new
        asked = len(before.requests)
    with looking(chromium) as (second, record):
        assert second is first
        for _ in range(2):
            second.goto(small)
            assert second.evaluate(LEFT) == new
        assert second.evaluate("fetch('more.txt').then(answer => answer.text())") == "more"
        assert record.requests == [
            f"{small}/",
            f"{small}/",
            f"{small}/more.txt",
        ]
    assert len(before.requests) == asked


def test_a_window_in_which_a_test_failed_or_that_opened_another_is_not_used_again(
    small: str, chromium: Browser
) -> None:
    seen: list[Page] = []

    def fail() -> None:
        with looking(chromium) as (page, _):
            seen.append(page)
            page.goto(small)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with looking(chromium) as (page, _):
        seen.append(page)
        page.goto(small)
        page.context.new_page()
    with looking(chromium) as (other, _):
        assert other not in seen
    assert all(page.is_closed() for page in seen)


def test_a_window_asks_for_every_file_again(small: str, chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<script src=one.js></script>", encoding="utf-8")
    with serving(tmp_path) as address:
        for number in (1, 2):
            (tmp_path / "one.js").write_text(f"window.said = {number}", encoding="utf-8")
            os.utime(tmp_path / "one.js", (10**9, 10**9))  # a file that is old is kept by a browser for long
            with looking(chromium) as (page, _):
                page.goto(address)
                assert page.evaluate("window.said") == number
