"""The JSON Schema of a type of record."""

import functools
from typing import Any

from pydantic import BaseModel

from explainer.records.introspect import in_order


@functools.cache
def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record of a type, as an editor writes it."""
    schema = model.model_json_schema(by_alias=True, mode="validation")
    properties = schema.get("properties", {})
    schema["properties"] = {name: properties[name] for name in in_order(model) if name != "body" and name in properties}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
