"""Guesses: a slip of the hand is told what was meant, and a word for something else is not."""

import pytest

from explainer.base.problems import did_you_mean, nearest

EDITIONS = (
    "lamp-2018", "lamp-ii-2019", "lamp-iii-2021", "lamp-vi-2024", "lamp-vii-2025", "lamp-x-2021", "lamp-xi-2018",
    "storm-2024", "storm-2025", "storm-2-2025", "storm-card-2025", "west-storm-2024", "east-storm-2024", "30-storms-2018",
)  # fmt: skip
WORDS = (
    "beacon-2001", "beacon-2003", "epervier-ii-2019", "un-police", "union", "name", "url", "summary", "review_by",
    "organisations", "fifty-boats", "gazette-2003", "goals/1.md", "op1", "1-2", "14.1", "NO", "https://union.example/1-2",
    "resolutions/compare/1-2/3-4.md", "east-africa", "interpol-page-fr",
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Union", "union"),
        ("unoin", "union"),
        ("onion", "union"),
        ("naem", "name"),
        ("nam", "name"),
        ("names", "name"),
        ("ulr", "url"),
        ("sumary", "summary"),
        ("summery", "summary"),
        ("review-by", "review_by"),
        ("organization", "organisations"),
        ("orgnaisatoins", "organisations"),
        ("fifty_boats", "fifty-boats"),
        ("fiftyboats", "fifty-boats"),
        ("fifty-boat", "fifty-boats"),
        ("becon-2003", "beacon-2003"),
        ("beacon2003", "beacon-2003"),
        ("gazette-2030", "gazette-2003"),
        ("gazette-20003", "gazette-2003"),
        ("2003-gazette", "gazette-2003"),
        ("no", "NO"),
        ("goal/1.md", "goals/1.md"),
        ("http://union.example/1-2", "https://union.example/1-2"),
        ("https://union.example/1-2/", "https://union.example/1-2"),
        ("resolutions/compare/3-4/1-2.md", "resolutions/compare/1-2/3-4.md"),
    ],
)
def test_a_slip_is_told_what_was_meant(word: str, meant: str) -> None:
    assert nearest(word, WORDS) == meant
    assert did_you_mean(word, WORDS) == f"; did you mean '{meant}'?"


@pytest.mark.parametrize(
    "word",
    ["epervier-2017", "epervier-2019", "epervier-iii-2019", "beacon-2004", "beacon-ii-2003", "unicef", "unodc", "op2", "op11", "1-3",
     "14.2", "goals/2.md", "NOR", "SE", "west-africa", "sixty-boats", "interpol-page-ar", "interpol-page", "date", "urn", "", "-"],
)  # fmt: skip
def test_a_word_for_something_else_is_not_taken_for_a_slip(word: str) -> None:
    assert nearest(word, WORDS) is None
    assert not did_you_mean(word, WORDS)


def test_between_two_words_that_are_equally_near_nothing_is_guessed() -> None:
    assert nearest("lampo", ["lamp", "lampoo"]) is None
    assert nearest("lampo", ["lamp", "lampion"]) == "lamp"


@pytest.mark.parametrize("ident", EDITIONS)
def test_an_edition_that_is_deleted_is_taken_for_no_other(ident: str) -> None:
    assert nearest(ident, [other for other in EDITIONS if other != ident]) is None
