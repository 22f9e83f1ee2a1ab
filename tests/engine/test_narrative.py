"""Prose: citations and links are found, everything else is made safe."""

import pytest

from explainer.reading.prose import CitationMark, Link, ProseFault, escape, paragraphs, parse, plain, show


def shown(text: str, *, inline: bool = False) -> str:
    """A prose text with its citations and links written plainly."""
    return show(
        text,
        "operations",
        cite=lambda mentions: "".join(f"({item.source}|{item.at})" for item in mentions),
        link=lambda link: f"[{link.label}]({link.page or link.url}#{link.fragment})",
        inline=inline,
    )


def test_a_citation_has_a_source_and_may_have_a_place() -> None:
    assert [CitationMark("a-b", None, 1), CitationMark("c", "para. 4", 7)] == [
        part for part in parse("x[@a-b][@c, para. 4]", "x") if isinstance(part, CitationMark)
    ]


@pytest.mark.parametrize("text", ["[@]", "[@A]", "[@a b]", "[@a--b]", "[@../x]"])
def test_what_is_no_citation_is_a_fault(text: str) -> None:
    assert any(isinstance(part, ProseFault) for part in parse(text, "x"))


def test_a_link_leads_from_the_folder_of_its_record() -> None:
    assert [part.page for part in parse("[a](../goals/3.md#x) [b](b.md)", "operations") if isinstance(part, Link)] == [
        "goals/3.md",
        "operations/b.md",
    ]


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:x", "java&#115;cript:x", "data:text/html,x", "vbscript:x", "//evil.example",
     "/etc/passwd", "../../x.md", "file:///x", "a b", "<javascript:x>", "", "https://x.org/<b>"],
)  # fmt: skip
def test_an_unsafe_link_is_a_fault(target: str) -> None:
    assert any(isinstance(part, ProseFault) for part in parse(f"[x]({target})", "operations"))


@pytest.mark.parametrize(
    "text", ["![x](y)", "[a]: https://x.org", "# Title", "Title\n===", "[x](y (z))", "<b>", "</b>", "<!-- x -->"]
)
def test_what_prose_must_not_hold_is_a_fault(text: str) -> None:
    assert any(isinstance(part, ProseFault) for part in parse(text, "x", story=True))


def test_angle_brackets_and_braces_become_entities() -> None:
    assert shown("\\<script>\\</script> {: onclick=x } < 5") == "&lt;script>&lt;/script> &#123;: onclick=x } &lt; 5"


@pytest.mark.parametrize("text", ["Words.\n\\{: onclick=x }", "*x*\\{: onclick=x }", "[x](b.md)\\{: onclick=x }"])
def test_an_escaped_brace_begins_no_attribute_list(text: str) -> None:
    assert "onclick=x }" in shown(text)
    assert "{" not in shown(text)


def test_escaped_angle_brackets_braces_and_ampersands_are_entities_and_other_escapes_stay() -> None:
    assert shown(r"\<b> \{x} \&lt; \* \~ \" \e") == r"&lt;b> &#123;x} &amp;lt; \* &#126; " + '" &#92;e'


def test_code_shows_what_it_holds() -> None:
    assert shown("`<b>*`") == "<code>&#60;b&#62;&#42;</code>"


def test_code_holds_no_citation() -> None:
    assert [part for part in parse("`[@a]`", "x") if isinstance(part, CitationMark)] == []


@pytest.mark.parametrize("text", ["# x", "- x", "1. x", "> x", "+ x", "| x |", "=== x", ": x"])
def test_inline_prose_begins_no_block(text: str) -> None:
    assert not shown(text, inline=True).startswith(text[:2])


def test_each_list_item_and_table_row_is_a_paragraph() -> None:
    text = "One.\n\n- a\n- b\n\n| c |\n|---|\n| d |\n\n## Heading\n\n```\ncode 5\n```\n"

    assert [item.text.strip() for item in paragraphs(text)] == ["One.", "- a", "- b", "| c |", "|---|", "| d |"]


def test_each_row_of_a_table_without_bars_at_its_ends_is_a_paragraph() -> None:
    found = paragraphs("a | b\n--|--\n1 | 2[@x]\n3 | 4\n\nAfter\nthat.")

    assert [(item.text.strip(), item.cites) for item in found] == [
        ("a | b", False),
        ("--|--", False),
        ("1 | 2", True),
        ("3 | 4", False),
        ("After\nthat.", False),
    ]


def test_plain_prose_keeps_underscores_asterisks_and_entities_that_are_text() -> None:
    assert plain("snake_case 2 \\* 3 `a_b` *x*&nbsp;&amp; AT&T \\<b>") == "snake_case 2 * 3 a_b x\u00a0& AT&T <b>"
    assert plain("## Head\n\n- a\n- b  \nc\n\n| d | e |\n|---|---|\n| 1 | 2 |", story=True) == "Head a b c d e 1 2"


def test_a_year_at_the_start_of_a_line_stays_in_its_paragraph() -> None:
    assert [item.text for item in paragraphs("It was signed in\n2018. It was dry.")] == [
        "It was signed in\n2018. It was dry."
    ]


def test_a_paragraph_knows_whether_it_cites() -> None:
    assert [item.cites for item in paragraphs("A.[@x]\n\nB.")] == [True, False]


def test_plain_prose_has_no_marks() -> None:
    assert plain("A **bold** word, [a link](x.md) and `code`.[@a]") == "A bold word, a link and code."


def test_an_escaped_text_has_no_marks_that_markdown_reads() -> None:
    assert escape("*a* [b] <c> | `") == "&#42;a&#42; &#91;b&#93; &#60;c&#62; &#124; &#96;"
