"""Parse YAML into plain data with the position of every value; reject what YAML would silently drop or repeat."""

import itertools
import re
from collections.abc import Container, Iterator
from dataclasses import field
from typing import Any

import yaml

from explainer.base.dataclass import dataclass
from explainer.base.numerals import numeral
from explainer.base.problems import Problem, quoted
from explainer.base.unicode_text import composed
from explainer.reading import yaml_depth
from explainer.reading.document import Place
from explainer.reading.yaml_errors import entry_without_dash, explain, place_of_error, unclosed_quote

_TRIES = 8
"""How many faults are left out of a text, one after the other: the parser tells of one at a time."""
DEEPEST = 40
"""Maximum nesting depth of lists and mappings."""
_TOO_DEEP = f"is nested more than {DEEPEST} levels deep; expected the fields of a record"
_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")} | {
    "tag:yaml.org,2002:value",
    "tag:yaml.org,2002:merge",
}
_SWALLOWING = re.compile(r"(?m)(?:^|[\s\[{,])[&#](?=\S)|:[ \t]+#")
"""Cheap pre-check: without a match, no anchor (`&`) or comment (`#`) can swallow a word of the text."""
_NO_SPACE = re.compile(r"[a-z]\w*:\S")
_HIDDEN = re.compile(r"\s+(#\s*\S.*)")
_ALL_HIDDEN = "'{text}' is read as a comment, so that no value is here; expected one; put it in quotes, or write it before the comment"
_COMMENT = re.compile(r"\s+(#\S.*)")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's parser if it is available: ten times as fast


@dataclass(slots=True)
class NodeReader:
    """Converts YAML nodes to plain data and records positions and problems on the way."""

    path: str
    shift: int
    places: dict[Place, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, node: yaml.Node) -> tuple[int, int]:
        """Line and column of a node in its file, counted from 1."""
        return (node.start_mark.line + 1 + self.shift, node.start_mark.column + 1)

    def report(self, node: yaml.Node, message: str) -> None:
        """Add a problem at a node."""
        self.problems.append(Problem(self.path, *self.mark(node), message))

    def read(self, node: yaml.Node, place: Place = ()) -> Any:
        """Convert a node to plain data: a mapping, a list, a string or None."""
        self.places.setdefault(place, self.mark(node))
        if len(place) > DEEPEST:
            self.report(node, _TOO_DEEP)
            return None
        if node.tag not in _TAGS:
            self.report(node, f"has the tag {node.tag}; expected a plain value; delete the tag")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*place, index)) for index, item in enumerate(node.value)]
        if not getattr(node, "style", None) and node.value in {"", "~", "null", "Null", "NULL"}:
            return None
        return composed(str(node.value))  # escapes such as \\u0301 are letters only now

    def twice(self, name: str, first: tuple[int, int], second: tuple[int, int]) -> None:
        """Report a duplicate field at both its positions, since either may be the one to delete."""
        for here, words in ((first, f"again on line {second[0]}"), (second, f"first on line {first[0]}")):
            message = f"'{name}' is there twice, {words}; expected once; delete or join one of them"
            self.problems.append(Problem(self.path, *here, message))

    def mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        """Convert a mapping node to a dict; reports duplicate fields and keys that are not field names."""
        found: dict[str, Any] = {}
        for key, value in self.joined(node):
            if not isinstance(key, yaml.ScalarNode):
                self.report(key, "a list or mapping stands where a field name should; expected name: value")
                continue
            name = composed(str(key.value))
            if name == "<<":
                self.report(key, "a merge key (<<) is not read; expected each field written out")
                continue
            if not name.isprintable():
                self.report(
                    key, f"{quoted(name)} holds a character that cannot be seen; expected a field's name; delete it"
                )
                continue
            if name in found:
                self.twice(name, self.keys[(*place, name)], self.mark(key))
                continue
            found[name] = None
            self.places[(*place, name)] = self.keys[(*place, name)] = self.mark(key)
            found[name] = self.read(value, (*place, name))
            self.places[(*place, name)] = (
                self.mark(value) if isinstance(value, yaml.ScalarNode) and value.value else self.mark(key)
            )
        return found

    def joined(self, node: yaml.MappingNode) -> list[tuple[yaml.Node, yaml.Node]]:
        """The fields of a mapping; in braces, what a comma within a value split off is joined to it again, and reported."""
        pairs: list[tuple[yaml.Node, yaml.Node]] = []
        split: dict[int, yaml.ScalarNode] = {}
        for key, value in node.value:
            before = pairs[-1][1] if pairs and not _is_bare(*pairs[-1]) else None
            if node.flow_style and _is_bare(key, value) and isinstance(before, yaml.ScalarNode):
                gap = " " * (key.start_mark.column - before.end_mark.column - 1)
                text = f"{before.value},{gap}{key.value}"
                split[len(pairs)] = yaml.ScalarNode(before.tag, text, before.start_mark, key.end_mark, "'")
                pairs[-1] = (pairs[-1][0], split[len(pairs)])
            else:
                pairs.append((key, value))
        for scalar in split.values():
            self.report(scalar, _split_at_comma(scalar.value))
        return pairs


def _is_bare(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether a text stands in braces without a colon and a value."""
    return (
        isinstance(key, yaml.ScalarNode)
        and not _NO_SPACE.match(key.value)
        and isinstance(value, yaml.ScalarNode)
        and not value.value
        and value.start_mark.index == key.end_mark.index
    )


def _split_at_comma(text: str) -> str:
    """Message for a value in braces that holds a comma."""
    found = numeral(text) if any(map(str.isdecimal, text)) else None
    if found is None:
        return f"{quoted(text)} holds a comma, which ends a value in braces; expected quotes around it; write them"
    rest = " and the rest in comparator: or unit:" if found.said or found.unit else ""
    return f"{quoted(text)} holds a comma, which ends a value in braces; expected a number without separators; write {found.digits}{rest}"


def compose_yaml(path: str, text: str, shift: int) -> yaml.Node | list[Problem] | None:
    """Parse a YAML text: its root node, None if it is empty, or the problems that prevent reading it."""
    try:
        if deep := yaml_depth.too_deep(text, DEEPEST, LOADER):
            return [Problem(path, deep[0] + 1 + shift, deep[1] + 1, _TOO_DEEP)]
        node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line, column, message = _explained(error, text.split("\n"))
        return [Problem(path, line + 1 + shift, column + 1, message)]
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)
        line = text[:position].count("\n") if isinstance(position, int) else 0
        return [
            Problem(
                path, line + 1 + shift, 1, "holds a character that YAML does not allow; expected plain text; delete it"
            )
        ]
    except RecursionError:
        return [Problem(path, 1 + shift, 1, _TOO_DEEP)]
    return _aliases(path, text, shift) or _swallowed(path, text, shift, node) or node


def compose_in_part(
    path: str, text: str, shift: int, begins: re.Pattern[str]
) -> tuple[yaml.Node | None, list[Problem]]:
    """Parse what can be read of a YAML text: its root node, None if there is none, and the problems that prevent reading the rest.

    A part that cannot be read is left out and the others keep their lines. `begins` matches the first line of each part:
    a field, or an entry of a list.
    """
    problems: list[Problem] = []
    for _ in range(_TRIES):
        node = compose_yaml(path, text, shift)
        if not isinstance(node, list):
            return node, problems
        problems += node
        left = _without_parts(text, {problem.line - 1 - shift for problem in node}, begins)
        if left == text:
            break
        text = left
    return None, problems


def _without_parts(text: str, wrong: Container[int], begins: re.Pattern[str]) -> str:
    """A text in which the lines of each part with a wrong one are empty; the numbers of `wrong` are counted from 0."""
    lines = text.split("\n")
    parts = itertools.accumulate(map(bool, map(begins.match, lines)))
    numbered = list(zip(parts, lines, strict=True))
    faulty = {part for at, (part, _) in enumerate(numbered) if at in wrong}
    return "\n".join("" if part in faulty else line for part, line in numbered)


def _explained(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int, str]:
    """Line and column, counted from 0, of what keeps a text from being read, and the message about it."""
    line, column = place_of_error(error, lines)
    if place := unclosed_quote(lines[: line + 1]):
        return (*place, "a quote is opened and not closed; expected a closing quote at the end of the value")
    if place := entry_without_dash(lines, line):
        return (*place, "an entry of a list without its dash; expected - before its first field; write it")
    return line, column, explain(error, lines[line] if line < len(lines) else "", column)


def _aliases(path: str, text: str, shift: int) -> list[Problem]:
    """Problems for YAML aliases, one per line: an alias repeats a value, and a few nested ones expand without bound."""
    if "*" not in text or "&" not in text:
        return []
    message = "an alias (*name) repeats a value; expected each value written out; write it again here"
    columns: dict[int, int] = {}  # only the first alias of each line is reported
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent) and event.start_mark:
            columns.setdefault(event.start_mark.line + 1 + shift, event.start_mark.column + 1)
    return [Problem(path, line, column, message) for line, column in columns.items()]


def _swallowed(path: str, text: str, shift: int, root: yaml.Node | None) -> list[Problem]:
    """Problems for values of which YAML silently drops a word: after a leading ampersand, or after ` #`."""
    if root is None or not _SWALLOWING.search(text):
        return []
    lines = text.split("\n")
    found = (dropped for node in _nodes(root) if (dropped := _dropped(lines, node)))
    return sorted(Problem(path, line + 1 + shift, column + 1, message) for line, column, message in found)


def _nodes(root: yaml.Node) -> Iterator[yaml.Node]:
    """A node and every node within it, without recursion."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        yield node


def _dropped(lines: list[str], node: yaml.Node) -> tuple[int, int, str] | None:
    """Line and column, from 0, of a word that YAML drops at a node, and the message about it; None if it drops none."""
    start, end = node.start_mark, node.end_mark
    if lines[start.line][start.column : start.column + 1] == "&":
        message = (
            "an ampersand begins this value, and YAML drops the word after it; expected text; put the value in quotes"
        )
        return start.line, start.column, message
    plain = isinstance(node, yaml.ScalarNode) and not node.style and end.line < len(lines)
    return _behind_a_hash(lines[end.line], end, node.value) if plain else None


def _behind_a_hash(line: str, end: yaml.Mark, value: str) -> tuple[int, int, str] | None:
    """The same, for what is read as a comment because a `#` stands before it: the whole value, or what follows it."""
    if not value:
        hidden = _HIDDEN.match(line, end.column) if end.column else None
        return (end.line, hidden.start(1), _ALL_HIDDEN.format(text=hidden[1][:30])) if hidden else None
    if found := _COMMENT.match(line, end.column):
        message = f"what follows this value, '{found[1][:30]}', is read as a comment; put the value in quotes, or a space after the # of a comment"
        return end.line, found.start(1), message
    return None
