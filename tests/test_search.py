"""The search, on the built site and from disk: what it finds first, how it is used, what it costs, what it never does."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import HARBOUR, change
from tests.served import PROJECT, Record, copy_project, explainer, looking, serving

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

QUERIES = PROJECT / "tests" / "search" / "queries.tsv"
LEAST = 0.90
"""The mean reciprocal rank that each set of queries must have."""
HOSTILE = '<img src=x onerror="document.body.dataset.bad=1">'


@dataclass(frozen=True, slots=True)
class Query:
    """A question, and the pages any of which should come first."""

    set: str
    text: str
    pages: frozenset[str]


def queries() -> list[Query]:
    """Every question of the file."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Query(row["set"], row["query"], frozenset(row["pages"].split())) for row in rows]


@pytest.fixture(scope="session")
def unzipped(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline edition of the real dossier, unzipped."""
    made = explainer(dossier, "offline")
    assert made.returncode == 0, made.stderr
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(dossier / "dist/explainer-offline.zip") as archive:
        archive.extractall(folder)
    return folder


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
        "items => items.map(item => [...item.querySelectorAll('a')].map(link => link.href))"
    )
    return [{re.sub(r"index\.html(?=#|$)", "", link.removeprefix(root)) for link in links} for links in found]


@pytest.mark.parametrize("part", ["tune", "check"])
def test_the_right_page_comes_first_for_questions_that_people_ask(part: str, address: str, chromium: Browser) -> None:
    root = address.rpartition("search/")[0]
    ranks: dict[str, float] = {}
    with opened(chromium, address) as (page, record):
        for query in queries():
            if query.set != part:
                continue
            ask(page, query.text)
            shown = places(page, root)
            place = next((place for place, links in enumerate(shown, 1) if links & query.pages), None)
            ranks[query.text] = 1 / place if place else 0
        faults, elsewhere = record.faults, [each for each in record.requests if not each.startswith(root)]

    mean = sum(ranks.values()) / len(ranks)
    assert len(ranks) >= 60
    assert mean >= LEAST, {text: rank for text, rank in ranks.items() if rank < 1}
    assert (faults, elsewhere) == ([], [])


def told(docs: Path) -> list[dict[str, Any]]:
    """What the generator told the search of every record and page."""
    files = sorted((docs / "search/.texts").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


FIND = "async asked => { const all = []; for (const text of asked) all.push(await explainerSearch.find(text)); return all; }"
"""Asks the search many things; the addresses of the results of each, place by place."""


@pytest.fixture(scope="session")
def finds(served: str, chromium: Browser) -> Iterator[Callable[[list[str]], list[list[list[str]]]]]:
    """Asks the hosted search for many things at once."""
    with opened(chromium, f"{served}/search/") as (page, _):
        yield lambda asked: page.evaluate(FIND, asked)


Finds = Callable[[list[str]], list[list[list[str]]]]


def test_the_title_of_every_record_and_page_finds_it_first(dossier: Path, finds: Finds) -> None:
    texts = told(dossier / "docs")
    found = finds([text["title"] for text in texts])
    missed = [text["title"] for text, places in zip(texts, found, strict=True) if text["at"] not in places[0]]

    assert len(texts) > 1000
    assert missed == []


def test_every_spelling_of_a_symbol_finds_its_resolution_first(dossier: Path, finds: Finds) -> None:
    texts = [text for text in told(dossier / "docs") if text["kind"] == "resolution"]
    spellings = [
        (spelling, text["at"])
        for text in texts
        for number in [next(name.rpartition("RES/")[2] for name in text["names"] if "/RES/" in name)]
        for spelling in (
            number,
            f"RES/{number}",
            f"resolution {number}",
            f"Resolution {number}".upper(),
            number.replace("/", "-"),
            number.replace("/", " "),
            *(name for name in text["names"] if "/RES/" in name),
        )
    ]
    found = finds([spelling for spelling, _ in spellings])
    missed = [pair for pair, places in zip(spellings, found, strict=True) if pair[1] not in places[0]]

    assert len(spellings) > 100
    assert missed == []


def test_every_other_name_finds_its_record_with_accents_and_without(dossier: Path, finds: Finds) -> None:
    import unicodedata

    texts = [text for text in told(dossier / "docs") if text["kind"] not in {"source", "overview"}]
    asked = [(name, text["at"]) for text in texts for name in text["names"]]
    bare = ["".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)) for name, _ in asked]
    missed = [
        (name, at)
        for every in ([name for name, _ in asked], bare)
        for (name, at), places in zip(asked, finds(every), strict=True)
        if not any(at in place for place in places[:10])
    ]

    assert len(asked) > 1500
    assert missed == []


def slips(word: str) -> Iterator[str]:
    """A word with one slip of the pen, of each kind."""
    middle = len(word) // 2
    yield word[:middle] + word[middle + 1 :]
    yield word[:middle] + word[middle] + word[middle:]
    yield word[:middle] + ("x" if word[middle] != "x" else "y") + word[middle + 1 :]
    if word[middle] != word[middle - 1]:
        yield word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def test_one_slip_in_a_long_word_of_a_title_still_finds_the_record(dossier: Path, finds: Finds) -> None:
    texts = [text for text in told(dossier / "docs") if text["kind"] not in {"source", "overview"}]
    asked = [
        (text["title"].replace(word, slip, 1), text["at"])
        for text in texts[::4]
        for word in sorted(re.findall(r"[A-Za-z]{6,}", text["title"]), key=len)[-1:]
        for slip in slips(word)
    ]
    found = finds([name for name, _ in asked])
    missed = [
        pair for pair, places in zip(asked, found, strict=True) if not any(pair[1] in place for place in places[:10])
    ]

    assert len(asked) > 300
    assert missed == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Épervier", "Epervier"),
        ("red notices", "red notice"),
        ("operations sawiyan", "Operation Sawiyan"),
        ("U.N.", "UN"),
    ],
)
def test_accents_plurals_and_dots_make_no_difference_to_what_comes_first(one: str, other: str, finds: Finds) -> None:
    first, second = finds([one, other])

    assert first[0][0] == second[0][0]


def test_a_source_comes_after_what_rests_on_it(dossier: Path, finds: Finds) -> None:
    users = {text["at"]: text.get("users", []) for text in told(dossier / "docs") if text["kind"] == "source"}
    asked = [
        "people rescued from traffickers in Sudan",
        "firearms seized in West Africa",
        "resolution adopted by consensus",
    ]
    for places in finds(asked):
        order = [at for place in places for at in place]
        for at in order:
            above = [user for user in users.get(at, ()) if user in order]
            assert not above or min(order.index(user) for user in above) < order.index(at)


def test_an_explainer_comes_before_the_list_of_explainers(finds: Finds) -> None:
    order = [at for place in finds(["explainer on what each review changed"])[0] for at in place]

    assert order[0].startswith("explainers/")
    assert order[0] != "explainers/"


# --- how it is used


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
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Escape")  # the first one empties the box in some browsers
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.keyboard.press("Control+k")
        expect(box).to_be_focused()
        page.keyboard.type("71/19")
        page.wait_for_function("() => document.querySelector('.x-find').dataset.done === '71/19'")
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Enter")
        page.wait_for_url("**/resolutions/71-19/")
        page.wait_for_load_state("networkidle")

        assert record.faults == []


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
    select.select_option(label=select.locator("option", has_text=value).first.inner_text())
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

        assert names == ["Kind", "Goal", "Region", "Country", "Year", "Rests on"]
        assert set(shown) == {"Operation"}
        address = page.url
        assert record.faults == []
    with opened(chromium, address) as (page, _):
        expect(page.get_by_role("status")).to_have_text(told)
        page.get_by_role("button", name="Clear filters").click()
        expect(page.get_by_role("status")).not_to_have_text(told)


def test_a_facet_alone_lists_what_it_holds(served: str, chromium: Browser) -> None:
    with opened(chromium, f"{served}/search/?kind=Goal") as (page, _):
        expect(page.locator(".x-find__results > li")).to_have_count(7)


def test_more_results_come_when_asked_for(served: str, chromium: Browser) -> None:
    with opened(chromium, f"{served}/search/?q=operation") as (page, _):
        expect(page.locator(".x-find__results > li")).to_have_count(10)
        page.get_by_role("button", name="Show 10 more").click()
        expect(page.locator(".x-find__results > li")).to_have_count(20)
        expect(results(page).nth(10)).to_be_focused()


def test_without_a_result_the_nearest_names_and_the_sections_are_offered(address: str, chromium: Browser) -> None:
    with opened(chromium, address) as (page, record):
        ask(page, "xqxqxq epperrvierr")
        expect(page.get_by_role("status")).to_contain_text("Nothing was found")
        expect(page.locator(".x-find__help a", has_text="Operation Epervier").first).to_be_visible()
        expect(page.locator(".x-find__sections a", has_text="Operations")).to_be_visible()

        assert record.faults == []


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
        page.route("**/search/pagefind-worker.js", lambda route: route.abort())
        page.goto(f"{served}/search/?q=epervier")
        expect(results(page).first).to_contain_text("Operation Epervier")
        expect(page.get_by_role("status")).to_contain_text("Only names were searched")


def test_an_index_that_is_gone_is_said(served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.route("**/search/names.bin", lambda route: route.abort())
        page.goto(f"{served}/search/?q=epervier")
        expect(page.get_by_role("status")).to_contain_text("Search needs the site on its server")
