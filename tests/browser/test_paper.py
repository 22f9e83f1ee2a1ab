"""What comes out of a printer: dark text on white paper, also for a reader who has chosen the dark scheme."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.kinds import KINDS
from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

READABLE = 4.5
"""The least contrast of text with what is behind it (WCAG 1.4.3)."""

ALSO = (
    "operations/lionfish-hurricane-2024/",
    "organisations/icao/",
    "people/valdecy-urquiza/",
    "contributing/architecture/",
)
"""Pages with many cards, a long table, an office holder of today, code."""

EVERYTHING = """
    <h2>Parts that no page has today</h2>
    <div class="admonition note"><p class="admonition-title">Note</p><p>Words, <a href="/">a link</a>.</p></div>
    <details class="warning" open><summary>Warning</summary><p>Words</p></details>
    <p><mark>marked</mark> <kbd>Ctrl</kbd> <code>code</code> <del>gone</del> <ins>new</ins></p>
    <pre><code>lines of code</code></pre>
    <table><thead><tr><th>Head</th></tr></thead><tbody><tr><td>Cell</td></tr></tbody></table>
    <blockquote><p>Quoted</p></blockquote>
    <div class="figures"><ul><li><strong>94</strong> cards <span class="note">a note</span></li></ul></div>
    <div class="cards"><ul><li>A card</li></ul></div><div class="ways"><ul><li>A way in</li></ul></div>
    <p class="tags"><span class="tag">tag</span></p>
"""
"""What Material or this site could be asked to show; printed as well, whichever page it comes to stand on."""

FAINT = """
least => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = colour => {
    if (colour === "none") return [0, 0, 0, 0];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = ([red, green, blue, alpha], below) =>
    [red, green, blue].map((value, place) => value * alpha + below[place] * (1 - alpha));
  const light = colour => colour
    .map(value => value / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  /* The shapes of a drawing that lie behind the middle of a text, the lowest first. */
  const shapes = (text, svg) => {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return [...svg.querySelectorAll("rect, path, circle, ellipse, polygon")].filter(shape => {
      if (!(text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING)) return false;
      if (shape.closest("defs, clipPath, pattern")) return false;
      return shape.isPointInFill(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse()));
    });
  };
  const behind = (element, paper) => {
    const layers = [];
    const svg = element.closest("svg");
    if (svg) shapes(element, svg).reverse().forEach(shape => layers.push(read(getComputedStyle(shape).fill)));
    for (let part = svg || element; part; part = part.parentElement) layers.push(read(getComputedStyle(part).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), paper);
  };

  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest("script, style, title, desc, .unseen, .md-skip")) continue;
    const style = getComputedStyle(element);
    const ground = behind(element, [255, 255, 255]);
    const ink = over(read(element.closest("svg") ? style.fill : style.color), ground);
    const seen = contrast(ink, ground);
    if (seen < least) found.push(`${seen.toFixed(2)}: <${element.localName} class="${element.getAttribute("class") || ""}"> ${node.data.trim().slice(0, 40)}`);
  }
  return found;
}
"""
"""Every visible text whose contrast with what lies behind it, white paper at the bottom, is less than asked for."""

CHOOSE_DARK = "document.querySelector('.x-schemes [data-scheme=default]:not([hidden])')?.click()"
"""Shows only while the page is light."""


@pytest.mark.parametrize("path", [*KINDS, *ALSO])
def test_a_page_of_any_kind_that_is_read_in_the_dark_is_printed_dark_on_white(
    path: str, served: str, chromium: Browser
) -> None:
    with looking(chromium, width=794, scheme="dark") as (page, _):
        page.goto(f"{served}/{path}", wait_until="networkidle")
        page.evaluate(CHOOSE_DARK)
        page.locator("article").evaluate("(article, more) => article.insertAdjacentHTML('beforeend', more)", EVERYTHING)
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.emulate_media(media="print")
        faint = page.evaluate(FAINT, READABLE)
        body, ground = page.evaluate(
            "(style => [style.colorScheme, style.backgroundColor])(getComputedStyle(document.body))"
        )

    assert ([], "dark" in body, ground) == (faint, False, "rgb(255, 255, 255)")


@pytest.mark.parametrize("path", ["", "operations/epervier-2017/", "results/"])
def test_what_is_printed_looks_the_same_whichever_scheme_a_reader_has_chosen(
    path: str, served: str, chromium: Browser
) -> None:
    pictures = set()
    for system, chosen in (("light", False), ("dark", False), ("light", True), ("dark", True)):
        with looking(chromium, width=794, scheme=system) as (page, _):
            page.goto(f"{served}/{path}", wait_until="networkidle")
            if chosen:
                page.evaluate(CHOOSE_DARK)
            page.emulate_media(media="print")
            pictures.add(page.screenshot())

    assert len(pictures) == 1


SHEETS = {"operations/epervier-2017/": 4, "explainers/three-rescues/": 5, "themes/": 12}
"""How many sheets of A4 a page may take: the operation with most to say, an explainer, the table of themes."""


@pytest.mark.parametrize("path", SHEETS)
def test_a_page_takes_few_sheets_of_paper(path: str, served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/{path}", wait_until="networkidle")
        printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert 1 < len(re.findall(rb"/Type\s*/Page\b", printed)) <= SHEETS[path]


def test_what_a_reader_left_folded_is_folded_on_paper_and_what_he_opened_is_open(
    served: str, chromium: Browser
) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/themes/", wait_until="networkidle")
        page.locator(".matrix summary").nth(1).click()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        shown = [page.locator(".matrix .said").nth(place).is_visible() for place in (0, 1)]

        assert (shown, record.faults) == ([False, True], [])


def test_every_sheet_names_the_address_of_the_page(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/epervier-2017/", wait_until="networkidle")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        address = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--x-address')")
        canonical = page.locator("link[rel=canonical]").get_attribute("href")

        assert (address, record.faults) == (f'"{canonical}"', [])


ALL_SOURCES = """() => {
  const entries = [...document.querySelectorAll('article li:has([id^="source-"])')];
  const printed = entries.filter(entry => entry.checkVisibility({ contentVisibilityAuto: false }) && entry.offsetHeight);
  return [entries.length, printed.length];
}"""


@pytest.mark.parametrize("scripts", [True, False])
def test_every_source_of_a_long_list_is_printed(served: str, chromium: Browser, *, scripts: bool) -> None:
    with looking(chromium, width=794, scripts=scripts) as (page, _):
        page.goto(f"{served}/explainers/three-rescues/")
        page.emulate_media(media="print")
        if scripts:
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
        there, printed = page.evaluate(ALL_SOURCES)
        address = page.locator("#source-13").locator("xpath=..").locator("a[href^=http]").first
        shown = address.evaluate("link => getComputedStyle(link, '::after').content")

        assert (printed, there > 12) == (there, True)
        assert str(address.get_attribute("href")) in shown


def test_what_changed_on_a_page_is_printed(served: str, chromium: Browser) -> None:
    with looking(chromium, width=794, scripts=False) as (page, _):
        page.goto(f"{served}/operations/libertad-2018/")
        page.emulate_media(media="print")
        expect(page.locator("dl:has(#what-became-of-it) + details li").first).to_be_visible()
