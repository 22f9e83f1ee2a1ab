"""What a person sees: the built site of the real dossier in a real browser, from a server and from disk."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.kinds import KINDS, RECORDS, WIDTHS
from tests.served import PROJECT, looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser


CLOSELY = (
    *((path, 1280, "light") for path in KINDS),
    *((path, 390, "light") for path in (*RECORDS, "resolutions/", "operations/", "404.html")),
    *((path, 1280, "dark") for path in ("", *RECORDS[3:7], "resolutions/", "results/", "404.html")),
    *((path, 390, "dark") for path in ("", "operations/epervier-2017/", "themes/covid-19/")),
)
"""Pages, widths and schemes that axe looks at; it takes long over the long lists, which are laid out alike."""

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
"""Elements of HTML that have no end tag."""


@dataclass
class Parsed(HTMLParser):
    """What a page links to, what can be linked to in it, and what its citations and sources are."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """Addresses of links, images, scripts and styles."""
    cites: list[str] = field(default_factory=list)
    """Addresses of the links within citations."""
    sources: dict[str, list[str]] = field(default_factory=dict)
    """The id of each list item's mark, with the addresses in that item."""
    _open: list[tuple[str, str]] = field(default_factory=list)
    _item: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to read."""
        super().__init__()

    @classmethod
    def of(cls, text: str) -> Parsed:
        """A page, read."""
        parsed = cls()
        parsed.feed(text)
        parsed.close()
        return parsed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an element says of itself."""
        values = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append((tag, values.get("class", "")))
        if tag == "li":
            self._item = []
        if ident := values.get("id") or (values.get("name") if tag == "a" else None):
            self.ids.append(ident)
            self.sources[ident] = self._item
        for name in ("href", "src", "action"):
            if name in values and not (tag == "base" or (tag == "link" and values.get("rel") == "preconnect")):
                self.links.append(values[name])
                self._item.append(values[name])
        if tag == "a" and ("sup", "cite") in self._open:
            self.cites.append(values.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those inside it that have no end tag."""
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Parsed]:
    """Every HTML page of the site, by its path."""
    return {
        path.relative_to(site).as_posix(): Parsed.of(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def home() -> str:
    """The address at which the dossier says that it is published."""
    settings = yaml.safe_load((PROJECT / "content" / "site.yml").read_text(encoding="utf-8"))
    return str(settings["url"])


def opened(page: Page, address: str) -> None:
    """Open a page and wait until its scripts have asked for all that they want."""
    page.goto(address, wait_until="networkidle")


@dataclass(frozen=True, slots=True)
class Seen:
    """What there was to see of a page at one width of the window."""

    faults: list[str]
    hosts: set[str]
    titles: list[str]
    """The words of its headings of the first level."""
    wide: int
    """How wide its content is, in pixels."""
    barriers: list[tuple[str, str, str]]
    """What axe found where it looked: rule, place, element."""


See = Callable[..., Seen]
"""Looks at a page, by its path, at a width, in a scheme."""


@pytest.fixture(scope="session")
def see(served: str, chromium: Browser) -> See:
    """Looks at a page once for all tests that ask for it."""

    @functools.cache
    def seen(path: str, width: int, scheme: str) -> Seen:
        with looking(chromium, width=width, scheme=scheme) as (page, record):
            opened(page, f"{served}/{path}")
            wide = int(page.evaluate("document.documentElement.scrollWidth"))
            titles = page.locator("main h1").all_inner_texts()
            found = Axe().run(page).response["violations"] if (path, width, scheme) in CLOSELY else []
            barriers = [(rule["id"], str(node["target"]), node["html"]) for rule in found for node in rule["nodes"]]
            return Seen(record.faults, record.hosts(), titles, wide, barriers)

    return lambda path, width, scheme="light": seen(path, width, scheme)  # one key, whether or not the scheme is said


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_every_kind_loads_without_a_fault_and_asks_no_other_host(
    path: str, width: int, served: str, see: See
) -> None:
    seen = see(path, width)

    assert ([], {urlsplit(served).netloc}) == (seen.faults, seen.hosts)


@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_every_kind_has_one_title(path: str, see: See) -> None:
    titles = see(path, 1280).titles

    assert len([title for title in titles if title.strip()]) == 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_every_kind_fits_a_phone_and_a_desk(path: str, width: int, see: See) -> None:
    assert width >= see(path, width).wide


@pytest.mark.parametrize(("path", "width", "scheme"), CLOSELY)
def test_axe_finds_no_barrier_on_a_page_of_any_kind(path: str, width: int, scheme: str, see: See) -> None:
    assert see(path, width, scheme).barriers == []


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("71/19", "/resolutions/71-19/"),
        ("A/RES/71/19", "/resolutions/71-19/"),
        ("Epervier", "/operations/epervier-2017/"),
        ("Goal 3", "/goals/3/"),
    ],
)
def test_the_first_result_of_a_search_is_the_record_that_was_meant(
    words: str, target: str, served: str, chromium: Browser
) -> None:
    with looking(chromium) as (page, record):
        opened(page, f"{served}/")
        page.keyboard.press("/")
        page.get_by_role("searchbox", name="Search").fill(words)
        first = page.locator(".x-find__results a").first
        expect(first).to_be_visible()
        found = urlsplit(str(first.evaluate("link => link.href"))).path
        first.click()
        page.wait_for_url(f"**{target}**")

    assert (target, []) == (found, record.faults)


def test_the_page_of_epervier_says_its_results_with_their_sources(served: str, chromium: Browser) -> None:
    expected = {"nearly 500": "victims rescued", "236": "minors rescued", "40": "arrests"}
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/epervier-2017/")
        for number, measure in expected.items():
            figure = page.locator(".figures li", has=page.get_by_text(number, exact=True)).filter(has_text=measure)
            expect(figure).to_have_count(1)
            cites = figure.locator("sup.cite a")

            assert cites.count() > 0
            for cite in cites.all():
                target = str(cite.get_attribute("href")).removeprefix("#")
                source = page.locator(f"#sources ~ ol li:has([id='{target}'])")
                expect(source.locator("a[href^='http']").first).to_be_visible()


def test_a_citation_leads_to_its_source_on_the_page(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/epervier-2017/")
        cite = page.locator(".figures sup.cite a").first
        target = str(cite.get_attribute("href"))
        cite.click()
        expect(page).to_have_url(re.compile(f"{re.escape(target)}$"))
        expect(page.locator(f"li:has({target})")).to_be_in_viewport()


def test_the_page_of_epervier_names_its_five_countries_and_its_days(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/epervier-2017/")
        facts = page.locator(".facts")
        countries = facts.locator("dt:has-text('Countries') + dd")
        named = countries.locator("a:not(sup a)").all_inner_texts()
        expect(countries).to_contain_text("5")
        expect(facts.locator("dt:has-text('When') + dd")).to_contain_text("6–10 November 2017")

    assert named == ["Chad", "Mali", "Mauritania", "Niger", "Senegal"]


def test_the_claims_page_adds_up_the_victims_and_says_why_the_sum_is_qualified(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/claims/#nearly-1000-victims")
        told = page.locator("#nearly-1000-victims ~ p", has_text="about 940 victims rescued").first
        expect(page.locator("#nearly-1000-victims")).to_be_in_viewport()
        for part in ("nearly 500", "nearly 350", "94", "the sum has one", "rounded", "potential"):
            expect(told).to_contain_text(part)


def test_every_link_inside_the_site_leads_to_a_page_and_a_place_that_are_there(
    pages: dict[str, Parsed], site: Path, home: str
) -> None:
    dead = {(path, link) for path, link, target in _inside(pages, home) if not _is_there(target, site, pages)}

    assert set() == dead


def test_every_link_to_elsewhere_is_a_web_address(pages: dict[str, Parsed]) -> None:
    links = {link for parsed in pages.values() for link in parsed.links} - {"data:,"}  # the icon of a redirect: none
    schemes = {urlsplit(link).scheme for link in links}

    assert {"", "https", "http"} >= schemes


def test_every_id_is_once_on_its_page(pages: dict[str, Parsed]) -> None:
    twice = {
        (path, ident) for path, parsed in pages.items() for ident in set(parsed.ids) if parsed.ids.count(ident) > 1
    }

    assert set() == twice


def test_every_citation_on_every_page_leads_to_a_source_with_an_address(pages: dict[str, Parsed]) -> None:
    cited = [(path, link) for path, parsed in pages.items() for link in parsed.cites]
    astray = [
        (path, link)
        for path, link in cited
        if not any(
            address.startswith("http") for address in pages[path].sources.get(unquote(link.removeprefix("#")), ())
        )
    ]

    assert cited
    assert astray == []


def _inside(pages: dict[str, Parsed], home: str) -> Iterator[tuple[str, str, str]]:
    """Path of a page, a link on it, and where in the site it leads."""
    for path, parsed in pages.items():
        for link in parsed.links:
            # Only the page for lost addresses can be shown at any address, so its links begin at the root.
            target = urljoin(f"{home}{path.removesuffix('index.html')}", link)
            if target.startswith(home):
                yield path, link, target.removeprefix(home)


def _is_there(target: str, site: Path, pages: dict[str, Parsed]) -> bool:
    parts = urlsplit(target)
    path = unquote(parts.path)
    file = posixpath.join(path, "index.html") if path.endswith("/") or not path else path
    if not (site / file).is_file():
        return False
    return not parts.fragment or unquote(parts.fragment) in pages[file].ids


@pytest.mark.parametrize("path", ["index.html", "operations/epervier-2017/index.html", "claims/index.html"])
def test_a_page_opened_from_disk_shows_its_words_and_its_styles(path: str, site: Path, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto((site / path).as_uri())
        expect(page.locator("main h1")).to_be_visible()
        styles = page.locator("link[rel=stylesheet]")
        loaded = styles.evaluate_all("links => links.filter(link => link.sheet !== null).length")
        header = page.locator(".md-header").evaluate("element => getComputedStyle(element).position")

        assert (styles.count(), "sticky") == (loaded, header)
    assert set() == record.hosts()


def test_the_numbers_of_a_list_within_a_list_are_numbers(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/about/")
        styles = page.evaluate(
            """() => {
                const list = "<ol><li><ol><li><ol><li><ol><li><ol><li></li></ol></li></ol></li></ol></li></ol></li></ol>";
                const box = document.createElement("div");
                box.innerHTML = `${list}<ul><li>${list}</li></ul>`;
                document.querySelector(".md-typeset").append(box);
                return [...box.querySelectorAll("ol")].map(found => getComputedStyle(found).listStyleType);
            }"""
        )

        assert styles == ["decimal"] * 10


def test_the_edit_link_of_a_page_leads_to_its_record(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/epervier-2017/")
        link = page.locator("main a[rel=edit]")
        expect(link).to_have_attribute("href", re.compile(r"^https://.*/content/operations/epervier-2017\.md$"))


def test_the_words_of_a_page_can_be_read_without_javascript(served: str, chromium: Browser) -> None:
    with looking(chromium, scripts=False) as (page, _):
        page.goto(f"{served}/operations/epervier-2017/")
        expect(page.locator(".figures li").first).to_be_visible()
        expect(page.locator(".md-content")).to_contain_text("6–10 November 2017")
