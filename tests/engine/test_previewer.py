"""One Markdown: a page shows of prose what a CommonMark previewer with tables shows, or check refuses it."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explainer import build
from explainer.reading.prose import ProseFault, parse
from tests.conftest import HARBOUR, TESTS, whole_harbour
from tests.engine.previewer import marked_prose, page, previewed, refused, shape

MARK = st.sampled_from(
    ["\n", "\n", "\n", "\n\n", "\n\n", " ", " ", "  ", "   ", "    ", "\t", ". ", "- ", "* ", "+ ", "> ", ">", "| ", " | ", "|",
     "|---|---|\n", "--|--\n", "|-|\n", "---\n", "===\n", "## ", "##", " #", "# ", ": ", "`", "``", "\\|", "\\", "x", "a ", "b", "5",
     "snake_case", "```\n", "~~~\n", "[@a]", ") ", "***\n", "1. ", "2. ", "1) ", "2) ", "10. ", "2018. ", "0. ", "007. ", "_", "__", "*",
     "**", "***", "*a*", "**b**", "é", "—", "“", "&", "&amp;", "&copy", "&copy;", "&#35;", "&nosuch;", "<", ">", "[", "]", "(",
     "[x](y.md)", "[TOC]", "[^1]", "!!! note", "{: .x}", "{#id}", "*[HTML]: x", "\u00a0", "\u2003", "  \n", "\\\n", "-", "+", "=", "~",
     "<https://e.org/a_b_c>", "<a@b.org>", "https://e.org/a_b_c", "\\*", "\\_", "\\#", "\\`", "\\~", "\\:", '\\"', "\\.", "'", '"', "@", ";",
     "\u06f1. ", "\uff12. ", "\u0663) ", "\u00b2. ", "\u2460 ", "\uff03 ", "\uff5c", "\uff0a", "\u2010 ", "\u3000", "\u2009", "\u1680", "\u0660"]
)  # fmt: skip
TEXT = st.lists(MARK, max_size=14).map("".join)
"""Anything."""
INDENT = st.lists(
    st.sampled_from(["- ", "* ", "+ ", "> ", ">", "1. ", "2. ", "3. ", "1) ", "2) ", "  ", "   ", "    ", "     ", "\t", " ", "\u06f2. ", "\u3000"]),
    max_size=3,
).map("".join)  # fmt: skip
BODY = st.sampled_from(
    ["a", "b c", "7", "7 | 8", "| 7 | 8 |", "|---|---|", "--|--", "`7|8`", "1. b", "- b", "> 6", "", "2018. was", "***", "---", "===",
     "## h", "## h ##", "## h#", "#h", "####### h", ": d", "*a*", "_a_ b", "**a", "a**", "a  ", "a\\", "[@a]", "```", "~~~", "x_y_z",
     "2*3*4", "+ 5", "=6", "~7", "\\- 8", "a | b | c", "[TOC]", "10. x", "1.", "-", "100) x", "1234567890. x",
     "\u06f1. o", "\uff11. o", "\u0967\u0966. o", "5\u0661. o", "\u0661", "\u00a0- b", "\u2003> b"]
)  # fmt: skip
LINES = st.lists(st.builds("{}{}".format, INDENT, BODY) | st.just("") | BODY, max_size=8).map("\n".join)
"""Lines that look like those of lists, quotations and tables."""
ITEM = st.builds(
    lambda empty, level, width, mark, words: f"{empty}{' ' * level * width}{mark}{words}",
    st.sampled_from(["", "", "\n"]),
    st.integers(0, 3),
    st.sampled_from([2, 3, 4]),
    st.sampled_from(["- ", "* ", "1. ", "2. ", "3. ", "> ", ""]),
    st.sampled_from(["a", "b", "c *d*", "7"]),
)
NESTED = st.lists(ITEM, max_size=8).map("\n".join)
"""Lists in lists."""
INLINE = st.lists(
    st.sampled_from(
        ["*", "**", "***", "_", "__", "___", "a", "b", " ", "(", ")", ".", "é", "—", "“", "\\*", "`", "``", "[@a]", "[x](y.md)", "5",
         " * ", " _ ", "&nbsp;", "[_a_*b](c.md)", "<https://e.org>", "\\\\"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
"""One paragraph."""


@settings(max_examples=300)
@given(TEXT | LINES | NESTED | INLINE)
@example("***\n1. b\n1. a")
@example("- 1. a\n    7. b")
@example("- a\n2. b\n2. c")
@example("\\\n\\")
@example("[@a](b.md)")
@example("> a\n    > a")
@example("|---|---|\n|---|---|")
@example("- --|--\n|---|---|")
@example("- a\n- a\n    1. a\n        - a\n      - a")
@example("## ##")
@example("*_*[@a]")
@example("\\  \n[@a]")
def test_a_story_is_shown_as_a_previewer_shows_it_or_check_refuses_it(text: str) -> None:
    text = text.strip()  # as it is read

    assert refused(text) or shape(page(text)) == previewed(text)


@settings(max_examples=100)
@given(TEXT.map(lambda text: text.replace("\n", " ")) | INLINE)
def test_a_field_is_shown_as_a_previewer_shows_its_words_or_check_refuses_it(text: str) -> None:
    text = text.strip()

    assert refused(text, story=False) or shape(page(text, story=False)) == previewed(text, story=False)


@pytest.mark.parametrize("root", [HARBOUR, TESTS / "dossiers" / "ozone"], ids=["harbour", "ozone"])
def test_every_text_of_a_dossier_is_shown_as_a_previewer_shows_it(root: Path) -> None:
    texts = list(marked_prose(build.load(whole_harbour() if root == HARBOUR else root)))

    assert len(texts) > 5
    assert [text for text, story in texts if shape(page(text, story=story)) != previewed(text, story=story)] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- upper\n  - north\n- lower", "<ul>\n<li>upper<ul>\n<li>north</li>\n</ul>\n</li>\n<li>lower</li>\n</ul>"),
        ("1. upper\n   - north", "<ol>\n<li>upper<ul>\n<li>north</li>\n</ul>\n</li>\n</ol>"),
        ("Found:\n- nets\n- oars", "<p>Found:</p>\n<ul>\n<li>nets</li>\n<li>oars</li>\n</ul>"),
        ("1. one\n\n   goes on\n\n2. two", "<ol>\n<li>\n<p>one</p>\n<p>goes on</p>\n</li>\n<li>\n<p>two</p>\n</li>\n</ol>"),
        ("3. three\n4. four\n\n- a", '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>\n<ul>\n<li>a</li>\n</ul>'),
        ("1) one\n2) two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("Signed in\n2018. It was dry.", "<p>Signed in\n2018&#46; It was dry.</p>"),
        ("2018\\. was dry", "<p>2018. was dry</p>"),
        ("more than\n\\> 50", "<p>more than\n&gt; 50</p>"),
        ("River Wardens  \n1 Quay Street\\\nUpper Town", "<p>River Wardens<br>\n1 Quay Street<br>\nUpper Town</p>"),
        ("#1 of the\n#tags", "<p>&#35;1 of the\n&#35;tags</p>"),
        ("## C#", '<h2 id="c">C&#35;</h2>'),
        ("[TOC]", "<p>&#91;TOC]</p>"),
        ("AT&T, &copy 2020", "<p>AT&amp;T, &amp;copy 2020</p>"),
        ("<https://e.org/a_b_c>", '<p><a href="https://e.org/a_b_c">https://e.org/a&#95;b&#95;c</a></p>'),
        ("snake_case 2*3*4 *a*b", "<p>snake_case 2<em>3</em>4 <em>a</em>b</p>"),
        ("Term\n: said", "<p>Term\n&#58; said</p>"),
    ],
)  # fmt: skip
def test_what_editors_write_works(text: str, shown: str) -> None:
    assert refused(text) == []
    assert page(text) == shown


TABLE = "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>{}</td>\n</tr>\n</tbody>\n</table>"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |", "2"),
        ("By town:\n| a | b |\n|---|---|\n| 1 |", ""),
        ("a | b\n|---|---|\n1 | 2", "2"),
        ("a | b\n--|--\n| 1 | `2\\|3` |", "<code>2&#124;3</code>"),
        ("| a | b |\n|---|---|\n| 1 | 2 \\| 3 |", "2 &#124; 3"),
    ],
)
def test_tables_are_written_as_one_likes(text: str, cell: str) -> None:
    assert refused(text) == []
    assert page(text).removeprefix("<p>By town:</p>\n") == TABLE.format(cell)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("A.\n\n2018. was", 4, "begins a numbered list"),
        ("1. a\n3. b", 5, "item 3 of this list would be shown as 2"),
        ("more than\n> 50", 10, "> in the middle of a paragraph"),
        ("- more than\n> 50", 12, "> in the middle of a paragraph"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", 20, "this row has 3 cells, the head 2"),
        ("| a | b |\n|---|---|\n| 1 | `2|3` |", 20, "a | in code"),
        ("| a | b |\n|---|---|---|\n| 1 | 2 | 3 |", 10, "no head with as many cells"),
        ("| a | b |\n|---|---|", 0, "no row below its head"),
        ("Said:\n\n    Twelve.[@a]", 11, "four spaces"),
        ("- a\n\n      Twelve.[@a]", 11, "four spaces"),
        ("- a\n- a\n    1. a\n        - a\n      - a", 35, "indented by four spaces or more"),
        ("a\n    - b", 6, "indented by four spaces or more"),
        ("## Results[@a]", 10, "a heading cannot cite"),
        ("##", 0, "this heading has no words"),
        ("# Title", 0, "a heading of the first level"),
        ("Both.\n---\nNext", 6, "dashes right below a paragraph"),
        ("Both.\n===", 6, "a heading of the first level"),
        ("A <!-- ask -->", 2, "begins a comment"),
        ("A <b>bold</b>", 2, "is HTML"),
        ("A.\n\n<div>\n\nB", 4, "is HTML"),
        ("a[^1]\n\n[^1]: b", 7, "is the text of a footnote"),
        ("- a\n- \n- b", 4, "has no words"),
        ("- - a", 2, "begins with the mark of another block"),
        ("- a\n\n  ## b", 7, "stands in a list or in a quotation"),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 |", 2, "stands in a list or in a quotation"),
        ("> - a\n> * b", 8, "follow each other here"),
        (">", 0, "no words"),
        ("&#8238;a", 0, "invisible"),
        ("[a `b](c.md) d` e", 0, "a link that cannot be read"),
        ("> " * 2000 + "a", 0, "deep in each other"),
        ("[x" * 20000, 0, "more than 2000 marks"),
    ],
)  # fmt: skip
def test_what_would_be_shown_otherwise_is_refused_where_it_stands(text: str, place: int, message: str) -> None:
    faults = [part for part in parse(text, "operations", story=True) if isinstance(part, ProseFault)]

    assert message in faults[0].message
    assert faults[0].offset == place


@pytest.mark.parametrize("text", ["One.\n\nTwo.", "Found:\n- a\n- b", "a\n| b | c |\n|---|---|\n| 1 | 2 |"])
def test_a_text_on_one_line_holds_one_paragraph(text: str) -> None:
    assert "shown on one line" in refused(text, story=False)[0]


def test_a_fault_is_where_its_words_begin_also_behind_tabs() -> None:
    text = "-\tone\n\n\t> a\n\t> > b"
    (fault,) = (part for part in parse(text, "operations", story=True) if isinstance(part, ProseFault))

    assert text[fault.offset :] == "> b"
