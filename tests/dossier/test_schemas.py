"""The schemas and snippets that lie beside the records of this dossier are current, and editors' programs find them."""

import json
from pathlib import Path

import pytest

from explainer.docs import documents
from explainer.docs.words import is_catalogue
from explainer.editing import editor_schemas
from explainer.records.record import Record
from tests.conftest import PROJECT
from tests.editor_program import files, harbours, wrong
from tests.kinds_of_dossier import KINDS

LISTS = sorted(
    path for path in (PROJECT / "content").rglob("*.yml") if not is_catalogue(path.relative_to(PROJECT).as_posix())
)


def test_what_the_engine_reads_has_no_fault_in_an_editor() -> None:
    assert [fault for name, data in files(PROJECT) for fault in wrong(data, harbours()[name], name, name)] == []


def test_the_schemas_are_current() -> None:
    made = editor_schemas.files(KINDS, documents.read(PROJECT, KINDS)[0].documents)
    folder = PROJECT / editor_schemas.FOLDER
    there = {f"{editor_schemas.FOLDER}/{path.name}": path.read_text(encoding="utf-8") for path in folder.glob("*.json")}

    assert sorted(there) == sorted(made), "run `explainer schema --write`"
    assert [path for path in made if made[path] != there[path]] == [], "run `explainer schema --write`"


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_any_editor_finds_them(path: Path) -> None:
    name = path.relative_to(PROJECT).as_posix()
    model = documents.model_of(name, KINDS)
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]

    assert f"{first}\n" == editor_schemas.modeline(
        name, model if model is not None and issubclass(model, Record) else None
    )
    assert (path.parent / first.partition("$schema=")[2]).resolve().parent == PROJECT / editor_schemas.FOLDER


def test_vs_code_finds_them() -> None:
    settings = json.loads((PROJECT / ".vscode/settings.json").read_text(encoding="utf-8"))

    assert settings["yaml.schemas"] == editor_schemas.associations(KINDS)


def test_the_snippets_are_current_and_hold_the_needed_fields() -> None:
    there = (PROJECT / editor_schemas.SNIPPETS).read_text(encoding="utf-8")
    made = json.loads(there)

    assert there == editor_schemas.snippets(KINDS), "run `explainer schema --write`"
    assert made["Figure"]["body"] == ["- measure: $1", "  value: $2", "  cite: [$3]"]
    assert made["Period"]["body"] == ["start: $1", "cite: [$2]"]
    assert made["New: operation"]["body"][:4] == ["---", "id: $1", "name: $2", "family: $3"]
