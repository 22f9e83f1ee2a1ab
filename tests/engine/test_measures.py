"""What a measure says of its figures: how they are said, what adds up, and what is a part of what."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from explainer import build
from explainer.base.language import Language, catalogue
from explainer.kinds.measure import Behaviour, Measure, Quantity
from explainer.library import figure_words
from explainer.library.figure_states import heading
from explainer.library.totals import ExclusionReason, combined, tallies
from explainer.records.said import words_for
from explainer.records.sourced import Comparator, Figure
from tests.conftest import change, tree

ENGLISH = Language(catalogue("en"))
BOATS = {"one": "boat found", "other": "boats found"}


def measure(counts: Quantity, unit: str, says: object, **fields: object) -> Measure:
    """A measure of things that are found."""
    return Measure.model_validate(
        {
            "id": "found",
            "name": "things found",
            "counts": counts,
            "behaves": "flow",
            "unit": unit,
            "says": says,
            **fields,
        }
    )


def said(of: Measure, value: str, **fields: object) -> str:
    """A figure as a sentence in English."""
    figure = Figure.model_validate({"measure": of.id, "value": value, "cite": ["log"], **fields})
    return f"{figure_words.amount(ENGLISH, of, figure)} {figure_words.after(ENGLISH, of, figure, 'en')}"


@pytest.mark.parametrize(
    ("counts", "unit", "says", "value", "fields", "sentence"),
    [
        (Quantity.ITEMS, "boats", BOATS, "1", {}, "1 boat found"),
        (Quantity.ITEMS, "boats", BOATS, "2", {}, "2 boats found"),
        (Quantity.ITEMS, "boats", BOATS, "1", {"high": "3"}, "1 to 3 boats found"),
        (Quantity.MASS, "tonnes", "of nets recovered", "76", {}, "76 tonnes of nets recovered"),
        (Quantity.MASS, "tonnes", "of nets recovered", "1", {}, "1 tonne of nets recovered"),
        (Quantity.MASS, "tonnes", "of nets recovered", "1", {"unit": "kg"}, "1 kg of nets recovered"),
        (
            Quantity.MONEY,
            "EUR",
            "recovered",
            "4300000",
            {"comparator": "more-than"},
            "more than EUR 4.3 million recovered",
        ),
        (Quantity.MONEY, "EUR", "recovered", "4312345", {}, "EUR 4,312,345 recovered"),
        (
            Quantity.MONEY,
            "EUR",
            "recovered",
            "2500000000",
            {"comparator": "less-than"},
            "less than EUR 2.5 billion recovered",
        ),
        (Quantity.SHARE, "%", "of the harbours", "12.5", {"margin": "3"}, "12.5 ± 3\u00a0% of the harbours"),
        (Quantity.ITEMS, "boats", BOATS, "5", {"unit": "vessels"}, "5 things found (vessels)"),
    ],
)
def test_a_figure_is_said_in_the_words_of_its_measure(
    counts: Quantity, unit: str, says: object, value: str, fields: dict[str, object], sentence: str
) -> None:
    one = {"unit_one": "tonne"} if unit == "tonnes" else {}

    assert said(measure(counts, unit, says, **one), value, **fields) == sentence


def test_a_saying_may_be_in_several_languages() -> None:
    saying = measure(Quantity.ITEMS, "boats", {"en": BOATS, "fr": "bateaux trouvés"}).says

    assert words_for(saying, "fr", "one") == "bateaux trouvés"
    assert words_for(saying, "en", "one") == "boat found"
    assert words_for(saying, "ar", "few") == "boats found"


def test_millions_are_written_in_the_words_of_the_language() -> None:
    french = Language({**catalogue("en"), "locale": "fr", "numbers": {"group": "\u202f", "decimal": ","}})

    assert french.rounded(Decimal(1_000_000)) == "1 million"
    assert french.rounded(Decimal(2_500_000)) == "2,5 millions"
    assert french.rounded(Decimal(2_512_345)) == "2\u202f512\u202f345"


def test_a_unit_of_the_source_takes_the_place_of_the_measures_own_and_else_stands_behind_it() -> None:
    named = {"name": "boats found adrift"}

    found = said(measure(Quantity.ITEMS, "boats", BOATS, **named), "3", unit="boats and rafts")

    assert found == "3 boats and rafts found adrift"
    assert said(measure(Quantity.ITEMS, "boat", BOATS, **named), "3", unit="rafts") == "3 boats found adrift (rafts)"


def test_a_unit_stands_in_the_brackets_of_the_language() -> None:
    wide = Language({**catalogue("en"), "mark-off": {"brackets": "{before} ⟨{within}⟩"}})

    assert heading(wide, measure(Quantity.MASS, "kg", BOATS)).endswith(" ⟨kg⟩")


@pytest.mark.parametrize("behaviour", [word for word in Behaviour if word is not Behaviour.FLOW])
def test_only_a_flow_adds_up(behaviour: Behaviour) -> None:
    assert measure(Quantity.ITEMS, "boats", BOATS).adds_up
    assert not measure(Quantity.ITEMS, "boats", BOATS, not_added="They come again.").adds_up
    assert not measure(Quantity.ITEMS, "boats", BOATS, behaves=behaviour).adds_up


def test_a_figure_of_one_place_is_shown_with_it_and_never_added(harbour: Path) -> None:
    figures = (
        "  - {measure: boats-found, value: 9, cite: [gazette-2003]}\n"
        "  - {measure: boats-found, value: 4, place: countries/NO, cite: [gazette-2003]}\n"
        "  - {measure: boats-found, value: 2, group: rowing boats, cite: [gazette-2003]}\n"
    )
    path = harbour / "content/operations/beacon-2003.md"
    change(path, ("  - {measure: boats-found, value: 9, cite: [gazette-2003]}\n", figures))
    library = build.load(harbour)
    tally = next(item for item in tallies(library) if item.tally.measure == "boats-found")
    parts = [(part.record.ident, part.figure.value) for row in tally.rows for part in row.parts]
    left = {(item.figure and item.figure.value, item.reason) for row in tally.rows for item in row.left}
    build.generate(harbour)
    page = tree(harbour / "docs")["operations/beacon-2003.md"].decode()

    assert ("beacon-2003", Decimal(9)) in parts
    assert not {value for ident, value in parts if ident == "beacon-2003"} & {2, 4}
    assert {(4, ExclusionReason.PART), (2, ExclusionReason.PART)} <= left
    assert "boats found, [Norway](../countries/no.md)" in page
    assert "boats found, rowing boats" in page


@pytest.mark.parametrize(
    ("qualifiers", "sum_of_them"),
    [
        ((Comparator.EXACTLY, Comparator.MORE_THAN), Comparator.MORE_THAN),
        ((Comparator.AT_LEAST, Comparator.EXACTLY), Comparator.AT_LEAST),
        ((Comparator.MORE_THAN, Comparator.LESS_THAN), Comparator.ABOUT),
        ((Comparator.EXACTLY, Comparator.LESS_THAN), Comparator.ABOUT),
    ],
)
def test_a_sum_is_no_surer_than_its_parts(qualifiers: tuple[Comparator, Comparator], sum_of_them: Comparator) -> None:
    figures = [
        Figure.model_validate({"measure": "boats-found", "value": "2", "comparator": word, "cite": ["log-2001"]})
        for word in qualifiers
    ]

    assert combined(figures) is sum_of_them
