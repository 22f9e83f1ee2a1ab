"""The schemas for editors' programs: current, true to what the engine reads, and with the ids that there are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from explainer.docs import documents
from explainer.editing import editor_schemas
from explainer.records.model import Vocabulary
from explainer.records.record import Record
from tests.conftest import HARBOUR, Run, change, whole_harbour
from tests.kinds_of_dossier import KINDS

PROJECT = Path(__file__).parent.parent
TYPES_OF = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
LISTS = sorted((PROJECT / "content").rglob("*.yml"))
HARBOURS = {
    Path(path).name: json.loads(text)
    for path, text in editor_schemas.files(KINDS, documents.read(whole_harbour(), KINDS)[0].documents).items()
}


class Core(yaml.CSafeLoader):
    """YAML 1.2, as editors' programs read it: NO is a text, and so is a date."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in {"int", "float", "null", "bool"}]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "nNyYoO"
}


def wrong(value: Any, schema: dict[str, Any], name: str, place: str = "") -> Iterator[str]:  # noqa: C901 - a table: one case a word of the standard
    """What a value breaks of a schema, as far as ours use the standard; another word of it fails the test."""
    known = {
        "type",
        "enum",
        "enumDescriptions",
        "markdownEnumDescriptions",
        "anyOf",
        "$ref",
        "required",
        "items",
        "$defs",
    }
    known |= {
        "description",
        "examples",
        "default",
        "properties",
        "additionalProperties",
        "pattern",
        "minItems",
        "$schema",
    }
    known |= {"title", "minimum", "maximum", "minLength", "propertyNames"}
    assert set(schema) <= known, set(schema) - known
    if "$ref" in schema:
        file, _, path = schema["$ref"].partition("#/$defs/")
        yield from wrong(value, HARBOURS[file or name]["$defs"][path], file or name, place)
    if "anyOf" in schema and all(list(wrong(value, option, name, place)) for option in schema["anyOf"]):
        yield f"{place}: {value!r} fits none"
    kinds = schema.get("type", list(TYPES_OF))
    if not isinstance(value, tuple(_flat([TYPES_OF[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]))):
        yield f"{place}: {value!r} is no {kinds}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is not in the list"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{place}: {value!r} does not match"
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from wrong(item, schema.get("items", {}), name, f"{place}.{index}")
        if len(value) < schema.get("minItems", 0):
            yield f"{place}: too few"
    if isinstance(value, dict):
        yield from (f"{place}: needs {field}" for field in schema.get("required", ()) if field not in value)
        rest = schema.get("additionalProperties", True)
        for field, item in value.items():
            inner = schema.get("properties", {}).get(field, rest)
            if inner is False:
                yield f"{place}: does not know {field}"
            elif inner is not True:
                yield from wrong(item, inner, name, f"{place}.{field}")


def _flat(kinds: list[Any]) -> Iterator[type]:
    for kind in kinds:
        yield from kind if isinstance(kind, tuple) else (kind,)


def files(root: Path) -> Iterator[tuple[str, Any]]:
    """Every file of a dossier as an editor's program reads it, with the name of its schema."""
    for path in sorted((root / "content").rglob("*.*")):
        if ".schemas" in path.parts:
            continue
        model = documents.model_of(path.relative_to(root).as_posix(), KINDS)
        assert model is not None
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            text = text.split("\n---", 1)[0].removeprefix("---")
        name = getattr(model, "KIND", "site")
        yield f"{name}.json", yaml.load(text, Loader=Core)  # noqa: S506 - a subclass of CSafeLoader


@pytest.mark.parametrize("root", [HARBOUR, PROJECT], ids=["harbour", "dossier"])
def test_what_the_engine_reads_has_no_fault_in_an_editor(root: Path) -> None:
    assert [fault for name, data in files(root) for fault in wrong(data, HARBOURS[name], name, name)] == []


def test_a_mistake_is_a_fault_in_an_editor(harbour: Path) -> None:
    change(
        harbour / "content/operations/beacon-2001.md",
        ("edition: I\n", "editoin: I\n"),
        ("comparator: nearly", "comparator: neerly"),
    )
    faults = [fault for name, data in files(harbour) for fault in wrong(data, HARBOURS[name], name)]

    assert ": does not know editoin" in faults
    assert any("'neerly'" in fault for fault in faults)


def test_a_reference_suggests_the_ids_that_there_are_and_allows_the_next() -> None:
    source = HARBOURS["ids.json"]["$defs"]["source"]["anyOf"]

    assert source[0]["enum"] == ["accord-review-text", "accord-text", "gazette-2003", "log-2001"]
    assert source[0]["enumDescriptions"][2] == "The gazette of [1 May]"
    assert list(wrong("not-there-yet", HARBOURS["ids.json"]["$defs"]["source"], "ids.json")) == []
    assert "goals/1" in HARBOURS["ids.json"]["$defs"]["record"]["anyOf"][0]["enum"]


@pytest.mark.parametrize("words", Vocabulary.__subclasses__(), ids=lambda words: words.__name__)
def test_every_word_of_a_vocabulary_has_its_sentence(words: type[Vocabulary]) -> None:
    assert list(words.sentences()) == [member.value for member in words]
    assert all(sentence.endswith((".", '".')) for sentence in words.sentences().values())


def test_every_type_has_its_schema() -> None:
    assert set(HARBOURS) == {*(f"{model.KIND}.json" for model in KINDS.types), "site.json", "ids.json"}


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


@pytest.mark.parametrize("kind", ["operation", "source", "country", "site"])
def test_every_field_has_its_sentence_and_values_that_are_hard_to_guess_an_example(kind: str) -> None:
    schema = HARBOURS[f"{kind}.json"]
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


def test_write_keeps_them_and_nothing_else_minds(harbour: Path, run: Run) -> None:
    first, second = run("--root", harbour, "schema", "--write"), run("--root", harbour, "schema", "--write")
    (harbour / editor_schemas.FOLDER / "old.json").write_text("{}", encoding="utf-8")
    third = run("--root", harbour, "schema", "--write")

    assert (first.status, second.out) == (0, "0 files changed in content/.schemas.\n")
    assert third.out == "1 files changed in content/.schemas.\n"
    assert run("--root", harbour, "check").status == 0
