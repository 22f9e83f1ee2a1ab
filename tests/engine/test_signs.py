"""Signs are lines of one family: data that is checked, and that no page lets become anything else."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from explainer import build
from explainer.outputs.cards import card
from explainer.pages.card_text import CardText
from explainer.records.signs import Sign
from tests.conftest import change

READER = TypeAdapter[str](Sign)
LINES = "M4 12H20M12 4V20A8 8 0 0 1 4.25 12Z"


@pytest.mark.parametrize("text", [LINES, "M0 0 24 24", "M 4 12 H 20", "M4 4C5 5 6 6 7 7 8 8 9 9 10 10"])
def test_lines_on_the_field_are_a_sign_however_they_are_spaced(text: str) -> None:
    assert READER.validate_python(text).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12 4", "is not a sign; expected lines on a field of 24 by 24"),
        ("H20", "is not a sign"),
        ("x", "is not a sign"),
        ("M4 12h9", "'h' is not a command of a sign"),
        ("M4 12h9", "did you mean H, with places counted from the corner?"),
        ("M4 12W9", "'W' is not a command"),
        ("M4 25", "'25' in a sign is no place on its field; expected 0 to 24"),
        ("M4 -1", "'-1' in a sign is no place"),
        ("M4 1e1", "'e' is not a command of a sign"),
        ("M4,12", "'4,12' in a sign is no place"),
        ("M4 12L5", "L in a sign takes 2 numbers, or a multiple, got 1"),
        ("M4 12L", "L in a sign takes 2 numbers, or a multiple, got 0"),
        ("M4 12Z1", "Z in a sign takes 0 numbers"),
        ('M4 12"><script>', "is no place"),
        ("M" + "1 " * 400, "at most 600 characters"),
    ],
)
def test_what_is_no_sign_is_told_with_what_one_is(text: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        READER.validate_python(text)

    assert told in str(refused.value)


def test_a_record_with_a_sign_shows_it_at_its_head_in_its_list_and_on_its_card_and_one_without_shows_none(
    harbour: Path,
) -> None:
    change(harbour / "content/goals/1.md", ("number: 1\n", f"number: 1\nsign: {LINES}\n"))
    build.generate(harbour)
    signed, bare, index = (
        (harbour / f"docs/{name}.md").read_text(encoding="utf-8")
        for name in ("goals/1", "operations/beacon-2003", "goals/index")
    )
    drawn = f'aria-hidden="true"><path d="{LINES}"/></svg>'

    assert signed.index(drawn) < signed.index("\n# ")
    assert index.count(drawn) == 1
    assert 'class="sign"' not in bare


def test_a_card_has_the_sign_of_its_record_and_cuts_a_long_name_of_the_site_before_it() -> None:
    signed = card(CardText("A site with a name that is long. " * 2, "Title", sign=LINES)).svg

    assert f'<path d="{LINES}" fill="none" stroke="#ffffff"' in signed
    assert "<path" not in card(CardText("A site", "Title")).svg
    assert "A site with a name that is long. A site wit…" in signed
