"""Reads a dossier's own words: `content/words/LANGUAGE.yml`, a catalogue laid over those of the engine and the kinds."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from explainer.base.language import Language, catalogue, is_locale, is_plural
from explainer.base.problems import Problem, did_you_mean, listed, shown
from explainer.base.unicode_text import hidden
from explainer.docs import content
from explainer.kinds.filled_words import Filled
from explainer.kinds.own_kinds import OwnKind
from explainer.kinds.registry import FOLDER as OWN
from explainer.kinds.registry import Kinds
from explainer.kinds.words import FOLDER, ORIGINAL, forms_of, known, missing, of_kind, words_of
from explainer.reading import encoding, front_matter
from explainer.reading.document import Document

SENTENCE = 4
"""Words of a text that no two languages have alike by chance; names and terms may be the same."""
_WORD = re.compile(r"(?<![{\w])[^\W\d_]{2,}")


def is_catalogue(path: str) -> bool:
    """Whether a file of `content/` is a catalogue."""
    return path.startswith(f"{FOLDER}/")


def language(root: Path, kinds: Kinds, tag: str) -> Language:
    """The words of a dossier in a language, as far as they can be read; English ones stand in for those that are missing."""
    return words_of(kinds, tag, _sound(kinds, _own_files(root, tag)).get(tag, {}))


def _sound(kinds: Kinds, files: Iterable[content.File]) -> dict[str, Mapping[str, Any]]:
    """The catalogues of a dossier by their languages, but for those that are wrong; with those of kinds nothing is compared."""
    found = {_tag(file): _catalogue(file) for file in files}
    return {
        tag: document.data
        for tag, document in found.items()
        if isinstance(document, Document) and not any(_unfit(kinds, document))
    }


def _tag(file: content.File | Document) -> str:
    """The language of a catalogue, by its name."""
    return file.path.removeprefix(f"{FOLDER}/").removesuffix(".yml")


def _own_files(root: Path, tag: str) -> list[content.File]:
    """The dossier's own catalogue of a language, if there is one."""
    path = root / FOLDER / f"{tag}.yml"
    return [content.File(f"{FOLDER}/{tag}.yml", path.read_bytes())] if path.is_file() else []


def languages(
    kinds: Kinds, files: Iterable[content.File], tags: Iterable[str]
) -> tuple[dict[str, Language], list[Problem]]:
    """The words of a dossier in each of its languages, and a problem for every catalogue that is wrong or incomplete."""
    own: dict[str, Document] = {}
    problems = of_kinds(kinds)
    for file in files:
        found = _catalogue(file)
        wrong = found if isinstance(found, list) else list(_unfit(kinds, found))
        if isinstance(found, Document) and not wrong:
            own[_tag(file)] = found
        problems += wrong
    words = {}
    for tag in dict.fromkeys(tags):
        data = own[tag].data if tag in own else {}
        words[tag] = words_of(kinds, tag, data)
        if not problems:
            problems += [_incomplete(tag, kind, lacking) for kind, lacking in missing(kinds, tag, data).items()]
    return words, problems


UNKNOWN = "'{tag}' is no language that the CLDR knows, nor has it a catalogue; expected a code such as en, fr or ar; correct it"
"""Message about a language that the settings name."""


def is_known(tag: str, files: Iterable[content.File]) -> bool:
    """Whether a language can have words: the CLDR knows it, or the dossier has a catalogue of it, which may say its locale."""
    return is_locale(tag.replace("-", "_")) or any(file.path == f"{FOLDER}/{tag}.yml" for file in files)


def unused(files: Iterable[content.File], tags: Iterable[str]) -> Iterator[Problem]:
    """A problem for every catalogue of a language in which the dossier has no pages."""
    used = sorted(set(tags))
    for file in files:
        tag = _tag(file)
        if file.path.endswith(".yml") and tag not in used:
            guess = did_you_mean(tag, used) or "; rename it, or name that language in content/site.yml"
            message = (
                f"'{shown(tag)}' is no language of this dossier; expected {listed(f'{tag}.yml' for tag in used)}{guess}"
            )
            yield Problem(file.path, 1, 1, message)


def of_kinds(kinds: Kinds) -> list[Problem]:
    """A problem for every word in the catalogue of an own kind that cannot be used."""
    problems: list[Problem] = []
    filled = Filled(kind.folder for kind in kinds.own.values())
    for name, kind in kinds.own.items():
        for path in sorted(kind.folder.glob("words.*.yml")):
            found = _catalogue(content.File(f"{OWN}/{kind.folder.name}/{path.name}", path.read_bytes()))
            problems += found if isinstance(found, list) else _unfit_of_kind(name, kind, found, filled)
    return problems


def _unfit_of_kind(name: str, kind: OwnKind, document: Document, filled: Filled) -> Iterator[Problem]:
    """A problem for every word that does not fit what the engine fills in, or a template of the kinds into one of its own."""
    needed = of_kind(kind)
    general = {"fields-shown": {name: needed.get("fields-shown", {}).get(name, {})}}
    free = {key: value for key, value in document.data.items() if key not in general}
    strict = {key: value for key, value in document.data.items() if key in general}
    replaced = list(_replaced(document, catalogue(ORIGINAL), document.data, ()))
    yield from replaced or _compared(document, needed, free, (), free=filled)
    yield from _uncounted(document, name)
    if not kind.file("page.py"):
        yield from _compared(document, general, strict, ())


def _uncounted(document: Document, kind: str) -> Iterator[Problem]:
    """A problem if one text stands for any number of records, in a language that tells one from several."""
    counted = document.data.get("counted-kind")
    said = counted.get(kind) if isinstance(counted, Mapping) else None
    forms = forms_of(document.path.rsplit(".", 2)[-2])
    if isinstance(said, str) and said and len(forms) > 1:
        told = ", ".join(f"{form}: …" for form in forms)
        message = f"counted-kind.{kind}: '{shown(said)}' would be said of one as of several; expected a text for each plural form; write {{{told}}}"
        yield document.problem(("counted-kind", kind), message)


def _replaced(
    document: Document, engine: Mapping[str, Any], own: Mapping[str, Any], loc: tuple[str, ...]
) -> Iterator[Problem]:
    """A problem for every word of the engine that the catalogue of a kind has too: it would be another one on every page."""
    for name in own.keys() & engine.keys():
        here, value, under = (*loc, name), own[name], engine[name]
        if isinstance(under, Mapping) and not is_plural(under):
            yield from _replaced(document, under, value if isinstance(value, Mapping) else {}, here)
        else:
            step = f"delete it, or replace the word in {FOLDER}/, where a dossier does so"
            message = f"'{'.'.join(here)}' is a word of the engine; expected words of this kind only; {step}"
            yield document.key_problem(here, message)


@functools.lru_cache(maxsize=4)  # what prepares a build reads the one that MkDocs is told of later
def _catalogue(file: content.File) -> Document | list[Problem]:
    text = encoding.decode(file.path, file.raw)
    if not isinstance(text, str):
        return text
    if not file.path.endswith(".yml"):
        return [Problem(file.path, 1, 1, f"is no catalogue; expected {FOLDER}/LANGUAGE.yml, as in fr.yml; rename it")]
    return front_matter.split_settings(file.path, text)


def _incomplete(tag: str, kind: str, lacking: Mapping[str, str]) -> Problem:
    number = "1 word is" if len(lacking) == 1 else f"{len(lacking)} words are"
    file = f"{OWN}/{kind.replace('-', '_')}/words.{tag}.yml" if kind else f"{FOLDER}/{tag}.yml"
    of = f" for the kind '{kind}'" if kind else ""
    return Problem(
        file,
        1,
        1,
        f"{number} missing in '{tag}'{of}: {listed(lacking, limit=30)}; expected every word of the site; "
        f"write them in {file} (`explainer words {tag}` prints what is missing)",
    )


def _unfit(kinds: Kinds, document: Document) -> Iterator[Problem]:
    """A problem for every word that nothing uses, or that has another shape than the original."""
    locale = document.data.get("locale")
    if isinstance(locale, str) and not is_locale(locale):
        message = f"locale: '{locale}' is not one that the CLDR knows; expected a language and a place, as in fr_FR"
        yield document.problem(("locale",), message)
    yield from _of_another_language(document)
    yield from _unreadable_synonyms(document)
    yield from _compared(document, known(kinds), document.data, ())


def _of_another_language(document: Document) -> Iterator[Problem]:
    """A problem if the catalogue says that it is in another language than that of its name, and a remark on words as in the original."""
    tag, locale = _tag(document), document.data.get("locale")
    spoken = tag.partition("-")[0]
    if isinstance(locale, str) and is_locale(locale) and locale.partition("_")[0] != spoken:
        message = f"locale: '{locale}' is not of the language '{tag}', which this catalogue is for; expected one of it, as in {spoken}_XX; write it, and translate the words below it"
        yield document.problem(("locale",), message)
    if spoken != ORIGINAL and (same := list(_untranslated(document.data, catalogue(ORIGINAL)))):
        number = "1 sentence stands" if len(same) == 1 else f"{len(same)} sentences stand"
        message = f"{number} here as in English: {listed(same, limit=5)}; expected words in '{tag}'; translate them"
        yield document.problem((), message).as_remark()


def _untranslated(own: Mapping[str, Any], original: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The keys of texts of several words that are the same as in the original."""
    for name, value in own.items():
        under = original.get(name)
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            yield from _untranslated(value, under, f"{above}{name}.")
        elif isinstance(value, str) and value == under and len(_WORD.findall(value)) >= SENTENCE:
            yield f"{above}{name}"


def _unreadable_synonyms(document: Document) -> Iterator[Problem]:
    """A problem for every line of `search.synonyms` that does not say which words stand for which."""
    search = document.data.get("search")
    lines = search.get("synonyms") if isinstance(search, Mapping) else None
    for number, line in enumerate(lines if isinstance(lines, list) else ()):
        used, mark, said = str(line).partition("=")
        if not (mark and used.strip() and "=" not in said and all(each.strip() for each in said.split(","))):
            message = f"search.synonyms: '{shown(str(line))}' does not say what people say for what; expected words of this dossier = what people say, other words for it; correct it"
            yield document.problem(("search", "synonyms", number), message)


def _compared(
    document: Document,
    original: Mapping[str, Any],
    own: Mapping[str, Any],
    loc: tuple[str, ...],
    *,
    free: Filled | None = None,
) -> Iterator[Problem]:
    """A problem for every word that differs in shape from the original; with `free`, it tells of words that this lacks."""
    for name, value in own.items():
        here = (*loc, name)
        if name in original:
            yield from _compared_entry(document, original[name], value, here, free=free)
        elif free:
            beside = _common(original) if loc and loc[0] in catalogue(ORIGINAL) else None
            yield from _free(document, value, here, beside, free)
        else:
            guess = did_you_mean(name, original) or "; expected a key of the engine's catalogue; delete it"
            yield document.key_problem(here, f"'{'.'.join(here)}' is no word of the site{guess}")


def _free(
    document: Document, value: object, loc: tuple[str, ...], beside: set[str] | None, filled: Filled
) -> Iterator[Problem]:
    """A problem for every pattern of an entry that only own kinds have, if it is none, or names what nothing fills in.

    Among words of the engine, what is filled into those `beside` it is filled into it too.
    """
    if isinstance(value, Mapping) and not is_plural(value):
        for name, inside in value.items():
            yield from _free(document, inside, (*loc, name), None, filled)
        return
    key = ".".join(loc)
    for loc_of_form, form in _forms(value, loc):
        found = filled.into(key) if "{" in form else None
        fitting = found if beside is None else beside | (found or set())
        if wrong := _wrong_text(form, fitting):
            yield document.problem(loc_of_form, f"{key}: {wrong}")


def _common(entries: Mapping[str, Any]) -> set[str] | None:
    """The placeholders of the entries beside each other in a catalogue; None where some have others, or hold more entries."""
    if any(isinstance(entry, Mapping) and not is_plural(entry) for entry in entries.values()):
        return None
    found = [_names_in([entry]) for entry in entries.values()]
    return found[0] if found and all(names == found[0] for names in found) else None


def _names_in(texts: Iterable[object]) -> set[str]:
    """The placeholders in some entries of a catalogue."""
    return {name for text in texts for _, form in _forms(text, ()) for name in _placeholders(form)}


def _compared_entry(
    document: Document, original: object, value: object, loc: tuple[str, ...], *, free: Filled | None
) -> Iterator[Problem]:
    """A problem for every word of one entry, which may hold others, that differs in shape from the original."""
    key = ".".join(loc)
    if isinstance(original, Mapping) and not is_plural(original):
        if isinstance(value, Mapping):
            yield from _compared(document, original, value, loc, free=free)
        else:
            yield document.problem(loc, f"{key}: expected several words, as in English; write name: word, one a line")
        return
    if wrong := _wrong_shape(original, value):
        yield document.problem(loc, f"{key}: {wrong}")
        return
    for loc_of_form, form in _forms(value, loc):
        if wrong := _wrong_text(form, _names_in([original])):
            yield document.problem(loc_of_form, f"{key}: {wrong}")


def _wrong_shape(original: object, value: object) -> str | None:
    """Message if an entry is no text, or no list where the original is one; None if it fits, or is empty."""
    if isinstance(original, list):
        fits = value in (None, "") or (isinstance(value, list) and _are_texts(value))
        return None if fits else "expected a list of texts, as in English; write [one, two]"
    texts = value.values() if isinstance(value, Mapping) and is_plural(value) else (value,)
    if _are_texts(text for text in texts if text is not None):
        return None
    return "expected one text, or one for each plural form; write the words after the colon"


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _forms(value: object, loc: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts of an entry, each plural form by itself, with their places."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, Mapping):
        for form, text in value.items():
            yield from _forms(text, (*loc, form))


def _wrong_text(text: str, fitting: set[str] | None) -> str | None:
    """Message if a pattern has a placeholder that nothing fills, or a brace that opens none; None if it fits.

    `fitting` holds the names of what is filled in, if that is known.
    """
    if "\n" in text.strip("\n"):
        return "has a line break; expected one line; join its lines"
    if (place := hidden(text)) is not None:
        return f"holds the invisible character U+{ord(text[place]):04X}; delete it"
    try:
        named = _placeholders(text)
    except ValueError:
        return "has a brace without a partner, or with more than a name; expected {name} for what is filled in; close it, or delete it"
    unknown = None if fitting is None else next((name for name in named if name not in fitting), None)
    return (
        None
        if unknown is None or fitting is None
        else f"nothing is filled in for {{{unknown}}}{_instead(unknown, fitting)}"
    )


def _instead(unknown: str, fitting: Iterable[str]) -> str:
    """The part of a message that says which placeholder to write in the place of an unknown one."""
    expected = listed(f"{{{name}}}" for name in sorted(fitting)) or "none here"
    return did_you_mean(unknown, fitting) or f"; expected {expected}; correct it"


def _placeholders(text: str) -> list[str]:
    """The names of the placeholders in a pattern; raises ValueError if its braces do not match, or hold more than a name."""
    found = [part for part in Formatter().parse(text) if part[1] is not None]
    if any(spec or conversion for _, _, spec, conversion in found):
        raise ValueError(text)
    return [name for _, name, _, _ in found if name is not None]


def lacking(root: Path, kinds: Kinds, tag: str) -> dict[str, Any]:
    """What a language of a dossier lacks, nested as in a catalogue, with the original text of every word that has one."""
    read = [_catalogue(file) for file in _own_files(root, tag)]
    own = next((found.data for found in read if isinstance(found, Document)), {})
    words: dict[str, Any] = {}
    for keys in missing(kinds, tag, own).values():
        for key, text in keys.items():
            *above, last = key.split(".")
            inside = words
            for name in above:
                inside = inside.setdefault(name, {})
            inside[last] = text
    return words
