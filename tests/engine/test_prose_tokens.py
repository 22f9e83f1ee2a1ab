"""The patterns that decide what of prose is safe: each by itself, their order, and all together as they always were."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.reading.prose import TextRun, masked, parse
from explainer.reading.prose_tokens import FLAGS, PATTERNS, Kind, kind_of, tokens

PIECES = (
    *("<", "{", "\\{", "\\<", "&", "\\", "|", "\\|", "`", "``", "```", "~~~", "~~~~", "*", "_"),
    *("\n", "\n\n", "\r\n", " ", "    ", "\t", "\0", "\x0b", "a", "b c", "é", "5", ";", ":", "!", "^"),
    *("[", "]", "(", ")", "](", "]:", "![", "[@", "(@", "@", "[@a]", "[@a-b, para. 4; c]", "(@a-b)", "[a](b.md)"),
    *("#", "##", "=", "===", "---", ">", "> ", "- ", "+ ", "1. ", "|-|", "| - | - |\n"),
    *("https://x.org", "mailto:a@x.org", "javascript:x", "../goals/3.md#x", "<script>", "{: onclick=x}"),
)
"""What prose is made of where it is tried at random: all that a pattern looks for, and a little that none does."""

PROSE = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=24).map("".join),
    st.text("`~[]()!@#<{\\|=:;- a\n", max_size=24),
    st.text(),
)

BLESSED = re.compile(
    r"(?P<fence>^[ ]{0,3}(?P<mark>`{3,}|~{3,})[^\n]*\n(?P<code>.*?)(?:^[ ]{0,3}(?P=mark)[`~]*[ ]*$|\Z))"
    r"|(?P<escape>\\[^\n])"
    r"|(?P<span>(?P<ticks>`+)(?P<inner>(?:(?!\n\s*\n).)+?)(?<!`)(?P=ticks)(?!`))"
    r"|(?P<cite>\[@(?P<cited>[^\[\]\n]*)\])"
    r"|(?P<stray>\[@[^\s\[\]]*|\(@[a-z0-9-]+\))"
    r"|(?P<definition>^(?:[ \t>]|[-*+:][ \t]|\d+\.[ \t])*\[(?!@)[^\]\n]+\]:)"
    r"|(?P<image>!\[(?:[^\[\]\n]*\](?:\([^()\n]*\))?)?)"
    r"|(?P<link>\[(?P<label>(?:[^\[\]\\\n]|\\[^\n]|\n(?!\s*\n))*)\]\((?P<target>[^()\n]*)\))"
    r"|(?P<broken>\]\()"
    r"|(?P<title>^[ ]{0,3}#(?!#)[^\n]*|^[ ]{0,3}=+[ ]*$)"
    r"|(?P<unsafe>[<{]|&(?=#)(?!#(?:[0-9]+|[xX][0-9a-fA-F]+);))",
    re.MULTILINE | re.DOTALL,
)
"""The lexer in one pattern, as it was reviewed; whoever changes what is safe on purpose changes it here as well."""


@pytest.mark.parametrize(
    ("kind", "whole", "not_whole"),
    [
        (
            Kind.FENCE,
            ("```\nx\n```", "~~~ py\n<b>\n\n`x`\n~~~~", "   ```\nnever closed\n", "```\n```", "````\n```\n````"),
            ("``\nx\n``", "    ```\nx\n    ```", "``` x ```", "x ```\n"),
        ),
        (Kind.ESCAPE, (r"\<", r"\\", r"\a", "\\ "), ("\\", "\\\n", r"\ab")),
        (
            Kind.SPAN,
            ("`x`", "``a ` b``", "`a\nb`", "`<b>`", "` `"),
            ("``", "`a", "`a\n\nb`", "`a\n \nb`", "`a``"),
        ),
        (Kind.CITE, ("[@a]", "[@a, p. 4; b]", "[@]", "[@<b>]"), ("[@a", "[@a\n]", "[@[a]]", "[a]", "[ @a]")),
        (Kind.STRAY, ("[@a", "[@", "[@a,b", "(@a-b)"), ("[@a ", "(@)", "(@A)", "(@a b)", "@a")),
        (
            Kind.DEFINITION,
            ("[a]:", "  > - [a b]:", "1. [a]:", "[^1]:", "\t* [a]:"),
            ("[@a]:", "[]:", "[a] :", "x [a]:", "[a\nb]:"),
        ),
        (Kind.IMAGE, ("![", "![a]", "![a](b)", "![](b c)"), ("!", "[a](b)", "![a\n](b)", "![a](b(c))", "! [a](b)")),
        (
            Kind.LINK,
            ("[a](b)", "[](x)", "[a\nb](c)", r"[a \] b](c)", "[a](javascript:x)", "[a]()", "[`a`](b)"),
            ("[a] (b)", "[a[b]](c)", "[a](b(c))", "[a](b\nc)", "[a\n\nb](c)", "[a\n \nb](c)"),
        ),
        (Kind.BROKEN, ("](",), ("] (", "]", "](x")),
        (Kind.TITLE, ("# a", "#a", "   # a #", "#", "===", "  =  "), ("## a", "    # a", "a # b", "== a", "---")),
        (Kind.UNSAFE, ("<", "{"), (">", "}", "&", "<b")),
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
        ("```\n[@a] <b> `x`\n```", [Kind.FENCE]),
        ("`[@a] <b> \\`", [Kind.SPAN]),
        (r"\`<b>\`", [Kind.ESCAPE, Kind.UNSAFE, Kind.ESCAPE]),
        (r"\[@a]", [Kind.ESCAPE]),
        ("[@a][@b", [Kind.CITE, Kind.STRAY]),
        ("[a]: [b](c)", [Kind.DEFINITION, Kind.LINK]),
        ("![a](b)", [Kind.IMAGE]),
        ("[a[b](c)](d)", [Kind.LINK, Kind.BROKEN]),
        ("[a](<b>)", [Kind.LINK]),
        ("# <b>", [Kind.TITLE]),
        ("## <b> {x}", [Kind.UNSAFE, Kind.UNSAFE]),
    ],
)
def test_of_two_patterns_that_match_the_earlier_one_wins(text: str, kinds: list[Kind]) -> None:
    assert [kind_of(token) for token in tokens(text)] == kinds


@settings(max_examples=500, derandomize=True)
@given(PROSE)
def test_all_patterns_together_find_what_the_reviewed_one_finds(text: str) -> None:
    def told(found: re.Match[str]) -> tuple[object, ...]:
        return found.span(), found.groupdict()

    before = list(BLESSED.finditer(text))

    assert [told(token) for token in tokens(text)] == [told(token) for token in before]
    assert [kind_of(token) for token in tokens(text)] == [
        next(kind for kind in Kind if token[kind] is not None) for token in before
    ]


@settings(max_examples=500, derandomize=True)
@given(PROSE)
def test_no_text_of_a_page_begins_a_tag_or_an_attribute_list(text: str) -> None:
    shown = "".join(part.text for part in parse(text, "operations") if isinstance(part, TextRun))

    assert re.sub(r"</?(?:pre|code)>", "", shown).count("<") == 0
    assert "{" not in shown


@settings(max_examples=500, derandomize=True)
@given(PROSE)
def test_masked_prose_keeps_its_length_and_its_lines(text: str) -> None:
    hidden = masked(text)

    assert len(hidden) == len(text)
    assert [place for place, char in enumerate(hidden) if char == "\n"] == [
        place for place, char in enumerate(text) if char == "\n"
    ]
