"""The search, on the built site and from disk: how it is used, what it costs, what it never does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.conftest import HARBOUR, change
from tests.searching import ask, opened
from tests.served import copy_project, explainer, looking, serving

pytest_plugins = ("tests.served", "tests.searching")
pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="document.body.dataset.bad=1">'


def results(page: Page) -> Locator:
    """The links of the results that are shown."""
    return page.locator(".x-find__results > li > a")


def test_the_keys_open_move_follow_and_close(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/operations/epervier-2017/", wait_until="networkidle")
        page.keyboard.press("/")
        box = page.get_by_role("searchbox", name="Search this site")
        expect(box).to_be_focused()
        page.keyboard.type("trafficking in Sudan")
        page.wait_for_function("() => document.querySelector('.x-find').dataset.done === 'trafficking in Sudan'")
        page.keyboard.press("ArrowDown")
        expect(results(page).nth(0)).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        expect(results(page).nth(0)).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(box).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.wait_for_url(re.compile("/epervier-2017/$"))
        page.keyboard.press("Control+k")
        expect(box).to_be_focused()
        page.keyboard.type("71/19")
        page.wait_for_function("() => document.querySelector('.x-find').dataset.done === '71/19'")
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Enter")
        page.wait_for_url("**/resolutions/71-19/")
        page.wait_for_load_state("networkidle")

        assert record.faults == []


def test_what_a_query_in_the_address_needs_comes_while_the_page_is_read_and_once(
    served: str, chromium: Browser
) -> None:
    held: list[Route] = []

    def unfinished(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("</body>", '<script src="../assets/last.js"></script></body>')
        )

    with looking(chromium, afresh=True) as (page, record):
        page.route("**/search/?q=rescue", unfinished)
        page.route("**/assets/last.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks the function
        with page.expect_request("**/words/*.bin"):  # the page is not read before that script has run
            page.goto(f"{served}/search/?q=rescue", wait_until="commit")
        while not held:
            page.wait_for_timeout(10)
        held[0].fulfill(body="", content_type="text/javascript")
        expect(results(page).first).to_be_visible()

        assert [address.count("names.bin") for address in record.requests].count(1) == 1
        assert record.faults == []


def test_the_page_that_searches_asks_for_the_names_before_a_script_of_it_runs(served: str, chromium: Browser) -> None:
    with looking(chromium, afresh=True) as (page, _):
        page.route("**/assets/explainer.js", lambda route: route.abort())
        with page.expect_request("**/search/names.bin"):
            page.goto(f"{served}/search/", wait_until="commit")


def test_a_slash_that_is_typed_into_a_field_opens_nothing(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/operations/")
        page.locator(".x-filters input").press("/")

        assert page.locator(".x-filters input").input_value() == "/"
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_query_stays_in_the_address_and_comes_back(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto(f"{served}/about/")
        page.get_by_role("link", name="Search").click()
        ask(page, "sawiyan")
        page.wait_for_url("**/about/?q=sawiyan")
        results(page).first.click()
        page.wait_for_url("**/operations/sawiyan-2018/")
        page.go_back()
        expect(page.get_by_role("searchbox")).to_have_value("sawiyan")
        expect(results(page).first).to_contain_text("Sawiyan")
        page.get_by_role("button", name="Close").click()
        page.wait_for_url(re.compile(r"/about/$"))

        assert record.faults == []


def test_counts_are_announced(served: str, chromium: Browser) -> None:
    with opened(chromium, f"{served}/search/") as (page, _):
        ask(page, "Sawiyan")
        expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ results for “Sawiyan”$"))


def test_a_result_shows_its_kind_its_answer_and_the_passage_with_the_words(served: str, chromium: Browser) -> None:
    with opened(chromium, f"{served}/search/?q=khartoum+airport") as (page, _):
        item = page.locator(".x-find__results > li", has=page.get_by_text("Operation Sawiyan", exact=True)).first
        expect(item.locator(".x-find__kind")).to_have_text("Operation")
        expect(item.locator(".x-find__says > p").first).to_contain_text("Sudanese officers")
        expect(item.locator(".x-find__passage mark").first).to_have_text(re.compile("airport|Khartoum"))


def narrow(page: Page, facet: str, value: str) -> None:
    """Choose a value of a facet that leaves fewer results, and wait until they are there."""
    before = page.get_by_role("status").inner_text()
    select = page.get_by_label(facet)
    select.select_option(label=select.locator("option", has_text=re.compile(rf"^{re.escape(value)} \(")).inner_text())
    expect(page.get_by_role("status")).not_to_have_text(before)


def test_facets_narrow_the_results_and_stay_in_the_address(served: str, chromium: Browser) -> None:
    with opened(chromium, f"{served}/search/?q=trafficking") as (page, record):
        expect(page.get_by_role("status")).to_contain_text("results")
        names = page.locator(".x-find__facets label").evaluate_all("all => all.map(one => one.firstChild.textContent)")
        narrow(page, "Kind", "Operation")
        narrow(page, "Country", "Sudan")
        page.wait_for_url("**kind=Operation**country=Sudan**")
        shown = page.locator(".x-find__kind").all_inner_texts()
        told = page.get_by_role("status").inner_text()

        assert names == ["Kind", "Goal", "Region", "Country", "Type of crime", "Year", "Rests on"]
        assert set(shown) == {"Operation"}
        address = page.url
        assert record.faults == []
    with opened(chromium, address) as (page, _):
        expect(page.get_by_role("status")).to_have_text(told)
        page.get_by_role("button", name="Clear filters").click()
        expect(page.get_by_role("status")).not_to_have_text(told)
        expect(page.get_by_role("button", name="Clear filters")).to_be_hidden()  # there is nothing left to clear
        expect(page.get_by_role("combobox", name="Kind")).to_be_focused()


def test_on_a_phone_the_filters_are_folded_and_say_how_many_are_set(served: str, chromium: Browser) -> None:
    with looking(chromium, width=390) as (page, record):
        page.goto(f"{served}/search/?q=Sudan&kind=Operation")
        expect(results(page).first).to_be_in_viewport()
        unfold = page.get_by_role("button", name="Filters (1)")
        expect(page.get_by_role("button", name="Clear filters")).to_be_visible()
        expect(page.get_by_label("Kind")).to_be_hidden()
        unfold.click()
        expect(page.get_by_label("Kind")).to_be_visible()
        unfold.click()
        page.get_by_role("button", name="Clear filters").click()
        expect(page.get_by_role("button", name="Filters", exact=True)).to_be_focused()

        assert record.faults == []


def test_a_facet_alone_lists_what_it_holds(served: str, chromium: Browser) -> None:
    with opened(chromium, f"{served}/search/?kind=Goal") as (page, _):
        expect(page.locator(".x-find__results > li")).to_have_count(7)


def test_more_results_come_when_asked_for(served: str, chromium: Browser) -> None:
    with opened(chromium, f"{served}/search/?q=operation") as (page, _):
        expect(page.locator(".x-find__results > li")).to_have_count(10)
        page.get_by_role("button", name="Show 10 more").click()
        expect(page.locator(".x-find__results > li")).to_have_count(20)
        expect(results(page).nth(10)).to_be_focused()


def test_a_paragraph_is_found_by_its_number_and_says_what_it_does(address: str, chromium: Browser) -> None:
    with opened(chromium, address) as (page, record):
        ask(page, "A/RES/79/136 op 19")
        expect(results(page).first).to_have_text(re.compile("Resolution 79/136"))
        answer = page.locator(".x-find__results > li").first.locator(".x-find__answer")
        expect(answer).to_contain_text("financial intelligence units")
        expect(answer).to_have_count(1)
        answer.get_by_role("link", name="Operative paragraph 19").click()
        page.wait_for_url("**#op19")
        expect(page.locator("#op19")).to_be_in_viewport()
        assert record.faults == []


def test_what_no_page_is_about_is_said_so_with_the_sections_alone(served: str, chromium: Browser) -> None:
    with opened(chromium, f"{served}/search/") as (page, record):
        ask(page, "interpol jobs")
        expect(page.get_by_role("status")).to_contain_text("This site says nothing on: jobs")
        expect(page.locator(".x-find__results > li")).to_have_count(0)
        expect(page.locator(".x-find__help .x-find__sections a").first).to_be_visible()
        expect(page.locator(".x-find__help")).not_to_contain_text("These come nearest to it")
        expect(page.locator(".x-find__facets")).to_be_hidden()
        ask(page, "red notice")
        expect(page.locator(".x-find__facets")).to_be_visible()
        expect(page.get_by_role("button", name="Clear filters")).to_be_hidden()
        assert record.faults == []


def test_without_a_result_the_nearest_names_and_the_sections_are_offered(address: str, chromium: Browser) -> None:
    with opened(chromium, address) as (page, record):
        ask(page, "xqxqxq epurviarr")
        expect(page.get_by_role("status")).to_contain_text("Nothing was found")
        expect(page.locator(".x-find__help a", has_text="Operation Epervier").first).to_be_visible()
        expect(page.locator(".x-find__sections a", has_text="Operations")).to_be_visible()

        assert record.faults == []


def test_no_country_is_offered_for_a_few_letters_alike_and_the_sentences_are_apart(
    served: str, chromium: Browser
) -> None:
    with opened(chromium, f"{served}/search/") as (page, _):
        ask(page, "Taiwan")
        expect(page.get_by_role("status")).to_have_text(
            "Nothing was found for “Taiwan”. No text here has these words: taiwan"
        )
        expect(page.locator(".x-find__help .x-find__title")).to_have_count(0)
        ask(page, "Atlantis")
        expect(page.get_by_role("status")).to_contain_text("“Atlantis”. No text here")
        ask(page, "asdf")
        expect(results(page)).to_have_count(0)
        expect(page.locator(".x-find__help .x-find__title")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_in_the_search(width: int, scheme: str, served: str, chromium: Browser) -> None:
    with looking(chromium, width=width, scheme=scheme) as (page, _):
        page.goto(f"{served}/operations/epervier-2017/")
        page.keyboard.press("/")
        ask(page, "operation epervier")
        expect(page.locator(".x-find__passage").first).to_be_visible()
        window = Axe().run(page).response["violations"]
        page.goto(f"{served}/search/?q=operation+epervier&kind=Operation")
        expect(page.locator(".x-find__passage").first).to_be_visible()
        own = Axe().run(page).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth")

    assert [(rule["id"], node["html"]) for rule in [*window, *own] for node in rule["nodes"]] == []
    assert wide <= width


def test_without_javascript_the_sections_are_offered_and_no_box(served: str, chromium: Browser) -> None:
    with looking(chromium, scripts=False) as (page, _):
        page.goto(f"{served}/search/?q=epervier")
        expect(page.locator("input:visible")).to_have_count(0)
        expect(page.get_by_text("it needs JavaScript")).to_be_visible()
        for section in ("Explainers", "Resolutions", "Operations", "Glossary", "Sources"):
            expect(page.locator("main").get_by_role("link", name=section, exact=True).first).to_be_visible()


def test_a_browser_can_add_the_search_to_its_own(served: str, site: Path, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/about/")
        link = page.locator("link[rel=search]")
        expect(link).to_have_attribute("type", "application/opensearchdescription+xml")
        assert link.evaluate("link => link.href") == f"{served}/search/opensearch.xml"
    text = (site / "search/opensearch.xml").read_text(encoding="utf-8")

    assert "/search/?q={searchTerms}" in text
    assert len(re.findall(r"<ShortName>(.*)</ShortName>", text)[0]) <= 16


def test_from_disk_the_hosted_site_leads_to_its_sections(site: Path, chromium: Browser) -> None:
    with looking(chromium) as (page, record):
        page.goto((site / "search/index.html").as_uri())
        expect(page.locator("main").get_by_role("link", name="Operations", exact=True)).to_be_visible()
        expect(page.locator("input[type=search]")).to_have_count(0)
        expect(page.get_by_text("it needs JavaScript, and the site on its server")).to_be_visible()

        assert record.faults == []


# --- what it never does


def test_a_hostile_query_is_shown_as_text(address: str, chromium: Browser) -> None:
    with opened(chromium, f"{address}?q={quote(HOSTILE)}&kind={quote(HOSTILE)}") as (page, record):
        expect(page.get_by_role("status")).to_contain_text(HOSTILE)
        expect(page.locator("main img[src=x]")).to_have_count(0)

        assert page.evaluate("document.body.dataset.bad") is None
        assert record.faults == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site with hostile names in its records."""
    root = copy_project(tmp_path_factory.mktemp("hostile") / "copy", content=HARBOUR / "content", docs=None)
    change(
        root / "content/operations/beacon-2003.md",
        ("name: Operation Beacon II", f"name: 'Beacon II </h1></script>{HOSTILE}'"),
    )
    built = explainer(root, "build")
    assert built.returncode == 0, built.stderr
    with serving(root / "site") as address:
        yield address


def test_a_hostile_record_is_shown_as_text(hostile: str, chromium: Browser) -> None:
    with opened(chromium, f"{hostile}/search/?q=beacon+II") as (page, record):
        expect(results(page).first).to_contain_text(f"Beacon II </h1></script>{HOSTILE}")
        expect(page.locator("main img[src=x]")).to_have_count(0)

        assert record.faults == []


def test_names_are_found_where_the_index_of_texts_cannot_be_loaded(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.route("**/search/index.bin", lambda route: route.abort())
        page.goto(f"{served}/search/?q=epervier")
        expect(results(page).first).to_contain_text("Operation Epervier")
        expect(page.get_by_role("status")).to_contain_text("Only names were searched")


def test_an_index_that_is_gone_is_said(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.route("**/search/names.bin", lambda route: route.abort())
        page.goto(f"{served}/search/?q=epervier")
        expect(page.get_by_role("status")).to_contain_text("Search needs the site on its server")
