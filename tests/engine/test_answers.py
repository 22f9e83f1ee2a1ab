"""What programs are answered, without a server: how well a record answers a search."""

import pytest

from explainer.serve.answers import _score

PARTS = ("lamp of the harbour", "it shone over the quay", "a keeper lit it each night")


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("lamp", 8),
        ("shone", 3),
        ("keeper", 1),
        ("lamp keeper", 9),
        ("lamp nowhere", 4),
        ("lamp nowhere never", 2),
        ("nowhere", 0),
    ],
)
def test_a_word_counts_by_where_it_stands_and_each_that_stands_nowhere_halves_the_score(
    words: str, score: float
) -> None:
    assert _score(words.split(), PARTS) == score
