"""The records of this dossier are laid out as the formatter lays them out."""

from tests.conftest import PROJECT, Run


def test_the_records_of_this_dossier_are_laid_out(run: Run) -> None:
    assert run("--root", PROJECT, "format", "--check").out == "Every file is laid out.\n", "run `explainer format`"
