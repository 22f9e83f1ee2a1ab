"""Anchors of headings are known from the text, are those of the page that is built, and no page has one twice."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.toc import slugify

from explainer.reading import headings
from explainer.reading.headings import anchored, faults, former, slug
from tests.ids import ids

NEVER = re.compile(r"(?!)")
EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables", "fenced_code", "sane_lists", "toc"]


def made(page: str) -> list[str]:
    """The ids in the HTML of a page."""
    engine = Markdown(extensions=EXTENSIONS, extension_configs={"toc": {"slugify": lambda text, _: slug(text)}})
    return ids(engine.convert(page))


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("What was done", "what-was-done"),
        ("2018: one/two (three)", "2018-onetwo-three"),
        ("The goals’ wording", "the-goals-wording"),
        ("Café résumé", "cafe-resume"),
        ("Що вирішено", "що-вирішено"),
        ("ЩО ВИРІШЕНО?", "що-вирішено"),
        ("Που πήγαν", "που-πήγαν"),
        ("什么 结果", "什么-结果"),
        ("ما الذي تقرر", "ما-الذي-تقرر"),
        ("हिन्दी में जाँच", "हिन्दी-में-जाँच"),
        ("เอกสารที่น่าสนใจ", "เอกสารที่น่าสนใจ"),
        ("Kết quả điều tra", "kết-quả-điều-tra"),
        (unicodedata.normalize("NFD", "Kết quả điều tra"), "kết-quả-điều-tra"),
        ("Straße", "straße"),
        ("ж e\u200d\u0301", "ж-é"),
        ("Звіт 2018", "звіт-2018"),
        ("…", ""),
    ],
)
def test_an_anchor_is_made_of_the_words_in_any_script(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_a_heading_of_latin_letters_keeps_the_anchor_that_it_had(text: str) -> None:
    assert slugify(text, "-") in {slug(text), former(text)}


@given(st.text())
def test_an_anchor_holds_nothing_that_ends_it_in_a_link_or_an_attribute(text: str) -> None:
    assert not re.search(r"[\s.#%(){}\[\]<>\"'`|\\^]", slug(text))
    assert slug(slug(text)) == slug(text)


def test_a_heading_that_is_called_as_an_anchor_of_the_generator_gets_one_apart() -> None:
    page = '# Trial\n\n## Source 1\n\n## Facts {#facts}\n\n## Facts\n\n## Sum\n\n1. <span id="source-1"></span>one\n'
    shown, anchors = anchored(page, re.compile("sum"))

    assert "## Source 1 {#h.source-1}\n" in shown
    assert "## Facts {#h.facts}\n" in shown
    assert '## Sum <span id="sum"></span> {#h.sum}\n' in shown
    assert (
        sorted(made(shown))
        == sorted(anchors)
        == ["facts", "h.facts", "h.source-1", "h.sum", "source-1", "sum", "trial"]
    )


def test_an_anchor_stays_when_the_page_gets_a_part_of_that_name() -> None:
    before, _ = anchored("## Sum\n", re.compile("sum"))
    after, _ = anchored("## Sum\n\n## The sum {#sum}\n", re.compile("sum"))

    assert set(made(before)) == {"h.sum", "sum"}
    assert made(after) == ["h.sum", "sum"]


WORDS = st.sampled_from(
    ["Source 1", "source-1", "facts", "Facts", "h.facts", "*Facts*", "`sum`", "Straße", "Strae", "Що це", "a_b", "_a_ b",
     "[Sum](x.md)", "x & y", "x &amp; y", "1\\. one", "Title", "…", "facts.2", "<b>facts</b>", "F_acts"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=8), st.sampled_from(["Title", "Facts", "Source 1"]))
def test_the_anchors_of_a_page_are_known_before_it_is_built_and_each_is_there_once(
    words: list[str], title: str
) -> None:
    parts = "".join(f"## {word}\n\nText.\n\n" for word in words)
    page = f'# {title}\n\n{parts}## Facts {{#facts}}\n\n- <span id="source-1"></span>one\n'
    shown, anchors = anchored(page, re.compile("sum|facts|source-.+"))
    found = made(shown)

    assert len(found) == len(set(found))
    assert sorted(found) == sorted(anchors)


@pytest.mark.parametrize(
    "page", ["## One\n\n## One\n", "## Що\n\nText\n\n## Що\n", "# A\n\n## B {#c}\n\n```\n## no\n```\n"]
)
def test_the_anchors_of_a_page_that_a_person_wrote_are_known(page: str) -> None:
    assert set(made(page)) == headings.written(page)


@pytest.mark.parametrize("line", ["Text, #one.", "  #5 of them", "- five #s", "\\## One"])
def test_a_mark_within_a_line_begins_no_heading(line: str) -> None:
    assert faults(f"Text\n{line}\n") == ()


def test_headings_in_code_are_none() -> None:
    assert faults("```\n## One\n## One\n```\n\n## One\n") == ()


def test_a_second_heading_of_the_same_anchor_is_told_where_it_is() -> None:
    [fault] = faults("## One thing\n\nText.\n\n## *One* thing!\n")

    assert fault.offset == len("## One thing\n\nText.\n\n")
    assert "the heading 'One thing!' leads to the anchor 'one-thing', as the one 4 lines above does" in fault.message
