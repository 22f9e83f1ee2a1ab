"""Names that the engine has for something of its own, held against all that it makes: no kind can take one of them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from explainer import build
from explainer.base.values import SLUG, Text
from explainer.data import calendars, downloads, feeds
from explainer.data.description import tables
from explainer.kinds import registry, reserved, words
from explainer.library import addresses, history, releases
from explainer.library.library import Library
from explainer.pages import field_pages
from explainer.records.record import Story
from tests.conftest import PROJECT, whole_harbour

TEMPLATES = PROJECT / "scripts/explainer/templates"
WORDS = yaml.safe_load((TEMPLATES / "strings/en.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def library() -> Library:
    return build.load(whole_harbour())


def of_the_engine(names: set[str], kinds: set[str]) -> set[str]:
    """The names that can be those of kinds, without those that kinds have already, which are told as such."""
    return {name for name in names if SLUG.fullmatch(name)} - kinds


def test_no_table_of_the_data_has_a_name_that_a_folder_can_have(library: Library, tmp_path: Path) -> None:
    files = {item.name: item.data for item in downloads.downloads(library)}
    (tmp_path / "all.sqlite").write_bytes(files["all.sqlite"])
    with closing(sqlite3.connect(tmp_path / "all.sqlite")) as opened:
        made = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    made |= {table.name for table in tables(library.kinds)} | {"about"}  # the sheet that explains
    content = {Path(name).stem for name in (words.FOLDER, history.FOLDER, registry.SETTINGS)}

    assert of_the_engine(made | content, set(library.kinds.by_folder)) == reserved.FOLDERS


def test_no_folder_feed_calendar_or_index_of_the_site_has_a_name_that_a_section_can_have(library: Library) -> None:
    sections = set(library.kinds.sections)
    owned = set(addresses.owned(library.kinds)) | {addresses.ABOUT, addresses.CONTRIBUTING, releases.ARCHIVE, "assets"}
    named = {calendars.ALL, calendars.OFFICES, calendars.REVIEWS, feeds.ALL, feeds.CORRECTIONS}
    pages = {Path(addresses.HOME).stem, Path(addresses.EDITIONS).stem}
    engine = set(registry.ENGINE.sections)

    assert of_the_engine(owned | named | pages, sections | engine) == reserved.SECTIONS
    indexes = {path.name.partition(".")[0] for path in (TEMPLATES / "index").iterdir()}
    assert of_the_engine(indexes - {"records"}, engine) <= reserved.SECTIONS  # that one is for the records of any kind
    assert of_the_engine(set(WORDS["sections"]), engine) <= reserved.SECTIONS


def test_no_template_and_no_page_of_the_field_reference_has_a_name_that_a_kind_can_have(library: Library) -> None:
    kinds = set(registry.ENGINE.by_kind)
    templates = {path.name.partition(".")[0] for path in TEMPLATES.glob("*.j2")}
    pages = {Path(page.path).stem for page in field_pages.pages(library)}

    assert (
        of_the_engine(templates | set(WORDS["kinds"]), kinds) | (of_the_engine(pages, set(library.kinds.by_kind)))
        == reserved.KINDS
    )


class Lamp(Story):
    """A lamp."""

    KIND: ClassVar[str] = "lamp"
    FOLDER: ClassVar[str] = "lamps"
    name: Text
    """Its name."""


def told(**names: str) -> list[str]:
    """What is said of a kind of these names."""
    return list(reserved.taken(type("Other", (Lamp,), {"__doc__": "A lamp.", "__module__": __name__, **names})))


def test_a_name_of_the_engine_is_refused_where_it_is_in_the_way_and_nowhere_else() -> None:
    assert told() == []
    for name in reserved.FOLDERS | reserved.SECTIONS:
        assert told(FOLDER=name) == [
            f"'{name}' is a folder of the engine; expected a name of its own; change FOLDER or SECTION"
        ]
    assert told(FOLDER="changes", SECTION="lamps") == []
    assert told(SECTION="figures") == []
    assert told(KIND="story") == [
        "'story' is a name of the engine; expected a name of its own; rename the folder and KIND"
    ]
