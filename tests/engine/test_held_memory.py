"""What a run does not hold: positions of values, pages that are composed, cells that are written, the same text twice."""

import gc
import sys
from collections import Counter
from pathlib import Path

import pytest
from xlsxwriter.worksheet import Worksheet

from explainer import build
from explainer.base import heap
from explainer.data import tables
from explainer.data.workbook import workbook
from explainer.docs import content
from explainer.incremental import scheduler
from explainer.incremental.file_records import records_in
from explainer.incremental.records import RecordCache
from explainer.library.library import Library
from explainer.pages.page import LazyPage, Page
from explainer.reading import headings
from explainer.reading.document import LazyDocument
from explainer.records.sourced import Fact
from tests.kinds_of_dossier import KINDS


@pytest.fixture
def library(harbour: Path) -> Library:
    """The harbour dossier, loaded."""
    return build.load(harbour)


def test_the_positions_of_values_are_not_held_where_nothing_is_wrong(harbour: Path) -> None:
    file = content.File("content/people/ada-quay.md", (harbour / "content/people/ada-quay.md").read_bytes())
    found = records_in(file, KINDS, RecordCache(kinds=KINDS))

    assert [type(each.document) for each in found.named] == [LazyDocument]
    assert found.named[0].document.place(("name",))[0] > 1


def test_a_record_whose_memory_was_freed_is_validated_again_when_it_is_read(harbour: Path) -> None:
    file = content.File("content/people/ada-quay.md", (harbour / "content/people/ada-quay.md").read_bytes())
    cache = RecordCache(kinds=KINDS)
    (entry,) = records_in(file, KINDS, cache).entries
    before = entry.record.model_dump()
    cache.free()
    freed = object.__getattribute__(entry.record, "_record")

    assert (freed, entry.record.model_dump()) == (None, before)


def test_a_citation_of_a_whole_source_is_held_once() -> None:
    first, second = (Fact.model_validate({"says": "A bell.", "cite": ["log-1", "log-2"]}) for _ in range(2))
    placed = Fact.model_validate({"says": "A bell.", "cite": [{"source": "log-1", "at": "page 2"}]})

    assert [id(citation) for citation in first.cite] == [id(citation) for citation in second.cite]
    assert [(each.source, each.at) for each in (*first.cite, *placed.cite)] == [
        ("log-1", None),
        ("log-2", None),
        ("log-1", "page 2"),
    ]


@pytest.mark.parametrize("ends", [False, True])
def test_only_a_process_that_ends_with_its_run_keeps_unused_memory_to_its_end(
    harbour: Path, monkeypatch: pytest.MonkeyPatch, *, ends: bool
) -> None:
    monkeypatch.setattr(scheduler, "FEW", 1)
    build.generate(harbour, jobs=2)
    before = gc.get_freeze_count()
    heap.for_one_run(ends=ends)
    try:
        build.generate(harbour, jobs=2)  # reads what the first run left
        (harbour / "docs/index.md").unlink()
        for page in (harbour / "docs/operations").glob("*.md"):
            page.unlink()
        build.generate(harbour, jobs=2)  # makes pages in workers
        kept = gc.get_freeze_count()
    finally:
        heap.for_one_run(ends=False)
        gc.unfreeze()
        gc.freeze()  # as the tests began

    assert (kept > before) == ends


def test_each_page_is_composed_once_and_not_held_when_its_files_are_made(
    harbour: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed: Counter[str] = Counter()
    made = LazyPage._made

    def counting(page: LazyPage) -> Page:
        composed[page.path] += 1
        return made(page)

    monkeypatch.setattr(LazyPage, "_made", counting)
    build.planned(harbour, library)

    assert set(composed.values()) == {1}
    assert [name for name in library.shared._values if name.startswith(("page ", "downloads"))] == []


def test_the_cells_of_a_table_are_not_held_but_read_from_its_lines(library: Library) -> None:
    (table,) = (table for table in tables.filled(library).every if table.about.name == "sources")
    rows = table.cells()
    first = next(rows)
    next(rows)

    assert sys.getrefcount(first) == 2  # this function's name for it, and what counts


def test_the_cells_of_a_workbook_are_not_held_when_it_is_written(library: Library) -> None:
    gc.collect()
    gc.disable()
    try:
        workbook(tables.filled(library).every, title="Harbour", about=[])
        left = [each for each in gc.get_objects() if isinstance(each, Worksheet) and vars(each)]
    finally:
        gc.enable()

    assert left == []


@pytest.mark.parametrize(
    ("page", "anchors"),
    [
        ("# Tide {#tide}", {"tide"}),
        ("{#block}\nText {#line} \t", {"block", "line"}),
        ("\t{ .wide #tab }", {"tab"}),
        ("Text{#joined}", set()),
        ("{#first}{#second}", set()),
        ("{#first} {#second}", {"second"}),
        ("Text {#inside} goes on", set()),
    ],
)
def test_attribute_lists_are_found_where_python_markdown_finds_them(page: str, anchors: set[str]) -> None:
    assert set(headings._listed(page)) == anchors
