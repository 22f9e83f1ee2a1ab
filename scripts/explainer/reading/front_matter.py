"""Parse the text of a file into documents: a story with front matter, a list of records, or a dossier's settings."""

import itertools
import re
from collections.abc import Iterator, Sequence

import yaml

from explainer.base.problems import Problem
from explainer.reading.document import Document
from explainer.reading.yaml_reader import NodeReader, compose_in_part, compose_yaml

_PROSE = re.compile(r"(?![\w-]+:(?:\s|$))[^\s#\-]|---*\s*\S")
"""Matches the first line of a story: not a field, a list entry, a comment or an indented line."""

_BEGINS_FIELD = re.compile(r"[A-Za-z][\w-]*:")
"""The beginning of a field that stands in no other."""

_BEGINS_ENTRY = re.compile(r"-(?:\s|$)")
"""The beginning of an entry of a list that stands in no other."""

_FIELD = re.compile(r"[A-Za-z][\w-]*:|\s+\S|- ")
"""A line of fields."""


def split_story(path: str, text: str) -> Document | list[Problem]:
    """Parse a Markdown file with YAML front matter into one document."""
    lines = text.split("\n")
    end = _end_of_fields(path, lines)
    if isinstance(end, Problem):
        return [end]
    node, unread = compose_in_part(path, "\n".join(lines[1:end]), 1, _BEGINS_FIELD)
    if not isinstance(node, yaml.MappingNode):
        message = "the front matter holds no fields; expected name: value, one a line"
        return unread or [Problem(path, 2, 1, message)]
    reader = NodeReader(path, 1)
    data = reader.read(node)
    below = lines[end + 1 :]
    lead = next((number for number, line in enumerate(below) if line.strip()), len(below))
    body = "\n".join(below[lead:]).rstrip()
    faults = (*unread, *reader.problems, *_front_matter_again(path, below, end + 2))
    return Document(path, data, reader.places, reader.keys, 2, body, end + 2 + lead, faults)


def _front_matter_again(path: str, lines: list[str], first: int) -> Iterator[Problem]:
    """A problem for a second front matter right below the first, which a page would show as text."""
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    fields = list(itertools.takewhile(_FIELD.match, lines[start + 1 :]))
    if fields and lines[start].rstrip() == "---" and lines[start + 1 + len(fields) :][:1] == ["---"]:
        yield Problem(path, first + start, 1, "a second front matter; expected one; join both, or delete this one")


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


def split_list(path: str, text: str) -> Sequence[Document | Problem]:
    """Parse a YAML list of records into one document per record."""
    node, problems = compose_in_part(path, text, 0, _BEGINS_ENTRY)
    if problems and not isinstance(node, yaml.SequenceNode):
        return problems
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
    for item in node.value:
        reader = NodeReader(path, 0)
        if not isinstance(item, yaml.MappingNode):
            reader.report(item, "an entry without fields; expected - id: name, then its fields")
        else:
            data, line = reader.read(item), item.start_mark.line + 1
            documents.append(Document(path, data, reader.places, reader.keys, line, faults=tuple(reader.problems)))
            continue
        problems += reader.problems
    return [*problems, *documents] if problems else documents


def problems_of(item: Document | Problem) -> Sequence[Problem]:
    """What is wrong with a record as it was read."""
    return (item,) if isinstance(item, Problem) else item.faults


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
