"""The words of a dossier: the catalogue of the engine, of its kinds, and its own, each laid over the one before."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import yaml

from explainer.base.language import Language, catalogue, is_plural
from explainer.kinds.registry import Kinds
from explainer.records.editions import Editions
from explainer.records.introspect import shown_words
from explainer.records.record import Record
from explainer.records.traits import Joint, Placed

ORIGINAL = "en"
"""The language in which every catalogue is complete."""


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Merge two catalogues: what the upper one has counts, but plural forms are never mixed."""
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        if isinstance(under, Mapping) and isinstance(value, Mapping) and not (is_plural(under) or is_plural(value)):
            merged[name] = laid_over(under, value)
        else:
            merged[name] = value
    return merged


def shipped(kinds: Kinds, language: str) -> Mapping[str, Any]:
    """The words of the engine and of the kinds in a language; empty if there are none."""
    words: Mapping[str, Any] = catalogue(language)
    for own in kinds.own.values():
        if file := own.file(f"words.{language}.yml"):
            words = laid_over(words, yaml.safe_load(file.read_text(encoding="utf-8")) or {})
    return words


def words_of(kinds: Kinds, language: str, own: Mapping[str, Any] = MappingProxyType({})) -> Language:
    """The words of a dossier in a language, with its own catalogue laid over those that are shipped.

    An own kind without a name in that language is called by its id.
    """
    ids = {"plural": {kind: kind for kind in kinds.own}}
    return Language(laid_over(laid_over(ids, shipped(kinds, language)), own))


def missing(kinds: Kinds, language: str, own: Mapping[str, Any]) -> tuple[str, ...]:
    """The dotted keys of all words that a language lacks, in the order of the original, then those of own kinds."""
    there = laid_over(shipped(kinds, language), own)
    forms = _forms(there) if language != ORIGINAL else ()
    return tuple(
        dict.fromkeys((*_lacking(shipped(kinds, ORIGINAL), there, forms), *_lacking(of_own_kinds(kinds), there, forms)))
    )


def _forms(words: Mapping[str, Any]) -> tuple[str, ...]:
    """The plural forms of the language of a catalogue by the CLDR; none if it does not say which language it is in."""
    from babel import Locale, UnknownLocaleError

    try:
        rules = Locale.parse(str(words.get("locale"))).plural_form.rules
    except (UnknownLocaleError, ValueError):
        return ()
    return (*rules, "other")


def of_own_kinds(kinds: Kinds) -> dict[str, Any]:
    """The keys of the words that pages need of the dossier's own kinds, whichever catalogue has them."""
    needed: dict[str, Any] = {}
    for kind in kinds.own.values():
        needed = laid_over(needed, _of_kind(kind.model, general=not kind.file("page.py")))
    return needed


def _of_kind(model: type[Record], *, general: bool) -> dict[str, Any]:
    """The words that pages need of any kind: its names, its section, its parts and, on the general page, its fields."""
    kind = model.KIND
    words: dict[str, Any] = {"kinds": {kind: ""}, "plural": {kind: ""}, "counted-kind": {kind: ""}}
    section = model.section()
    if section:
        words |= {"related": {kind: ""}, "sections": {section: {"title": "", "summary": ""}}}
    if issubclass(model, Editions):
        groups = dict.fromkeys(model.PARTS.groups, "")
        named = dict.fromkeys(("paragraphs", "paragraphs-short", "paragraphs-cited", "parts", "columns"), groups)
        moved = {f"{one}-{other}": "" for one in groups for other in groups if one != other}
        words[f"{kind}-page"] = {**named, "length": "", "parts-legend": "", "bars": "", "moved": moved}
    if issubclass(model, (Placed, Joint)):
        words["columns"] = {model.FOLDER: ""}
    if general and section:
        words["fields-shown"] = {kind: shown_words(model)}
    return words


def _lacking(original: Mapping[str, Any], words: object, forms: tuple[str, ...], above: str = "") -> Iterator[str]:
    """The dotted keys of the words, and of the plural forms, that are missing."""
    for name, value in original.items():
        found = words.get(name) if isinstance(words, Mapping) else None
        if isinstance(value, Mapping) and not is_plural(value):
            yield from _lacking(value, found, forms, f"{above}{name}.")
        elif found is None:
            yield f"{above}{name}"
        elif is_plural(found) and isinstance(found, Mapping):
            yield from (f"{above}{name}.{form}" for form in forms if form not in found)
