"""The page that searches, on the built site of the real dossier and in its offline edition, and how tests ask it.

A test file asks for the fixtures with `pytest_plugins = ("tests.served", "tests.searching")`. PYTEST_DONT_REWRITE: nothing depends on what is asserted here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.served import Record, looking


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[tuple[Page, Record]]:
    """The page that searches, ready, and the record of what the browser does."""
    with looking(browser) as (page, record):
        page.goto(address)
        expect(page.locator(".x-find--page input")).to_be_visible()
        yield page, record


@pytest.fixture(params=["hosted", "offline"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of the page that searches, on the served site and on disk."""
    if request.param == "hosted":
        return f"{request.getfixturevalue('served')}/search/"
    unzipped: Path = request.getfixturevalue("unzipped")
    return (unzipped / "search/index.html").as_uri()


def ask(page: Page, text: str) -> None:
    """Type a query, and wait until its answer is there."""
    page.locator(".x-find input").fill(text)
    page.wait_for_function("text => document.querySelector('.x-find').dataset.done === text", arg=text)


def places(page: Page, root: str) -> list[set[str]]:
    """The addresses of the results that are shown, place by place, as they are on the hosted site."""
    found: list[list[str]] = page.locator(".x-find__results > li").evaluate_all(
        "items => items.map(item => [...item.querySelectorAll('a:not(.x-find__answer a)')].map(link => link.href))"
    )
    return [{re.sub(r"index\.html(?=#|$)", "", link.removeprefix(root)) for link in links} for links in found]


FIND = "async asked => { const all = []; for (const text of asked) all.push(await explainerSearch.find(text)); return all; }"
"""Asks the search many things; the addresses of the results of each, place by place."""


@pytest.fixture(scope="session")
def finds(served: str, chromium: Browser) -> Iterator[Callable[[list[str]], list[list[list[str]]]]]:
    """Asks the hosted search for many things at once."""
    with opened(chromium, f"{served}/search/") as (page, _):
        yield lambda asked: page.evaluate(FIND, asked)


Finds = Callable[[list[str]], list[list[list[str]]]]
