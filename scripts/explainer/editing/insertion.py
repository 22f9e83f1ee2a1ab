"""Adds fields to a record in a list of records, and leaves every other character of the file as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from explainer.editing import layout
from explainer.reading import front_matter, yaml_reader
from explainer.reading.document import Document


def with_fields(path: str, text: str, ident: str, fields: Mapping[str, str], *, after: Sequence[str]) -> str | None:
    """The text of a list in which a record has more fields, behind the last of those in `after` that it has.

    The result is parsed again. None if it does not hold the same records but for these fields, if the record is not in
    the list, or if it has one of the fields already: then a person must do it.
    """
    item = _entry(text, ident)
    if item is None:
        return None
    there = [str(key.value) for key, _ in item.value]
    before = [name for name in after if name in there]
    if not before or set(there) & fields.keys():
        return None
    added = _in_braces if item.flow_style else _in_lines
    changed = added(text, item, before[-1], fields)
    return changed if _records(path, changed) == _expected(_records(path, text), ident, fields) else None


def _entry(text: str, ident: str) -> yaml.MappingNode | None:
    """The node of the record with an id."""
    try:
        node = yaml.compose(text, Loader=yaml_reader.LOADER)
    except yaml.YAMLError:
        return None
    if not isinstance(node, yaml.SequenceNode):
        return None
    entries = (item for item in node.value if isinstance(item, yaml.MappingNode))
    return next((item for item in entries if _is(item, ident)), None)


def _is(item: yaml.MappingNode, ident: str) -> bool:
    return any(key.value == "id" and value.value == ident for key, value in item.value)


def _in_lines(text: str, item: yaml.MappingNode, before: str, fields: Mapping[str, str]) -> str:
    """Each field on a line of its own, at the column of the others."""
    lines = text.split("\n")
    at = layout.last_lines(text, item)[before] + 1
    indent = " " * item.value[0][0].start_mark.column
    lines[at:at] = [f"{indent}{name}: {value}" for name, value in fields.items()]
    return "\n".join(lines)


def _in_braces(text: str, item: yaml.MappingNode, before: str, fields: Mapping[str, str]) -> str:
    """The fields within the braces of a record that is written in one piece; quoted, since a comma would end them."""
    value = next(value for key, value in item.value if key.value == before)
    lines = text.split("\n")
    line, column = value.end_mark.line, value.end_mark.column
    more = "".join(f", {name}: '{added}'" for name, added in fields.items())
    lines[line] = f"{lines[line][:column]}{more}{lines[line][column:]}"
    return "\n".join(lines)


def _records(path: str, text: str) -> list[dict[str, Any]] | None:
    """The data of every record of a list; None if it cannot be read."""
    found = front_matter.split_list(path, text)
    documents = [item for item in found if isinstance(item, Document)]
    return [dict(item.data) for item in documents] if len(documents) == len(found) else None


def _expected(records: list[dict[str, Any]] | None, ident: str, fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """The records as they are to be: one with more fields, the others as they were."""
    return [{**item, **fields} if item.get("id") == ident else item for item in records or ()]
