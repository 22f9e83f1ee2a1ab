"""Translations of the engine's catalogue: the same keys, the same placeholders, and the plural forms of their languages."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import pytest
import yaml
from babel import Locale

from explainer.base.language import catalogue, is_plural
from explainer.kinds import registry
from explainer.kinds.words import ORIGINAL, missing
from explainer.records.sourced import Certainty, Comparator
from tests.conftest import TESTS

WORDS = TESTS / "dossiers" / "ozone" / "content" / "words"
"""The translations that a dossier brings."""
TRANSLATED = ("fr", "ar")
ENGLISH = catalogue(ORIGINAL)


def entries(words: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted key and value of every entry of a catalogue; a text in plural forms and a list are one entry."""
    for name, value in words.items():
        if isinstance(value, Mapping) and not is_plural(value):
            yield from entries(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def placeholders(text: object) -> set[str]:
    """The names in braces in a pattern, or in all the patterns of a list."""
    texts = text if isinstance(text, list) else [text]
    return {name for each in texts for _, name, _, _ in Formatter().parse(str(each)) if name is not None}


def unlike(original: Mapping[str, Any], translation: Mapping[str, Any]) -> list[str]:
    """What is wrong with the placeholders of a translation: a line for each text whose names are not the original's.

    Keys that only one of the two has are left to other checks. A plural form may say the number in a word, without {n}.
    """
    own = dict(entries(translation))
    wrong = []
    for key, value in entries(original):
        wanted = set().union(*map(placeholders, value.values())) if is_plural(value) else placeholders(value)
        translated = own.get(key, value)
        forms = translated if is_plural(translated) else {"": translated}
        for form, text in forms.items():
            names = placeholders(text)
            if names != wanted and not (form and names == wanted - {"n"}):
                wrong.append(f"{key}{form and f' ({form})'}: {sorted(names)} for {sorted(wanted)}")
    return wrong


def misformed(words: Mapping[str, Any]) -> list[str]:
    """The texts in plural forms that lack a form of their language by the CLDR, or have one that it does not know."""
    rules = {*Locale.parse(words["locale"]).plural_form.rules, "other"}
    return [key for key, value in entries(words) if is_plural(value) and set(value) != rules]


@pytest.fixture(params=TRANSLATED)
def translation(request: pytest.FixtureRequest) -> tuple[str, Mapping[str, Any]]:
    """A language and its catalogue."""
    words: Mapping[str, Any] = yaml.safe_load((WORDS / f"{request.param}.yml").read_text(encoding="utf-8"))
    return request.param, words


def test_a_translation_has_every_key_of_the_original_and_no_other(translation: tuple[str, Mapping[str, Any]]) -> None:
    language, words = translation
    assert sorted(key for key, _ in entries(words)) == sorted(key for key, _ in entries(ENGLISH))
    assert missing(registry.ENGINE, language, words) == {}


def test_a_translation_is_in_plural_forms_wherever_the_original_is(
    translation: tuple[str, Mapping[str, Any]],
) -> None:
    own = dict(entries(translation[1]))
    assert [key for key, value in entries(ENGLISH) if is_plural(value) and not is_plural(own[key])] == []


def test_a_translation_keeps_the_shape_of_the_original(translation: tuple[str, Mapping[str, Any]]) -> None:
    own = dict(entries(translation[1]))
    lists = [key for key, value in entries(ENGLISH) if isinstance(value, list)]
    assert [key for key, value in own.items() if isinstance(value, list)] == lists
    texts = [text for value in own.values() for text in (value.values() if is_plural(value) else [value])]
    words = [word for text in texts for word in (text if isinstance(text, list) else [text])]
    assert [word for word in words if not isinstance(word, str)] == []


def test_a_translation_has_the_placeholders_of_the_original(translation: tuple[str, Mapping[str, Any]]) -> None:
    assert unlike(ENGLISH, translation[1]) == []


def test_a_translation_has_the_plural_forms_of_its_language(translation: tuple[str, Mapping[str, Any]]) -> None:
    assert misformed(translation[1]) == []


def test_a_symbol_is_the_same_in_every_language(translation: tuple[str, Mapping[str, Any]]) -> None:
    assert translation[1]["mark"] == ENGLISH["mark"]


def test_the_original_has_the_plural_forms_of_english() -> None:
    assert misformed(ENGLISH) == []


@pytest.mark.parametrize(
    ("original", "translated", "wrong"),
    [
        ("{a} of {b}", "{b}, {a}", []),
        ("{a} of {b}", "{b}", ["k: ['b'] for ['a', 'b']"]),
        ("{link}", "{lien}", ["k: ['lien'] for ['link']"]),
        ("none", "{n}", ["k: ['n'] for []"]),
        ("{n} of {all}", "{all}", ["k: ['all'] for ['all', 'n']"]),
        ("{n} of {all}", {"one": "one of {all}", "other": "{n} of {all}"}, []),
        ("{n} of {all}", {"one": "{n}", "other": "{n} of {all}"}, ["k (one): ['n'] for ['all', 'n']"]),
        ({"one": "one of {all}", "other": "{n} of {all}"}, "{all}: {n}", []),
        (["{year}", "{older}"], ["{older} {year}"], []),
        (["{year}", "{older}"], ["{older}"], ["k: ['older'] for ['older', 'year']"]),
    ],
)
def test_a_placeholder_that_is_lost_misspelt_or_new_is_found(
    original: object, translated: object, wrong: list[str]
) -> None:
    assert unlike({"k": original}, {"k": translated}) == wrong


def test_only_what_two_catalogues_share_is_compared() -> None:
    assert unlike({"a": "{x}", "b": {"c": "{y}"}}, {"b": {"c": "{z}"}, "d": "{w}"}) == ["b.c: ['z'] for ['y']"]


@pytest.mark.parametrize(
    ("forms", "found"),
    [
        ({"one": "", "many": "", "other": ""}, []),
        ({"one": "", "other": ""}, ["k"]),
        ({"one": "", "two": "", "many": "", "other": ""}, ["k"]),
    ],
)
def test_a_plural_form_that_lacks_or_that_the_language_has_not_is_found(
    forms: Mapping[str, str], found: list[str]
) -> None:
    assert misformed({"locale": "fr_FR", "k": forms}) == found


@pytest.mark.parametrize("word", [*Comparator, *Certainty])
def test_the_page_of_data_has_a_word_for_every_way_in_which_a_source_qualifies_a_number(word: str) -> None:
    unqualified = {Comparator.EXACTLY, Certainty.STATED}

    assert word in unqualified or str(word) in ENGLISH["confidence"]
