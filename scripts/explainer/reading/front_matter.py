"""Parse the text of a file into documents: a story with front matter, a list of records, or a dossier's settings."""

import re

import yaml

from explainer.base.problems import Problem
from explainer.reading.document import Document
from explainer.reading.yaml_reader import NodeReader, compose_yaml

_PROSE = re.compile(r"(?![\w-]+:(?:\s|$))[^\s#\-]|---*\s*\S")
"""Matches the first line of a story: not a field, a list entry, a comment or an indented line."""


def split_story(path: str, text: str) -> Document | list[Problem]:
    """Parse a Markdown file with YAML front matter into one document."""
    lines = text.split("\n")
    end = _end_of_fields(path, lines)
    if isinstance(end, Problem):
        return [end]
    node = compose_yaml(path, "\n".join(lines[1:end]), 1)
    if isinstance(node, list):
        return node
    if not isinstance(node, yaml.MappingNode):
        return [Problem(path, 2, 1, "the front matter holds no fields; expected name: value, one a line")]
    reader = NodeReader(path, 1)
    data = reader.read(node)
    below = lines[end + 1 :]
    lead = next((number for number, line in enumerate(below) if line.strip()), len(below))
    body = "\n".join(below[lead:]).rstrip()
    return reader.problems or Document(path, data, reader.places, reader.keys, 2, body, end + 2 + lead)


def _end_of_fields(path: str, lines: list[str]) -> int | Problem:
    """The index of the line that closes the front matter, or the problem that there is none."""
    if lines[0].rstrip() != "---":
        message = "no front matter; expected --- on the first line, the fields of the record, then --- again"
        return Problem(path, 1, 1, message)
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is not None:
        return end
    prose = next((number for number, line in enumerate(lines[1:], start=2) if _PROSE.match(line)), 1)
    where = "before this line" if prose > 1 else "after its fields"
    return Problem(path, prose, 1, f"the front matter is not closed; expected a second line --- {where}")


def split_list(path: str, text: str) -> list[Document] | list[Problem]:
    """Parse a YAML list of records into one document per record."""
    node = compose_yaml(path, text, 0)
    if isinstance(node, list):
        return node
    if node is None:
        return [Problem(path, 1, 1, "the file holds no record; expected a list, each entry beginning with - id:")]
    if not isinstance(node, yaml.SequenceNode):
        return [
            Problem(
                path,
                node.start_mark.line + 1,
                1,
                "the file holds fields, not a list; expected a list of records; begin each entry with - id:",
            )
        ]
    documents: list[Document] = []
    problems: list[Problem] = []
    for item in node.value:
        reader = NodeReader(path, 0)
        if not isinstance(item, yaml.MappingNode):
            reader.report(item, "an entry without fields; expected - id: name, then its fields")
        else:
            data = reader.read(item)
            documents.append(Document(path, data, reader.places, reader.keys, item.start_mark.line + 1))
        problems += reader.problems
    return problems or documents


def split_settings(path: str, text: str) -> Document | list[Problem]:
    """Parse a YAML file that holds one mapping into one document."""
    node = compose_yaml(path, text, 0)
    if isinstance(node, list):
        return node
    if not isinstance(node, yaml.MappingNode):
        return [
            Problem(
                path, 1, 1, "the file holds no fields; expected name: value, one a line; write title: and the others"
            )
        ]
    reader = NodeReader(path, 0)
    data = reader.read(node)
    return reader.problems or Document(path, data, reader.places, reader.keys, 1)
