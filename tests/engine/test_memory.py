"""What runs remember: warm equals clean whatever was edited, only what something changed for is made, nothing damaged is believed."""

import ast
import marshal
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer import build
from explainer.base import dependencies
from explainer.base.files import digest_of
from explainer.base.problems import ContentError, Problem
from explainer.incremental import fingerprint, records, results
from explainer.incremental.store import FOLDER, Store
from explainer.library import unresolved
from explainer.library.checks import by_record
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord
from explainer.pages import sources
from tests.conftest import HARBOUR, PROJECT, Said, change, copied, tree, whole_harbour
from tests.kinds_of_dossier import KINDS, Operation

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
WORDS = ["lamp", "boat", "quay", "tide", "2003", "the harbour", "[x](../goals/1.md)", "[@harbour-log]"]


@contextmanager
def dossier(generated: Path) -> Iterator[Path]:
    """A copy of it that lasts for one example."""
    with tempfile.TemporaryDirectory() as folder:
        yield shutil.copytree(generated, Path(folder) / "harbour")


@pytest.fixture
def root(generated: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(generated, tmp_path / "harbour")


_CLEAN: dict[str, dict[str, bytes]] = {}
"""The records of a dossier -> its `docs/`."""


def clean(root: Path) -> dict[str, bytes]:
    """What a dossier's `docs/` is where nothing is remembered; made once for the same records, with which histories often end."""
    records = digest_of(repr(sorted(tree(root / "content").items())).encode())
    if records not in _CLEAN:
        with tempfile.TemporaryDirectory() as folder:
            fresh = copied(root, Path(folder) / "clean")
            build.generate(fresh)
            _CLEAN[records] = tree(fresh / "docs")
    return _CLEAN[records]


def written(root: Path) -> list[str]:
    """The files that generating writes."""
    return [output.path for output in build.generate(root)[1].write]


# --- what is made again


def test_a_story_that_changes_makes_its_own_files_and_what_counts_words_again(root: Path) -> None:
    change(root / "content/people/ada-quay.md", ("\n---\n", "\n---\nShe kept the lamp.\n\n"))

    downloads = [
        f"data/download/{name}"
        for name in ("all.jsonl", "all.sqlite", "all.xlsx", "all.zip", "dcat.jsonld", "people.csv")
    ]
    own = ["people/ada-quay.md"]
    assert written(root) == ["api/v1/records/people/ada-quay.json", *downloads, *own, "search/.texts/person.jsonl"]
    assert tree(root / "docs") == clean(root)


def test_a_name_that_changes_is_new_wherever_it_stands(root: Path) -> None:
    change(root / "content/people/ada-quay.md", ("name: ", "name: Old "))

    assert "organisations/index.md" not in written(root)
    assert tree(root / "docs") == clean(root)


def test_a_page_that_is_gone_from_docs_is_made_again(root: Path) -> None:
    (root / "docs/people/ada-quay.md").unlink()

    assert written(root) == ["people/ada-quay.md"]
    assert tree(root / "docs") == clean(root)


def test_checking_remembers_as_well_and_writes_no_page(root: Path) -> None:
    change(root / "content/people/ada-quay.md", ("name: ", "name: Old "))
    before = tree(root / "docs")
    checked = [build.check(root).problems for _ in range(2)]

    assert (checked, before) == ([(), ()], tree(root / "docs"))
    build.generate(root)
    assert tree(root / "docs") == clean(root)


def test_a_summary_that_changes_has_the_figures_and_numbers_of_no_other_record_checked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.generate(root)
    looked: set[str] = set()

    def noted(library: Library, entries: Iterable[LoadedRecord], find: by_record.Find) -> Iterator[Problem]:
        def finding(library: Library, entry: LoadedRecord) -> Iterable[Problem]:
            looked.add(entry.record.ident)
            return find(library, entry)

        finding.__name__, finding.__module__ = find.__name__, find.__module__
        return found(library, entries, finding)

    found = by_record.found
    monkeypatch.setattr(by_record, "found", noted)
    path = min((root / "content/operations").iterdir())
    path.write_text(re.sub(r"(?m)^summary: .*$", "summary: Somebody looked again.", path.read_text("utf-8")), "utf-8")
    build.generate(root)

    assert looked == {path.stem}
    assert tree(root / "docs") == clean(root)


@pytest.mark.parametrize(
    ("count", "fields"),
    [(unresolved.counted, {"disputes", "open_questions"}), (sources._shelves, {"publisher", "title"})],
    ids=["what is unresolved", "the order of sources"],
)
def test_what_every_run_asks_of_all_records_is_told_without_reading_them(
    count: Callable[[Library], object], fields: set[str]
) -> None:
    library, next_run = (build.load(whole_harbour()) for _ in range(2))
    expected = count(library)
    next_run.shared.texts.update(library.shared.texts)
    with dependencies.recording() as trace:
        found = count(next_run)

    assert found == expected
    assert not {(name, key[0]) for name, key in trace.seen if name in fields and key[0] != "dispute"}


def test_a_mistake_is_told_with_its_place_where_the_record_was_remembered(root: Path) -> None:
    _rename_a_source(root)
    with tempfile.TemporaryDirectory() as folder:
        fresh = copied(root, Path(folder) / "clean")
        expected = build.check(fresh).problems

    assert len(expected) > 1
    assert build.check(root).problems == expected


def _rename_a_source(root: Path) -> None:
    path = min((root / "content").rglob("sources*"))
    path = path if path.is_file() else min(path.iterdir())
    first = yaml.safe_load(path.read_text("utf-8"))[0]["id"]
    change(path, (f"id: {first}", f"id: {first}-x"))


@pytest.mark.parametrize("name", [records.NAME, results.NAME])
def test_what_is_damaged_is_thrown_away_with_a_word(name: str, root: Path) -> None:
    entry = root / FOLDER / (root / FOLDER / "roots" / name).read_text("utf-8").split("\n")[0]
    entry.write_bytes(entry.read_bytes()[:-100] + b"rubbish")
    said = Said()
    build.generate(root, said)

    assert len(said.words) == 1
    assert tree(root / "docs") == clean(root)
    build.generate(root, said := Said())
    assert said.words == []


@pytest.mark.parametrize(
    "poison",
    [lambda item: marshal.dumps({**item.data, "name": 7}), lambda _: marshal.dumps([7]), lambda _: b"rubbish"],
    ids=["another value", "another shape", "no value"],
)
def test_records_that_come_from_elsewhere_and_are_not_valid_are_read_again(
    poison: Callable[[records.CachedRecord], bytes], root: Path
) -> None:
    store = Store(root)
    key, files = store.load(records.NAME)
    poisoned = {
        name: tuple(tuple(item._replace(fields=poison(item))) for item in map(records.CachedRecord._make, items))
        for name, items in files.items()
    }
    store.save(records.NAME, (key, poisoned))
    change(root / "content/people/ada-quay.md", ("name: ", "name: Old "))
    build.generate(root)

    assert tree(root / "docs") == clean(root)


def test_another_version_of_a_package_or_of_this_code_believes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build.remembered(root, Store(root)).records.records
    monkeypatch.setattr("explainer.incremental.fingerprint.code_fingerprint", lambda: "another")

    assert build.remembered(root, Store(root)).records.records == {}


def test_every_package_that_is_required_is_in_the_fingerprint_whatever_requires_it() -> None:
    locked = (PROJECT / "requirements" / "build.txt").read_text("utf-8")
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([\w.-]+)==", locked, re.MULTILINE)}

    assert set(fingerprint.versions()) <= names
    assert {"vl-convert-python", "resvg-py", "markupsafe", "pydantic-core", "mkdocs"} & names <= set(
        fingerprint.versions()
    )


# --- traces


def test_reading_a_field_is_noted_and_so_are_lookups() -> None:
    library = build.load(whole_harbour())
    record = library.all(Operation)[0]
    with dependencies.recording() as trace:
        assert record.name
        assert library.related(record, Operation) is not None

    assert ("name", record.key) in trace.seen
    assert ("naming", record.key) in trace.seen


def test_a_shared_result_is_made_once_and_whoever_takes_it_depends_on_it() -> None:
    shared = dependencies.Memo()
    with dependencies.recording() as first:
        shared.get("one", lambda: shared.get("two", lambda: 2))
    with dependencies.recording() as second:
        assert shared.get("one", lambda: 3) == 2

    assert first.used == second.used == {"one"}
    assert shared.traces["one"].used == {"two"}


def _told(entry: LoadedRecord) -> tuple[object, ...]:
    """All that there is of a record."""
    return entry.record.model_dump(), entry.record.key, entry.known, entry.document.path, entry.document.line


def test_a_record_is_the_same_after_it_was_kept(tmp_path: Path) -> None:
    dossier = copied(HARBOUR, tmp_path / "harbour")
    store = Store(dossier)
    first = build.remembered(dossier, store)
    read, _ = build.read(dossier, first.records.kinds, first.records)
    first.save(store, None)
    second = build.remembered(dossier, store)
    again, _ = build.read(dossier, second.records.kinds, second.records)

    assert not second.records.fresh
    assert [_told(each) for each in again.entries] == [_told(each) for each in read.entries]
    assert [each.document.parse() for each in again.entries] == [each.document.parse() for each in read.entries]


def test_every_type_of_record_notes_what_is_read_and_what_its_own_methods_read() -> None:
    library = build.load(whole_harbour())
    for model in KINDS.types:
        for record in library.by_kind.get(model.KIND, ()):
            with dependencies.recording() as trace:
                record.fields()
            with dependencies.recording() as dumped:
                record.model_dump()
            with dependencies.recording() as labelled:
                assert record.label

            assert {(name, record.key) for name in model.model_fields} <= trace.seen & dumped.seen
            assert (model.LABEL, record.key) in labelled.seen


def test_a_record_of_the_library_is_an_instance_of_its_model_and_of_its_traits() -> None:
    library = build.load(whole_harbour())
    for model in KINDS.types:
        for record in library.by_kind.get(model.KIND, ()):
            assert all(isinstance(record, base) for base in model.__mro__)
            assert record == library.entries[record.key].record
            assert hash(record) == hash(record.key)
            with pytest.raises(AttributeError):
                _ = record.no_such_field  # type: ignore[attr-defined] # what the test is about


def test_the_models_of_records_are_as_pydantic_made_them() -> None:
    for model in KINDS.types:
        assert not any(name in base.__dict__ for base in model.__mro__ for name in model.model_fields)


def test_no_result_that_looks_at_a_library_is_kept_without_a_trace() -> None:
    """Caches of functools would answer a second page without a note of what the first one looked at."""
    found = []
    for path in sorted((PROJECT / "scripts" / "explainer").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(item) for item in node.decorator_list):
                taken = " ".join(ast.unparse(item.annotation) for item in node.args.args if item.annotation)
                if any(word in taken for word in ("Library", "Record", *(model.__name__ for model in KINDS.types))):
                    found.append(f"{path.name}: {node.name}")

    assert found == []


# --- histories


def _files(root: Path, ending: str) -> list[Path]:
    return sorted(path for path in (root / "content").rglob(f"*{ending}") if path.name != "site.yml")


def _change_text(root: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(_files(root, ".md") + _files(root, ".yml") + [root / "content/site.yml"]))
    lines = path.read_text("utf-8").split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    old, new = data.draw(st.sampled_from(WORDS)), data.draw(st.sampled_from(WORDS))
    lines[place] = lines[place].replace(old, new) if old in lines[place] else lines[place] + " " + new
    path.write_text("\n".join(lines), "utf-8")


def _delete(root: Path, data: st.DataObject) -> None:
    data.draw(st.sampled_from(_files(root, ".md"))).unlink()


def _bring_back(root: Path, data: st.DataObject) -> None:
    every = sorted(path.relative_to(HARBOUR) for path in (HARBOUR / "content").rglob("*") if path.is_file())
    for path in data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=len(every), unique=True)):
        (root / path).parent.mkdir(exist_ok=True)
        shutil.copy(HARBOUR / path, root / path)


def _mend(root: Path, data: st.DataObject) -> None:
    shutil.rmtree(root / "content")
    shutil.copytree(HARBOUR / "content", root / "content")


def _rename(root: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(_files(root, ".md")))
    new = path.with_name(f"{path.stem}-x.md")
    if path.parent.name not in {"goals", "sdgs"} and not new.exists():
        new.write_text(path.read_text("utf-8").replace(f"id: {path.stem}", f"id: {new.stem}", 1), "utf-8")
        if data.draw(st.booleans()):
            path.unlink()


def _swap_entries(root: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(_files(root, ".yml")))
    entries = path.read_text("utf-8").split("\n- ")
    if len(entries) > 2:
        place = data.draw(st.integers(1, len(entries) - 1))
        entries.insert(1, entries.pop(place))
        path.write_text("\n- ".join(entries), "utf-8")


def _drop_entry(root: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(_files(root, ".yml")))
    entries = path.read_text("utf-8").split("\n- ")
    if len(entries) > 1:
        del entries[data.draw(st.integers(1, len(entries) - 1))]
        path.write_text("\n- ".join(entries), "utf-8")


def _hand_written(root: Path, data: st.DataObject) -> None:
    page = root / "docs" / data.draw(st.sampled_from(["about/index.md", "about/more.md", "index.md"]))
    if page.name == "index.md" and page.parent.name == "docs":
        return
    page.parent.mkdir(exist_ok=True)
    if page.exists():
        page.unlink()
    else:
        page.write_text("# About\n", "utf-8")


EDITS: tuple[Callable[[Path, st.DataObject], None], ...] = (
    _change_text, _change_text, _change_text, _change_text, _delete, _bring_back, _mend, _rename, _swap_entries, _drop_entry, _hand_written,
)  # fmt: skip


@settings(max_examples=400 if LONG else 8, derandomize=not LONG)
@given(st.data())
def test_after_any_history_of_edits_what_is_remembered_equals_what_is_made_afresh(
    generated: Path, data: st.DataObject
) -> None:
    with dossier(generated) as root:
        for _ in range(12 if LONG else 6):
            for _ in range(data.draw(st.integers(1, 2))):
                data.draw(st.sampled_from(EDITS))(root, data)
            before = tree(root / "docs")
            if data.draw(st.booleans()):
                build.check(root)
            try:
                build.generate(root)
            except ContentError as stopped:
                told = tuple(stopped.problems)
            else:
                told = ()
            if told:
                assert before == tree(root / "docs")
                with tempfile.TemporaryDirectory() as folder:
                    fresh = copied(root, Path(folder) / "clean")
                    shutil.copytree(root / "docs", fresh / "docs")
                    assert told == build.check(fresh).problems
                _mend(root, data)
            else:
                hand = {path: text for path, text in tree(root / "docs").items() if path.startswith("about/")}
                assert tree(root / "docs") == clean(root) | hand
