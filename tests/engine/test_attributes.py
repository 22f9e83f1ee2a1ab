"""What a template puts into an attribute for the site's script comes out of the page as it went in."""

import html
import json

import pytest
from markdown import Markdown

from explainer.base.language import Language, catalogue
from explainer.kinds import registry
from explainer.pages.environment import environment

HOSTILE = [
    'say "no"',
    "a; b, c",
    "back\\slash",
    "a | b",
    "<img src=x>",
    "[x](y)",
    "*a* _b_ `c`",
    "{n} of {all}",
    "it’s",
    "&#34;",
]


def attribute(value: object, pattern: str) -> str:
    """What a browser reads from an attribute that a template filled and that Markdown left in the page."""
    template = environment(registry.ENGINE).from_string(f'<span data-x="{pattern}">text</span>')
    page = Markdown(extensions=["tables"]).convert(f"| a |\n|---|\n| {template.render(value=value)} |\n")
    return html.unescape(page.partition('data-x="')[2].partition('"')[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_in_an_attribute_is_read_as_it_was_written(text: str) -> None:
    assert attribute(text, "{{ value | attribute }}") == text


def test_a_list_in_an_attribute_is_read_as_it_was_written() -> None:
    assert json.loads(attribute(HOSTILE, "{{ value | json | attribute }}")) == HOSTILE


def test_a_script_gets_every_plural_form_with_what_python_knows_filled_in() -> None:
    words = Language(catalogue("en"))

    assert words.forms("countries-page.counted", what="ports") == {
        "one": "{n} of {all} country in ports",
        "other": "{n} of {all} countries in ports",
    }
    assert words.forms("filter.any") == {"other": "All"}
