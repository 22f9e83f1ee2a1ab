"""Two editions of a small dossier under `versions/` of its site: read whole, from a server and from disk; the site beside them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from explainer import build
from explainer.cli import main
from explainer.library.releases import ADDRESSES
from explainer.publish import offline
from explainer.publish.edition_store import place
from tests.conftest import HARBOUR, Run, change, copied, tree
from tests.engine.test_history_log import commit, git
from tests.served import TIME, looking, serving

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser


def explainer(root: Path, *arguments: str) -> None:
    """Run a command that must succeed."""
    if main.main(["--root", str(root), *arguments]):
        pytest.fail(f"{arguments} failed", pytrace=False)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A dossier of two editions, between which a person got another id and an operation went, and its site."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("editions") / "harbour")
    (root / ".gitignore").write_text("/.cache/\n/.editions/\n/site/\n/.site.*\n/docs/\n/dist/\n", encoding="utf-8")
    git(root, "init", "-q")
    commit(root, "2026-06-01")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOURCE_DATE_EPOCH", TIME)
        explainer(root, "release", "2026.6", "--date", "2026-06-01")
        commit(root, "2026-06-02")
        story = root / "content/people/ada-quay.md"
        change(story, ("id: ada-quay\n", "id: ada-quay-elder\naliases: [ada-quay]\n"))
        story.rename(story.with_name("ada-quay-elder.md"))
        (root / "content/explainers/accord.md").unlink()
        change(
            root / "content/site.yml",
            ("  - {title: What is the accord?, summary: The text and its review., to: explainers/accord}\n", ""),
            ("doors:\n", ""),
        )
        change(root / ADDRESSES, ("explainers/accord/ 2026.6\n", ""))
        commit(root, "2026-11-01")
        explainer(root, "release", "2026.12", "--date", "2026-12-01")
        commit(root, "2026-12-02")
        explainer(root, "build", "--quiet")
        yield root


def lost(site: Path) -> Iterator[str]:
    """The links of old editions that lead to no file of the site."""
    for path in sorted((site / "versions").rglob("*.html")):
        name = path.relative_to(site).as_posix()
        for written in re.findall(r' (?:href|src)="([^"#?]+)', path.read_text(encoding="utf-8")):
            to = unquote(unescape(written))
            target = site / posixpath.normpath(posixpath.join(posixpath.dirname(name), to))
            if not urlsplit(to).scheme and not (target.is_file() or (target / "index.html").is_file()):
                yield f"{name}: {to}"


def test_an_edition_made_again_from_its_commit_is_the_same_byte_for_byte(
    editions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TIME)
    zipped = place(editions, "2026.12")
    before = zipped.read_bytes()
    zipped.unlink()
    explainer(editions, "release", "2026.12", "--again")

    assert zipped.read_bytes() == before


def test_every_link_of_an_old_edition_leads_to_a_file_and_nothing_is_left_open(editions: Path) -> None:
    site = editions / "site"

    assert {path.name for path in (site / "versions").iterdir()} == {"2026.6", "2026.12"}
    assert list(lost(site)) == []
    for path, data in tree(site / "versions").items():
        assert "\ue010".encode() not in data, path
        if path.endswith(".html"):
            assert b'content="noindex"' in data, path
            assert b"Content-Security-Policy" in data or b'http-equiv="refresh"' in data, path
    assert "/versions/" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_every_page_names_its_edition_and_the_second_says_what_changed(editions: Path) -> None:
    site = editions / "site"
    now, old, new = (
        (site / path / "people/index.html").read_text(encoding="utf-8")
        for path in ("", "versions/2026.6", "versions/2026.12")
    )
    for path in ("", "versions/2026.12"):
        told = (site / path / "changes/2026.12/index.html").read_text(encoding="utf-8")
        assert "What changed since edition 2026.6" in told
        assert "Has another id; before it was ada-quay" in told

    assert '<a href="../changes/editions/">Edition 2026.12</a>, frozen on 1 December 2026, is the newest edition' in now
    assert '<p class="x-release">Edition 2026.6, frozen on 1 June 2026</p>' in old
    assert '<p class="x-release">Edition 2026.12, frozen on 1 December 2026</p>' in new
    gone = (site / "versions/2026.6/explainers/accord/index.html").read_text(encoding="utf-8")
    assert 'This page is no longer on the site. <a href="../../../../">The site as it is today</a>' in gone
    assert "accord" in (site / "versions/2026.6/cite/pages/explainers/accord.bib").read_text(encoding="utf-8")


def test_what_is_kept_gives_the_same_editions_as_a_clean_build(editions: Path) -> None:
    warm = tree(editions / "site")
    change(editions / "content/people/ada-quay-elder.md", ("name: ", "name: New "))
    explainer(editions, "build", "--quiet")
    changed = tree(editions / "site")
    change(editions / "content/people/ada-quay-elder.md", ("name: New ", "name: "))
    explainer(editions, "build", "--quiet", "--clean")

    assert tree(editions / "site") == warm
    assert {path for path in warm if path.startswith("versions/") and changed[path] != warm[path]} == set()


def test_the_offline_edition_holds_the_site_as_it_is_and_no_old_one(editions: Path) -> None:
    files = offline.edition(editions / "site", editions, build.load(editions).dossier)

    assert "changes/editions/index.html" in files
    assert not [name for name in files if name.startswith("versions/")]


def test_a_build_that_would_lose_an_old_edition_stops_and_a_first_one_goes_on_without(editions: Path, run: Run) -> None:
    zipped = place(editions, "2026.12")
    aside = zipped.rename(zipped.with_suffix(".aside"))
    stopped = run("--root", editions, "build", "--quiet")
    first = run("--root", editions, "build", "--quiet", "--site-dir", editions.parent / "other")
    aside.rename(zipped)

    assert stopped.status == 1
    assert "the site was not built: .editions/2026.12.zip is missing" in stopped.err
    assert "the site that stands has it, and would lose it" in stopped.err
    assert first.status == 0
    assert "the site is built without versions/2026.12/" in first.err
    assert {path.name for path in (editions.parent / "other" / "versions").iterdir()} == {"2026.6"}


def is_read(page: Page) -> None:
    """The old page shows what it is and what it says, in the form that its style sheet gives it."""
    banner = page.locator(".x-frozen")
    expect(banner).to_contain_text("You are reading edition 2026.6 of this site, frozen on 1 June 2026.")
    expect(page.locator("main h1")).to_contain_text("Ada Quay")
    assert banner.evaluate("element => getComputedStyle(element).borderInlineStartWidth") not in {"", "0px"}
    expect(page.locator(".x-newest")).to_be_visible()


def test_an_old_page_is_read_from_a_server_and_leads_to_its_newest_version(editions: Path, chromium: Browser) -> None:
    with serving(editions / "site") as address, looking(chromium) as (page, record):
        page.goto(f"{address}/versions/2026.6/people/ada-quay/")
        is_read(page)
        page.keyboard.press("/")
        page.locator(".x-frozen a").click()
        page.wait_for_url("**/people/ada-quay-elder/")
        expect(page.locator(".x-frozen")).to_have_count(0)

        assert record.faults == []
        assert record.hosts() <= {urlsplit(address).netloc}


def test_an_old_page_is_read_from_disk(editions: Path, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto((editions / "site/versions/2026.6/people/ada-quay/index.html").as_uri())
        is_read(page)

        assert {urlsplit(each).scheme for each in record.requests} <= {"file", "data"}
        assert record.faults == []
