"""The same in Firefox: every kind of page, the search, filters and previews, from a server and from disk, without an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.firefox import Firefox, find_firefox, firefox
from tests.kinds import KINDS, RECORDS

pytest_plugins = ("tests.served",)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_firefox() is None, reason="there is no Firefox; `python -m tests.firefox` provides one"),
]

PREVIEWED = "document.querySelector(\"article p a[href*='operations/epervier-2017']\")"
ESCAPE = "\ue00c"
"""The key as WebDriver names it."""


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """The window in which all tests of this module look at pages."""
    with firefox(tmp_path_factory.mktemp("firefox")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _calm(window: Firefox) -> Iterator[None]:
    window.errors.clear()
    window.requests.clear()
    yield
    assert window.errors == []


@pytest.fixture(scope="module", params=["hosted", "disk"])
def root(request: pytest.FixtureRequest, served: str, unzipped: Path) -> str:
    """The address of the site, on a server and on disk, without a slash at its end."""
    return served if request.param == "hosted" else unzipped.as_uri()


def at(root: str, path: str) -> str:
    """The address of a page."""
    return f"{root}/{path}index.html" if root.startswith("file:") and not path.endswith(".html") else f"{root}/{path}"


def test_pages_of_every_kind_have_their_title_and_ask_nobody_else(root: str, window: Firefox) -> None:
    paths = RECORDS if root.startswith("file:") else KINDS
    for path in paths:
        window.open(at(root, path), width=390 if path in RECORDS else 1280)
        assert window.run("document.querySelectorAll('main h1').length") == 1, path
        assert window.run("document.documentElement.scrollWidth <= innerWidth"), path

    assert {urlsplit(each).netloc for each in window.requests} <= {urlsplit(root).netloc, ""}


def test_the_search_finds(root: str, window: Firefox) -> None:
    window.open(at(root, "explainers/"))
    window.keys("/")
    window.wait("document.activeElement.matches('input[type=search]')")
    window.keys("epervier")
    assert window.wait("document.querySelector('.x-find__results a')?.textContent").endswith("Operation Epervier")


def test_a_filter_shows_what_fits(root: str, window: Firefox) -> None:
    window.open(f"{at(root, 'operations/')}?countries=Sudan")
    counted = re.match(r"(\d+) of (\d+) ", window.wait("document.querySelector('.x-count')?.textContent"))

    assert counted
    assert 0 < int(counted[1]) < int(counted[2])


def test_a_link_shows_what_it_leads_to_until_escape(root: str, window: Firefox) -> None:
    window.open(at(root, "explainers/three-rescues/"))
    window.point(PREVIEWED)
    assert "Operation Epervier" in window.wait("document.querySelector('[role=tooltip]')?.textContent")
    window.keys(ESCAPE)
    window.wait("!document.querySelector('[role=tooltip]')")


def test_a_place_in_a_fold_is_opened_and_shown_by_its_address(root: str, window: Firefox) -> None:
    there = "(({top}) => top >= 0 && top < innerHeight)(document.getElementById('pp2').getBoundingClientRect())"
    window.open(f"{at(root, 'resolutions/73-11/')}#pp2", width=390)
    window.wait(f"document.getElementById('pp2').closest('details').open && {there}")
    window.run("scrollTo(0, 0)")
    window.run("document.getElementById('pp2').closest('details').open = false")
    window.run("location.hash = '#pp3'")
    window.wait(f"document.getElementById('pp2').closest('details').open && {there.replace('pp2', 'pp3')}")


def test_the_colours_that_were_chosen_hold_on_the_next_page(root: str, window: Firefox) -> None:
    window.open(at(root, "goals/1/"))
    before = window.run("document.body.dataset.mdColorScheme")
    window.run("document.querySelector('.x-schemes button:not([hidden])').click()")
    window.open(at(root, "goals/2/"))
    after = window.wait(
        "document.querySelector('.x-schemes button:not([hidden])') && document.body.dataset.mdColorScheme"
    )
    window.run("document.querySelector('.x-schemes button:not([hidden])').click()")

    assert {before, after} == {"default", "slate"}
