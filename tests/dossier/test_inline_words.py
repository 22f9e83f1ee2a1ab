"""Tests that no word that a visitor sees stands in a template: all stand in the catalogue, for other languages to have their own."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment

from explainer.base.language import Language, catalogue
from explainer.kinds import registry
from explainer.kinds.words import words_of
from explainer.pages.environment import environment
from explainer.publish.hooks import _translate

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = PROJECT / "scripts" / "explainer" / "templates"
THEME = PROJECT / "scripts" / "theme"
KINDS = registry.load(PROJECT)
"""The kinds of this repository's dossier, whose templates hold no words either."""

TECHNICAL = frozenset(
    [
        "aria-current",
        "aria-hidden",
        "as",
        "charset",
        "class",
        "data-items",
        "data-md-component",
        "data-md-type",
        "for",
        "href",
        "id",
        "markdown",
        "media",
        "name",
        "preserveAspectRatio",
        "property",
        "rel",
        "role",
        "scope",
        "src",
        "type",
    ]
)
"""Attributes that a program reads, whatever the language."""
ALLOWED = {
    ("main.html", "light dark"): "a value of CSS",
    ("main.html", "width=device-width,initial-scale=1"): "how wide a browser lays out the page",
    ("main.html", "summary_large_image"): "a name of the vocabulary for cards",
}
"""Template and value of an attribute -> why it is no word for a visitor."""

CODE = "\0"
"""In the place of what Jinja computes."""
_ATTRIBUTE = re.compile(r"""(?P<name>[\w:-]+)=(?:"(?P<value>[^"]*)"|'(?P<other>[^']*)')""")
_MARKUP = re.compile(
    r"(?P<code><(code|kbd)\b.*?</\2>|`[^`\n]+`)"  # what a reader types, or a program prints
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<tag></?[a-zA-Z\0][^<>]*>)"  # its name may be computed
    r"|(?P<attributes>\{(?:#[^{}\s]*|[ ]*[.#][^{}]*)\})"
    r"|(?P<target>(?<=\])\([^()\s]*\))"
    r"|(?P<entity>&#?\w+;)"
    r"|(?P<bare>[ ](?:lang|dir|data-\0)=)",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_PHRASE = re.compile(r"(?=.*[^\W\d_]{2})(?=.*(?: |[A-Z]))", re.DOTALL)
_HTML = re.compile(r"<[^<>]*>?| [a-z-]+>?")
"""A string that is a piece of a tag, which a template looks for in the theme's own markup."""
_KEY = re.compile(r"[a-z][a-z-]*(?:\.[a-z-]+)+")


def _lexed(jinja: Environment, source: str) -> tuple[str, list[tuple[int, str]]]:
    """The text of a template with Jinja's code masked, line breaks kept; and the string literals of that code."""
    text, strings = [], []
    for line, kind, value in jinja.lex(source):
        text.append(value if kind == "data" else "\n" * value.count("\n"))
        if kind == "string":
            strings.append((line, value[1:-1]))
        elif kind.endswith("_end"):
            text.append(CODE)
    return "".join(text), strings


def _attributes(markup: str, template: str) -> Iterator[str]:
    for match in _ATTRIBUTE.finditer(markup):
        value = match["value"] if match["value"] is not None else match["other"]
        if match["name"] not in TECHNICAL and (template, value) not in ALLOWED:
            yield from _WORD.findall(value)


def _words(jinja: Environment, name: str, source: str) -> Iterator[str]:
    """Every word for a visitor in a template, with its place."""
    text, strings = _lexed(jinja, source)

    def line(offset: int) -> int:
        return text.count("\n", 0, offset) + 1

    last = 0
    for match in [*_MARKUP.finditer(text), None]:
        end = match.start() if match else len(text)
        for word in _WORD.finditer(text, last, end):
            yield f"{name}:{line(word.start())}: {word.group()}"
        if match is None:
            break
        last = match.end()
        if match["tag"] or match["attributes"]:
            for said in _attributes(match.group(), name):
                yield f"{name}:{line(match.start())}: {said}"
    yield from (
        f"{name}:{number}: {said}" for number, said in strings if _PHRASE.match(said) and not _HTML.fullmatch(said)
    )


def _page_templates() -> list[str]:
    return environment(KINDS).list_templates(["j2"])


def _source(name: str) -> str:
    """The text of a template of a page: the engine's, or that of a kind."""
    jinja = environment(KINDS)
    assert jinja.loader is not None
    return jinja.loader.get_source(jinja, name)[0]


def _assert_none(found: Iterator[str]) -> None:
    told = list(found)
    assert not told, "words in a template; expected them in strings/en.yml; say them by their key:\n" + "\n".join(told)


@pytest.mark.parametrize("name", _page_templates())
def test_no_template_of_a_page_holds_a_word(name: str) -> None:
    _assert_none(_words(environment(KINDS), name, _source(name)))


@pytest.mark.parametrize("path", sorted(THEME.glob("*.html")), ids=lambda path: path.name)
def test_no_template_of_the_theme_holds_a_word(path: Path) -> None:
    _assert_none(_words(Environment(autoescape=True), path.name, path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{{ a }}\n## Words {#words}", ["x:2: Words"]),
        ('{% if a %}\nis{% endif %} <p class="more" aria-label="Other {{ b }}">', ["x:2: is", "x:2: Other"]),
        ("{{ v.ref(\n  a, 'The claim') }}", ["x:2: The claim"]),
        ('{{ t("a.b") }} {{ t("Kind") }}', ["x:1: Kind"]),
        ("{ .years role=\"navigation\" aria-label='Years' }", ["x:1: Years"]),
        ("[more]({{ a }}.md) [{{ a }}](../more/index.md)", ["x:1: more"]),
        (
            "<!--# A remark #-->\n| A | {{ a }} | `code` <code>explainer {{ a }}</code> <b id=it>{% raw %}raw{% endraw %}",
            ["x:2: raw"],
        ),
        ('<{{ a }} class="more" title="Other">{{ b }}</{{ a }}>', ["x:1: Other"]),
    ],
)
def test_words_are_found_in_text_attributes_and_strings_and_nowhere_else(source: str, found: list[str]) -> None:
    assert list(_words(environment(KINDS), "x", source)) == found


@pytest.mark.parametrize("name", _page_templates())
def test_every_key_in_a_template_is_in_the_catalogue(name: str) -> None:
    words = words_of(KINDS, "en")
    _, strings = _lexed(environment(KINDS), _source(name))
    for line, key in strings:
        if _KEY.fullmatch(key) and not key.endswith(".j2") and not key.endswith((".md", ".json")):
            assert words(key), f"{name}:{line}: {key}"


def test_no_key_of_the_catalogue_is_there_twice() -> None:
    def keys(node: yaml.Node | None) -> Iterator[str]:
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            yield key.value
            yield from (f"{key.value}.{inner}" for inner in keys(value))

    found = list(keys(yaml.compose((TEMPLATES / "strings" / "en.yml").read_text(encoding="utf-8"))))
    assert sorted(found) == sorted(set(found))


class _Config:
    """Of the configuration of MkDocs, what holds words."""

    def __init__(self, palette: object) -> None:
        self.theme: dict[str, Any] = {"language": "en", "palette": palette}
        self.mdx_configs: dict[str, dict[str, object]] = {"toc": {"permalink": True, "toc_depth": 3}}


class _Other(Language):
    """A catalogue in another language."""

    def __init__(self) -> None:
        super().__init__(catalogue("en"))
        self.words = {**self.words, "palette": {"dark": "sombre", "light": "clair"}, "permalink": "lien"}


def test_the_switches_of_colours_and_the_links_of_headings_take_the_words_of_the_dossier_s_language() -> None:
    light = {"scheme": "default", "toggle": {"icon": "moon", "name": "Switch to dark colours"}}
    dark = {"scheme": "slate", "toggle": {"icon": "sun", "name": "Switch to light colours"}}
    config = _Config([light, dark])
    _translate(config, _Other())
    assert [(entry["scheme"], entry["toggle"]) for entry in config.theme["palette"]] == [
        ("default", {"icon": "moon", "name": "sombre"}),
        ("slate", {"icon": "sun", "name": "clair"}),
    ]
    assert config.mdx_configs["toc"] == {"permalink": True, "toc_depth": 3, "permalink_title": "lien"}


@pytest.mark.parametrize(
    "palette", [None, {"scheme": "slate"}, [{"scheme": "default"}], [{"scheme": "mine", "toggle": {"name": "x"}}]]
)
def test_palettes_that_are_not_those_of_the_project_stay_as_they_are(palette: object) -> None:
    config = _Config(palette)
    _translate(config, _Other())
    assert config.theme["palette"] == palette
