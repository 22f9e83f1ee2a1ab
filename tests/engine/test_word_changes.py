"""What went and came between two wordings: which words are marked, and when none are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.library.word_changes import Piece, word_changes


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(
        f"{piece.before}<{piece.words}>" if piece.changed else piece.before + piece.words for piece in pieces
    )


@pytest.mark.parametrize(
    ("older", "newer", "went", "came"),
    [
        (
            "Asks all states to report each year.",
            "Asks all states to report twice each year.",
            "Asks all states to report each year.",
            "Asks all states to report <twice> each year.",
        ),
        (
            "Calls for help, where states ask for it.",
            "Calls for training, where states ask for it.",
            "Calls for <help>, where states ask for it.",
            "Calls for <training>, where states ask for it.",
        ),
        (
            "Welcomes the work of both on small arms and on borders.",
            "Welcomes the work of both on drones and at borders.",
            "Welcomes the work of both on <small arms and on> borders.",
            "Welcomes the work of both on <drones and at> borders.",
        ),
        (
            "Recalls [the first text](1.md) of the series of texts.",
            "Recalls [the second text](2.md) of the series of texts.",
            "Recalls <[the first text](1.md)> of the series of texts.",
            "Recalls <[the second text](2.md)> of the series of texts.",
        ),
    ],
)
def test_the_words_that_went_and_came_are_marked(older: str, newer: str, went: str, came: str) -> None:
    changes = word_changes(older, newer)

    assert changes
    assert (marked(changes.older), marked(changes.newer)) == (went, came)


def test_of_two_texts_that_share_little_no_word_is_marked() -> None:
    assert word_changes("Recalls the agreement.", "Asks every state for a yearly report on borders.") is None


TEXTS = st.lists(st.sampled_from(["one", "two", "three", "four,", "five.", "*six seven*"]), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_and_what_is_not_marked_is_the_same_in_both(older: str, newer: str) -> None:
    changes = word_changes(older, newer)
    if changes is None:
        return
    for text, pieces in ((older, changes.older), (newer, changes.newer)):
        assert "".join(piece.before + piece.words for piece in pieces) == text
    same = ["".join(piece.words for piece in pieces if not piece.changed) for pieces in (changes.older, changes.newer)]
    assert same[0].replace(" ", "") == same[1].replace(" ", "")
