"""An editor's program for YAML, as far as our schemas use the standard: how it reads a file, and what it finds wrong."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from explainer.docs import documents
from explainer.editing import editor_schemas
from tests.conftest import whole_harbour
from tests.kinds_of_dossier import KINDS

TYPES_OF = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
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
