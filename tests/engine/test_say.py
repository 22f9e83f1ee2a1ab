"""Tests of `say`, with which templates fill the patterns of the catalogue."""

from typing import Any

import pytest
from markupsafe import Markup

from explainer.base.language import Language, catalogue
from explainer.pages.context import TemplateContext

NOTHING: Any = None
"""In the place of the records and the page, of which these patterns need nothing."""


class _Words(Language):
    """A catalogue of patterns that no real one has."""

    def __init__(self, **patterns: object) -> None:
        super().__init__(catalogue("en"))
        self.words = {**self.words, **patterns}


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{a} of {b}: {c}", "x of y: z"),
        ("{c}, {b} et {a}", "z, y et x"),
        ("{a}\u00a0: {b}", "x\u00a0: y"),
        (" ({a})", " (x)"),
        ("- {a}", "&#45; x"),
        ("*{a}* [{b}]", "&#42;x&#42; &#91;y&#93;"),
    ],
)
def test_a_pattern_keeps_its_spaces_and_is_escaped_as_one_line(pattern: str, said: str) -> None:
    context = TemplateContext(NOTHING, NOTHING, _Words(tried=pattern))
    assert context.say("tried", a="x", b="y", c="z") == said


def test_parts_are_escaped_unless_they_are_safe_and_numbers_get_separators() -> None:
    context = TemplateContext(NOTHING, NOTHING, _Words(tried={"one": "{n} record {of}", "other": "{n} records {of}"}))
    assert context.say("tried", n=1200, of="*a*") == "1,200 records &#42;a&#42;"
    assert context.say("tried", n=1, of=Markup("*a*")) == "1 record *a*"


def test_parts_that_are_empty_get_no_comma() -> None:
    context = TemplateContext(NOTHING, NOTHING, Language(catalogue("en")))
    assert context.joined(["a", "", None, Markup("<b>")]) == "a, <b>"
    assert context.joined(["a", "b"], "; ") == "a; b"
