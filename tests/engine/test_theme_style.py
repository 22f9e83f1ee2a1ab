"""The theme's style sheet loses the rules that no page uses, and no others."""

from __future__ import annotations

import re
from importlib import resources

from explainer.publish.theme_style import slimmed


def test_a_selector_for_an_unused_class_is_left_out_of_its_list() -> None:
    assert slimmed(".md-typeset .admonition,.md-typeset details{margin:1em}") == ".md-typeset details{margin:1em}"


def test_a_rule_or_a_block_without_selectors_is_left_out() -> None:
    assert slimmed("@media print{.md-search{display:none}}a{color:red}") == "a{color:red}"
    assert slimmed("@media print{.md-search{display:none}b{top:0}}") == "@media print{b{top:0}}"


def test_a_comma_or_a_brace_within_brackets_or_quotes_ends_nothing() -> None:
    rule = 'a:is(b,i)::after{content:"};{";background:url(data:x;y,{z})}'

    assert slimmed(rule) == rule


def test_a_class_that_only_begins_like_an_unused_one_stays() -> None:
    assert slimmed(".gridded{top:0}.md-grid{top:0}.grid-x{top:0}") == ".gridded{top:0}.md-grid{top:0}"


def test_the_arrows_of_heads_that_the_theme_would_sort_by_are_left_out() -> None:
    assert slimmed(".md-typeset table th[role=columnheader]{cursor:pointer}th{top:0}") == "th{top:0}"


def test_colours_that_are_not_ours_are_left_out() -> None:
    rule = "[data-md-color-primary=custom]{top:0}"

    assert slimmed(f"[data-md-color-primary=red],[data-md-color-accent=lime]{{top:0}}{rule}") == rule


def test_a_rule_for_every_element_while_colours_change_is_left_out() -> None:
    rule = "[data-md-color-switching] *,[data-md-color-switching] :after{transition-duration:0s!important}"

    assert slimmed(f"{rule}a{{top:0}}") == "a{top:0}"


def test_values_that_only_left_out_parts_read_are_left_out() -> None:
    values = "--md-nav-icon--next:url('data:x;y{z}');--md-code-hl-color:#fff;--md-mermaid-edge-color:hsla(var(--md-hue), 15%)"

    assert slimmed(f":root{{--md-hue:2;{values};--md-code-bg-color:red}}") == ":root{--md-hue:2;--md-code-bg-color:red}"
    assert slimmed(f":root>*{{{values}}}a{{top:0}}") == "a{top:0}"


def test_what_is_left_reads_no_value_that_was_left_out() -> None:
    sheets = resources.files("material") / "templates" / "assets" / "stylesheets"
    styles = [file.read_text("utf-8") for file in sheets.iterdir() if file.name.endswith(".min.css")]
    whole, slim = "".join(styles), "".join(map(slimmed, styles))
    given, left = (set(re.findall(r"(--[\w-]+):", text)) for text in (whole, slim))

    assert len(given - left) > 50
    assert set(re.findall(r"var\((--[\w-]+)", slim)) & (given - left) == {"--md-admonition-icon--note"}  # ours hides it


def test_the_theme_brings_what_its_parts_in_use_need() -> None:
    sheets = resources.files("material") / "templates" / "assets" / "stylesheets"
    style = next(file for file in sheets.iterdir() if re.fullmatch(r"main\.\w+\.min\.css", file.name)).read_text(
        "utf-8"
    )
    slim = slimmed(style)

    assert len(slim) < len(style) / 2
    for name in (
        "md-header",
        "md-tabs",
        "md-sidebar",
        "md-toggle",
        "md-overlay",
        "md-top",
        "md-skip",
        "md-dialog",
        "headerlink",
    ):
        assert f".{name}{{" in slim, name
