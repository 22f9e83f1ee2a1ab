"""The engine knows nothing about the subject: no name of the dossier stands in the package or its templates."""

import functools
import re
from pathlib import Path

import pytest

from explainer.docs import documents
from explainer.kinds.explainer import Explainer
from explainer.records.record import Story
from tests.conftest import PROJECT
from tests.kinds_of_dossier import KINDS
from tests.names_of_dossier import NAMES

FILES = sorted(
    path
    for folder in ("scripts/explainer", "scripts/theme")
    for path in (PROJECT / folder).rglob("*")
    if path.suffix in {".py", ".j2", ".yml", ".css", ".html", ".js", ".md", ".svg"}
)


@functools.cache
def recorded() -> frozenset[str]:
    """The names of resolutions, operations, goals, organisations, people and agreements; titles of explainers are common words."""
    return frozenset(
        str(document.data.get(model.LABEL))
        for model, document in documents.read(PROJECT, KINDS)[0].documents
        if issubclass(model, Story) and model is not Explainer
    )


@functools.cache
def own() -> re.Pattern[str]:
    """What matches any of them."""
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in sorted(recorded(), key=len, reverse=True))})\b")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_file_of_the_engine_names_nothing_of_the_dossier(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert (NAMES.findall(text), own().findall(text)) == ([], [])


def test_there_are_files_to_look_at() -> None:
    assert len(recorded()) > 100
    assert {"library.py", "story.md.j2", "en.yml", "explainer.css"} <= {path.name for path in FILES}
