"""How the order of a search's results is graded."""

from __future__ import annotations

import pytest

from tests.grades import Graded, discounted_gain, marks, reciprocal_rank, table

QUESTION = Graded("names", "who", frozenset({"a/", "b/"}), frozenset({"c/"}))


def test_a_result_that_answers_is_worth_more_than_one_that_leads_on() -> None:
    assert [QUESTION.worth([link]) for link in ("a/", "c/", "d/")] == [3, 1, 0]


def test_the_rank_counts_only_results_that_answer() -> None:
    assert reciprocal_rank([0, 1, 3]) == pytest.approx(1 / 3)
    assert reciprocal_rank([0, 1, 0]) == 0


def test_the_best_order_has_the_whole_gain_and_each_worse_one_less() -> None:
    best = discounted_gain(QUESTION, [3, 1])
    later = discounted_gain(QUESTION, [1, 3])
    second_answer = discounted_gain(QUESTION, [3, 3])

    assert best == second_answer == 1
    assert 0 < later < best
    assert discounted_gain(QUESTION, [0] * 5 + [3]) == 0


def test_marks_are_given_by_class_and_for_all() -> None:
    other = Graded("codes", "un", frozenset({"d/"}), frozenset())
    given = marks([QUESTION, other], [[["a/"], ["c/"]], [["x/"], ["d/"]]])

    assert {group: round(mark.rank, 2) for group, mark in given.items()} == {"all": 0.75, "codes": 0.5, "names": 1.0}
    assert table(given)[-1].split() == ["names", "1", "1.000", "1.000"]
