"""The server for editors in a browser: how many pages are to come stands on the page, and only a page that changed is shown anew."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from explainer.serve.live import Live
from explainer.serve.server import _Server
from tests.conftest import HARBOUR, change, copied
from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[Live, str]]:
    """The harbour dossier as an editor sees it, and its address."""
    root = copied(HARBOUR, tmp_path / "harbour")
    state = Live(root, root / ".cache" / "serve" / "site", 1)
    state.refresh()
    server = _Server(("127.0.0.1", 0), state)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield state, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_only_the_page_that_changed_is_shown_anew_and_each_says_what_is_to_come(
    live: tuple[Live, str], chromium: Browser
) -> None:
    state, address = live
    with looking(chromium) as (page, record), looking(chromium) as (other, _):
        page.goto(f"{address}/people/ada-quay/")
        other.goto(f"{address}/goals/1/")
        for each in (page, other):
            each.evaluate("document.body.dataset.before = 'yes'")
        state.count(154)
        for each in (page, other):
            expect(each.locator(".explainer-left")).to_have_text("154 pages to go")
        assert page.locator(".explainer-left").evaluate("it => getComputedStyle(it).position") == "fixed"
        change(state.root / "content/people/ada-quay.md", ("name: ", "name: Old "))
        state.refresh()
        expect(page.locator("h1")).to_contain_text("Old Ada")
        for each in (page, other):
            expect(each.locator(".explainer-left")).to_have_count(0)

        assert [each.locator("body").get_attribute("data-before") for each in (page, other)] == [None, "yes"]
        assert [fault for fault in record.faults if "state?" not in fault] == [], (
            "but for what waited when the page was left"
        )
