"""The synthetic dossier is valid, has every type, and is the same every time."""

from pathlib import Path

from explainer import build
from explainer.records import TYPES
from tests import synthetic
from tests.conftest import tree


def test_a_synthetic_dossier_has_no_problem_and_every_type(tmp_path: Path) -> None:
    synthetic.write(150, tmp_path)

    found = build.check(tmp_path)

    assert found.problems == ()
    assert {model.KIND for model in TYPES} == {kind for kind, number in found.counts["records"].items() if number}
    assert 130 <= sum(found.counts["records"].values()) <= 170


def test_a_synthetic_dossier_is_the_same_every_time(tmp_path: Path) -> None:
    synthetic.write(150, tmp_path / "a")
    synthetic.write(150, tmp_path / "b")

    assert tree(tmp_path / "a") == tree(tmp_path / "b")
