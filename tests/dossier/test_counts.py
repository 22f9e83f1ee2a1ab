"""One subject has one number: what pages say of how much there is agrees, and a list says what it counts."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from explainer import build
from explainer.library.unresolved import UnresolvedCounts, counted
from tests.served import looking

pytest_plugins = ("tests.served",)
pytestmark = pytest.mark.browser

DISPUTES = re.compile(r"(\d[\d,]*) \(across records: (\d[\d,]*); within single records: (\d[\d,]*)\)")
QUESTIONS = re.compile(r"(\d[\d,]*) on (\d[\d,]*) records")


def article(site: Path, page: str) -> str:
    """The HTML of what a page says."""
    text = (site / page / "index.html").read_text(encoding="utf-8")
    return text[text.index("<article") : text.index("</article>")]


def words(text: str) -> str:
    """HTML as one line of plain text."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def number(text: str) -> int:
    return int(text.replace(",", ""))


def said(pattern: re.Pattern[str], site: Path, page: str) -> tuple[int, ...]:
    """The numbers of the first phrase of its kind on a page."""
    found = pattern.search(words(article(site, page)))
    assert found, f"{page or 'home'} does not say it"
    return tuple(number(part) for part in found.groups())


def contents(site: Path) -> dict[str, int]:
    """What the home page says is in each section: the address of its index, and the number."""
    part = article(site, "").partition('id="contents"')[2]
    return {path: number(count) for path, count in re.findall(r'<a href="([a-z-]+/)">[^<]*</a>: ([\d,]+)', part)}


def test_every_page_gives_the_same_number_of_disputes_and_that_many_are_listed(site: Path) -> None:
    across, _, within = article(site, "disputes").partition('id="within"')
    listed = (across.count('<details class="fold" id='), within.count('<details class="fold">'))
    every = {page or "home": said(DISPUTES, site, page) for page in ("", "disputes", "data")}

    assert every == dict.fromkeys(every, (sum(listed), *listed))
    assert contents(site)["disputes/"] == sum(listed)
    assert f"Where sources disagree, across records {listed[0]} " in words(re.sub(r"</td>", " ", article(site, "data")))


def test_every_page_gives_the_same_number_of_open_questions_and_that_many_are_listed(site: Path) -> None:
    items = re.findall(r'<details class="fold item">.*?</details>', article(site, "open-questions"), re.DOTALL)
    listed = (sum(item.count("<li>") for item in items), len(items))
    every = {page or "home": said(QUESTIONS, site, page) for page in ("", "open-questions", "data")}

    assert every == dict.fromkeys(every, listed)


def test_the_home_page_and_the_page_about_the_data_give_every_type_the_same_number(site: Path) -> None:
    cell = r"<t[dh][^>]*>{}</t[dh]>"
    row = cell.format(r'<a href="\.\./([a-z-]+/)">[^<]*</a>') + r"\s*" + cell.format(r"([\d,]+)")
    rows = re.findall(row, article(site, "data"))
    told = {path: number(count) for path, count in rows}
    known = contents(site)

    assert len(told) > 10
    assert told == {path: known[path] for path in told}


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("operations/", "{n} of {n} operations"),
        ("people/", "{n} of {n} people"),
        ("timeline/", "{n} of {n} events"),
    ],
)
def test_a_list_counts_as_many_as_the_home_page_and_says_what(
    path: str, counts: str, site: Path, served: str, chromium: Browser
) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/{path}")
        expect(page.locator(".x-count")).to_be_visible()  # long lists are made ready after the page

        assert page.locator(".x-count").all_inner_texts() == [counts.format(n=contents(site)[path])]


def test_the_letters_have_as_many_sources_as_the_home_page_says(site: Path) -> None:
    shelves = [page.parent for page in (site / "sources").glob("*/index.html")]
    listed = [article(site, f"sources/{shelf.name}").count('<div class="item"') for shelf in shelves]
    index = article(site, "sources")

    assert sum(listed) == contents(site)["sources/"] == len(re.findall(r'<span id="(?!kind-)', index))
    assert sum(map(int, re.findall(r"</a> \((\d+)\)", index))) == sum(listed)


def test_the_lists_of_countries_and_of_open_questions_say_what_they_count(
    site: Path, served: str, chromium: Browser
) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/countries/")
        lands = [re.fullmatch(r"(\d+) of \1 (.+)", text) for text in page.locator(".x-count").all_inner_texts()]
        page.goto(f"{served}/open-questions/")
        asking = page.locator(".x-count").inner_text()

    assert [land and land[2] for land in lands] == ["countries in operations", "other countries and territories"]
    assert sum(int(land[1]) for land in lands if land) == contents(site)["countries/"]
    assert asking == "{0} of {0} records with open questions".format(said(QUESTIONS, site, "open-questions")[1])


def test_a_search_counts_only_disputes_across_records_and_says_so(site: Path, served: str, chromium: Browser) -> None:
    with looking(chromium) as (page, _):
        page.goto(f"{served}/search/", wait_until="networkidle")
        page.locator(".x-find__facets option").first.wait_for(state="attached")  # they are made when the names are
        options = page.locator(".x-find__facets option").all_inner_texts()

    assert f"Dispute across records ({said(DISPUTES, site, 'disputes')[1]})" in options


def test_disputes_and_open_questions_are_counted_wherever_they_stand(harbour: Path) -> None:
    library, _ = build.generate(harbour)

    assert counted(library) == UnresolvedCounts(across=1, within=1, settled=1, questions=2, asking=2)
