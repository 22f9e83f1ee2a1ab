"""Every mistake of `tests/mistakes.py` is told in the words of `mistakes.txt`, with its place, and nothing else is told of it."""

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


def _made(mistake: Mistake, sound: tuple[Path, RecordCache], tmp_path: Path) -> list[str]:
    root = tmp_path / "made"
    shutil.copytree(sound[0] / "content", root / "content")
    mistake.make(root)
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


def test_an_entry_that_is_wrong_does_not_move_the_lines_of_those_behind_it(
    sound: tuple[Path, RecordCache], tmp_path: Path
) -> None:
    two = "  - {measure: boat-found, value: 3, cite: [log-2001]}\n  - {measure: boats-found, value: 1.5, cite: [log-2001]}\n"
    told = _made(Mistake("two", (("figures:\n", f"figures:\n{two}"),)), sound, tmp_path)

    assert [line.split(";")[0] for line in told if ":17:" in line or ":18:35" in line] == [
        "content/operations/lantern-2024.md:17:15: no measure has the id 'boat-found'",
        "content/operations/lantern-2024.md:18:35: 1.5 is not exact to what 'boats-found' counts",
    ]
