"""The service worker: a page that was read is there without a connection, and a site that no longer asks for it loses it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.built_harbour import built, made
from tests.conftest import change
from tests.patience import BROWSER, until
from tests.served import serving

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

BASE = "dossier"
"""The folder of the host in which the site stands."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site of a small dossier that keeps pages, and the same without."""
    root = made(tmp_path_factory.mktemp("kept") / "dossier")
    settings = root / "content/site.yml"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", "1767225600")
        change(settings, ("updated:", "keep_pages: true\nupdated:"))
        built(root)
        keeping = shutil.copytree(root / "site", root / "keeping")
        change(settings, ("keep_pages: true\n", ""))
        built(root)
    return keeping, root / "site"


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """The folder that a server serves, to which a site is linked."""
    folder = tmp_path / "host"
    folder.mkdir()
    return folder


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window with nothing stored."""
    context = chromium.new_context()
    context.set_default_timeout(BROWSER * 1000)
    yield context.new_page()
    context.close()


def show(host: Path, site: Path) -> None:
    """Let a host serve a site."""
    (host / BASE).unlink(missing_ok=True)
    (host / BASE).symlink_to(site)


KEPT = "async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(one => one.url)))).flat()"
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).map(one => one.scope)"


def until_kept(page: Page, address: str) -> None:
    """Wait until the worker has kept a page; `wait_for_function` would take the promise of an answer for the answer."""
    until(lambda: address in page.evaluate(KEPT), f"{address} is kept")


def test_a_page_that_was_read_is_there_without_a_connection(sites: tuple[Path, Path], host: Path, page: Page) -> None:
    show(host, sites[0])
    with serving(host) as address:
        home = f"{address}/{BASE}/"
        page.goto(f"{home}operations/beacon-2001/")
        until_kept(page, f"{home}operations/beacon-2001/")
        assert any(one.endswith("explainer.css") for one in page.evaluate(KEPT)), "kept after the parts it is made of"
        expect(page.locator(".x-kept")).to_have_count(0)
        heading = page.title()
        assert page.evaluate(REGISTERED) == [home]
    page.reload()

    assert page.title() == heading
    expect(page.locator(".x-kept")).to_contain_text("There is no connection. This page was kept in your browser on")
    assert page.locator(".x-kept").evaluate("one => getComputedStyle(one).borderInlineStartStyle") == "solid"
    page.goto(f"{home}people/")
    expect(page.locator("h1")).to_have_text("There is no connection")
    page.locator("li a").click()
    assert page.title() == heading


def test_a_site_that_asks_for_no_worker_has_none_and_takes_an_old_one_away(
    sites: tuple[Path, Path], host: Path, page: Page
) -> None:
    keeping, without = sites
    assert not (without / "service-worker.js").exists()
    assert "data-kept" not in (without / "index.html").read_text(encoding="utf-8")
    show(host, without)
    with serving(host) as address:
        home = f"{address}/{BASE}/"
        page.goto(home)
        page.wait_for_load_state("load")
        assert page.evaluate(REGISTERED) == []
        show(host, keeping)
        page.goto(f"{home}people/")
        until_kept(page, f"{home}people/")
        page.evaluate("caches.open('explainer of another site')")
        show(host, without)
        page.goto(f"{home}operations/")
        until(lambda: not page.evaluate(REGISTERED), "the worker is taken away")
        until(lambda: len(page.evaluate("caches.keys()")) == 1, "what it kept is deleted")
        assert page.evaluate("caches.keys()") == ["explainer of another site"]
