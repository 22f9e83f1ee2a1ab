"""Texts in other languages: each stands in an element with its language, and none turns round what stands beside it."""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from explainer import build
from explainer.base.unicode_text import isolated, script_of
from explainer.kinds.organisation import Organisation
from explainer.kinds.source import Source
from explainer.library.library import Library
from explainer.outputs.search_files import FOLDER
from explainer.records.other_names import OtherName
from explainer.records.record import Named
from tests.conftest import HARBOUR, change, copied

ARABIC = "بيان المجلس رقم 4/1 بشأن النهر"
BOARD = "وكالة النهر"
SOURCES = f"""
- id: board-ar
  title: "{ARABIC}"
  publisher: {BOARD}
  kind: press
  url: https://ar.example/4
  published: 2002-03-15
  language: ar
  seen: excerpt
- id: report-de
  title: Report on the boats
  title_is_descriptive: true
  title_language: en
  publisher: Hafenblatt
  kind: press
  url: https://de.example/4
  language: de
  seen: excerpt
"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    """The harbour dossier with sources in Arabic and German, cited where the gazette is, generated."""
    root = copied(HARBOUR, tmp_path_factory.mktemp("spoken") / "harbour")
    with (root / "content/sources/papers.yml").open("a", encoding="utf-8") as file:
        file.write(SOURCES)
    change(
        root / "content/organisations/union.md",
        ("names: {fr", "other_names: [Harbours, {fr: Les ports}, {ar: الموانئ}]\nnames: {fr"),
        ("cite: [log-2001]", "cite: [{source: board-ar, words: المجلس رقم}, report-de]"),
    )
    library, _ = build.generate(root)
    return root, library


def foreign(library: Library) -> Iterator[tuple[str, str]]:
    """Every text of a record in another language than the dossier's, with that language."""
    here = library.dossier.language
    for source in library.all(Source):
        if source.titled_in != here:
            yield source.titled_in, source.title
    for entry in library.entries.values():
        record = entry.record
        for language, name in record.names.items() if isinstance(record, Named) else ():
            if language != here:
                yield language, name.text


def read(page: str) -> str:
    """The text of a page as a reader sees it, with its elements."""
    return html.unescape(page)


def test_each_text_in_another_language_stands_in_an_element_of_that_language(spoken: tuple[Path, Library]) -> None:
    root, library = spoken
    pages = {path: read(path.read_text("utf-8")) for path in (root / "docs").rglob("*.md")}
    seen, bare = set(), []
    for language, text in foreign(library):
        for path, page in pages.items():
            for found in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", page.partition("\n---\n")[2]):
                before = page[: found.start() + page.index("\n---\n") + 5]
                seen.add(text)
                if not re.search(rf'<(?:span|bdi) lang="{language}"[^>]*>$', before):
                    bare.append((path.name, text))

    assert {ARABIC, "The gazette of [1 May]", "Union des ports", "مصباح"} <= seen
    assert bare == []


def test_a_text_from_the_right_is_isolated_in_lists_of_sources(spoken: tuple[Path, Library]) -> None:
    root, _ = spoken
    for page in ("docs/organisations/union.md", "docs/sources/index.md"):
        text = read((root / page).read_text("utf-8"))
        assert f'[<span lang="ar" dir="rtl">{ARABIC}</span>](https://ar.example/4)' in text
        assert f'<span lang="ar" dir="rtl">{BOARD}</span>' in text


def test_the_words_of_a_source_that_are_cited_have_its_language(spoken: tuple[Path, Library]) -> None:
    text = read((spoken[0] / "docs/organisations/union.md").read_text("utf-8"))

    assert '“<span lang="ar" dir="rtl">المجلس رقم</span>”](https://ar.example/4#:~:text=' in text


def test_a_description_in_our_own_words_is_in_its_own_language(spoken: tuple[Path, Library]) -> None:
    text = read((spoken[0] / "docs/sources/index.md").read_text("utf-8"))

    assert "[Report on the boats](https://de.example/4)" in text
    assert '">Hafenblatt</span>' in text  # a name in the letters of the page is a name in any language


def test_an_attribute_isolates_what_runs_from_the_right(spoken: tuple[Path, Library]) -> None:
    text = read((spoken[0] / "docs/organisations/union.md").read_text("utf-8"))

    assert re.search(rf'aria-label="[^"]*\u2068{BOARD}\u2069[^"]*"', text)


def test_the_search_knows_the_language_of_titles_and_isolates_publishers(spoken: tuple[Path, Library]) -> None:
    lines = (spoken[0] / "docs" / FOLDER / "source.jsonl").read_text("utf-8").splitlines()
    known = {said["title"]: said for said in map(json.loads, lines)}

    assert {title: said["language"] for title, said in known.items() if said["language"]} == {
        ARABIC: "ar",
        "The gazette of [1 May]": "fr",
    }
    assert known[ARABIC]["summary"].startswith(f"\u2068{BOARD}\u2069, ")
    assert known["Accord 1/2"]["summary"].startswith("Union of Harbours, ")


def test_a_text_without_elements_is_isolated_only_where_it_runs_against_the_others() -> None:
    assert isolated("Quay", from_right=False) == "Quay"
    assert isolated("Quay", from_right=True) == "\u2068Quay\u2069"
    assert isolated(BOARD, from_right=True) == BOARD
    assert [script_of(text) for text in ("4 Quay", BOARD, "«Річка»", "清掃", "4/1")] == [
        "LATIN",
        "ARABIC",
        "CYRILLIC",
        "CJK",
        "",
    ]


def test_other_names_have_a_language_where_it_is_said(spoken: tuple[Path, Library]) -> None:
    root, library = spoken
    record = library.get(Organisation, "union")
    page = read((root / "docs/organisations/union.md").read_text("utf-8"))
    told = json.loads((root / "docs/api/v1/records/organisations/union.json").read_text("utf-8"))["fields"]

    assert record.other_names == ("Harbours", "Les ports", "الموانئ")
    assert ':   Harbours; <span lang="fr">Les ports</span>; <span lang="ar" dir="rtl">الموانئ</span>' in page
    assert told["other_names"] == ["Harbours", {"fr": "Les ports"}, {"ar": "الموانئ"}]
    assert Organisation.model_validate(record.model_dump()).other_names == record.other_names
    assert [getattr(name, "language", "") for name in map(copy.copy, record.other_names)] == [
        "",
        "fr",
        "ar",
    ]


@pytest.mark.parametrize("name", [{"fr": "Port", "de": "Hafen"}, {}, ["Port"], {"fr": ["Port"]}])
def test_another_shape_of_another_name_is_refused(name: object) -> None:
    with pytest.raises(ValidationError, match="is not a name; expected a text, or one with its language"):
        TypeAdapter(OtherName).validate_python(name)


def test_a_language_of_another_name_is_one() -> None:
    with pytest.raises(ValidationError, match="'French' is not a language tag"):
        TypeAdapter(OtherName).validate_python({"French": "Port"})
