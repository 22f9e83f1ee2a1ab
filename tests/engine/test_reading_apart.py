"""Files of `content/` that several processes read: the same records, problems and cache as by one, in the same order."""

import os
from pathlib import Path
from typing import Any

import pytest

from explainer import build
from explainer.base import apart
from explainer.docs import content, documents
from explainer.incremental import file_records, reading_apart
from explainer.incremental.file_records import FileRecords
from explainer.incremental.records import RecordCache
from explainer.kinds import registry
from explainer.kinds.registry import Kinds
from tests.conftest import change

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are several processes where there is fork")


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even the small dossier be read by several processes."""
    monkeypatch.setattr(reading_apart, "MUCH", 1)


def read(root: Path, jobs: int, cache: RecordCache | None = None) -> tuple[tuple[list[Any], ...], RecordCache]:
    """What is read, as far as it can be compared, and the cache."""
    kinds = registry.load(root)
    cache = cache or RecordCache("a key", kinds)
    found, problems = build.read(root, kinds, cache, jobs)
    entries = [(entry.record.key, entry.record.model_dump(), entry.document.line) for entry in found.entries]
    return (entries, problems, [found.about, len(found.parts.faulty)]), cache


@pytest.mark.parametrize("jobs", [2, 5])
def test_several_processes_read_what_one_reads(harbour: Path, jobs: int) -> None:
    one, alone = read(harbour, 1)
    several, shared = read(harbour, jobs)

    assert several == one
    assert (shared.records, shared.files, shared.fresh) == (alone.records, alone.files, True)


def test_problems_are_told_in_the_same_order_wherever_their_file_was_read(harbour: Path) -> None:
    for name in sorted(path.relative_to(harbour).as_posix() for path in (harbour / "content").rglob("*.md"))[::3]:
        change(harbour / name, ("---\nid:", "---\nodd: word\nid:"))
    one, alone = read(harbour, 1)
    several, shared = read(harbour, 3)

    assert several == one
    assert one[1]  # there are some
    assert shared.records == alone.records


def test_another_process_parses_what_this_one_then_takes(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here: list[str] = []
    parse = documents.documents_of

    def counted(file: content.File, kinds: Kinds) -> Any:
        here.append(file.path)
        return parse(file, kinds)

    monkeypatch.setattr(documents, "documents_of", counted)
    read(harbour, 1)
    alone, here[:] = len(here), []
    read(harbour, 2)

    assert 0 < len(here) < alone


def test_what_a_lost_process_was_to_read_is_read_here(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = read(harbour, 1)
    parent = os.getpid()
    whole = file_records.records_in

    def lost(file: content.File, kinds: Kinds, cache: RecordCache) -> FileRecords:
        if os.getpid() != parent:
            os._exit(9)
        return whole(file, kinds, cache)

    monkeypatch.setattr(reading_apart, "records_in", lost)
    assert read(harbour, 2)[0] == one


def test_one_process_reads_what_is_little_or_mostly_known(harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, known = read(harbour, 1)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a process was begun")

    monkeypatch.setattr(apart, "_started", never)
    assert read(harbour, 2, RecordCache("a key", known.kinds, dict(known.records)))[0] == one
    monkeypatch.setattr(reading_apart, "MUCH", 1_000_000)
    assert read(harbour, 2)[0] == one


def test_files_that_are_all_empty_are_read_by_one_process(tmp_path: Path) -> None:
    files = [content.File("content/terms/a.md", b""), content.File("content/terms/b.md", b"")]
    kinds = registry.load(tmp_path)

    assert len(reading_apart.records_of(files, kinds, RecordCache("a key", kinds), 2)) == 2
