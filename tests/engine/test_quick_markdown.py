"""The shortcuts through Python-Markdown: what comes out is what comes out without them, whatever goes in."""

from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions import md_in_html
from mkdocs.structure import pages

from explainer.publish import quick_markdown, table_cells
from explainer.publish.quick_html import is_plain

EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables", "fenced_code", "sane_lists", "toc", table_cells.NAME]
PIECES = [
    "word", " ", "\n", "\n\n", "    ", "# Head {#h}", "- item", "1. item", "| a | b |\n| - | - |\n| 1 | 2 |", "Term\n:   said",
    "<div markdown>", '<div class="x" id="d" markdown="1">', '<div markdown="0">', "<div>", "</div>", "<DIV ID=D>", "<p>", "</p>",
    "<details markdown>", "<summary>", "</summary>", "</details>", '<span id="s">', "</span>", '<a name="n" href="#h">', "</a>",
    '<sup class="cite">[<a id="c" href="#s" aria-label="A &quot;b&quot;">1</a>]</sup>', "<br>", "<br />", "<hr>", "<table><tr><td>",
    "</td></tr></table>", '<i title="a <div> b">', "<li markdown>", "</li>", "&amp;", "&#33;", "&#33", "&#x21;", "&", "&x", "a < b", "<", ">", "</>",
    "<!-- no -->", "<!-- <div> -->", "<?php ?>", "<script>", "</script>", "<b>", "</b>", "**bold**", "*it*", "_it_", "`<div>`", "``", "\\*", "\\<",
    "[text](to.md)", "[text](to.md){: .c }", "[a](b(c)d)", "[a [b] c](d)", "[*a*](b_c_)", "[a]( <b> 'c')", "[a]()",
    "[text][ref]", "[ref]", "[ref]: there.md\n", "![alt](a.png)", "<https://a.example>", "<a@b.example>",
    "  \n", "{ .answer }", "> said", ">", "#", "##", ":", "\n=", "---", "~~~", "(", "]", "```\n<div>\n```", "<pre>", "</pre>", "<textarea>", "<svg viewBox='0 0 1 1'>", "</svg>", "\x02", "é", "[TOC]",
    '<sup class="cite">[<a id="c" href="#s">1</a>, <a id="d_e" href="#t" title="a*b">2</a>]</sup>', "<sup>[<a>1</a>]</sup>(x)", "<sup>[<a>1</a>](y.md)</sup>",
    "[see <sup>[<a>1</a>]</sup>](z.md)", '[x](y.md "t <sup>[<b>1</b>]</sup>")', "![a <i>[<b>c</b>]</i>](d.png)", "<sup>[<a b='[x](y)'>1</a>]</sup>",
    '<span class="mark"><span aria-hidden="true">&#61;</span> un_changed</span>', "*a <b>x</b> c*", "<i>a*b</i>", "<i>&</i>", "<i>a > b</i>", "_<b>x</b>_",
    "<kbd>a\nb</kbd>", "# <b>x</b> y <i>z</i>", "| <b>a</b> |\n|---|\n| <sup>[<a>1</a>]</sup> |", "x <div><b>y</b></div>", "{: .c }", "\n{: #i .j }\n",
    '<svg viewBox="0 0 1 1"><path d="M0 0"/><a href="x"><title>A &amp; b</title></a></svg>', "<b>a\\*b</b>", '<b a="`c`">',
]  # fmt: skip
PLAIN = [piece for piece in PIECES if is_plain(piece)]


def made(text: str, *more: str) -> tuple[Any, ...]:
    """What MkDocs gets of a page: HTML, anchors, headings."""
    page = markdown.Markdown(extensions=[*EXTENSIONS, *more], extension_configs={"toc": {"permalink": True}})
    raw = pages._RawHTMLPreprocessor()
    raw._register(page)
    return page.convert(text), raw.present_anchor_ids, page.toc_tokens  # type: ignore[attr-defined]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([PIECES, PLAIN]).flatmap(lambda pieces: st.lists(st.sampled_from(pieces), max_size=24)).map("".join)
)
def test_a_page_is_the_same_with_the_shortcuts_and_without(text: str) -> None:
    try:
        expected = made(text)
    except Exception as error:  # noqa: BLE001 - Python-Markdown stumbles over some of these: so may the shortcuts
        with pytest.raises(type(error)):
            made(text, quick_markdown.NAME)
    else:
        leaked = "wxh:" in expected[0]  # Python-Markdown's own fault: the number of a placeholder is in the page
        assert leaked or made(text, quick_markdown.NAME) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<div>a</div> tail &amp; <b>more</b>\nnext",
        '<div markdown="0">\n<div>a &amp; <b>c</b></div>\n</div>\n\nnext',
        '<div markdown>\n\n<p>a <b>b</b> [x](y.md)</p>\n\n- one `<i id="q">`\n\n</div>',
        "   <div>three</div>\n\n    <div>four</div>",
        "<span><div>within</div></span>",
        '<A ID="up" NAME="down">x</A><p id="&lt;">y</p>',
        "[a][b] and [b]\n\n[b]: c.md",
        "<d<i>> <d<sup>[<a>1</a>]</sup>> <d a='>' <b>x</b>>",
        "[TOC]\n\n# A \\*b\\*\n\n## C <sup>[<a>1</a>]</sup>",
        "<div markdown>\n<div>\n<svg><path/>a <b>c</b> &amp; d</svg> > e\n<p>f</p></div>\n</div>",
        "<div><br><p>a</div>\n\nb</p><ul><li>c<div>d</ul></div>\n\ne",
    ],
)
def test_what_stands_in_the_line_of_a_block_is_as_it_was(text: str) -> None:
    assert made(text, quick_markdown.NAME) == made(text)


def test_a_pattern_that_another_extension_brings_is_always_tried() -> None:
    text = "a --- b\n\n*[b]: c"

    assert made(text, "smarty", "abbr", quick_markdown.NAME) == made(text, "smarty", "abbr")


def test_what_another_extension_looks_for_in_a_page_is_found_among_tags() -> None:
    text = 'a <b>HTML</b> and <sup class="cite">[<a href="#x">HTML</a>]</sup>\n\n*[HTML]: c'

    assert made(text, "abbr", quick_markdown.NAME) == made(text, "abbr")
    assert made(text, "abbr")[0].count("<abbr") == 2


def test_a_plain_page_is_not_parsed_sign_by_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages._HTMLHandler, "feed", _unwanted)
    monkeypatch.setattr(md_in_html.HtmlBlockPreprocessor, "run", _unwanted)

    assert "<em>b</em>" in made('# A\n\n<div id="x" markdown>\n\n*b* &amp; <i>c</i>\n\n</div>', quick_markdown.NAME)[0]


@pytest.mark.parametrize("text", ["<!-- x -->", "a < b", "<?x?>", "<script>", "&#33", '<i title="<">', "<a b='>"])
def test_a_page_with_what_has_rules_of_its_own_is_not_plain(text: str) -> None:
    assert not is_plain(text)


def _unwanted(*_: object) -> None:
    raise AssertionError("parsed the long way")
