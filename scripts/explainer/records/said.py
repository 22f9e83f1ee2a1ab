"""How something is said beside a number: words by plural form, in one language or in several."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from explainer.base.dataclass import dataclass
from explainer.base.language import FORMS
from explainer.base.values import language_tag, plain_text

DEFAULT = ""
"""Stands for the language of the dossier."""


def _forms(value: object) -> dict[str, str]:
    """Plural form -> words; a text alone is the form `other`, which every number may take."""
    if isinstance(value, str):
        value = {"other": value}
    if not isinstance(value, Mapping) or not FORMS.issuperset(value):
        raise ValueError(
            "is not a saying; expected words, or words by plural form, as in {one: boat stopped, other: boats stopped}"
        )
    forms = {
        str(form): plain_text(words) if isinstance(words, str) and words.strip() else ""
        for form, words in value.items()
    }
    if not all(forms.values()):
        raise ValueError("has a plural form without words; write them, or delete the form")
    if "other" not in forms:
        raise ValueError("lacks the plural form 'other', which most numbers take; add other: and its words")
    return forms


def _language(key: object) -> str:
    """A key beside no plural form; only a tag is one of languages, or misspelt forms would be taken for such."""
    try:
        return language_tag(str(key))
    except ValueError as error:
        forms = ", ".join(sorted(FORMS))
        raise ValueError(
            f"'{key}' is neither a plural form nor a language; expected {forms}, or a code as in fr"
        ) from error


def _saying(value: object) -> object:
    if isinstance(value, Mapping) and isinstance(value.get(DEFAULT), Mapping):
        return {DEFAULT: _forms(value[DEFAULT])}  # read already
    if isinstance(value, Mapping) and value and not FORMS.intersection(value):
        return {_language(key): _forms(words) for key, words in value.items()}
    return {DEFAULT: _forms(value)}


@dataclass(frozen=True, slots=True)
class Says:
    """Marks a field that holds a saying."""


_WORDS: dict[str, Any] = {"type": "string"}
_PLURALS: dict[str, Any] = {
    "type": "object",
    "properties": dict.fromkeys(sorted(FORMS), _WORDS),
    "required": ["other"],
    "additionalProperties": False,
}
Saying = Annotated[
    dict[str, dict[str, str]],
    BeforeValidator(_saying),
    Says(),
    WithJsonSchema(
        {
            "anyOf": [
                _WORDS,
                _PLURALS,
                {"type": "object", "additionalProperties": {"anyOf": [_WORDS, _PLURALS]}},
            ]
        }
    ),
]
"""Language tag, or the empty string for that of the dossier -> plural form of the CLDR -> words."""


def words_for(saying: Mapping[str, Mapping[str, str]], language: str, form: str) -> str:
    """The words of a plural form in a language, else in that of the dossier, else in the first that there is."""
    forms = saying.get(language) or saying.get(DEFAULT) or next(iter(saying.values()))
    return forms.get(form, forms["other"])
