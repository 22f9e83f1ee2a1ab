"""A dossier in French with a section in Arabic: kinds, words and a menu of its own, on the engine's pages alone."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from explainer import build
from explainer.base.language import catalogue, is_plural
from explainer.cli import main
from explainer.docs import words
from explainer.kinds import registry
from explainer.kinds.words import ORIGINAL
from explainer.pages.composers import compose
from tests.conftest import TESTS, Run, change
from tests.ids import ids_twice
from tests.labels import not_at_a_glance

OZONE = TESTS / "dossiers" / "ozone"
PROJECT = TESTS.parent
ARABIC = "explainers"
"""The section in Arabic."""
BLOCKS = (
    "bars organisations by=kind",
    "strip sources by=kind",
    "lanes decisions events",
    "grid decisions by=year",
    "river decisions/v-7",
    "river themes/calendrier",
    "line chemicals/azurane-12 consommation",
    "tally decisions-par-annee",
    "units chemicals/azurane-12 chemicals/cirrane consommation",
)
"""A block of every kind whose title is made of words of the catalogue, but for a map: no record there names a country."""
NARROW = "\u202f"
"""The space in numbers and before marks, at which no line breaks."""


def ozone(to: Path) -> Path:
    """A copy of the dossier without what a build has left in it."""
    made = shutil.ignore_patterns("docs", "site", ".cache", ".schemas", "__pycache__")
    shutil.copytree(OZONE, to, ignore=made)
    return to


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a copy, not built."""
    return ozone(tmp_path / "ozone")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a copy with its site."""
    root = ozone(tmp_path_factory.mktemp("built") / "ozone")
    assert main.main(["--root", str(root), "build"]) == 0
    return root


class Seen(HTMLParser):
    """Gathers what a visitor sees or hears of a page, but no text that is marked as English."""

    SAID = ("title", "aria-label", "alt", "placeholder", "data-label", "data-failed", "data-close", "content")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0
        self.feed(re.sub(r'<span lang="en"[^>]*>.*?</span>', " ", page))
        self.text = re.sub(r"[ \n]+", " ", " ".join(self.said))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        self.said += [value for name, value in attrs if name in self.SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def page(built: Path, path: str) -> str:
    return (built / "site" / path / "index.html").read_text(encoding="utf-8")


def pages(built: Path) -> Mapping[str, str]:
    """Path -> HTML of every page of the site."""
    site = built / "site"
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def texts(catalogue: Mapping[str, object]) -> Iterator[str]:
    """The patterns of a catalogue, each plural form by itself."""
    for value in catalogue.values():
        if isinstance(value, Mapping):
            yield from texts(value)
        elif isinstance(value, list):
            yield from map(str, value)
        else:
            yield str(value)


def phrases() -> set[str]:
    """What stands between the placeholders of the English catalogue, where it is two words or more."""
    every = (part.strip(" .,:;“”()") for text in texts(catalogue(ORIGINAL)) for part in re.split(r"\{\w+\}", text))
    return {part for part in every if len(re.findall(r"[A-Za-z]{2,}", part)) > 1}


def test_a_kind_is_forty_lines_of_python() -> None:
    kinds = {folder.name: list(folder.glob("*.py")) for folder in (OZONE / "scripts/kinds").iterdir()}
    lines = {
        name: [sum(bool(line) for line in path.read_text(encoding="utf-8").split("\n")) for path in files]
        for name, files in kinds.items()
    }

    assert sorted(lines) == ["chemical", "decision"]
    assert {name: sum(counts) for name, counts in lines.items() if sum(counts) > 40} == {}


def test_no_generated_file_of_it_is_kept(built: Path) -> None:
    ignored = (OZONE / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert {f"/{path.name}/" for path in built.iterdir() if path.is_dir()} - {"/content/", "/scripts/"} <= set(ignored)


def test_it_is_complete_laid_out_and_without_a_problem(root: Path, run: Run) -> None:
    assert run("--root", root, "check").err == ""
    assert run("--root", root, "format", "--check").out == "Every file is laid out.\n"


def test_every_page_says_its_language_and_its_direction(built: Path) -> None:
    heads = {
        path: tuple(
            re.search(rf'<{tag}\b[^>]* {name}="(\w+)"', text) for tag, name in (("html", "lang"), ("body", "dir"))
        )
        for path, text in pages(built).items()
    }
    said = {path: tuple(match and match[1] for match in matches) for path, matches in heads.items()}
    arabic = {path for path in said if path.startswith(f"{ARABIC}/")}

    assert len(arabic) == 3
    assert {said[path] for path in arabic} == {("ar", "rtl")}
    assert {said[path] for path in said.keys() - arabic} == {("fr", "ltr")}
    assert {path for path, text in pages(built).items() if '<html dir="rtl" ' in text} == arabic


def test_no_page_shows_words_of_the_english_catalogue(built: Path) -> None:
    english = {words: re.compile(rf"(?<!\w){re.escape(words)}(?!\w)") for words in phrases()}
    found = {
        path: sorted(words for words, pattern in english.items() if pattern.search(seen))
        for path, seen in ((path, Seen(text).text) for path, text in pages(built).items())
    }

    assert len(english) > 300
    assert {path: words for path, words in found.items() if words} == {}


def drawn_twice(root: Path) -> dict[str, set[str]]:
    """Page -> the titles of its pictures; every kind of block stands on a French page and on an Arabic one."""
    pages = ("chemicals/azurane-12.md", "explainers/al-qubba.md")
    for path in pages:
        record = root / "content" / path
        asked = "".join(f"\n[[{block}]]\n" for block in BLOCKS)
        record.write_text(f"{record.read_text(encoding='utf-8')}{asked}", encoding="utf-8")
    made = {recipe.path: recipe.composed().drawings for recipe in compose(build.load(root))}
    assert {path for path in pages if len(made[path]) >= len(BLOCKS)} == {*pages}
    return {path: {item.title for item in drawings} for path, drawings in made.items()}


def test_titles_of_pictures_are_read_at_a_glance_in_every_language(root: Path) -> None:
    found = {path: wrong for path, titles in drawn_twice(root).items() if (wrong := not_at_a_glance(titles))}

    assert found == {}


TITLES = (
    *("highest", "highest-tied", "highest-year", "highest-tied-year", "line.says", "line.same", "line.same-ends"),
    *(
        "highest-alike",
        "highest-alike-year",
        "offices.title",
        "offices.none",
        "pairs.says",
        "pairs.alike",
        "pairs.tied",
    ),
    *("river.title", "river.title-same"),
)
"""The words below `graphic` that make titles of pictures."""
BLOCK_TITLES = (
    *("most", "most-tied", "most-alike", "lanes", "lanes-year", "units", "units-one", "units-tied", "units-alike"),
    *("map-one", "map-many", "map-most", "map-most-tied", "map-all", "river-theme", "river-edition"),
)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_words_of_a_title_leave_room_for_what_they_are_filled_with(language: str) -> None:
    own = OZONE / f"content/words/{language}.yml"
    every = yaml.safe_load(own.read_text(encoding="utf-8")) if own.exists() else catalogue(ORIGINAL)
    said = [_word(every["graphic"], key) for key in TITLES] + [_word(every["block"], key) for key in BLOCK_TITLES]

    assert not_at_a_glance(re.sub(r"\{\w+\}", "1", pattern) for pattern in said) == {}


def _word(catalogue: Any, key: str) -> str:
    for part in key.split("."):
        catalogue = catalogue[part]
    return str(catalogue)


def test_sentences_from_the_source_code_are_marked_as_english(built: Path) -> None:
    assert '<span lang="en">The formula.</span>' in page(built, "fields/chemical")
    assert "<code>article</code>" in page(built, "fields/decision")
    assert "place dans le texte\u00a0: art2 or art2j" in page(built, "fields/decision")


def test_articles_are_called_and_found_by_their_number(built: Path) -> None:
    headings = re.findall(r'<h3 id="(art\w+)">([^<]+)<', page(built, "decisions/v-7"))

    assert [(anchor, text.split("\u00a0")[0].split(NARROW)[0]) for anchor, text in headings] == [
        ("art1", "Article 1"),
        ("art2", "Article 2"),
        ("art2j", "Article 2J"),
        ("art3", "Article 3"),
        ("art5", "Article 5"),
    ]
    assert 'href="../../decisions/v-7/#art2"' in page(built, "chemicals/azurane-12")


def test_two_editions_are_compared_article_by_article(built: Path) -> None:
    seen = Seen(page(built, "decisions/compare/i-4/v-7")).text

    assert "Décision I/4 et Décision V/7, côte à côte" in seen
    for said in (
        "Art. 2J",
        "nouveau",
        "renforcé",
        "Art. 5 · Fonds pour le groupe 2",
        "Disparus",
        "L’article sur le commerce n’est plus là.",
    ):
        assert said in seen


def test_official_words_are_compared_word_by_word(built: Path) -> None:
    text = page(built, "decisions/compare/iii-2/v-7")

    assert '<del><span class="unseen">retiré : </span>ramène<span class="unseen"> (fin)</span></del> sa cons' in text
    assert '<ins><span class="unseen">ajouté : </span>met fin à<span class="unseen"> (fin)</span></ins> sa cons' in text
    assert text.count("Les Parties prennent l’année 2030") == 1, "what stayed the same stands there once"


def test_a_comparison_is_found_in_either_order_of_its_editions(built: Path) -> None:
    turned = page(built, "decisions/compare/v-7/i-4")

    assert 'content="0; url=../../i-4/v-7/"' in turned
    assert (built / "site/decisions/compare/i-4/v-7/index.html").is_file()


def test_editions_have_their_matrix_their_river_and_their_line(built: Path) -> None:
    index, matrix = page(built, "decisions"), page(built, "themes")

    assert [index.index(f'<a href="{ident}/"') for ident in ("i-4", "iii-2", "v-7")] == sorted(
        index.index(f'<a href="{ident}/"') for ident in ("i-4", "iii-2", "v-7")
    )
    assert "Art. 2J" in matrix
    assert "Article 2J" not in page(built, "decisions/i-4")
    assert [ident for ident in ("i-4", "iii-2", "v-7") if f'id="in-{ident}"' in page(built, "themes/commerce")] == [
        "i-4",
        "iii-2",
        "v-7",
    ]


def test_numbers_are_written_as_in_french(built: Path) -> None:
    article = re.search(r"<article.*</article>", page(built, "chemicals/azurane-12"), re.DOTALL)
    chemical = Seen(re.sub(r"<svg\b.*?</svg>", " ", article[0], flags=re.DOTALL) if article else "").text

    for number in (f"1{NARROW}300{NARROW}000", f"4{NARROW}727{NARROW}272", "0,85", "27,5", "12,5"):
        assert number in chemical
    assert re.findall(r"\d[ ,.\u00a0]\d{3}(?!\d)", chemical) == []


def test_the_schedule_of_a_chemical_is_a_table_with_its_sources(built: Path) -> None:
    text = page(built, "chemicals/azurane-12")
    table = text[text.index('id="schedule"') : text.index("</table>", text.index('id="schedule"'))]
    rows = [
        re.findall(r"<t[dh][^>]*>(?:<a [^>]*>)?([^<]*)", row)
        for row in re.findall(r"<tr[^>]*>.*?</tr>", table, re.DOTALL)[1:]
    ]

    assert "Calendrier d’élimination" in text
    assert [(year, group.partition("\u00a0")[0], left) for year, group, left in rows] == [
        ("2034", "Groupe 1", "50"),
        ("2037", "Groupe 1", "12,5"),
        ("2036", "Groupe 2", "50"),
        ("2040", "Groupe 2", "0"),
    ]
    assert len(re.findall(r'<sup class="cite">\[<a [^>]*href="#source-\d" aria-label="[^"]*art\. 2"', table)) == 4


def test_the_menu_is_that_of_the_settings_in_french(built: Path) -> None:
    tabs = re.search(r'<ul class="md-tabs__list">(.*?)</ul>', page(built, ""), re.DOTALL)

    assert tabs
    assert [words.strip() for words in re.findall(r">([^<>]*\S[^<>]*)<", tabs[1])] == [
        "Accueil",
        "Décisions",
        "Substances",
        "Décryptages",
        "Qui fait quoi",
        "Chronologie",
        "Glossaire",
        "Preuves",
    ]


def test_what_surrounds_a_page_in_arabic_is_marked_as_french(built: Path) -> None:
    text = page(built, ARABIC)

    assert '<ul class="md-tabs__list" lang="fr">' in text
    assert '<footer class="md-footer x-footer" lang="fr" dir="ltr">' in text
    assert '<span lang="fr" dir="ltr">Azurane 12</span>' in page(built, f"{ARABIC}/al-qubba")
    assert '<span lang="ar" dir="rtl">القبة العالية في صفحة واحدة</span>' in page(built, "chemicals/azurane-12")
    assert 'lang="' not in page(built, "chemicals/brumol").split("<body", 1)[1].replace('lang="en"', "")


def test_names_in_a_sentence_from_right_to_left_are_isolated(built: Path) -> None:
    assert "<bdi>Secrétariat de la Haute Voûte</bdi>، " in page(built, f"{ARABIC}/al-qubba")
    assert "<bdi>" not in page(built, "chemicals/azurane-12")


@pytest.mark.parametrize(
    ("language", "n", "says"),
    [
        ("fr", 0, "{n} minute"),
        ("fr", 1, "{n} minute"),
        ("fr", 2, "{n} minutes"),
        ("ar", 1, "دقيقة واحدة"),
        ("ar", 2, "دقيقتان"),
        ("ar", 3, "{n} دقائق"),
        ("ar", 11, "{n} دقيقة"),
        ("ar", 100, "{n} دقيقة"),
    ],
)
def test_a_number_takes_the_plural_form_of_its_language(language: str, n: int, says: str) -> None:
    told = words.language(OZONE, registry.load(OZONE), language).phrase("minutes", n)

    assert told.replace("\u00a0", " ").replace(NARROW, " ") == says


def test_the_search_speaks_french(built: Path) -> None:
    whole = json.loads((built / "docs/search/.texts/words.json").read_text(encoding="utf-8"))
    text = json.dumps(whole, ensure_ascii=False)

    assert whole["language"] == "fr"
    assert whole["words"]["label"] == "Rechercher sur ce site"
    assert set(whole["words"]["results"]) == {"one", "many", "other"}
    assert [kind["label"] for kind in whole["kinds"] if kind["kind"] in {"decision", "chemical"}] == [
        "Décision",
        "Substance",
    ]
    assert "liste des substances" in gzip.decompress((built / "site/search/names.bin").read_bytes()).decode()
    assert [english for english in phrases() if english in text] == []


def test_stock_mkdocs_builds_the_same_pages(built: Path, tmp_path: Path) -> None:
    root = ozone(tmp_path / "ozone")
    theme, hooks = PROJECT / "scripts/theme", PROJECT / "scripts/mkdocs_hooks.py"
    (root / "mkdocs.yml").write_text(
        f"INHERIT: {PROJECT / 'mkdocs.yml'}\ntheme: {{custom_dir: {theme}}}\nhooks: [{hooks}]\n", encoding="utf-8"
    )
    (root / "docs").mkdir()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(root / "mkdocs.yml")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)

    assert ran.returncode == 0, ran.stderr
    assert pages(root) == pages(built)


def incomplete(key: str, language: str = "fr") -> str:
    return (
        f"content/words/{language}.yml:1:1: 1 word is missing in '{language}': {key}; expected every word of the site; "
        f"write them in content/words/{language}.yml (`explainer words {language}` prints what is missing)\n"
        "1 problem in 1 file; nothing was written.\n"
    )


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_word_that_a_language_lacks_is_named_and_nothing_is_written(root: Path, run: Run, command: str) -> None:
    change(root / "content/words/fr.yml", ("\npermalink: Lien permanent\n", "\n"))
    ran = run("--root", root, command)

    assert (ran.status, ran.err) == (1, incomplete("permalink"))
    assert not (root / "docs").exists()
    assert not (root / "site").exists()


def test_a_word_that_an_own_kind_lacks_is_named(root: Path, run: Run) -> None:
    change(root / "scripts/kinds/decision/words.fr.yml", ('  paragraphs: {art: "Article {n}"}\n', ""))

    assert run("--root", root, "check").err == (
        "scripts/kinds/decision/words.fr.yml:1:1: 1 word is missing in 'fr' for the kind 'decision': decision-page.paragraphs.art; "
        "expected every word of the site; write them in scripts/kinds/decision/words.fr.yml "
        "(`explainer words fr` prints what is missing)\n1 problem in 1 file; nothing was written.\n"
    )


def test_a_plural_form_that_a_language_lacks_is_named(root: Path, run: Run) -> None:
    catalogue = root / "content/words/ar.yml"
    whole = yaml.safe_load(catalogue.read_text(encoding="utf-8"))
    assert is_plural(whole["minutes"])
    del whole["minutes"]["few"]
    catalogue.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")

    assert run("--root", root, "check").err == incomplete("minutes.few", "ar")


def test_a_dossier_may_say_the_words_of_its_own_kinds_otherwise(root: Path, run: Run) -> None:
    path = root / "content/words/fr.yml"
    own = 'decision-page: {paragraphs: {art: "Disposition {n}"}}\n'
    path.write_text(f"{path.read_text(encoding='utf-8')}{own}", encoding="utf-8")

    assert run("--root", root, "build").err == ""
    assert "Disposition 2J" in page(root, "decisions/v-7")


def test_a_language_without_any_word_is_a_problem_and_no_fault_of_the_program(root: Path, run: Run) -> None:
    (root / "content/words/ar.yml").unlink()
    ran = run("--root", root, "check")

    assert ran.status == 1
    assert "words are missing in 'ar': name, locale, comparators.exactly" in ran.err


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("article: art2j", "article: art2jj", "24:14: 'art2jj' is not an article; expected art2 or art2j"),
        ("article: art3", "article: art2j", "29:14: 'art2j' is there twice; expected once; give each its own number"),
    ],
)
def test_a_mistake_in_an_article_is_told_in_its_own_words(root: Path, run: Run, old: str, new: str, says: str) -> None:
    change(root / "content/decisions/v-7.md", (old, new))

    assert run("--root", root, "check").err == (
        f"content/decisions/v-7.md:{says}\n1 problem in 1 file; nothing was written.\n"
    )


def test_no_page_has_an_id_twice(built: Path) -> None:
    assert {path: twice for path, text in pages(built).items() if (twice := ids_twice(text))} == {}
