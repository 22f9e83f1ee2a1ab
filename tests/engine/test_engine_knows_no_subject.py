"""The engine and the theme know no subject: no word of this dossier's, and none of its own kinds of record, stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ENGINE = ("scripts/explainer", "scripts/theme")
STARTER = "scripts/explainer/starter/"
"""What `explainer init` copies is a dossier of its own, and no part of the engine."""

SUBJECT = re.compile(
    r"polic(?:e|ing)|preamb|operative|interpol\b|crime|victim|(?-i:\b(?:op|pp|OP|PP)[ \u00a0]?[0-9]+\b)", re.IGNORECASE
)
"""Words of the real dossier, within longer words too, and the names of the parts of its texts: op2, PP 14."""
KINDS = frozenset({"resolution", "operation", "goal", "agreement", "sdg", "crime"})
"""The first words of the kinds in `scripts/kinds/`, in the singular."""
PART = re.compile(r"[A-Z]{2,}s?\b|[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""A word, also as a part of a name: `Invalid` and `Operation` in InvalidOperation."""

ALLOWED = {
    ("scripts/explainer/base/values.py", "InvalidOperation"): "an exception of Python's module decimal",
    ("scripts/explainer/data/openapi.py", "operationId"): "a key of OpenAPI",
}
"""File and text -> why a word that is found in it means something else there."""


def files() -> Iterator[tuple[str, str]]:
    """Path and text of every text file of the engine and the theme."""
    for folder in ENGINE:
        for path in sorted((PROJECT / folder).rglob("*")):
            name = path.relative_to(PROJECT).as_posix()
            if path.is_file() and "__pycache__" not in path.parts and not name.startswith(STARTER):
                yield name, path.read_text(encoding="utf-8")


def singular(word: str) -> str:
    """A word of a name in small letters, without an s at its end."""
    return word.lower().removesuffix("s")


def findings(name: str, text: str) -> Iterator[str]:
    """The words of the subject in a file, with file and line."""
    for number, line in enumerate(text.split("\n"), 1):
        cleared = line
        for path, allowed in ALLOWED:
            cleared = cleared.replace(allowed, "") if path == name else cleared
        kinds = [word for word in PART.findall(cleared) if singular(word) in KINDS]
        words = [match.group() for match in SUBJECT.finditer(cleared) if singular(match.group()) not in KINDS]
        yield from (f"{name}:{number}: {word}" for word in (*kinds, *words))


def test_no_file_of_the_engine_names_the_subject_or_an_own_kind() -> None:
    searched = dict(files())

    assert len(searched) > 200
    assert {name.rpartition(".")[2] for name in searched} >= {"py", "j2", "yml", "css", "js", "html"}
    assert [found for name, text in searched.items() for found in findings(name, text)] == []


def test_no_file_or_folder_of_the_engine_is_called_after_an_own_kind() -> None:
    assert [name for name, _ in files() if any(singular(word) in KINDS for word in PART.findall(name))] == []


def test_the_kinds_that_are_looked_for_are_those_of_this_dossier() -> None:
    folders = {path.parent.name for path in (PROJECT / "scripts/kinds").glob("*/model.py")}

    assert {folder.partition("_")[0] for folder in folders} == KINDS


@pytest.mark.parametrize(("place", "reason"), ALLOWED.items())
def test_every_exception_is_needed_and_says_why(place: tuple[str, str], reason: str) -> None:
    path, text = place

    assert text in (PROJECT / path).read_text(encoding="utf-8")
    assert reason


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("from explainer.kinds.crime_type import CrimeType", ["crime", "Crime"]),
        ("class OperationPage:", ["Operation"]),
        ('    "goals": {title: Goals}', ["goals", "Goals"]),
        ("a link such as ../goals/3.md", ["goals"]),
        ('{{ t("resolution-page.adopted") }}', ["resolution"]),
        ("SDGs by goal", ["SDGs", "goal"]),
        ("what police did together", ["police"]),
        ("expected op2 or pp14", ["op2", "pp14"]),
        ("preambular and operative paragraphs", ["preamb", "operative"]),
        ("The notices of INTERPOL", ["INTERPOL"]),
        ("potential victims", ["victim"]),
        ("sources disagree: a disagreement, cooperation, stop 2", []),
        ("an interpolated value, d3.interpolate", []),
    ],
)
def test_a_word_of_the_subject_is_found_wherever_it_stands(line: str, words: list[str]) -> None:
    assert [found.rpartition(": ")[2] for found in findings("x.py", line)] == words
