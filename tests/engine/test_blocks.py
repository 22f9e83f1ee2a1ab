"""Stories: what an editor wrote, what a page shows and what a previewer shows hold the same numbers, or check refuses."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from explainer.reading.blocks import faults
from explainer.reading.prose import ProseFault, parse, show
from tests.engine.test_properties import converted

PREVIEWER = MarkdownIt("commonmark").enable("table")


class Numbers(HTMLParser):
    """Every number that stands on a page: in its words, and before the items of its lists."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.words: list[str] = []
        self.lists: list[count[int] | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count the items of numbered lists; an element ends a word."""
        if tag == "ol":
            self.lists.append(count(int(dict(attrs).get("start") or 1)))
        elif tag == "ul":
            self.lists.append(None)
        elif tag == "li" and (numbers := self.lists[-1]) is not None:
            self.found[str(next(numbers))] += 1
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Leave a list; an element ends a word."""
        if tag in {"ol", "ul"}:
            self.lists.pop()
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep words; in indented code the page shows entities as they are written, which is another matter."""
        self.words.append(unescape(data))


def numbers(html: str) -> Counter[str]:
    """How often each number stands on a page."""
    reader = Numbers()
    reader.feed(html)
    return reader.found + Counter(re.findall(r"[0-9]+", "".join(reader.words)))


def page(text: str) -> str:
    """A story as the site shows it."""
    return converted(
        "\n" + show(text, "operations", cite=lambda _: '<sup class="cite"></sup>', link=lambda link: link.label)
    )


def refused(text: str) -> bool:
    """Whether check refuses a story."""
    return bool(faults(text)) or any(isinstance(part, ProseFault) for part in parse(text, "operations"))


NUMBER = st.integers(0, 5).map(str) | st.sampled_from(["12", "999", "1000", "2018", "007"])
MARK = st.sampled_from(
    ["\n", "\n", "\n", "\n\n", "\n\n", " ", " ", "  ", "   ", "    ", "\t", ". ", ". ", "- ", "* ", "> ", ">", "| ", " | ", "|",
     "|---|---|\n", "--|--\n", "|-|\n", "---\n", "## ", ": ", "`", "\\|", "\\", "x", "a ", "```\n", "[@a]", ") ", "***\n", "1. ", "2. "]
)  # fmt: skip
TEXT = st.lists(NUMBER | MARK, max_size=24).map("".join)
LINE = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "", "  ", "   ", "    ", "        ", "> ", "\t"]),
    st.sampled_from(["", "- ", "* ", "> ", "| ", "1. ", "2. ", "3. ", "4. ", "9. ", "2018. ", ": ", "## "]),
    st.sampled_from(["a", "7", "7 | 8", "7 | 8 |", "|---|---|", "`7|8`", "1. b", "- b", "> 6", "", "2018. was", "***"]),
)
STORY = st.lists(LINE | st.just(""), max_size=10).map("\n".join)


@given(TEXT | STORY)
@example("***\n1. b\n1. a")
@example("999. a\n1. b")
@example("- 1. a\n    7. b")
@example("- a\n2. b\n2. c")
@example("- 1. b\n\n        : 2018. was\n1. b")
def test_every_number_that_was_written_stands_on_the_page_or_check_refuses(text: str) -> None:
    written = Counter(re.findall(r"[0-9]+", text))

    assert refused(text) or written == numbers(page(text))


WORDS = st.lists(NUMBER | st.sampled_from(["a", "(", ">", "-", "| ", "`|`", "\\|", "3."]), max_size=4).map(" ".join)
PARAGRAPH = st.lists(WORDS.map("x {}".format), min_size=1, max_size=3).map("\n".join)
MARKED = st.lists(
    st.tuples(st.sampled_from(["1.", "2.", "3.", "4.", "12.", "2018.", "-"]), WORDS).map(" ".join),
    min_size=1,
    max_size=4,
).map("\n".join)
ROW = st.lists(WORDS, min_size=1, max_size=4).map(lambda cells: f"| {' | '.join(cells)} |")
TABLE = st.lists(ROW, max_size=3).map(lambda rows: "\n".join(["| x | y |", "|---|---|", *rows]))


QUOTED = (PARAGRAPH | MARKED).map(lambda text: re.sub(r"(?m)^", "> ", text))


@given(st.lists(PARAGRAPH | MARKED | QUOTED | TABLE, max_size=5).map("\n\n".join))
def test_the_numbers_on_a_page_are_those_that_a_previewer_shows_or_check_refuses(text: str) -> None:
    assert refused(text) or numbers(PREVIEWER.render(text)) == numbers(page(text))


def test_a_list_keeps_the_number_that_it_begins_with() -> None:
    assert page("3. third\n4. fourth\n\nThen:\n\n1. first") == (
        '<ol start="3">\n<li>third</li>\n<li>fourth</li>\n</ol>\n<p>Then:</p>\n<ol>\n<li>first</li>\n</ol>'
    )


def test_a_list_that_a_paragraph_interrupts_counts_on() -> None:
    assert page("1. first\n\n   goes on\n\n2. second") == (
        '<ol>\n<li>first</li>\n</ol>\n<p>goes on</p>\n<ol start="2">\n<li>second</li>\n</ol>'
    )


def test_bullets_after_a_numbered_list_stay_bullets() -> None:
    assert page("1. first\n2. second\n\n- a bullet") == (
        "<ol>\n<li>first</li>\n<li>second</li>\n</ol>\n<ul>\n<li>a bullet</li>\n</ul>"
    )


def test_a_year_with_a_backslash_begins_a_paragraph() -> None:
    assert page("2018\\. was a dry year.") == "<p>2018. was a dry year.</p>"


def test_a_mark_with_a_backslash_begins_no_quotation() -> None:
    assert page("more than\n\\> 50 barrels") == "<p>more than\n&gt; 50 barrels</p>"


def test_an_escaped_bar_in_the_code_of_a_table_is_a_bar() -> None:
    assert "<td><code>a&#124;b</code></td>\n<td>5</td>" in page("| x | y |\n|---|---|\n| `a\\|b` | 5 |")
    assert page("`a\\|b`") == "<p><code>a&#92;&#124;b</code></p>"


@pytest.mark.parametrize(
    "text",
    [
        "It was signed in\n2018. It was a dry year.",
        "1. one\n2. two\n\n    goes on\n\n3. three",
        "1. one\n    - a\n    - b\n2. two",
        "- one\n    1. a\n    2. b\n- two",
        "0. zero\n1. one",
        "1. one\n\n```\n7. code\n```\n\n2. two",
        "1. one\n\n## Heading\n\n1. one again",
        "> A quotation\n> of two lines\nthat goes on.\n\n> Another.",
        "## Heading\n> A quotation.",
        "\tcode\n\t> more code",
        "`2018`. was a dry year, and\n`> this` is code.",
        "| a | b |\n|:--|--:|\n| 1 |\n| `\\|` | \\| |\n| [x](y.md) | 2[@a] |",
        "a | b\n--|--\n1 | 2",
        "A | mark\nin a text | is no table.",
        "| a |\n|---|\n| 1 |",
    ],
)
def test_what_a_page_shows_as_it_was_written_is_no_fault(text: str) -> None:
    assert faults(text) == ()
    assert numbers(page(text)) == numbers(PREVIEWER.render(text))


def test_a_fault_is_where_its_words_begin_also_behind_tabs() -> None:
    text = "-\tone\n\n\t> 1. a\n\t> 3. b"

    assert [text[fault.offset :] for fault in faults(text)] == ["3. b"]


def test_what_lies_too_deep_is_refused() -> None:
    assert "deep in each other" in faults("> " * 2000 + "1. a")[0].message
