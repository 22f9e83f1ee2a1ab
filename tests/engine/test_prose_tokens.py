"""The patterns that decide what of prose is safe: each by itself, their order, and all together as they always were."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.reading.prose import Mark, TextRun, parse
from explainer.reading.prose_tokens import FLAGS, PATTERNS, Kind, kind_of, next_token

PIECES = (
    *("<", "{", "\\{", "\\<", "&", "\\", "|", "\\|", "`", "``", "```", "~~~", "~~~~", "*", "_"),
    *("\n", "\n\n", "\r\n", " ", "    ", "\t", "\0", "\x0b", "a", "b c", "é", "5", ";", ":", "!", "^"),
    *(
        "[",
        "]",
        "(",
        ")",
        "](",
        "]:",
        "![",
        "[@",
        "(@",
        "@",
        "[[",
        "]]",
        "[[= a/b c]]",
        "[[map a]]",
        "[@a]",
        "[@a-b, para. 4; c]",
        "(@a-b)",
        "[a](b.md)",
    ),
    *("#", "##", "=", "===", "---", ">", "> ", "- ", "+ ", "1. ", "\u06f1. ", "\uff12. ", "|-|", "| - | - |\n"),
    *("https://x.org", "mailto:a@x.org", "javascript:x", "../goals/3.md#x", "<script>", "{: onclick=x}"),
)
"""What prose is made of where it is tried at random: all that a pattern looks for, and a little that none does."""

PROSE = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=24).map("".join),
    st.text("`~[]()!@#<{\\|=:;- a\n", max_size=24),
    st.text(),
)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The tokens of a text, each searched for behind the one before."""
    at = 0
    while token := next_token(text, at):
        yield token
        at = token.end()


OURS = {f"<{close}{tag}>" for close in ("", "/") for tag in ("em", "strong", "code", "pre")} | {"<br>", "<!-- -->"}
"""What of HTML the engine itself writes into prose."""

BLESSED = re.compile(
    r"(?P<break>(?:(?<![ ])[ ]{2,}|\\)\n)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<data>\[\[(?P<asked>[=a-z][^\[\]\n]*)\]\](?!\())"
    r"|(?P<open>\[\[(?:=|[a-z]+[ ])[^\[\]\n]*\]?(?=[^\]]|\Z))"
    r"|(?P<cite>\[@(?P<cited>[^\[\]\n]*)\](?!\())"
    r"|(?P<stray>\[@(?![^\[\]\n]*\]\()[^\s\[\]]*|\(@[a-z0-9-]+\))"
    r"|(?P<definition>^\[(?!@)[^\[\]]+\]:)"
    r"|(?P<image>!\[(?:[^\[\]\n]*\](?:\([^()\n]*\))?)?)"
    r"|(?P<link>\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\((?P<target>[^()\n]*)\))"
    r"|(?P<broken>\]\()"
    r"|(?P<address><(?:(?P<url>https?://[^\s<>]*)|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+))>)"
    r"|(?P<html><(?:/?[A-Za-z]|!(?:--|[A-Za-z]|\[CDATA\[)|\?)[^\s<>]{0,20}>?)"
    r"|(?P<start>^(?:[#>|=:+~-]|\d+\.(?=[ ])))"
    r"|(?P<run>\*+|_+)"
    r"|(?P<entity>&(?P<name>\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)"
    r"|(?P<unsafe>[<{|]|\\(?:[ ]+\n)?|&(?=[#A-Za-z0-9])|\[(?![^\[\]\n]*\])|\[(?=TOC\]))",
    re.MULTILINE | re.DOTALL,
)
"""The lexer in one pattern, as it was reviewed; whoever changes what is safe on purpose changes it here as well."""


@pytest.mark.parametrize(
    ("kind", "whole", "not_whole"),
    [
        (Kind.BREAK, ("  \n", "    \n", "\\\n"), (" \n", "\n", "\\")),
        (Kind.ESCAPE, (r"\<", r"\\", r"\|", r"\~"), ("\\", "\\\n", r"\a", "\\ ")),
        (Kind.DATA, ("[[= a/b c]]", "[[map a]]"), ("[[1]]", "[[a]](b)", "[a]")),
        (Kind.OPEN, ("[[= a/b c", "[[map a/b c]"), ("[[1", "[[a", "[a b")),
        (Kind.TICKS, ("`", "``"), ("", "` ")),
        (Kind.CITE, ("[@a]", "[@a, p. 4; b]", "[@]", "[@<b>]"), ("[@a", "[@a\n]", "[@[a]]", "[a]", "[ @a]")),
        (Kind.STRAY, ("[@a", "[@", "[@a,b", "(@a-b)"), ("[@a ", "(@)", "(@A)", "(@a b)", "@a")),
        (Kind.DEFINITION, ("[a]:", "[a b]:", "[^1]:", "[a\nb]:"), ("[@a]:", "[]:", "[a] :", "x [a]:")),
        (Kind.IMAGE, ("![", "![a]", "![a](b)", "![](b c)"), ("!", "[a](b)", "![a\n](b)", "![a](b(c))", "! [a](b)")),
        (
            Kind.LINK,
            ("[a](b)", "[](x)", "[a\nb](c)", r"[a \] b](c)", "[a](javascript:x)", "[a]()", "[`a`](b)"),
            ("[a] (b)", "[a[b]](c)", "[a](b(c))", "[a](b\nc)"),
        ),
        (Kind.BROKEN, ("](",), ("] (", "]", "](x")),
        (Kind.ADDRESS, ("<https://e.org/a_b>", "<a.b@e.org>"), ("<javascript:x>", "<https://e.org a>", "<a@b>", "<b>")),
        (Kind.HTML, ("<b>", "</b>", "<!--", "<!DOCTYPE", "<?xml", "<![CDATA[", "<div"), ("<", "< b", "<5", "<=", "<-")),
        (Kind.START, ("#", ">", "|", "=", ":", "+", "~", "-"), ("*", "a", "1.", "1)")),
        (Kind.RUN, ("*", "***", "_", "__"), ("*_", "-")),
        (Kind.ENTITY, ("&amp;", "&#35;", "&#x1F;", "&nosuch;"), ("&", "&amp", "&;", "&#;", "&#12345678;")),
        (Kind.UNSAFE, ("<", "{", "\\", "\\  \n", "|", "["), (">", "}", "&", "<b")),
    ],
)
def test_a_pattern_matches_its_construct_and_nothing_else(
    kind: Kind, whole: tuple[str, ...], not_whole: tuple[str, ...]
) -> None:
    pattern = re.compile(PATTERNS[kind], FLAGS)

    assert [text for text in whole if not pattern.fullmatch(text)] == []
    assert [text for text in not_whole if pattern.fullmatch(text)] == []


def test_every_kind_has_a_pattern_and_they_are_tried_in_the_order_of_the_kinds() -> None:
    assert list(PATTERNS) == list(Kind)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"\`<b>\`", [Kind.ESCAPE, Kind.HTML, Kind.ESCAPE]),
        (r"\[@a]", [Kind.ESCAPE]),
        ("[@a][@b", [Kind.CITE, Kind.STRAY]),
        ("[@a](b)", [Kind.LINK]),
        ("[a]: [b](c)", [Kind.DEFINITION, Kind.LINK]),
        ("![a](b)", [Kind.IMAGE]),
        ("[a[b](c)](d)", [Kind.UNSAFE, Kind.LINK, Kind.BROKEN]),
        ("[a](<b>)", [Kind.LINK]),
        ("## <b> {x}", [Kind.START, Kind.HTML, Kind.UNSAFE]),
        ("1990. A\n1990) A", [Kind.START]),
        ("a - b", []),
    ],
)
def test_of_two_patterns_that_match_the_earlier_one_wins(text: str, kinds: list[Kind]) -> None:
    assert [kind_of(token) for token in tokens(text)] == kinds


@settings(max_examples=500, derandomize=True)
@given(PROSE)
def test_all_patterns_together_find_what_the_reviewed_one_finds(text: str) -> None:
    def told(found: re.Match[str]) -> tuple[object, ...]:
        return found.span(), found.groupdict()

    assert [told(token) for token in tokens(text)] == [told(token) for token in BLESSED.finditer(text)]


@settings(max_examples=500, derandomize=True)
@given(PROSE)
def test_no_text_of_a_page_begins_a_tag_or_an_attribute_list(text: str) -> None:
    parts = [part for story in (False, True) for part in parse(text, "operations", story=story)]
    words = "".join(part.text for part in parts if isinstance(part, TextRun))
    marks = "".join(part.text for part in parts if isinstance(part, Mark))

    assert "<" not in words
    assert "{" not in words + marks
    assert set(re.findall(r"<[^>]*>", marks)) <= OURS
