"""The plain twin of a page: CommonMark with the text, links, lists and tables of the page, and no mark that the page has not."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from explainer.publish import plain_twin
from tests.built_harbour import built
from tests.conftest import change, tree

pytest_plugins = ("tests.built_harbour",)

URL = "https://site.example/folder/page/"


@pytest.fixture(autouse=True)
def _time(built_time: None) -> None:
    """Every build has the same time."""


def said(content: str) -> str:
    """The twin of a page, without the address at its end."""
    text = plain_twin.twin(content, URL)
    assert text.endswith(f"\n\n---\n\n<{URL}>\n")
    return text.removesuffix(f"\n\n---\n\n<{URL}>\n")


@pytest.mark.parametrize(
    ("page", "twin"),
    [
        ('<h2 id="a">Title<a class="headerlink" href="#a">&para;</a></h2>', "## Title"),
        ("<p>one\ntwo</p><p>three</p>", "one two\n\nthree"),
        ('<p><a href="../other/#x">There</a></p>', "[There](https://site.example/folder/other/#x)"),
        ('<p><a href="https://else.example/a_(b)?c=1&amp;copy=2">x</a></p>', "[x](https://else.example/a_%28b%29?c=1&amp;copy=2)"),
        ('<p>fact<sup class="cite">[<a href="#source-1" aria-label="Source 1">1</a>]</sup></p>', r"fact\[1\]"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ('<ol start="3"><li><p>a</p><p>b</p></li><li>c</li></ol>', "3. a\n\n   b\n4. c"),
        ("<dl>\n<dt>When</dt>\n<dd>today</dd>\n<dd>or not</dd>\n</dl>", "- **When**: today\n\n  or not"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>a &lt;b&gt;\n```\n</code></pre>", "````\na <b>\n```\n````"),
        ("<p>run <code>a`b</code></p>", "run ``a`b``"),
        ("<p>the <strong> whole </strong>thing <em></em></p>", "the **whole** thing"),
        ('<p>a<svg><title>t</title></svg>b<span class="x back">up</span></p><!-- no --><script>if (a<b) {}</script>', "ab"),
        (
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1 | 2</td><td><p>x</p><p>y</p></td></tr></tbody></table>",
            "| A | B |\n| --- | --- |\n| 1 \\| 2 | x y |",
        ),
    ],
)  # fmt: skip
def test_a_twin_says_in_commonmark_what_the_page_says_in_html(page: str, twin: str) -> None:
    assert said(page) == twin


MARKS = st.lists(
    st.sampled_from(
        [*"\\`*_[]()<>#|~&!-+=.:;1a \n\"'{}/", "&lt;", "http://x.example", "---", "1. ", "](x)", "[a]: /b"]
    ),
    max_size=12,
).map("".join)
PLACES = {
    "paragraph": "<p>{}</p>",
    "heading": "<h2>{}</h2>",
    "item": "<ul><li>{}</li></ul>",
    "cell": "<table><tr><th>{}</th></tr><tr><td>{}</td></tr></table>",
    "after a citation": '<p>x<sup>[<a href="#source-1">1</a>]</sup>{}</p>',
    "link": '<p><a href="../there/">{}</a></p>',
    "emphasis": "<p><strong>a{}</strong></p>",
    "quotation": "<blockquote><p>{}</p></blockquote>",
}
ADDED = {"link": {"link_open"}, "item": {"bullet_list_open", "list_item_open"}, "quotation": {"blockquote_open"}}
ALLOWED = {"heading": {"heading_open"}, "emphasis": {"strong_open"}}
PLAIN = {
    "paragraph_open",
    "inline",
    "text",
    "text_special",
    "table_open",
    "thead_open",
    "tbody_open",
    "tr_open",
    "th_open",
    "td_open",
}
BLOCKS = re.compile(r"_close$")


def kinds_and_text(markdown: str) -> tuple[set[str], str]:
    """The kinds of token of a text in CommonMark with tables, and what it says."""
    kinds, text = set(), ""
    for block in MarkdownIt("commonmark").enable("table").parse(markdown):
        for token in (block, *(block.children or ())):
            kinds.add(token.type)
            text += token.content if token.type in {"text", "text_special", "code_inline"} else ""
    return {kind for kind in kinds if not BLOCKS.search(kind)}, text


@pytest.mark.parametrize("place", PLACES)
@given(text=MARKS)
@settings(max_examples=60, deadline=None)
def test_no_text_of_a_record_makes_a_link_a_heading_or_another_mark_in_the_twin(place: str, text: str) -> None:
    page = PLACES[place].replace("{}", html.escape(text))
    kinds, told = kinds_and_text(said(page))
    assert kinds <= PLAIN | ADDED.get(place, set()) | ALLOWED.get(place, set())
    assert "".join(text.split()) in "".join(told.split())


@given(to=st.lists(st.sampled_from([*"\\`*_[]()<>#|~&; '\"/a", "javascript:", "&#41;"]), max_size=12).map("".join))
@settings(max_examples=80, deadline=None)
def test_no_address_ends_the_link_that_it_stands_in(to: str) -> None:
    page = f'<p>a <a href="https://x.example/{html.escape(to)}">here</a> b</p>'
    kinds, told = kinds_and_text(said(page))
    assert kinds == {"paragraph_open", "inline", "text", "link_open"}
    assert told == "a here b"


def test_what_is_no_tag_is_text_and_a_broken_tag_ends_nothing() -> None:
    assert said("<p>a < b <c d='</p>").startswith(r"a \< b")


def test_every_page_names_its_twin_and_has_it_and_no_list_of_pages_names_a_twin(built_prototype: Path) -> None:
    site = built_prototype / "site"
    pages = {
        path
        for path, data in tree(site).items()
        if path.endswith("index.html") and not path.startswith("embed/") and b'http-equiv="refresh' not in data
    }
    assert len(pages) > 20
    for page in pages:
        (link,) = re.findall(
            r'<link rel="alternate" type="text/markdown" href="([^"]*)">', (site / page).read_text("utf-8")
        )
        twin = (site / page).parent / link
        assert twin.read_text("utf-8").startswith("# "), page
    assert ".md" not in (site / "sitemap.xml").read_text("utf-8")
    assert not (site / "operations/beacon-2001/index/index.html").exists()


def test_a_page_that_is_kept_keeps_its_twin_and_one_that_changes_gets_another(built_root: Path) -> None:
    twin, other = (built_root / "site" / name / "index.md" for name in ("operations/beacon-2001", "accessibility"))
    before = twin.read_text("utf-8"), other.read_bytes()
    change(built_root / "content/operations/beacon-2001.md", ("name: ", "name: Renamed "))
    assert built(built_root).kept > 0
    assert before[0] != twin.read_text("utf-8")
    assert "Renamed" in twin.read_text("utf-8")
    assert before[1] == other.read_bytes()


def test_the_entrance_for_programs_stands_at_the_root_and_leads_to_twins_that_are_there(built_prototype: Path) -> None:
    site = built_prototype / "site"
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# The Lantern Accord, explained")
    assert not (site / "api/llms.txt").exists()
    links = re.findall(r"\]\((https://[^)]*)\)", text)
    assert len(links) > 10
    root = re.match(r"https://[^/]*/", links[0])
    assert root
    for link in links:
        assert (site / link.removeprefix(root[0])).is_file(), link


_META = re.compile(r'<meta name="(?P<name>(?:citation_|DC\.|z:)[^"]+)" content="(?P<value>[^"]*)">')


def test_a_program_that_cites_reads_in_the_head_of_a_page_what_its_entry_says(built_prototype: Path) -> None:
    """What Zotero's translator for embedded metadata takes, beside the entry in RIS; without `z:itemType` it makes an article of each page."""
    site = built_prototype / "site"
    seen = 0
    for path in site.rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        head = {found["name"]: html.unescape(found["value"]) for found in _META.finditer(text)}
        if not head:
            continue
        link = re.search(r'type="application/x-research-info-systems" href="([^"]+)"', text)
        assert link, path
        lines = (path.parent / link[1]).resolve().read_text(encoding="utf-8").splitlines()
        entry = {line[:2]: line[6:] for line in lines}
        seen += 1

        assert head["z:itemType"] == "webpage"
        assert head["citation_title"] == head["DC.title"] == entry["TI"]
        assert head["citation_author"].replace(",", "") == entry["AU"]
        assert f"{head['citation_publication_date']}/" == entry["DA"]
        assert head["DC.date"].replace("-", "/") == head["citation_publication_date"]
        assert head["citation_public_url"] == head["DC.identifier"] == entry["UR"]
        assert head["citation_language"] == entry["LA"]

    assert seen > 20
