"""Every mistake of `tests/mistakes.py` is told in the words of `mistakes.txt`, with its place, and nothing else is told of it."""

import shutil
from pathlib import Path

import pytest

from explainer import build
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
    return [str(problem) for problem in build.examined(root, BuildState(cache)).problems]


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
