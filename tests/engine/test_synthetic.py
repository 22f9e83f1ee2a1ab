"""The made-up dossier that measurements use is a valid one, and always the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer import build
from tests import synthetic
from tests.kinds_of_dossier import KINDS


def test_a_made_up_dossier_has_no_problem_and_as_many_records_as_asked(tmp_path: Path) -> None:
    found = build.check(synthetic.write(synthetic.SMALLEST, tmp_path))

    assert found.problems == ()
    assert sum(found.counts["records"].values()) == synthetic.SMALLEST


def test_a_made_up_dossier_holds_every_type_of_record(tmp_path: Path) -> None:
    found = build.check(synthetic.write(synthetic.SMALLEST, tmp_path))

    assert {model.KIND for model in KINDS.types} == {kind for kind, number in found.counts["records"].items() if number}


def test_the_same_number_always_gives_the_same_bytes() -> None:
    assert list(synthetic.files(150)) == list(synthetic.files(150))


def test_no_more_countries_are_made_up_than_there_are() -> None:
    assert synthetic.counts(5000)["countries"] == 249


def test_too_few_records_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        synthetic.counts(synthetic.SMALLEST - 1)
