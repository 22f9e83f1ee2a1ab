"""An editor's program for YAML, as far as our schemas use the standard: how it reads a file, and what it finds wrong."""

import functools
import json
import re
from collections.abc import Iterator, Mapping
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


@functools.cache
def harbours() -> Mapping[str, Any]:
    """Name of a file -> schema, of the harbour dossier; made once a process."""
    made = editor_schemas.files(KINDS, documents.read(whole_harbour(), KINDS)[0].documents)
    return {Path(path).name: json.loads(text) for path, text in made.items()}


class Core(yaml.CSafeLoader):
    """YAML 1.2, as editors' programs read it: NO is a text, and so is a date."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in {"int", "float", "null", "bool"}]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "nNyYoO"
}


def wrong(value: Any, schema: dict[str, Any], name: str, place: str = "") -> Iterator[str]:
    """What a value breaks of a schema, as far as ours use the standard; another word of it fails the test."""
    unknown = set(schema) - {*_KEYWORDS, *_SILENT}
    assert not unknown, unknown
    for keyword, check in _KEYWORDS.items():
        if keyword in schema:
            yield from check(value, schema, name, place)


def _of_reference(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    file, _, path = schema["$ref"].partition("#/$defs/")
    yield from wrong(value, harbours()[file or name]["$defs"][path], file or name, place)


def _of_options(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    if all(list(wrong(value, option, name, place)) for option in schema["anyOf"]):
        yield f"{place}: {value!r} fits none"


def _of_type(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    kinds = schema["type"]
    if not isinstance(value, tuple(_flat([TYPES_OF[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]))):
        yield f"{place}: {value!r} is no {kinds}"


def _of_words(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    if value not in schema["enum"]:
        yield f"{place}: {value!r} is not in the list"


def _of_pattern(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(schema["pattern"], value):
        yield f"{place}: {value!r} does not match"


def _of_entries(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        yield from wrong(item, schema["items"], name, f"{place}.{index}")


def _of_length(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    if isinstance(value, list) and len(value) < schema["minItems"]:
        yield f"{place}: too few"


def _of_needed(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{place}: needs {field}" for field in schema["required"] if field not in value)


def _of_fields(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for field, item in value.items() if isinstance(value, dict) else ():
        if field in known:
            yield from wrong(item, known[field], name, f"{place}.{field}")


def _of_other_fields(value: Any, schema: dict[str, Any], name: str, place: str) -> Iterator[str]:
    rest = schema["additionalProperties"]
    others = set(value) - set(schema.get("properties", {})) if isinstance(value, dict) else set()
    for field in sorted(others):
        if rest is False:
            yield f"{place}: does not know {field}"
        elif rest is not True:
            yield from wrong(value[field], rest, name, f"{place}.{field}")


_KEYWORDS = {
    "$ref": _of_reference,
    "anyOf": _of_options,
    "type": _of_type,
    "enum": _of_words,
    "pattern": _of_pattern,
    "items": _of_entries,
    "minItems": _of_length,
    "required": _of_needed,
    "properties": _of_fields,
    "additionalProperties": _of_other_fields,
}
"""Keyword of the standard -> what a value breaks of it."""
_SILENT = (
    *("enumDescriptions", "markdownEnumDescriptions", "description", "examples", "default", "title"),
    *("$defs", "$schema", "minimum", "maximum", "minLength", "propertyNames"),
)
"""Keywords that say nothing of a value, or nothing that our tests need to know."""


def _flat(kinds: list[Any]) -> Iterator[type]:
    for kind in kinds:
        yield from kind if isinstance(kind, tuple) else (kind,)


def files(root: Path) -> Iterator[tuple[str, Any]]:
    """Every file of a dossier as an editor's program reads it, with the name of its schema."""
    for path in sorted((root / "content").rglob("*.*")):
        if ".schemas" in path.parts or path.parent.name in {"words", "history"}:
            continue
        model = documents.model_of(path.relative_to(root).as_posix(), KINDS)
        assert model is not None
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            text = text.split("\n---", 1)[0].removeprefix("---")
        name = getattr(model, "KIND", "site")
        yield f"{name}.json", yaml.load(text, Loader=Core)  # noqa: S506 - a subclass of CSafeLoader
