"""The engine knows nothing about the subject: no name of the dossier stands in the package or its templates."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
FILES = sorted(
    path
    for folder in ("scripts/explainer", "scripts/theme")
    for path in (PROJECT / folder).rglob("*")
    if path.suffix in {".py", ".j2", ".yml", ".css", ".html", ".js", ".md"}
)
NAMES = re.compile(
    r"interpol(?!at)|united nations|\b71/19|\b73/11|unoct|\bcted\b|unodc|epervier|libertad|sawiyan|jürgen|defence online",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_file_of_the_engine_names_nothing_of_the_dossier(path: Path) -> None:
    assert NAMES.findall(path.read_text(encoding="utf-8")) == []


def test_there_are_files_to_look_at() -> None:
    assert {"library.py", "story.md.j2", "en.yml", "explainer.css"} <= {path.name for path in FILES}
