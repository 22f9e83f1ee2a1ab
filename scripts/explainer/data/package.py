"""The description of the data for programs: a Data Package (https://datapackage.org) and CSV on the Web (W3C)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from explainer.data.description import DataColumn, Shape
from explainer.data.tables import FilledTable

_TYPES = {Shape.NUMBER: "number", Shape.WHOLE: "integer", Shape.FLAG: "boolean"}
"""A date may be a year or a month alone, and a range; it is a text to programs that know whole days only."""


def data_package(every: Sequence[FilledTable], about: Mapping[str, Any]) -> bytes:
    """`datapackage.json`: every CSV with its columns, keys and references."""
    kinds = {table.about.model.KIND: table.about.name for table in every if table.about.model}
    resources = [_resource(table, kinds) for table in every]
    return _json({"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", **about, "resources": resources})


def _resource(table: FilledTable, kinds: Mapping[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.about.columns]}
    if table.about.model:
        schema["primaryKey"] = list(table.about.key)
    foreign = [
        {"fields": [column.name], "reference": {"resource": kinds[column.refers], "fields": ["id"]}}
        for column in table.about.columns
        if column.shape is Shape.TEXT and column.refers in kinds and column.refers
    ]
    return {
        "name": table.about.name,
        "path": f"{table.about.name}.csv",
        "description": table.about.says,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {**schema, **({"foreignKeys": foreign} if foreign else {})},
    }


def _field(column: DataColumn) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.shape, "string"),
        "description": column.says,
    }
    if column.shape is Shape.FLAG:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.words and column.shape is Shape.TEXT:
        field["constraints"] = {"enum": list(column.words)}
    return field


def csv_on_the_web(every: Sequence[FilledTable], about: Mapping[str, Any]) -> bytes:
    """`csv-metadata.json`: the same for programs that follow the W3C's Metadata Vocabulary for Tabular Data."""
    tables = [
        {
            "url": f"{table.about.name}.csv",
            "dc:description": table.about.says,
            "tableSchema": {
                "columns": [_described(column) for column in table.about.columns],
                **({"primaryKey": list(table.about.key)} if table.about.model else {}),
            },
        }
        for table in every
    ]
    return _json({"@context": "http://www.w3.org/ns/csvw", **about, "tables": tables})


def _described(column: DataColumn) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.says,
        "datatype": _TYPES.get(column.shape, "string"),
    }
    return found | ({"separator": "; "} if column.shape is Shape.LIST else {})


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
