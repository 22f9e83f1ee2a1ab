"""What stands in a cell, written as one text and read again: the same rules for every table."""

import json
from typing import Any

from explainer.data.description import Shape
from explainer.figures.csv_tables import FORMULA

JOINT = "; "
"""What stands between the entries of a list."""


def cell(value: Any) -> str:
    """A value as text: nothing as an empty text, a list of plain words joined, all other parts as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return str(value)
        case list() if value and all(map(_is_plain, value)):
            return JOINT.join(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _is_plain(value: Any) -> bool:
    """Whether an entry of a list can stand in a joined text and be found in it again."""
    return (
        isinstance(value, str) and bool(value) and value == value.strip() and ";" not in value and value[0] not in '[{"'
    )


def value_of(text: str, shape: Shape) -> Any:
    """The value that `cell` wrote; None for an empty text."""
    if not text:
        return None
    match shape:
        case Shape.LIST | Shape.PARTS | Shape.PART if text[0] in '[{"':
            return json.loads(text)
        case Shape.LIST | Shape.PARTS:
            return text.split(JOINT)
        case Shape.FLAG:
            return text == "true"
        case Shape.WHOLE:
            return int(text)
        case _:
            return text


def safe(text: str) -> str:
    """A text that no spreadsheet runs as a formula: an apostrophe before what would begin one, or before an apostrophe."""
    return f"'{text}" if text[:1] in _MAY_BEGIN and text.lstrip(" '").startswith(FORMULA) else text


_MAY_BEGIN = frozenset((*FORMULA, " ", "'"))
"""The first letters of what may be a formula; most texts have another one, and many thousands are looked at."""


def unsafe(text: str) -> str:
    """The text before `safe`."""
    return text[1:] if text.startswith("'") and text.lstrip(" '").startswith(FORMULA) else text
