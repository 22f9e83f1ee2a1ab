"""Text of a file -> documents: YAML nodes in which every value keeps its line and column."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import yaml

from explainer.problems import Problem, quoted

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes that a file in `content/` may have; the longest text of a real dossier is a hundredth of it."""
DEEPEST = 40
"""How deep lists and mappings may stand in each other."""

MARKS = ("<<<<<<< ", ">>>>>>> ")
"""How lines begin between which a merge leaves two versions."""
CONFLICT = "a merge left two versions here; expected one; keep one of them and delete the lines with <<<<<<<, ======= and >>>>>>>"

Place = tuple[str | int, ...]
_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")} | {
    "tag:yaml.org,2002:value",
    "tag:yaml.org,2002:merge",
}
_SWALLOWING = re.compile(r"(?m)(?:^|[\s\[{,])[&#](?=\S)")
"""What a text holds in which YAML may drop a word."""
_BREAK = re.compile("[\x85\u2028\u2029]")
"""Characters at which YAML begins a new line and nobody else does."""
_COMMENT = re.compile(r"\s+(#\S.*)")
_PROSE = re.compile(r"(?![\w-]+:(?:\s|$))[^\s#\-]|---*\s*\S")
"""A line that is no field, no entry of a list, no comment and not indented: the first of the story."""
_DASH = re.compile(r"\s*-[^\s-]")
_NAME = re.compile(r"\s*(?:- )*[\w-]+")
_OPENED = re.compile(r"""(\s*(?:- )*)(?:([\w-]+): +)?("(?:[^"\\]|\\.)*|'(?:[^']|'')*)""")
_NAMED = re.compile(r"(\s*(?:- )*)[\w-]+:(?: |$)")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it is there: ten times as fast


@dataclass(frozen=True, slots=True)
class Document:
    """One record as it stands in a file: plain data, and the place of each value."""

    path: str
    """The file, relative to the dossier's folder."""
    data: Mapping[str, Any]
    """Mappings, lists and texts; nothing is a number or a date yet."""
    places: Mapping[Place, tuple[int, int]]
    """Line and column, counted from 1, of every value and item."""
    keys: Mapping[Place, tuple[int, int]]
    """Line and column of every field name."""
    line: int
    """Where the record begins."""
    body: str | None = None
    """The Markdown after the front matter; None in a list of records."""
    body_line: int = 1
    """The line on which the body begins."""
    again: "Callable[[], Document] | None" = field(default=None, compare=False, repr=False)
    """Reads it from its file, where only path and line are known so far."""

    @classmethod
    def known(cls, path: str, line: int, again: "Callable[[], Document]") -> Self:
        """A document that was read by an earlier run: all but path and line is read once somebody asks for it."""
        document = cls.__new__(cls)
        for name, value in (("path", path), ("line", line), ("again", again)):
            object.__setattr__(document, name, value)
        return document

    def __getattr__(self, name: str) -> Any:
        """What is not known yet."""
        if name not in {"data", "places", "keys", "body", "body_line"} or self.again is None:
            raise AttributeError(name)
        found = self.again()
        for part in ("data", "places", "keys", "body", "body_line"):
            object.__setattr__(self, part, getattr(found, part))
        return getattr(self, name)

    def place(self, loc: Iterable[str | int]) -> tuple[int, int]:
        """Line and column of the value at `loc`, or of the nearest value that encloses it."""
        key = tuple(loc)
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, (self.line, 1))

    def problem(self, loc: Iterable[str | int], message: str) -> Problem:
        """A problem with the value at `loc`."""
        return Problem(self.path, *self.place(loc), message)

    def body_problem(self, offset: int, message: str) -> Problem:
        """A problem at an offset of the body."""
        before = (self.body or "")[:offset]
        return Problem(self.path, self.body_line + before.count("\n"), len(before.rsplit("\n", 1)[-1]) + 1, message)

    def key_problem(self, loc: Iterable[str | int], message: str) -> Problem:
        """A problem with the name of the field at `loc`."""
        key = tuple(loc)
        return Problem(self.path, *self.keys.get(key, self.place(key)), message)


@dataclass(slots=True)
class _Reader:
    """Turns YAML nodes into plain data; collects places and problems on its way."""

    path: str
    shift: int
    places: dict[Place, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, node: yaml.Node) -> tuple[int, int]:
        return (node.start_mark.line + 1 + self.shift, node.start_mark.column + 1)

    def report(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(self.path, *self.mark(node), message))

    def read(self, node: yaml.Node, place: Place = ()) -> Any:
        self.places.setdefault(place, self.mark(node))
        if len(place) > DEEPEST:
            self.report(node, f"is nested more than {DEEPEST} levels deep; expected the fields of a record")
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
        return str(node.value)

    def twice(self, name: str, first: tuple[int, int], second: tuple[int, int]) -> None:
        """Report a field at both its places: either may be the one too many."""
        for here, words in ((first, f"again on line {second[0]}"), (second, f"first on line {first[0]}")):
            message = f"'{name}' is there twice, {words}; expected once; delete or join one of them"
            self.problems.append(Problem(self.path, *here, message))

    def mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.report(key, "a list or mapping stands where a field name should; expected name: value")
                continue
            name = str(key.value)
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


def decode(path: str, raw: bytes) -> str | list[Problem]:
    """The text of a file, or what keeps it from being one."""
    if len(raw) > LARGEST_FILE:
        size = f"{len(raw) / 1024 / 1024:.0f} MB"
        return [
            Problem(
                path,
                1,
                1,
                f"the file has {size}; expected at most {LARGEST_FILE // 1024 // 1024} MB; split it into records",
            )
        ]
    if raw.startswith(b"\xef\xbb\xbf"):
        return [
            Problem(
                path, 1, 1, "begins with a byte order mark; expected UTF-8 without one; save the file as plain UTF-8"
            )
        ]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [Problem(path, 1, 1, "is UTF-16; expected UTF-8; save the file in that encoding")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        return [
            Problem(
                path,
                line,
                column,
                f"byte 0x{raw[error.start]:02x} is not UTF-8; expected UTF-8; save the file in that encoding",
            )
        ]
    return list(_unfit(path, text)) or text


def _unfit(path: str, text: str) -> Iterator[Problem]:
    """What keeps a text from being read, though it is UTF-8."""
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        message = "lines end with a carriage return (CRLF); expected LF; set the line endings of your editor to LF"
        yield Problem(path, line, 1, message)
    elif not text.strip():
        yield Problem(path, 1, 1, "the file is empty; expected a record; write one or delete the file")
    elif found := _BREAK.search(text):
        line = text[: found.start()].count("\n") + 1
        message = f"holds the invisible line end U+{ord(found[0]):04X}; expected plain ones; delete it"
        yield Problem(path, line, found.start() - text.rfind("\n", 0, found.start()), message)
    elif "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        yield Problem(path, line, 1, "holds a zero byte; expected text; save the file as plain UTF-8")
    else:
        yield from (Problem(path, line, 1, CONFLICT) for line in _conflicts(text))


def _conflicts(text: str) -> list[int]:
    """The lines that a merge left where two changes met."""
    if not any(mark in text for mark in MARKS):
        return []
    return [number for number, line in enumerate(text.split("\n"), start=1) if line.startswith(MARKS)]


def _compose(path: str, text: str, shift: int) -> yaml.Node | list[Problem] | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        lines = text.split("\n")
        line, column = _stumble(error, lines)
        if place := _unclosed(lines[: line + 1]):
            quote = "a quote is opened and not closed; expected a closing quote at the end of the value"
            return [Problem(path, place[0] + 1 + shift, place[1] + 1, quote)]
        if place := _dashless(lines, line):
            dash = "an entry of a list without its dash; expected - before its first field; write it"
            return [Problem(path, place[0] + 1 + shift, place[1] + 1, dash)]
        return [
            Problem(
                path, line + 1 + shift, column + 1, _explain(error, lines[line] if line < len(lines) else "", column)
            )
        ]
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)
        line = text[:position].count("\n") if isinstance(position, int) else 0
        return [
            Problem(
                path, line + 1 + shift, 1, "holds a character that YAML does not allow; expected plain text; delete it"
            )
        ]
    except RecursionError:
        return [
            Problem(path, 1 + shift, 1, f"is nested more than {DEEPEST} levels deep; expected the fields of a record")
        ]
    return _aliases(path, text, shift) or _swallowed(path, text, shift, node) or node


def _aliases(path: str, text: str, shift: int) -> list[Problem]:
    """Every alias of a text: each repeats a value that stands elsewhere, and a few of them can repeat it without bound."""
    if "*" not in text or "&" not in text:
        return []
    message = "an alias (*name) repeats a value; expected each value written out; write it again here"
    columns: dict[int, int] = {}  # the first alias of a line speaks for the others
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent) and event.start_mark:
            columns.setdefault(event.start_mark.line + 1 + shift, event.start_mark.column + 1)
    return [Problem(path, line, column, message) for line, column in columns.items()]


def _swallowed(path: str, text: str, shift: int, root: yaml.Node | None) -> list[Problem]:
    """Every value of which YAML drops a word in silence: one that begins with an ampersand, or goes on after ` #`."""
    if root is None or not _SWALLOWING.search(text):
        return []
    lines = text.split("\n")
    problems: list[Problem] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        start, end = node.start_mark, node.end_mark
        if lines[start.line][start.column : start.column + 1] == "&":
            message = "an ampersand begins this value, and YAML drops the word after it; expected text; put the value in quotes"
            problems.append(Problem(path, start.line + 1 + shift, start.column + 1, message))
            continue
        plain = isinstance(node, yaml.ScalarNode) and not node.style and node.value and end.line < len(lines)
        if plain and (found := _COMMENT.match(lines[end.line], end.column)):
            message = f"what follows this value, '{found[1][:30]}', is read as a comment; put the value in quotes, or a space after the # of a comment"
            problems.append(Problem(path, end.line + 1 + shift, found.start(1) + 1, message))
    return sorted(problems)


def _unclosed(lines: list[str]) -> tuple[int, int] | None:
    """The place of a quote that is not closed before the next field: YAML reads on to the next quote in the file."""
    for number, line in enumerate(lines[:-1]):
        opened = _OPENED.fullmatch(line)
        following = _NAMED.match(lines[number + 1])
        if opened and following and len(following[1]) <= len(opened[1]):
            return number, opened.start(3)
    return None


def _stumble(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int]:
    """The place that a YAML error speaks of, line and column from 0; that of the mistake where YAML stumbles later."""
    opened = any(word in str(error.context) for word in ("quoted scalar", "flow", "simple key"))
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    column = mark.column if mark else 0
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1
        column = len(lines[line])
    if any(words in str(error.problem) for words in ("document start", "node content")) and column == 0:
        said = (number for number in range(line - 1, -1, -1) if lines[number].split("#")[0].strip())
        return next(said, line), 0
    if line > 0 and _DASH.match(lines[line - 1]) and "mapping values" in str(error.problem):
        return line - 1, lines[line - 1].index("-")
    return line, column


def _dashless(lines: list[str], line: int) -> tuple[int, int] | None:
    """The place of the first entry of a list that lacks its dash, where a later one, on `line`, has one."""
    indent = len(lines[line]) - len(lines[line].lstrip()) if line < len(lines) else 0
    if not lines[line : line + 1] or not lines[line].lstrip().startswith("- "):
        return None
    above = line - 1
    while above > 0 and (not lines[above].strip() or len(lines[above]) - len(lines[above].lstrip()) > indent):
        above -= 1
    first = lines[above + 1]
    column = len(first) - len(first.lstrip())
    return (above + 1, column) if lines[above].rstrip().endswith(":") and column > indent else None


def _line_error(found: str, line: str, column: int) -> str | None:
    """What is wrong with a line, where the line itself shows it."""
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in found or "tab character" in found:
        return "a tab indents this line; expected spaces; replace the tab by two spaces"
    if not line[: len(line) - len(line.lstrip())].isascii():
        return "a character that looks like a space indents this line; expected plain spaces; write them anew"
    if _DASH.match(line):
        return "a dash without a space after it; expected a space between the dash and the entry: - name: value"
    if "mapping values are not allowed" not in found:
        return None
    if _NAME.fullmatch(line[:column]):
        return (
            "this line reads as part of the value above; expected as many spaces as the field before has, "
            "and in the line before a colon and a space after the field's name"
        )
    return "a colon followed by a space stands inside a value; expected quotes around such a value: 'name: like this'"


_TOLD = (
    (
        "could not find expected ':'",
        "a line without a colon; expected name: value, or two more spaces if it goes on from the line above",
    ),
    ("alias", "an asterisk begins this value; expected text; put the value in quotes"),
    ("cannot start any token", "this character cannot begin a value; expected text; put the value in quotes"),
    ("end of stream", "a quote is opened and not closed; expected a closing quote at the end of the value"),
    ("directive", "a per cent sign begins this line; expected name: value; put the text in quotes"),
    (
        "incompatible YAML",
        "a line with %YAML asks for another YAML; expected fields, or a list, alone; delete that line",
    ),
    ("document indicator", "this line ends the document; expected one; delete the line"),
    (
        "node content",
        "a bracket, a brace or a comma stands where a value should; expected text; put the value in quotes",
    ),
    ("unexpected ':'", "a colon stands inside this value; expected text; put the value in quotes"),
    ("whitespace or line break", "an exclamation mark begins this value; expected text; put the value in quotes"),
    ("another document", "this line begins another document; expected one; delete the line"),
    (
        "document start",
        "this line stands apart from what follows it; expected fields, or a list, alone; delete the line",
    ),
    (
        "escape c",
        "a backslash in double quotes begins no known sign; expected \\\\ for a backslash; or use single quotes",
    ),
    ("alphabetic or numeric", "an asterisk or an ampersand begins this value; expected text; put the value in quotes"),
    (
        "comment or line break",
        "text follows | or > on its line; expected it on the next lines; or put the value in quotes",
    ),
    ("mapping keys are not allowed", "a question mark begins this value; expected text; put the value in quotes"),
    (
        "sequence entries are not",
        "a dash begins this value; expected text; put the value in quotes, or write [one, two]",
    ),
    ("non-alphabetical character", "a per cent sign begins this line; expected name: value; put the text in quotes"),
)
"""What YAML says, and what an editor is told instead."""


def _explain(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
    """A YAML error in an editor's words."""
    found = error.problem or "not YAML"
    if told := _line_error(found, line, column) or next((told for words, told in _TOLD if words in found), None):
        return told
    if "block mapping" in str(error.context) or "block end" in found or "expected '-' indicator" in found:
        return "the indentation does not fit the lines above; expected the same number of spaces as the field before"
    if "flow" in str(error.context) or "expected ',' or" in found:
        return "a bracket is opened and not closed, or a comma is missing; expected [one, two] or {name: value}"
    return f"not YAML: {found}; expected name: value"


def split_story(path: str, text: str) -> Document | list[Problem]:
    """A Markdown file with YAML front matter -> one document."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return [
            Problem(
                path, 1, 1, "no front matter; expected --- on the first line, the fields of the record, then --- again"
            )
        ]
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        prose = next((number for number, line in enumerate(lines[1:], start=2) if _PROSE.match(line)), 1)
        where = "before this line" if prose > 1 else "after its fields"
        return [Problem(path, prose, 1, f"the front matter is not closed; expected a second line --- {where}")]
    front = "\n".join(lines[1:end])
    node = _compose(path, front, 1)
    if isinstance(node, list):
        return node
    if not isinstance(node, yaml.MappingNode):
        return [Problem(path, 2, 1, "the front matter holds no fields; expected name: value, one a line")]
    reader = _Reader(path, 1)
    data = reader.read(node)
    body_lines = lines[end + 1 :]
    lead = next((number for number, line in enumerate(body_lines) if line.strip()), len(body_lines))
    body = "\n".join(body_lines[lead:]).rstrip()
    return reader.problems or Document(path, data, reader.places, reader.keys, 2, body, end + 2 + lead)


def split_list(path: str, text: str) -> list[Document] | list[Problem]:
    """A YAML file with a list of records -> a document each."""
    node = _compose(path, text, 0)
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
        reader = _Reader(path, 0)
        if not isinstance(item, yaml.MappingNode):
            reader.report(item, "an entry without fields; expected - id: name, then its fields")
        else:
            data = reader.read(item)
            documents.append(Document(path, data, reader.places, reader.keys, item.start_mark.line + 1))
        problems += reader.problems
    return problems or documents


def split_settings(path: str, text: str) -> Document | list[Problem]:
    """A YAML file with one mapping -> one document."""
    node = _compose(path, text, 0)
    if isinstance(node, list):
        return node
    if not isinstance(node, yaml.MappingNode):
        return [
            Problem(
                path, 1, 1, "the file holds no fields; expected name: value, one a line; write title: and the others"
            )
        ]
    reader = _Reader(path, 0)
    data = reader.read(node)
    return reader.problems or Document(path, data, reader.places, reader.keys, 1)
