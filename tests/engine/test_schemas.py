"""The schemas for editors' programs: current, true to what the engine reads, and with the ids that there are."""

import json
from pathlib import Path
from typing import Any

import pytest

from explainer.editing import editor_schemas
from explainer.records.model import Vocabulary
from tests.conftest import HARBOUR, Run, change
from tests.editor_program import files, harbours, wrong
from tests.kinds_of_dossier import KINDS


def test_what_the_engine_reads_has_no_fault_in_an_editor() -> None:
    assert [fault for name, data in files(HARBOUR) for fault in wrong(data, harbours()[name], name, name)] == []


def test_a_mistake_is_a_fault_in_an_editor(harbour: Path) -> None:
    change(
        harbour / "content/operations/beacon-2001.md",
        ("edition: I\n", "editoin: I\n"),
        ("comparator: nearly", "comparator: neerly"),
    )
    faults = [fault for name, data in files(harbour) for fault in wrong(data, harbours()[name], name)]

    assert ": does not know editoin" in faults
    assert any("'neerly'" in fault for fault in faults)


def test_a_reference_suggests_the_ids_that_there_are_and_allows_the_next() -> None:
    source = harbours()["ids.json"]["$defs"]["source"]["anyOf"]

    assert source[0]["enum"] == ["accord-review-text", "accord-text", "gazette-2003", "log-2001"]
    assert source[0]["enumDescriptions"][2] == "The gazette of [1 May]"
    assert list(wrong("not-there-yet", harbours()["ids.json"]["$defs"]["source"], "ids.json")) == []
    assert "goals/1" in harbours()["ids.json"]["$defs"]["record"]["anyOf"][0]["enum"]


@pytest.mark.parametrize("words", Vocabulary.__subclasses__(), ids=lambda words: words.__name__)
def test_every_word_of_a_vocabulary_has_its_sentence(words: type[Vocabulary]) -> None:
    assert list(words.sentences()) == [member.value for member in words]
    assert all(sentence.endswith((".", '".')) for sentence in words.sentences().values())


def test_every_type_has_its_schema() -> None:
    assert set(harbours()) == {*(f"{model.KIND}.json" for model in KINDS.types), "site.json", "ids.json"}


@pytest.mark.parametrize("kind", ["operation", "source", "country", "site"])
def test_every_field_has_its_sentence_and_values_that_are_hard_to_guess_an_example(kind: str) -> None:
    schema = harbours()[f"{kind}.json"]
    whole = schema.get("items", schema)
    parts = [whole, *(part for part in schema.get("$defs", {}).values() if "properties" in part)]
    values = {name: field for part in parts for name, field in part["properties"].items()}

    assert [name for name, field in values.items() if not field.get("description") and "$ref" not in field] == []
    assert [
        name
        for name in ("url", "start", "published", "value", "language")
        if values.get(name, {}) != {} and not shows(values[name])
    ] == []


def shows(field: dict[str, Any]) -> bool:
    """Whether an editor shows an example of a value."""
    return "examples" in json.dumps(field)


def test_write_keeps_them_and_nothing_else_minds(harbour: Path, run: Run) -> None:
    first, second = run("--root", harbour, "schema", "--write"), run("--root", harbour, "schema", "--write")
    (harbour / editor_schemas.FOLDER / "old.json").write_text("{}", encoding="utf-8")
    third = run("--root", harbour, "schema", "--write")

    assert (first.status, second.out) == (0, "0 files changed in content/.schemas.\n")
    assert third.out == "1 files changed in content/.schemas.\n"
    assert run("--root", harbour, "check").status == 0
