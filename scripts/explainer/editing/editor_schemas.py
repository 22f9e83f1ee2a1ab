"""JSON Schemas for editors' programs: one per record type, all of which refer to one file of the existing ids."""

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from explainer.kinds.registry import Kinds
from explainer.library import field_reference
from explainer.library.blocks.forms import FORMS, Form
from explainer.library.blocks.grammar import VALUE
from explainer.library.library import sort_key
from explainer.reading.document import Document
from explainer.records.dossier import Dossier
from explainer.records.introspect import models_in
from explainer.records.json_schema import json_schema
from explainer.records.model import ANY, Shortened, Vocabulary
from explainer.records.record import Record
from explainer.records.traits import Dated, Placed, WithFigures

FOLDER = "content/.schemas"
"""The folder of the schemas; the generator skips hidden folders."""
IDS = "ids.json"
SNIPPETS = ".vscode/records.code-snippets"
"""Snippets that VS Code offers in stories, to which it applies no schema."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR = ["string", "integer", "number"]
"""JSON types accepted for text: YAML parses `3` as a number where the engine reads text."""


def files(kinds: Kinds, documents: Iterable[tuple[type[Record], Document]]) -> dict[str, str]:
    """Path -> text of every schema: the record types, the settings, and the ids of these documents."""
    made = {f"{model.KIND}.json": _of_type(model) for model in kinds.types}
    made |= {"site.json": _adapted(Dossier), IDS: _ids(kinds, list(documents))}
    return {f"{FOLDER}/{name}": json.dumps(made[name], ensure_ascii=False, indent=1) + "\n" for name in sorted(made)}


def associations(kinds: Kinds) -> dict[str, list[str]]:
    """Schema -> patterns of the files that it describes, as VS Code and the YAML language server expect them."""
    lists = [model for model in kinds.types if not model.STORY]
    found = {
        f"./{FOLDER}/{model.KIND}.json": [f"content/{model.FOLDER}.yml", f"content/{model.FOLDER}/*.yml"]
        for model in lists
    }
    return {**found, f"./{FOLDER}/site.json": ["content/site.yml"]}


def modeline(path: str, model: type[Record] | None) -> str:
    """The comment that tells the YAML language server which schema a list or the settings follow."""
    up = "../" * (path.count("/") - 1)
    return f"# yaml-language-server: $schema={up}{FOLDER.rpartition('/')[2]}/{model.KIND if model else 'site'}.json\n"


def snippets(kinds: Kinds) -> str:
    """Snippets for VS Code: the needed fields of each type with a story, and of each part that such a type holds; and blocks of stories."""
    stories = [model for model in kinds.types if model.STORY]
    parts = {
        part: None for model in stories for part in field_reference.parts(model) if not issubclass(part, Shortened)
    }
    in_lists = {field.part for model in (*stories, *parts) for field in field_reference.fields(model) if field.many}
    made = dict(map(_of_story, stories))
    made |= (_of_part(part, is_entry=part in in_lists) for part in sorted(parts, key=field_reference.title))
    made |= _of_blocks(kinds)
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _of_story(model: type[Record]) -> tuple[str, dict[str, Any]]:
    """Name and snippet of a whole record."""
    body = ["---", *_snippet(model, itertools.count(1)), "---", "$0"]
    return f"New: {model.KIND}", _offered(f"new-{model.KIND}", body, model)


def _of_part(part: type[BaseModel], *, is_entry: bool) -> tuple[str, dict[str, Any]]:
    """Name and snippet of a part of a record, which may be an entry of a list."""
    title = field_reference.title(part)
    body = _indented(_snippet(part, itertools.count(1)), "- " if is_entry else "")
    return title, _offered(title.lower().replace(" ", "-"), body, part)


def _of_blocks(kinds: Kinds) -> dict[str, dict[str, Any]]:
    """Name -> snippet of each kind of block."""
    return dict(_of_block(kinds, kind, form) for kind, form in FORMS.items())


def _of_block(kinds: Kinds, kind: str, form: Form) -> tuple[str, dict[str, Any]]:
    """Name and snippet of a block, with the folders among which an editor chooses."""
    number = itertools.count(1)
    words = re.sub("[A-Z]+", lambda found: _stop(kinds, found.group(), next(number), number), form.words)
    name = "value" if kind == VALUE else kind
    return f"Block: {name}", {
        "scope": "markdown",
        "prefix": f"[[{kind}",
        "body": [f"[[{kind} {words}]]"],
        "description": form.says,
    }


def _stop(kinds: Kinds, word: str, place: int, number: Iterator[int]) -> str:
    """The tab stop for a word in capitals of a form."""
    traits = {"DATED": Dated, "PLACED": Placed, "HOLDER": WithFigures, "FOLDER": Record, "RECORD": Record}
    if word not in traits:
        return f"${{{place}:{word.lower()}}}"
    folders = [model.FOLDER for model in kinds.having(traits[word]) if model.section()]
    chosen = f"${{{place}|{','.join(folders)}|}}"
    return f"{chosen}/${{{next(number)}:id}}" if word in {"HOLDER", "RECORD"} else chosen


def _offered(prefix: str, body: list[str], model: type[BaseModel]) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefix, "body": body, "description": field_reference.sentence(model)}


def _snippet(model: type[BaseModel], number: Iterator[int]) -> list[str]:
    """The needed fields of a model as lines of a snippet, each with a tab stop."""
    lines: list[str] = []
    for field in field_reference.fields(model):
        if not field.needed:
            continue
        if field.part and not issubclass(field.part, Shortened):
            inside = _snippet(field.part, number)
            lines += [f"{field.name}:", *_indented(inside, "  - " if field.many else "  ")]
        elif field.words:
            lines.append(f"{field.name}: ${{{next(number)}|{','.join(field.words)}|}}")
        else:
            lines.append(f"{field.name}: {f'[${next(number)}]' if field.many else f'${next(number)}'}")
    return lines


def _indented(lines: Sequence[str], first: str) -> list[str]:
    return [(first if place == 0 else " " * len(first)) + line for place, line in enumerate(lines)]


def _of_type(model: type[Record]) -> dict[str, Any]:
    """The schema of a file: the front matter of a story, or a list of records."""
    one = _adapted(model)
    if model.STORY:
        return one
    definitions = one.pop("$defs", {})
    del one["$schema"]
    title = f"A list of records of type {model.KIND}"
    return {"$schema": _DIALECT, "title": title, "type": "array", "items": one, "$defs": definitions}


def _adapted(model: type[BaseModel]) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(json.dumps(json_schema(model)))
    for name, words in _vocabularies(model).items():
        schema["$defs"][name]["enumDescriptions"] = [words.get(word, "") for word in schema["$defs"][name]["enum"]]
        schema["$defs"][name]["markdownEnumDescriptions"] = schema["$defs"][name]["enumDescriptions"]
    adapted: dict[str, Any] = _walked(schema)
    for part in (part for part in field_reference.parts(model) if issubclass(part, Shortened)):
        whole = adapted["$defs"][part.__name__]
        alone = whole["properties"][part.ALONE]
        adapted["$defs"][part.__name__] = {
            "description": whole["description"],
            "anyOf": [alone, {key: value for key, value in whole.items() if key != "description"}],
        }
    return adapted


def _vocabularies(model: type[BaseModel]) -> dict[str, Mapping[str, str]]:
    """Every vocabulary that a model uses: name -> word -> its sentence."""
    waiting, seen = [model], {model}
    found: dict[str, Mapping[str, str]] = {}
    while waiting:
        current = waiting.pop()
        for info in current.model_fields.values():
            for kind in _classes(info.annotation):
                if issubclass(kind, Vocabulary):
                    found[kind.__name__] = kind.sentences()
            inner = [other for other in models_in(info.annotation) if other not in seen]
            waiting += inner
            seen |= set(inner)
    return found


def _classes(annotation: Any) -> Iterable[type]:
    args = getattr(annotation, "__args__", ())
    if isinstance(annotation, type) and not args:
        yield annotation
    for part in args:
        yield from _classes(part)


def _walked(value: Any) -> Any:
    """Adapt a schema: references become `$ref`s to the existing ids, and text may be a number, as YAML parses it."""
    if isinstance(value, list):
        return [_walked(item) for item in value]
    return _walked_keywords(value) if isinstance(value, dict) else value


def _walked_keywords(schema: dict[str, Any]) -> dict[str, Any]:
    """Adapt the keywords of a schema, or of a mapping of schemas; titles, which pydantic makes up, are left out."""
    found = {name: _walked(item) for name, item in schema.items() if name != "title" or not isinstance(item, str)}
    if kind := found.pop("x-refers", None):
        return {name: item for name, item in found.items() if name not in _OF_TEXT} | _reference(kind)
    if found.get("type") == "string" and "enum" not in found:
        found["type"] = _SCALAR
    return found


_OF_TEXT = frozenset({"type", "minLength", "pattern", "examples"})
"""Keywords that describe an id as a text; a list of the existing ones says more."""


def _reference(kind: str) -> dict[str, str]:
    return {"$ref": f"{IDS}#/$defs/{kind}"}


def _ids(kinds: Kinds, documents: Sequence[tuple[type[Record], Document]]) -> dict[str, Any]:
    """Schema of the existing ids by type, each with its name; other ids stay valid, as their record may come next."""
    named: dict[str, dict[str, str]] = {kind: {} for kind in kinds.by_kind}
    for model, document in documents:
        ident = document.data.get("id")
        if isinstance(ident, str):
            named[model.KIND][ident] = str(document.data.get(model.LABEL) or "")
    every = {
        f"{kinds.by_kind[kind].FOLDER}/{ident}": label
        for kind, found in named.items()
        for ident, label in found.items()
    }
    by_kind = {kind: _suggested(f"The id of a record of type {kind}.", found) for kind, found in named.items()}
    return {"$schema": _DIALECT, "$defs": {**by_kind, ANY: _suggested("Any record, as folder/id.", every)}}


def _suggested(description: str, labels: Mapping[str, str]) -> dict[str, Any]:
    idents = sorted(labels, key=lambda ident: (ident.rpartition("/")[0], sort_key(ident.rpartition("/")[2])))
    names = [labels[ident] for ident in idents]
    free = {"type": _SCALAR}
    known = [{"enum": idents, "enumDescriptions": names}] if idents else []
    return {"description": description, "anyOf": [*known, free]}
