"""Every mistake of `tests/mistakes.py` is told in the words of `mistakes.txt`, with its place, and nothing else is told of it."""

import os
import shutil
from pathlib import Path

import pytest

from explainer import build
from explainer.base.problems import errors
from explainer.incremental.misled import misled
from explainer.incremental.records import RecordCache
from explainer.incremental.results import BuildState
from explainer.kinds import registry
from tests import mistakes
from tests.mistakes import MORE, THIRTY_SIX, Mistake

EVERY = (*THIRTY_SIX, *MORE)
TOLD = mistakes.told()
STEP = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 7
"""Of all mistakes every so manyth is made beside others."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RecordCache]:
    """The dossier without a mistake, and its records as they were read once."""
    root = mistakes.dossier(tmp_path_factory.mktemp("mistakes") / "sound")
    cache = RecordCache(kinds=registry.load(root))
    assert _told(root, cache) == []
    return root, cache


def _told(root: Path, cache: RecordCache) -> list[str]:
    """What a check tells of a dossier, without its pages."""
    found = build.examined(root, BuildState(cache))
    library = None if errors(found.problems) else found.library
    return [str(each) for each in (*found.problems, *(misled(root, library) if library else ()))]


def _made(mistake: Mistake, sound: tuple[Path, RecordCache], tmp_path: Path, *others: Mistake) -> list[str]:
    root = tmp_path / "made"
    shutil.copytree(sound[0] / "content", root / "content")
    for each in (mistake, *others):
        each.make(root)
    return _told(root, sound[1])


@pytest.mark.parametrize("mistake", EVERY, ids=[mistake.name for mistake in EVERY])
def test_a_mistake_is_told_in_these_words(
    mistake: Mistake, sound: tuple[Path, RecordCache], tmp_path: Path, bless: bool
) -> None:
    told = _made(mistake, sound, tmp_path) or ["nothing"]
    if bless:
        TOLD[mistake.name] = told
        mistakes.write(TOLD, [each.name for each in EVERY])

    assert TOLD[mistake.name] == told


def test_of_the_thirty_six_none_passes_in_silence() -> None:
    assert [mistake.name for mistake in THIRTY_SIX if TOLD[mistake.name] == ["nothing"]] == []
    assert len(THIRTY_SIX) >= 36


_SEVEN = (
    Mistake("a shape", (("start: 2024-04-06", "start: 6 April 2024"), ("organisation: union", "organisation: unoin"))),
    Mistake("a rule", (("It belongs to [the goal](../goals/1.md).", "It cost 12 lamps, see [it](goals/1.md)."),)),
    Mistake("a shape of a source", (("kind: press", "kind: newspaper"),), path=mistakes.SOURCES),
    Mistake("an entry", (("countries: [NO]", "countries: [NO, UK]"),), path="content/operations/beacon-2003.md"),
    Mistake(
        "a reference", (("measure: boats-found", "measure: boat-found"),), path="content/operations/beacon-2003.md"
    ),
)


def test_mistakes_of_all_sorts_are_told_in_one_run_and_nothing_else(
    sound: tuple[Path, RecordCache], tmp_path: Path
) -> None:
    root = tmp_path / "made"
    shutil.copytree(sound[0] / "content", root / "content")
    for mistake in _SEVEN:
        mistake.make(root)

    assert [told.rsplit("; ", 1)[0] for told in _told(root, sound[1])] == [
        "content/operations/beacon-2003.md:8:17: 'UK' is not an ISO 3166 country code",
        "content/operations/beacon-2003.md:11:15: no measure has the id 'boat-found'",
        "content/operations/lantern-2024.md:6:10: '6 April 2024' is not a date; expected 2018, 2018-09 or 2018-09-18",
        "content/operations/lantern-2024.md:14:19: no organisation has the id 'unoin'",
        "content/operations/lantern-2024.md:29:1: this paragraph states figures or dates but cites nothing; expected a source",
        "content/operations/lantern-2024.md:29:23: links to 'operations/goals/1.md', which is no page of this site; expected a path from here",
        "content/sources/press.yml:4:9: kind: 'newspaper' is not one of official, press, academic, reference",
    ]


_UNREADABLE = {
    "a mark of byte order", "an empty line before the front matter", "dashes with a space", "four dashes", "a long dash for dashes",
    "front matter that is not closed", "marks of a merge", "no front matter", "pluses for dashes",
}  # fmt: skip
"""Mistakes after which nothing of the file can be read."""
_BESIDE = (
    Mistake("a field", (("basis: editorial", "basis: opinion"),)),
    Mistake("a reference", (("organisation: union", "organisation: unoin"),)),
    Mistake(
        "twice",
        (("    cite: [gazette-2024-lantern]\nfig", "    cite: [gazette-2024-lantern, gazette-2024-lantern]\nfig"),),
    ),
    Mistake("the name of a field", (("name: Operation Lantern\n", "nam: Operation Lantern\n"),)),
    Mistake("a rule", (("It belongs to [the goal]", "It cost 12 lamps, and [the goal]"),)),
    Mistake("another record", (("countries: [NO]", "countries: [NO"),), path="content/operations/beacon-2003.md"),
)
_SAME_PLACE = {
    "a field": (10, 12),
    "a reference": (13, 15),
    "twice": (13, 15),
    "the name of a field": (1, 3),
    "a rule": (28, 30),
}
"""The lines of the record in which a mistake is the same as one beside it, or makes it another."""

_NO_NAME = {"a figure of 1.300", "equals for a colon", "one space too many"}
"""What is not told where the record's name is missing: a rule that needs a whole record, and what stands right below the name."""


def _meets(mistake: Mistake, alone: list[str], beside: str) -> bool:
    first, last = _SAME_PLACE.get(beside, (0, 0))
    lines = [int(line.split(":")[1]) for line in alone if line.startswith(mistakes.RECORD)]
    return (
        mistake.name in _UNREADABLE
        or (beside == "the name of a field" and mistake.name in _NO_NAME)
        or "name: Operation Lantern" in str(mistake.changes)
        or any(first <= line <= last for line in lines)
    )


@pytest.mark.parametrize("beside", _BESIDE, ids=[mistake.name for mistake in _BESIDE])
def test_no_mistake_hides_another(beside: Mistake, sound: tuple[Path, RecordCache], tmp_path: Path) -> None:
    [other] = _made(beside, sound, tmp_path)
    hidden, tried = {}, 0
    for number, mistake in enumerate(EVERY):
        alone = TOLD[mistake.name]
        if number % STEP or mistake.path != mistakes.RECORD or mistake.moved or _meets(mistake, alone, beside.name):
            continue
        tried += 1
        shutil.rmtree(tmp_path / "made")
        both = {_said(line) for line in _made(mistake, sound, tmp_path, beside)}
        if lost := {_said(line) for line in (*alone, other) if line != "nothing" and "remark: " not in line} - both:
            hidden[mistake.name] = lost

    assert tried > 100 / STEP
    assert hidden == {}


def _said(line: str) -> str:
    """What is told of a file, without its line: another mistake may add lines above it."""
    path, _, _, message = line.split(":", 3)
    return f"{path}:{message}"


def test_an_entry_that_is_wrong_does_not_move_the_lines_of_those_behind_it(
    sound: tuple[Path, RecordCache], tmp_path: Path
) -> None:
    two = "  - {measure: boat-found, value: 3, cite: [log-2001]}\n  - {measure: boats-found, value: 1.5, cite: [log-2001]}\n"
    told = _made(Mistake("two", (("figures:\n", f"figures:\n{two}"),)), sound, tmp_path)

    assert [line.split(";")[0] for line in told if ":17:" in line or ":18:35" in line] == [
        "content/operations/lantern-2024.md:17:15: no measure has the id 'boat-found'",
        "content/operations/lantern-2024.md:18:35: 1.5 is not exact to what 'boats-found' counts",
    ]
