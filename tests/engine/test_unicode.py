"""Text of any script as editors write it: one form of equal-looking letters, and no character that nobody sees."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from explainer import build
from explainer.base.unicode_text import composed, hidden, is_blank
from explainer.base.values import Number, ProseText, Text
from explainer.docs import content
from explainer.kinds.source import Source
from explainer.reading import encoding, front_matter
from explainer.reading.document import Document
from tests.conftest import Run


def read(text: str) -> Document:
    """The fields of a YAML text."""
    decoded = encoding.decode("x.yml", text.encode())
    assert isinstance(decoded, str)
    found = front_matter.split_settings("x.yml", decoded)
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("written", ["Agência", "Age\u0302ncia", r'"Age\u0302ncia"'])
def test_equal_looking_words_are_equal_however_they_are_written(written: str) -> None:
    assert read(f"a: {written}").data == {"a": "Agência"}


def test_equal_looking_names_of_fields_are_equal() -> None:
    assert [*read("e\u0301: x").data] == [*read("é: x").data]


@given(st.text(alphabet="aé e\u0301\u0327ｶﾞ\u0344한ᄒ\u1161", max_size=12))
def test_a_text_is_brought_into_one_form_once(text: str) -> None:
    assert unicodedata.is_normalized("NFC", composed(text))
    assert composed(composed(text)) == composed(text)


def test_an_address_stays_as_it_is_written() -> None:
    address = "https://quay.example/e\u0301te\u0301"

    assert read(f"a: {address}\nb: 'e\u0301 <{address}> e\u0301'").data == {"a": address, "b": f"é <{address}> é"}


def test_a_story_is_read_in_one_form(harbour: Path) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_text(path.read_text("utf-8").rstrip() + "\n\nThe Cafe\u0301 of the Guild.\n", "utf-8")
    library, _ = build.generate(harbour)

    page = (harbour / "docs/organisations/guild.md").read_text("utf-8")
    assert "The Café of the Guild." in page
    assert "\u0301" not in page
    assert library.dossier.title


def test_one_publisher_written_in_two_ways_is_one(harbour: Path) -> None:
    path = harbour / "content/sources/papers.yml"
    text = path.read_text("utf-8")
    text = text.replace("publisher: Harbour Office", "publisher: Agência Rio")
    path.write_text(text.replace("publisher: Gazette", "publisher: Age\u0302ncia Rio"), "utf-8")
    library, _ = build.generate(harbour)

    assert [*{source.publisher for source in library.all(Source) if "Rio" in source.publisher}] == ["Agência Rio"]


def test_a_file_whose_name_is_written_as_macos_does_is_read_and_shown(harbour: Path, run: Run) -> None:
    path = harbour / "content/events" / "e\u0301te\u0301.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("- id: regatta\n  nam: Regatta\n", "utf-8")
    found = next(
        file for file in content.content_files(harbour)[0] if "t" in Path(file.path).stem and not file.path.isascii()
    )
    ran = run("--root", harbour, "check")

    assert found.path == "content/events/été.yml"
    assert content.place(harbour, found.path).read_bytes() == found.raw
    assert ran.status == 1
    assert "content/events/été.yml:2:3: " in ran.out + ran.err
    assert content.lines(harbour, found.path)[1] == "  nam: Regatta"


def test_two_files_whose_names_look_alike_are_a_problem(harbour: Path) -> None:
    for name in ("e\u0301te\u0301.yml", "été.yml"):
        (harbour / "content" / name).write_text("- id: x\n", "utf-8")
    if len(list((harbour / "content").glob("*t*[!s].yml"))) < 2:  # pragma: no cover
        pytest.skip("this file system knows one of them only")

    assert [problem.message for problem in content.content_files(harbour)[1]] == [
        "two files have this name, with accents written in two ways; delete one of them"
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0", "\u200b", "\u200d \u2060", "\u200e\u200f", "\u00ad", "\ufe0f", "\u3000"]
)
def test_a_text_of_which_nothing_is_seen_is_empty(text: str) -> None:
    assert is_blank(text)
    for kind in (Text, ProseText):
        with pytest.raises(ValidationError, match="is empty"):
            TypeAdapter(kind).validate_python(text)


@pytest.mark.parametrize(
    "char",
    [
        *"\x00\x07\x1b\x7f\x85\x9f\u2028\ufeff\u202a\u202e\u2066\u2069\u206f\u3164\u2800\u2062\ufffd\ufffc\ue000",
        *"\U000f0000\ud800\udfff\ufdd0\uffff\U000e0041\u200b\u200c\u200d",
    ],
)
def test_a_character_that_nobody_sees_is_refused_in_a_text_and_in_prose(char: str) -> None:
    for kind in (Text, ProseText):
        with pytest.raises(ValidationError, match=f"invisible character U\\+{ord(char):04X}"):
            TypeAdapter(kind).validate_python(f"ab{char}c")


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian parts a word without a space
        "क्\u200dष ක්\u200dර",  # Devanagari and Sinhala form letters
        "👩\u200d🔬 ❤️ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # emoji of several characters
        "ភាសា\u200bខ្មែរ",  # Khmer says where a line may break
        "מס\u200e 4 \u200f(ב)",
        "l’été\u00a0: 1\u202f300",
    ],
)
def test_a_character_that_a_script_needs_stays(text: str) -> None:
    assert hidden(text) is None
    assert TypeAdapter(Text).validate_python(text) == text


def test_a_soft_hyphen_stays_in_prose_and_not_in_a_name() -> None:
    assert TypeAdapter(ProseText).validate_python("Donau\u00addampf") == "Donau\u00addampf"
    with pytest.raises(ValidationError, match=r"U\+00AD; delete it"):
        TypeAdapter(Text).validate_python("Donau\u00addampf")


def test_a_number_in_fullwidth_digits_is_refused_with_the_digits_that_are_meant() -> None:
    with pytest.raises(ValidationError, match="did you mean 1300"):
        TypeAdapter(Number).validate_python("１３００")


def test_an_override_of_direction_in_a_story_is_found_in_its_place(harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_text(path.read_text("utf-8").rstrip() + "\n\nThe \u202eGuild.\n", "utf-8")
    ran = run("--root", harbour, "check")

    assert ran.status == 1
    assert ":5: holds the invisible character U+202E; delete it" in ran.out + ran.err


def test_format_writes_the_one_form(harbour: Path, run: Run) -> None:
    path = harbour / "content/organisations/guild.md"
    path.write_text(path.read_text("utf-8").replace("name: ", "name: Cafe\u0301 "), "utf-8")

    assert run("--root", harbour, "format").status == 0
    assert "name: Café" in path.read_text("utf-8")


def test_a_word_of_a_catalogue_holds_no_character_that_nobody_sees(harbour: Path, run: Run) -> None:
    (harbour / "content/words/en.yml").write_text('search:\n  hint: "Type \\u202e here"\n', "utf-8")

    said = run("--root", harbour, "check").err
    assert "content/words/en.yml:2:9: search.hint: holds the invisible character U+202E; delete it" in said
