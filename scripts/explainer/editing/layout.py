"""Formatter of record files: puts fields in the order of the model and wraps long lines by moving existing text.

YAML is parsed into nodes, which know their lines, and whole blocks of lines are moved; so comments, quotes and the style
of lists are preserved. The result is parsed again and returned only if its data is exactly the same.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import yaml
from pydantic import BaseModel

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem
from explainer.reading import front_matter, yaml_reader
from explainer.reading.document import Document
from explainer.records.introspect import field_at, in_order, part, written
from explainer.records.record import Record

WIDTH = 120
"""Maximum width in columns of prose in a field; the story below the front matter keeps its lines."""
_KEEPS = re.compile(r"[|>][0-9-]*\+")
_GAP = re.compile(r"(?<=[^ ]) (?=[^ #])")


def formatted(path: str, text: str, model: type[BaseModel]) -> str | list[Problem]:
    """Format the text of a file of records, or of settings; or return the problems that prevent parsing it.

    The result holds the same records and the same comments. If it would not, the file is formatted without wrapping
    lines; if that fails too, the text is returned unchanged.
    """
    before = _read(path, text, model)
    if problems := [problem for item in before for problem in front_matter.problems_of(item)]:
        return problems
    for width in (WIDTH, None):
        after = _laid_out(text, model, width)
        if after == text:
            return text
        again = _read(path, after, model)
        if _said(before) == _said(again) and _comments(text) == _comments(after):
            return after
    return text


def _read(path: str, text: str, model: type[BaseModel]) -> Sequence[Document | Problem]:
    if not issubclass(model, Record):
        found = front_matter.split_settings(path, text)
    elif model.STORY:
        found = front_matter.split_story(path, text)
    else:
        return front_matter.split_list(path, text)
    return [found] if isinstance(found, Document) else found


def _said(found: Sequence[Document | Problem]) -> list[object]:
    return [(item.data, item.body) if isinstance(item, Document) else item for item in found]


def _comments(text: str) -> list[str]:
    """The lines that may be comments, sorted, to compare them before and after."""
    return sorted(line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))


def _laid_out(text: str, model: type[BaseModel], width: int | None) -> str:
    lines = text.split("\n")
    story = issubclass(model, Record) and model.STORY
    first = 1 if story else 0
    last = next(number for number in range(1, len(lines)) if lines[number].rstrip() == "---") if story else len(lines)
    front = lines[first:last]
    node = yaml.compose("\n".join(front), Loader=yaml_reader.LOADER)
    layout = _Layout(front, width)
    if isinstance(node, yaml.SequenceNode):
        made = layout.items(node, model, 0, len(front))
    elif isinstance(node, yaml.MappingNode):
        made = layout.mapping(node, model, 0, len(front))
    else:
        return text
    return "\n".join([*lines[:first], *made, *lines[last:]])


@dataclass(frozen=True, slots=True)
class _FieldLines:
    """A field of a mapping: its first and last line, from 0 and inclusive, and where the comments above it begin."""

    name: str
    head: int
    line: int
    last: int
    value: yaml.Node


def last_lines(text: str, node: yaml.MappingNode) -> dict[str, int]:
    """The last line, from 0, of each field of a mapping that has lines of its own."""
    layout = _Layout(text.split("\n"), None)
    return {str(key.value): max(key.start_mark.line, layout.last(value)) for key, value in node.value}


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lines of YAML and their maximum width; None turns wrapping off."""

    lines: Sequence[str]
    width: int | None

    def mapping(self, node: yaml.MappingNode, model: type[BaseModel] | None, first: int, end: int) -> list[str]:
        """Format the mapping in the lines `first` to `end` (exclusive): its fields in the order of the model.

        The order stays unchanged without a model, and if fields share a line.
        """
        fields = self._fields(node, first)
        if node.flow_style or not fields:
            return self._flow_lines(node, model, first, end)
        blocks = [(self.lines[field.head : field.line], self._field(field, node, model)) for field in fields]
        column = node.value[0][0].start_mark.column
        if model and self._has_lines_of_its_own(fields, column):
            order = _order(model, [field.name for field in fields])
            blocks = self._moved(blocks, order, self.lines[fields[0].line][:column])
        tail = self.lines[fields[-1].last + 1 : end]
        return [line for above, block in blocks for line in (*above, *block)] + list(tail)

    def _has_lines_of_its_own(self, fields: Sequence[_FieldLines], column: int) -> bool:
        """Whether each of these fields, whose names begin in a column, begins on a line by itself."""
        lines = {field.line for field in fields}
        return len(lines) == len(fields) and not any(self.lines[line][:column].strip(" -") for line in lines)

    def items(self, node: yaml.SequenceNode, model: type[BaseModel] | None, first: int, end: int) -> list[str]:
        """Format the list in the lines `first` to `end` (exclusive), entry by entry."""
        if node.flow_style or not node.value:
            return self._flow_lines(node, model, first, end)
        made: list[str] = []
        done = first
        for item in node.value:
            start, last = item.start_mark.line, self.last(item)
            made += [*self.lines[done:start], *self._value(item, model, start, last, self._dash(start) + 2)]
            done = last + 1
        return [*made, *self.lines[done:end]]

    def _fields(self, node: yaml.MappingNode, first: int) -> list[_FieldLines]:
        found: list[_FieldLines] = []
        head = first
        for key, value in node.value:
            line, last = key.start_mark.line, max(key.start_mark.line, self.last(value))
            found.append(_FieldLines(str(key.value), min(head, line), line, last, value))
            head = last + 1
        return found

    def _field(self, field: _FieldLines, node: yaml.MappingNode, model: type[BaseModel] | None) -> list[str]:
        info = field_at(model, field.name) if model else None
        found = part(info.annotation) if info else None
        inner = found.inner if found else None
        indent = node.value[0][0].start_mark.column + 2
        start = field.value.start_mark.line
        if _is_empty(field.value):
            return list(self.lines[field.line : field.last + 1])
        if found and found.keyed and isinstance(field.value, yaml.MappingNode) and not field.value.flow_style:
            made = self._by_language(field.value, inner, start, field.last)
        else:
            made = self._value(field.value, inner, start, field.last, indent)
        return [*self.lines[field.line : start], *made]

    def _by_language(self, node: yaml.MappingNode, inner: type[BaseModel] | None, first: int, last: int) -> list[str]:
        made: list[str] = []
        done = first
        for key, value in node.value:
            start = value.start_mark.line
            if _is_empty(value):
                continue
            made += self.lines[done:start]
            made += self._value(value, inner, start, self.last(value), key.start_mark.column + 2)
            done = self.last(value) + 1
        return [*made, *self.lines[done : last + 1]]

    def _value(self, node: yaml.Node, model: type[BaseModel] | None, first: int, last: int, indent: int) -> list[str]:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, model, first, last + 1)
        if isinstance(node, yaml.SequenceNode):
            return self.items(node, model, first, last + 1)
        return self._wrapped(node, first, last, indent)

    def _moved(
        self, blocks: Sequence[tuple[Sequence[str], list[str]]], order: Sequence[int], start: str
    ) -> list[tuple[Sequence[str], list[str]]]:
        """Reorder blocks; the dash of a list's entry moves to whichever block is now the first."""
        if order[0] != 0 and start.strip():
            blank = " " * len(start)
            dash = " " * start.index("-")
            moved = {0: (blocks[0][0], [blank + blocks[0][1][0][len(start) :], *blocks[0][1][1:]])}
            above, block = blocks[order[0]]
            comments = [dash + line.lstrip() if line.strip() else line for line in above]
            moved[order[0]] = (comments, [start + block[0][len(start) :], *block[1:]])
            return [moved.get(index, blocks[index]) for index in order]
        return [blocks[index] for index in order]

    def _wrapped(self, node: yaml.Node, first: int, last: int, indent: int) -> list[str]:
        """Wrap the lines of a text if one is too long; unchanged if it shares a line with others or has blank lines."""
        lines = list(self.lines[first : last + 1])
        start, end = node.start_mark, node.end_mark
        if self.width is None or not self._can_be_wrapped(node, last, lines, self.width):
            return lines
        lines[-1] = lines[-1][: end.column]
        before, lines[0] = lines[0][: start.column], lines[0][start.column :]
        words = _GAP.split(" ".join(line.strip() for line in lines))
        return list(_filled(words, before, " " * (indent if before.strip() else start.column), self.width))

    def _can_be_wrapped(self, node: yaml.Node, last: int, lines: Sequence[str], width: int) -> bool:
        """Whether the lines of a text hold nothing else, and one is too long."""
        if _is_block(node) or all(len(line) <= width for line in lines):
            return False
        end = node.end_mark
        if end.line != last or self.lines[last][end.column :].strip():
            return False
        text = (*lines[:-1], lines[-1][: end.column])
        return all(line.strip() for line in lines) and not any(line.endswith("\\") for line in text)

    def _flow_lines(self, node: yaml.Node, model: type[BaseModel] | None, first: int, end: int) -> list[str]:
        """Format lines with a flow-style mapping or list: its fields are put in order if it is on one line."""
        lines = list(self.lines[first:end])
        start, stop = node.start_mark, node.end_mark
        if start.line == stop.line and lines:
            line = self.lines[start.line]
            lines[start.line - first] = line[: start.column] + _flow(line, node, model) + line[stop.column :]
        return lines

    def last(self, node: yaml.Node) -> int:
        """The last line of a value, without the blank lines and comments after it."""
        children = _children(node)
        if children and isinstance(node, yaml.CollectionNode) and not node.flow_style:
            return max(self.last(child) for child in children)
        return self._last_of_block(node) if _is_block(node) else int(node.end_mark.line)

    def _last_of_block(self, node: yaml.Node) -> int:
        """The last line of a text after | or >; blank lines belong to it where its mark says that they are kept."""
        first, last = node.start_mark.line, int(node.end_mark.line)
        if node.end_mark.column == 0 or last >= len(self.lines):
            last = min(last, len(self.lines)) - 1
        while last > first and not _KEEPS.search(self.lines[first]) and not self.lines[last].strip():
            last -= 1
        return last

    def _dash(self, line: int) -> int:
        return len(self.lines[line]) - len(self.lines[line].lstrip())


def _children(node: yaml.Node) -> list[yaml.Node]:
    """The nodes within a node: the entries of a list, the keys and values of a mapping."""
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _is_block(node: yaml.Node) -> bool:
    """Whether a value is a text after | or >."""
    return getattr(node, "style", None) in {"|", ">"}


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def _order(model: type[BaseModel], names: Sequence[str]) -> list[int]:
    """Indices of names in the order of the model's fields; unknown names come last, in their present order."""
    known = {written(model, name): place for place, name in enumerate(in_order(model))}
    return sorted(range(len(names)), key=lambda index: known.get(names[index], len(known)))


def _flow(line: str, node: yaml.Node, model: type[BaseModel] | None) -> str:
    """The text of a one-line, flow-style value with its fields in order."""
    start, stop = node.start_mark.column, node.end_mark.column
    if not _children(node) or any(map(_is_empty, _children(node))):
        return line[start:stop]
    pieces = list(_flow_pieces(line, node, model))
    between = [line[left.end : right.start] for left, right in itertools.pairwise(pieces)]
    order: Iterable[int] = range(len(pieces))
    if model and isinstance(node, yaml.MappingNode):
        order = _order(model, [piece.name for piece in pieces])
    made = "".join(_woven([pieces[index].text for index in order], between))
    return line[start : pieces[0].start] + made + line[pieces[-1].end : stop]


class _FlowPiece(NamedTuple):
    """An entry of a flow-style list, or a field of a mapping: its columns, its formatted text, and the field's name."""

    start: int
    end: int
    text: str
    name: str = ""


def _flow_pieces(line: str, node: yaml.Node, model: type[BaseModel] | None) -> Iterator[_FlowPiece]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            text = _flow_field(line, key, value, model)
            yield _FlowPiece(key.start_mark.column, value.end_mark.column, text, str(key.value))
        return
    for item in node.value:
        yield _FlowPiece(item.start_mark.column, item.end_mark.column, _flow(line, item, model))


def _flow_field(line: str, key: yaml.Node, value: yaml.Node, model: type[BaseModel] | None) -> str:
    info = field_at(model, str(key.value)) if model else None
    found = part(info.annotation) if info else None
    inner = found.inner if found and not found.keyed else None
    return line[key.start_mark.column : value.start_mark.column] + _flow(line, value, inner)


def _woven(pieces: Sequence[str], between: Sequence[str]) -> Iterator[str]:
    for index, piece in enumerate(pieces):
        yield piece
        if index < len(between):
            yield between[index]


def _filled(words: Iterable[str], before: str, indent: str, width: int) -> Iterator[str]:
    """Fill lines of at most `width` columns with words; a longer word gets a line of its own."""
    line, empty = before, True
    for word in words:
        if not empty and len(line) + 1 + len(word) > width:
            yield line
            line, empty = indent, True
        line = line + word if empty else f"{line} {word}"
        empty = False
    yield line
