"""The words of a dossier: the catalogue of the engine, of its kinds, and its own, each laid over the one before."""

import functools
import re
from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from explainer.base.language import Language, catalogue, is_plural
from explainer.base.problems import ContentError
from explainer.kinds.own_kinds import FOLDER as FOLDER_OF_KINDS
from explainer.kinds.own_kinds import OwnKind
from explainer.kinds.registry import Kinds
from explainer.reading import encoding, front_matter
from explainer.records.editions import Editions
from explainer.records.introspect import shown_words
from explainer.records.record import Record
from explainer.records.traits import Joint, Placed

FOLDER = "content/words"
"""The folder of a dossier's own catalogues."""
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
        words = laid_over(words, _written(own, language))
    return words


@functools.lru_cache(maxsize=64)
def _written(kind: OwnKind, language: str) -> Mapping[str, Any]:
    """The words in the folder of a kind; raises ContentError if they cannot be read."""
    file = kind.file(f"words.{language}.yml")
    if file is None or not (raw := file.read_bytes()).strip():
        return {}
    path = f"{FOLDER_OF_KINDS}/{kind.folder.name}/{file.name}"
    text = encoding.decode(path, raw)
    found = front_matter.split_settings(path, text) if isinstance(text, str) else text
    if isinstance(found, list):
        raise ContentError(found)
    return found.data


def words_of(kinds: Kinds, language: str, own: Mapping[str, Any] = MappingProxyType({})) -> Language:
    """The words of a dossier in a language, with its own catalogue laid over those that are shipped.

    The original stands in for what is missing; `missing` says what that is.
    """
    return Language(laid_over(laid_over(shipped(kinds, ORIGINAL), shipped(kinds, language)), own))


def missing(kinds: Kinds, language: str, own: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The words that a language lacks: name of an own kind, or "" for the engine -> dotted key -> the original, if any."""
    there = laid_over(shipped(kinds, language), own)
    forms = _forms(there)
    found: dict[str, dict[str, str]] = {}
    for kind, needed in needs(kinds).items():
        known = found.get("", {})
        if lacking := {key: text for key, text in _lacking(needed, there, forms) if key not in known}:
            found[kind] = lacking
    return found


def needs(kinds: Kinds) -> dict[str, Mapping[str, Any]]:
    """The words that the engine, named "", and each own kind need, in the original where that has them."""
    found: dict[str, Mapping[str, Any]] = {"": catalogue(ORIGINAL)}
    for name, kind in kinds.own.items():
        words = _written(kind, ORIGINAL)
        needed = laid_over(_of_templates(kind), _of_kind(kind.model, general=not kind.file("page.py")))
        found[name] = laid_over(needed, words)
    return found


def of_kind(kind: OwnKind) -> dict[str, Any]:
    """The words that the engine needs of an own kind, with the placeholders that it fills."""
    return laid_over(catalogue(ORIGINAL), _of_kind(kind.model, general=not kind.file("page.py")))


def known(kinds: Kinds) -> dict[str, Any]:
    """Every word that a catalogue may have."""
    words = laid_over({}, shipped(kinds, ORIGINAL))
    for needed in needs(kinds).values():
        words = laid_over(needed, words)
    return words


def _forms(words: Mapping[str, Any]) -> tuple[str, ...]:
    """The plural forms of the language of a catalogue by the CLDR; none if it does not say which language it is in."""
    return forms_of(str(words.get("locale")))


def forms_of(locale: str) -> tuple[str, ...]:
    """The plural forms of a locale, or of the language with a tag, by the CLDR; none if it knows no such."""
    from babel import Locale, UnknownLocaleError

    try:
        rules = Locale.parse(locale.replace("-", "_")).plural_form.rules
    except (UnknownLocaleError, ValueError):
        return ()
    return (*rules, "other")


def _of_kind(model: type[Record], *, general: bool) -> dict[str, Any]:
    """The words that pages need of any kind: its names, its section, its parts and, on the general page, its fields."""
    kind = model.KIND
    words: dict[str, Any] = {
        "kinds": {kind: ""},
        "plural": {kind: ""},
        "counted-kind": {kind: {"one": "", "other": ""}},
    }
    section = model.section()
    if section:
        words |= {"related": {kind: ""}, "sections": {section: {"title": "", "summary": ""}}}
    if issubclass(model, Editions):
        groups = model.PARTS.groups
        moves = {f"{before}-{after}": "" for before, after in permutations(groups, 2)}
        numbered = {
            name: dict.fromkeys(groups, "{n}") for name in ("paragraphs", "paragraphs-short", "paragraphs-cited")
        }
        called = {name: dict.fromkeys(groups, "") for name in ("parts", "columns")}
        length = " ".join(f"{{{group}}}" for group in groups)
        more = {"length": length, "bars": "", "parts-legend": "", "moved": moves}
        words[f"{kind}-page"] = {**numbered, **called, **more}
    if issubclass(model, (Placed, Joint)):
        words["columns"] = {model.FOLDER: ""}
    if general and section:
        words["fields-shown"] = {kind: shown_words(model)}
    return words


_SAID = re.compile(r"""\b(?:t|say)\(\s*(["'])([\w.-]+)\1\s*(?:,\s*(["'])([\w-]+)\3\s*)?[,)]""")
"""A word that a template says by a key that stands in it: `t("kinds", "patrol")`, `say("patrol-page.result", …)`."""


def _of_templates(kind: OwnKind) -> dict[str, Any]:
    """The words that the templates of a kind say by their keys."""
    words: dict[str, Any] = {}
    for path in sorted(kind.folder.glob("*.j2")):
        for _, key, _, word in _SAID.findall(_text(kind, path)):
            found: Any = ""
            for part in reversed([*key.split("."), *([word] if word else [])]):
                found = {part: found}
            words = laid_over(found, words)
    return words


def _text(kind: OwnKind, template: Path) -> str:
    """The text of a template; raises ContentError if it is not UTF-8, which nothing after this would say in words."""
    raw = template.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found = encoding.decode(f"{FOLDER_OF_KINDS}/{kind.folder.name}/{template.name}", raw)
        raise ContentError([] if isinstance(found, str) else found) from error


def _lacking(
    original: Mapping[str, Any], words: object, forms: tuple[str, ...], above: str = ""
) -> Iterator[tuple[str, str]]:
    """The dotted keys of the words, and of the plural forms, that are missing, with the original text."""
    there: Mapping[str, Any] = words if isinstance(words, Mapping) else {}
    for name, value in original.items():
        found, key = there.get(name), f"{above}{name}"
        if isinstance(value, Mapping) and not is_plural(value):
            yield from _lacking(value, found, forms, f"{key}.")
        elif found is None:
            yield from _skeleton(key, value, forms)
        elif isinstance(found, Mapping) and is_plural(found):
            yield from ((f"{key}.{form}", "") for form in forms if form not in found)


def _skeleton(key: str, value: object, forms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A missing word with its original; of plural forms that the original leaves empty, one for each form of the language."""
    if isinstance(value, Mapping) and not any(value.values()):
        yield from ((f"{key}.{form}", "") for form in forms or value)
    else:
        yield key, _as_text(value)


def _as_text(value: object) -> str:
    """An entry of a catalogue as one text: of plural forms, the usual one; empty for a list."""
    text = value.get("other", "") if isinstance(value, Mapping) else value
    return text if isinstance(text, str) else ""
