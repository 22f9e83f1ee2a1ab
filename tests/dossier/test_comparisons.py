"""Two editions side by side: what is said of a paragraph against the edition before stands beside that edition alone."""

from itertools import combinations, pairwise
from pathlib import Path

from explainer.reading import prose
from tests.conftest import own_library
from tests.kinds_of_dossier import Resolution

pytest_plugins = ("tests.served",)


def test_a_note_on_a_step_stands_where_the_two_editions_of_that_step_are_compared(dossier: Path) -> None:
    library = own_library()
    editions = sorted((each for each in library.all(Resolution) if each.series), key=lambda each: each.edition or 0)
    steps = {(one.id, other.id) for one, other in pairwise(editions)}
    notes = {prose.escape(part.note) for each in editions[1:] for part in each.provisions if part.note}
    told = set()
    for one, other in combinations(editions, 2):
        page = (dossier / f"docs/resolutions/compare/{one.id}/{other.id}.md").read_text(encoding="utf-8")
        found = {note for note in notes if note in page}
        told |= found

        assert not found or (one.id, other.id) in steps

    assert len(told) > 5
