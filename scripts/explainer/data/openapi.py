"""The description of the API for programs and generators of clients: OpenAPI 3.1, made from the models."""

from collections.abc import Mapping
from typing import Any

from explainer.data import api, changes_json
from explainer.data.description import FIGURES, DataColumn, Shape
from explainer.data.schemas import DATE, REFERENCE, Schema, Schemas, names_of_kinds
from explainer.library import places
from explainer.library.history import Differs
from explainer.library.library import Library
from explainer.records.record import Record

_ADDRESS: Schema = {"type": "string", "format": "uri"}
_TEXT: Schema = {"type": "string"}
_LICENCE: Schema = {
    "type": "object",
    "properties": {"name": _TEXT, "url": _ADDRESS},
    "required": ["name", "url"],
}
_SPANNED: Schema = {
    "type": "object",
    "description": "The main date of a record: as a source states it, and its first and last day.",
    "properties": {
        "stated": _TEXT,
        "first_day": {"type": "string", "format": "date"},
        "last_day": {"type": "string", "format": "date"},
    },
    "required": ["stated", "first_day", "last_day"],
}
_ENTRY: Mapping[str, tuple[Schema, str]] = {
    "id": (_TEXT, "The id, unique among the records of its kind."),
    "type": (_TEXT, "The kind of record."),
    "name": (_TEXT, "The words that a link to it shows."),
    "self": (_ADDRESS, "The address of this record in the API."),
    "url": ({"type": ["string", "null"], "format": "uri"}, "Where a reader finds it; null if no page shows it."),
    "updated": (DATE, "The day on which it was last held against its sources."),
    "dates": ({"$ref": f"{REFERENCE}Dates"}, "Its main date, if it has one that is known."),
    "summary": (_TEXT, "The answer in one or two sentences, without citations."),
}
_OPTIONAL = {"dates", "summary", "story", "same_as", "page", "note", "says"}
_CITED: Schema = {
    "type": "object",
    "description": "A source that the record cites, in short; its own record says more.",
    "properties": {
        "id": _TEXT, "title": _TEXT, "publisher": _TEXT, "url": _ADDRESS, "archived": _ADDRESS, "archived_on": DATE,
        "published": DATE,
    },
    "required": ["id", "title", "publisher", "url"],
}  # fmt: skip
_CITATION: Schema = {
    "type": "object",
    "description": "How to cite the record, in words.",
    "properties": {"short": _TEXT, "long": _TEXT},
    "required": ["short", "long"],
}
_DIFFERENCE: Schema = {
    "type": "object",
    "description": "One difference between two states of a record.",
    "properties": {
        "what": {"enum": [str(item) for item in Differs]},
        "place": {"type": "array", "items": _TEXT, "description": "The field, what names the part in it, its field …"},
        "before": _TEXT,
        "after": _TEXT,
    },
    "required": ["what"],
}
_EDITION: Schema = {
    "type": "object",
    "description": "An edition of the site that was frozen.",
    "properties": {"version": _TEXT, "frozen": DATE, "page": _ADDRESS, "archive": _ADDRESS},
    "required": ["version", "frozen", "page", "archive"],
}
_CHANGED: Mapping[str, tuple[Schema, str]] = {
    "day": (DATE, "The day on which it changed."),
    "type": (_TEXT, "The kind of record."),
    "id": (_TEXT, "The id that it had on that day."),
    "name": (_TEXT, "What it is called today."),
    "page": (_ADDRESS, "Where a reader finds it; where it is gone, the page of changes."),
    "note": (_TEXT, "What an editor adds."),
    "says": ({"type": "array", "items": _TEXT}, "The differences in words, those that a reader can see."),
    "changes": ({"type": "array", "items": {"$ref": f"{REFERENCE}Difference"}}, "The differences as data."),
}


def openapi(library: Library) -> api.Document:
    """The description of the API of a dossier."""
    site = library.dossier
    models = [model for model in library.kinds.types if library.all(model)]
    shared = _shared()
    names = names_of_kinds(models, shared)
    schemas = Schemas(names)
    components = {**shared, **{names[model.KIND]: _whole(model, schemas) for model in models}}
    paths = {
        "/index.json": _path("index", "Where everything is.", "Index"),
        "/figures.json": _path("figures", "Every figure of every record.", "Figures"),
    }
    if changes_json.is_made(library):
        paths |= _changes(library)
    for model in models:
        paths |= _paths(model, names[model.KIND])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": site.title,
            "version": api.VERSION,
            "summary": "Every record of this dossier as JSON, read only, without a key.",
            "description": (
                "Files, made when the site is built. A key is never renamed within a version, and a version is kept "
                "for at least a year after the next one. New keys may come at any time."
            ),
            "license": {"name": site.licence, "url": site.licence_url},
            "contact": {"name": site.author, "url": site.repository},
        },
        "servers": [{"url": places.whole(library, api.FOLDER)}],
        "paths": paths,
        "components": {"schemas": dict(sorted({**components, **schemas.found}.items()))},
        "security": [],
    }


def _paths(model: type[Record], name: str) -> dict[str, Any]:
    ident = {"name": "id", "in": "path", "required": True, "schema": _TEXT, "description": "The id, in small letters."}
    one = _path(f"get{name}", f"One record of the kind {model.KIND}.", name)
    one["parameters"] = [ident]
    one["get"]["responses"]["404"] = {"description": "There is no such record."}
    return {
        f"/records/{model.FOLDER}.json": _path(f"list{name}", f"Every record of the kind {model.KIND}.", "Records"),
        f"/records/{model.FOLDER}/{{id}}.json": one,
    }


def _changes(library: Library) -> dict[str, Any]:
    """The file of what changed, which lies beside the page of changes and the feeds, and so under another server."""
    folder, _, name = changes_json.PATH.rpartition("/")
    way = _path("changes", "What became of each record, day by day, the newest first.", "Changes")
    return {f"/{name}": {**way, "servers": [{"url": places.whole(library, folder)}]}}


def _path(name: str, summary: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"{REFERENCE}{schema}"}}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "responses": {"200": {"description": summary, "content": content}},
        }
    }


def _object(properties: Mapping[str, tuple[Schema, str]], said: str) -> Schema:
    return {
        "type": "object",
        "description": said,
        "properties": {name: {**schema, "description": text} for name, (schema, text) in properties.items()},
        "required": [name for name in properties if name not in _OPTIONAL],
    }


def _whole(model: type[Record], schemas: Schemas) -> Schema:
    """A record of a kind: what every record has, with the fields of the kind."""
    entry = {**_ENTRY, "type": ({"const": model.KIND}, _ENTRY["type"][1])}
    more: Mapping[str, tuple[Schema, str]] = {
        "licence": (_TEXT, "The licence of text and data; the index has its address."),
        "same_as": ({"type": "array", "items": _ADDRESS}, "The addresses of its entries in registers elsewhere."),
        "fields": ({"$ref": f"{REFERENCE}{schemas.fields_of(model)}"}, "Its fields, as editors write them."),
        "story": (_TEXT, "The story, in Markdown; `[@id]` cites a source."),
        "figures": (
            {"type": "array", "items": {"$ref": f"{REFERENCE}StatedFigure"}},
            "Its figures, with their sources.",
        ),
        "sources": ({"type": "array", "items": {"$ref": f"{REFERENCE}CitedSource"}}, "The sources that it cites."),
        "citation": ({"$ref": f"{REFERENCE}HowToCite"}, "How to cite it, in words."),
    }
    said = " ".join((model.__doc__ or "").split())
    return _object({**entry, **more}, said)


def _column(column: DataColumn) -> tuple[Schema, str]:
    types = {Shape.NUMBER: "number", Shape.WHOLE: "integer", Shape.FLAG: "boolean"}
    if column.shape in {Shape.LIST, Shape.PARTS}:
        return {"type": "array", "items": {"type": "object"} if column.shape is Shape.PARTS else _TEXT}, column.says
    return {"type": types.get(column.shape, "string")}, column.says


def _shared() -> dict[str, Schema]:
    """The schemas that do not depend on the kinds."""
    columns = {column.name: _column(column) for column in FIGURES.columns}
    stated = {name: column for name, column in columns.items() if name not in api.ELSEWHERE}
    needed = ["place_in_record", "measure", "what", "value", "sources", "official"]
    return {
        "Index": _index(),
        "Dates": _SPANNED,
        "CitedSource": _CITED,
        "HowToCite": _CITATION,
        "Entry": _object(_ENTRY, "A record in short."),
        "StatedFigure": {**_object(stated, "A figure with its sources."), "required": needed},
        "FigureOfRecord": {**_object(columns, FIGURES.says), "required": ["record", *needed]},
        "Records": _list("records", "Entry"),
        "Figures": _list("figures", "FigureOfRecord"),
        "Difference": _DIFFERENCE,
        "Changed": _object(_CHANGED, "What became of a record on one day."),
        "FrozenEdition": _EDITION,
        "Changes": _told(),
    }


def _list(name: str, schema: str) -> Schema:
    return {
        "type": "object",
        "properties": {
            "type": _TEXT,
            "count": {"type": "integer"},
            name: {"type": "array", "items": {"$ref": f"{REFERENCE}{schema}"}},
        },
        "required": ["count", name],
    }


def _told() -> Schema:
    properties: Schema = {
        "title": _TEXT,
        "licence": _TEXT,
        "licence_url": _ADDRESS,
        "updated": DATE,
        "editions": {"type": "array", "items": {"$ref": f"{REFERENCE}FrozenEdition"}},
        "changes": {"type": "array", "items": {"$ref": f"{REFERENCE}Changed"}},
    }
    required = sorted(properties.keys() - {"editions"})
    return {"type": "object", "properties": properties, "required": required}


def _index() -> Schema:
    kind = {
        "type": "object",
        "properties": {"type": _TEXT, "count": {"type": "integer"}, "self": _ADDRESS},
        "required": ["type", "count", "self"],
    }
    properties: Schema = {
        "version": _TEXT,
        "title": _TEXT,
        "updated": DATE,
        "licence": _LICENCE,
        "kinds": {"type": "array", "items": kind},
        **dict.fromkeys(("url", "openapi", "documentation", "downloads", "figures"), _ADDRESS),
    }
    required = sorted(properties)
    changes = {**_ADDRESS, "description": "What became of the records; where there is a history."}
    return {"type": "object", "properties": {**properties, "changes": changes}, "required": required}
