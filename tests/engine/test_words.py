"""Tests of a dossier's own words: laid over those of the engine, checked word by word, complete or refused."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from explainer import build
from explainer.cli.main import main
from explainer.kinds import registry
from explainer.kinds.words import known, laid_over, missing, words_of
from tests.conftest import change, problems_of

SITE = """title: Boats
summary: Boats.
language: {language}
url: https://boats.example/
repository: https://git.example/boats
author: A
licence: CC0
licence_url: https://cc.example/
independence: Ours.
updated: '2026-01-01'
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An English dossier without records."""
    (tmp_path / "content/words").mkdir(parents=True)
    (tmp_path / "content/site.yml").write_text(SITE.format(language="en"), encoding="utf-8")
    return tmp_path


def test_a_dossier_says_it_in_its_own_words(root: Path) -> None:
    (root / "content/words/en.yml").write_text("home: Harbour\nsections: {people: {title: Sailors}}\n")
    build.generate(root)
    assert "[Harbour](../index.md)" in (root / "docs/people/index.md").read_text()
    assert "\n# Sailors\n" in (root / "docs/people/index.md").read_text()


def test_a_changed_word_is_on_the_pages_of_the_next_run(root: Path) -> None:
    build.generate(root)
    (root / "content/words/en.yml").write_text("home: Harbour\n")
    build.generate(root)
    assert "[Harbour](../index.md)" in (root / "docs/people/index.md").read_text()
    (root / "content/words/en.yml").unlink()
    build.generate(root)
    assert "[Home](../index.md)" in (root / "docs/people/index.md").read_text()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hom: x\n", "1:1: 'hom' is no word of the site; did you mean 'home'?"),
        (
            "sections: {people: {titel: x}}\n",
            "1:21: 'sections.people.titel' is no word of the site; did you mean 'title'?",
        ),
        ("home: 'a {x}'\n", "1:7: home: nothing is filled in for {x}; expected none here; correct it"),
        ("range: '{low} to {hihg}'\n", "1:8: range: nothing is filled in for {hihg}; did you mean 'high'?"),
        (
            "source-list:\n  count: {one: '{n} text', other: '{m} texts'}\n",
            "2:35: source-list.count: nothing is filled in for {m}; expected {n}; correct it",
        ),
        (
            "range: 'a { b'\n",
            "1:8: range: has a brace without a partner, or with more than a name; expected {name} for what is filled in; close it, or delete it",
        ),
        ("home: 'a\n\n  # b'\n", "1:7: home: has a line break; expected one line; join its lines"),
        (
            "locale: fr_XQ\n",
            "1:9: locale: 'fr_XQ' is not one that the CLDR knows; expected a language and a place, as in fr_FR",
        ),
        *(
            (
                f"{name}: {value}\n",
                f"1:{place}: {name}: expected one text, or one for each plural form; write the words after the colon",
            )
            for name, value, place in (
                ("home", "[a]", 1),
                ("home", "{x: {y: z}}", 1),
                ("minutes", "{one: {other: a}}", 1),
                ("minutes", "{}", 1),
                ("locale", "[en]", 1),
            )
        ),
        (
            "review: {names: [{a: b}]}\n",
            "1:10: review.names: expected a list of texts, as in English; write [one, two]",
        ),
        *(
            (
                f"search:\n  synonyms:\n  - a = b\n  - {line}\n",
                f"4:5: search.synonyms: '{line}' does not say what people say for what; expected words of this dossier = what people say, other words for it; correct it",
            )
            for line in ("net", "net =", "= mesh", "net = mesh,", "net = mesh = web")
        ),
        (
            "sections: none\n",
            "1:11: sections: expected several words, as in English; write name: word, one a line",
        ),
    ],
)
def test_a_word_that_fits_nowhere_is_a_problem(root: Path, text: str, found: str) -> None:
    (root / "content/words/en.yml").write_text(text)
    assert problems_of(root) == [f"content/words/en.yml:{found}"]


def test_markup_in_words_is_text_on_every_page(root: Path) -> None:
    hostile = "<script>zq(1)</script> [zq](javascript:zq) x\" onzq='1'"
    words = known(registry.ENGINE) | {"locale": "en_GB"}
    own = yaml.safe_dump({name: _said(word, hostile) for name, word in words.items() if name != "locale"})
    (root / "content/words/en.yml").write_text(own)
    (root / "content/site.yml").write_text(
        SITE.format(language="en") + "menu:\n  - {title: 'A <script>zq(1)</script>', sections: [people, sources]}\n"
    )
    assert main(["--root", str(root), "build", "--quiet"]) == 0
    pages = sorted((root / "site").rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        finder = _Markup()
        finder.feed(text)
        assert finder.found == [], page


class _Markup(HTMLParser):
    """Finds what the hostile words of the test above became where they are not shown as text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}" for name, value in attrs if name == "onzq" or value == "javascript:zq"]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and data.startswith("zq"):
            self.found.append(data)


def _said(word: Any, more: str) -> Any:
    """A word of a catalogue, its forms or its parts with more at the end of each text."""
    if isinstance(word, dict):
        return {name: _said(text, more) for name, text in word.items()}
    return [_said(text, more) for text in word] if isinstance(word, list) else f"{word} {more}"


def test_a_file_that_is_no_catalogue_is_refused(root: Path) -> None:
    (root / "content/words/en.md").write_text("Hello.\n")
    assert problems_of(root) == [
        "content/words/en.md:1:1: is no catalogue; expected content/words/LANGUAGE.yml, as in fr.yml; rename it"
    ]


def test_a_language_without_all_words_is_refused_and_nothing_is_written(root: Path) -> None:
    (root / "content/site.yml").write_text(SITE.format(language="fr"), encoding="utf-8")
    (problem,) = problems_of(root)
    number = len(missing(registry.ENGINE, "fr", {})[""])
    assert problem.startswith(
        f"content/words/fr.yml:1:1: {number} words are missing in 'fr': name, locale, comparators.exactly, "
    )
    assert problem.endswith(
        "expected every word of the site; write them in content/words/fr.yml (`explainer words fr` prints what is missing)"
    )
    assert not (root / "docs").exists()


def test_what_explainer_words_prints_fills_the_gap(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/site.yml").write_text(SITE.format(language="fr"), encoding="utf-8")
    assert main(["--root", str(root), "words", "fr"]) == 0
    catalogue = root / "content/words/fr.yml"
    catalogue.write_text(capsys.readouterr().out, encoding="utf-8")
    untranslated, locale = problems_of(root)
    assert re.fullmatch(
        r"content/words/fr\.yml:1:1: remark: [0-9]+ sentences stand here as in English: mark-meaning\.first, .* and [0-9]+ more; "
        r"expected words in 'fr'; translate them",
        untranslated,
    )
    assert locale == (
        "content/words/fr.yml:2:9: locale: 'en_GB' is not of the language 'fr', which this catalogue is for; "
        "expected one of it, as in fr_XX; write it, and translate the words below it"
    )
    change(catalogue, ("locale: en_GB", "locale: fr_FR"))
    assert not [each for each in problems_of(root) if "remark" not in each and "is missing" not in each]
    assert main(["--root", str(root), "words", "fr"]) == 0
    assert capsys.readouterr() == ("", "explainer: nothing is missing in 'fr'\n")


def test_one_text_for_one_as_for_several_is_refused_where_the_language_tells_them_apart(harbour: Path) -> None:
    words = next((harbour / "scripts/kinds/operation").glob("words.en.yml"))
    text = words.read_text(encoding="utf-8")
    told = "counted-kind:\n  operation:\n    one: operation\n    other: operations\n"
    assert told in text
    words.write_text(text.replace(told, "counted-kind:\n  operation: operations\n"), encoding="utf-8")
    (problem,) = problems_of(harbour)
    assert problem.partition(": ")[2] == (
        "counted-kind.operation: 'operations' would be said of one as of several; "
        "expected a text for each plural form; write {one: …, other: …}"
    )


def test_plural_forms_are_replaced_as_a_whole() -> None:
    below = {"count": {"one": "a", "other": "b"}, "home": {"x": "1", "y": "2"}}
    assert laid_over(below, {"count": {"other": "c"}, "home": {"x": "3"}}) == {
        "count": {"other": "c"},
        "home": {"x": "3", "y": "2"},
    }


def test_plural_forms_follow_the_rules_of_the_language() -> None:
    forms = {"zero": "0", "one": "1", "two": "2", "few": "few", "many": "many", "other": "other"}
    arabic = words_of(registry.ENGINE, "en", {"locale": "ar", "tried": forms})
    assert [arabic.phrase("tried", n) for n in (0, 1, 2, 3, 11, 100)] == ["0", "1", "2", "few", "many", "other"]
    french = words_of(registry.ENGINE, "en", {"locale": "fr", "tried": {"one": "1", "many": "m", "other": "o"}})
    assert [french.phrase("tried", n) for n in (0, 1, 2, 1_000_000)] == ["1", "1", "o", "m"]


def test_a_plural_form_that_the_dossier_s_own_english_words_lack_is_named(root: Path) -> None:
    (root / "content/words/en.yml").write_text("minutes: {one: a minute}\n")
    (problem,) = problems_of(root)
    assert problem.startswith("content/words/en.yml:1:1: 1 word is missing in 'en': minutes.other; ")


def test_a_tally_that_counts_nothing_shows_no_table(root: Path) -> None:
    with (root / "content/site.yml").open("a", encoding="utf-8", newline="\n") as file:
        file.write("tallies:\n  - {id: events, title: 'Events, year by year', of: events, by: year}\n")
    build.generate(root)
    page = (root / "docs/results/index.md").read_text(encoding="utf-8")
    assert page.count("<summary>") == page.count("<summary>Events, year by year</summary>") == 1
    assert "|---|" not in page
