"""Another dossier: `explainer init` makes one that is complete, builds at once and names nothing of this one."""

import gzip
import re
from pathlib import Path

import pytest

from explainer import build
from explainer.editing import editor_schemas, starter_files
from explainer.kinds.source import Source
from explainer.records.editions import Editions
from explainer.records.record import Story
from tests.conftest import Run, change, tree
from tests.names_of_dossier import NAMES


@pytest.fixture
def fresh(tmp_path: Path, run: Run) -> Path:
    """The folder of a dossier that was just made."""
    assert run("init", tmp_path / "other").status == 0
    return tmp_path / "other"


def test_it_is_complete_and_laid_out(fresh: Path, run: Run) -> None:
    library = build.load(fresh)

    assert [len(library.by_kind[kind]) for kind in ("accord", "patrol")] == [2, 2]
    assert [accord.reviews for accord in library.having(Editions)] == [None, "4-1"]
    assert [source.id for source in library.all(Source) if source.id not in library.citing] == []
    assert run("--root", fresh, "check").status == 0
    assert run("--root", fresh, "format", "--check").out == "Every file is laid out.\n"


def test_it_builds_a_site_that_searches_and_names_nothing_of_this_dossier(fresh: Path, run: Run) -> None:
    ran = run("--root", fresh, "build")
    site = tree(fresh / "site")
    words = {path: NAMES.findall(data.decode("utf-8", "replace")) for path, data in site.items()}
    dossier = re.compile(rb"lagos|71-19|dossier-un", re.IGNORECASE)

    assert ran.status == 0, ran.err
    assert {path: found for path, found in words.items() if found} == {}
    assert [path for path, data in site.items() if dossier.search(data) and path.endswith(".html")] == []
    assert b"Clearwater" in gzip.decompress(site["search/names.bin"])


def test_a_dossier_in_a_language_without_a_catalogue_is_told_which_words_are_missing(fresh: Path, run: Run) -> None:
    change(fresh / "content/site.yml", ("author:", "language: fr\nauthor:"))
    ran = run("--root", fresh, "check")

    assert ran.status == 1
    assert re.search(r"^content/words/fr\.yml:1:1: \d+ words are missing in 'fr': ", ran.err, re.MULTILINE)


def test_every_story_is_on_a_page_of_its_own(fresh: Path, run: Run) -> None:
    library, _ = build.generate(fresh)
    stories = [entry.record for entry in library.entries.values() if isinstance(entry.record, Story)]

    assert len(stories) == 7
    assert [
        story.id for story in stories if f"{story.id}.md" not in {path.name for path in (fresh / "docs").rglob("*.md")}
    ] == []


def test_its_lists_name_their_schemas_and_the_schemas_are_there(fresh: Path, run: Run) -> None:
    lists = list((fresh / "content").rglob("*.yml"))
    named = [(path.parent / first_line(path).partition("$schema=")[2]).resolve() for path in lists]

    assert [
        path for path in named if path.parent != (fresh / editor_schemas.FOLDER).resolve() or not path.is_file()
    ] == []
    assert run("--root", fresh, "schema", "--write").out == f"0 files changed in {editor_schemas.FOLDER}.\n"


def first_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("\n", 1)[0]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    ran = run("init", tmp_path)

    assert (ran.status, ran.out) == (1, "")
    assert "is not empty" in ran.err
    assert tree(tmp_path) == {"mine.txt": b"mine"}


def test_the_files_of_the_package_are_the_files_that_are_written(fresh: Path) -> None:
    made = {path: data for path, data in tree(fresh).items() if not path.startswith(f"{editor_schemas.FOLDER}/")}

    assert made == starter_files.files()
    assert {"README.md", ".gitignore", "content/site.yml"} <= set(starter_files.files())
