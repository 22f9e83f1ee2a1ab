"""Reads a dossier's own words: `content/words/LANGUAGE.yml`, a catalogue laid over those of the engine and the kinds."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from explainer.base.language import Language, is_plural
from explainer.base.problems import Problem, did_you_mean, listed
from explainer.docs import content
from explainer.kinds.registry import Kinds
from explainer.kinds.words import ORIGINAL, laid_over, missing, of_own_kinds, shipped
from explainer.reading import encoding, front_matter
from explainer.reading.document import Document

FOLDER = f"{content.CONTENT}/words"
"""The folder of a dossier's own catalogues."""


def is_catalogue(path: str) -> bool:
    """Whether a file of `content/` is a catalogue."""
    return path.startswith(f"{FOLDER}/")


def language(root: Path, kinds: Kinds, tag: str) -> Language:
    """The words of a dossier in a language, as far as they can be read; English ones stand in for those that are missing."""
    path = root / FOLDER / f"{tag}.yml"
    files = [content.File(f"{FOLDER}/{tag}.yml", path.read_bytes())] if path.is_file() else []
    return languages(kinds, files, (tag,))[0][tag]


def languages(
    kinds: Kinds, files: Iterable[content.File], tags: Iterable[str]
) -> tuple[dict[str, Language], list[Problem]]:
    """The words of a dossier in each of its languages, and a problem for every catalogue that is wrong or incomplete."""
    own: dict[str, Document] = {}
    problems: list[Problem] = []
    for file in files:
        found = _catalogue(file)
        if isinstance(found, Document):
            own[file.path.removeprefix(f"{FOLDER}/").removesuffix(".yml")] = found
        problems += found if isinstance(found, list) else _unknown(kinds, found)
    original = shipped(kinds, ORIGINAL)
    words = {}
    for tag in dict.fromkeys(tags):
        data = own[tag].data if tag in own else {}
        words[tag] = Language(laid_over(laid_over(original, shipped(kinds, tag)), data))
        if lacking := missing(kinds, tag, data):
            problems.append(_incomplete(tag, lacking))
    return words, problems


def _catalogue(file: content.File) -> Document | list[Problem]:
    text = encoding.decode(file.path, file.raw)
    if not isinstance(text, str):
        return text
    if not file.path.endswith(".yml"):
        return [Problem(file.path, 1, 1, f"is no catalogue; expected {FOLDER}/LANGUAGE.yml, as in fr.yml; rename it")]
    return front_matter.split_settings(file.path, text)


def _incomplete(tag: str, lacking: tuple[str, ...]) -> Problem:
    number = "1 word is" if len(lacking) == 1 else f"{len(lacking)} words are"
    return Problem(
        f"{FOLDER}/{tag}.yml",
        1,
        1,
        f"{number} missing in '{tag}': {listed(lacking, limit=30)}; expected every word of the site; "
        f"write them in {FOLDER}/{tag}.yml (`explainer words {tag}` prints what is missing, in English)",
    )


def _unknown(kinds: Kinds, document: Document) -> Iterator[Problem]:
    """A problem for every word that nothing uses, or that has another shape than the original."""
    known = laid_over(of_own_kinds(kinds), shipped(kinds, ORIGINAL))
    yield from _compared(document, known, document.data, ())


def _compared(
    document: Document, original: Mapping[str, Any], own: Mapping[str, Any], loc: tuple[str, ...]
) -> Iterator[Problem]:
    for name, value in own.items():
        here = (*loc, name)
        under = original.get(name)
        if name not in original:
            guess = did_you_mean(name, original) or "; expected a key of the engine's catalogue; delete it"
            yield document.key_problem(here, f"'{'.'.join(here)}' is no word of the site{guess}")
        elif isinstance(under, Mapping) and not is_plural(under) and isinstance(value, Mapping):
            yield from _compared(document, under, value, here)
        elif isinstance(under, Mapping) and not is_plural(under):
            yield document.problem(
                here, f"{'.'.join(here)}: expected several words, as in English; write name: word, one a line"
            )
