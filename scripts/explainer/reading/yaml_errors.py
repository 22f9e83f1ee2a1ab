"""Translate YAML errors into editors' words, located at the mistake rather than where the parser noticed it."""

import re

import yaml

_DASH = re.compile(r"\s*-[^\s-]")
_OTHER_DASH = re.compile(r"\s*([–—−•·*])\s+\S")
_COLON = re.compile(r"\s*(?:- )?(?P<name>[a-z]\w*):(?P<value>[^\s:/].*)")
_NAME = re.compile(r"\s*(?:- )*[\w-]+")
_OPENED = re.compile(r"""(\s*(?:- )*)(?:([\w-]+): +)?("(?:[^"\\]|\\.)*|'(?:[^']|'')*)""")
_NAMED = re.compile(r"(\s*(?:- )*)[\w-]+:(?: |$)")


def unclosed_quote(lines: list[str]) -> tuple[int, int] | None:
    """Line and column, from 0, of a quote not closed before the next field; YAML reads on to the file's next quote."""
    for number, line in enumerate(lines[:-1]):
        opened = _OPENED.fullmatch(line)
        following = _NAMED.match(lines[number + 1])
        if opened and following and len(following[1]) <= len(opened[1]):
            return number, opened.start(3)
    return None


def place_of_error(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int]:
    """Line and column, from 0, of a YAML error, moved back to the mistake where the parser notices it too late."""
    line, column = _not_blank(lines, *_noticed_at(error))
    problem = str(error.problem)
    if column == 0 and ("document start" in problem or "node content" in problem):
        said = (number for number in range(line - 1, -1, -1) if lines[number].split("#")[0].strip())
        return next(said, line), 0
    return _entry_above(problem, lines, line) or (line, column)


def _entry_above(problem: str, lines: list[str], line: int) -> tuple[int, int] | None:
    """The place of an entry in the line above whose dash is no dash, or has no space; None if there is none."""
    above = lines[line - 1] if line > 0 else ""
    if _DASH.match(above) and any(word in problem for word in _NO_ENTRY):
        return line - 1, above.index("-")
    other = _OTHER_DASH.match(above)
    return (line - 1, other.start(1)) if other and not _OTHER_DASH.match(lines[line]) else None


_NO_ENTRY = ("mapping values", "block end", "expected key", "'-' indicator")
"""Words in the message about a line that goes on from an entry that was none."""
_OPENED_BEFORE = ("quoted scalar", "flow", "simple key", "an alias")
"""Words in the context of an error that concerns what was opened there, rather than where the parser gave up."""


def _noticed_at(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Line and column, from 0, that the parser itself gives."""
    opened = any(word in str(error.context) for word in _OPENED_BEFORE)
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _not_blank(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Move a place in a blank line, or behind the last line, to the end of the text before it."""
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1
        column = len(lines[line])
    return line, column


def entry_without_dash(lines: list[str], line: int) -> tuple[int, int] | None:
    """Line and column, from 0, of a list's first entry if it lacks the dash that a later entry, on `line`, has."""
    indent = len(lines[line]) - len(lines[line].lstrip()) if line < len(lines) else 0
    if not lines[line : line + 1] or not lines[line].lstrip().startswith("- "):
        return None
    above = line - 1
    while above > 0 and (not lines[above].strip() or len(lines[above]) - len(lines[above].lstrip()) > indent):
        above -= 1
    first = lines[above + 1]
    column = len(first) - len(first.lstrip())
    return (above + 1, column) if lines[above].rstrip().endswith(":") and column > indent else None


def _indented_by(found: str, indent: str) -> str | None:
    """Message for a line that other characters than spaces indent."""
    if "\t" in indent or "'\\t'" in found or "tab character" in found:
        return "a tab indents this line; expected spaces; replace the tab by two spaces"
    if not indent.isascii():
        return "a character that looks like a space indents this line; expected plain spaces; write them anew"
    return None


def _line_error(found: str, line: str, column: int) -> str | None:
    """Message for a mistake that the text of the line itself shows; None if it shows none."""
    if told := _indented_by(found, line[: len(line) - len(line.lstrip())]):
        return told
    if other := _OTHER_DASH.match(line):
        return f"'{other[1]}' begins this entry of a list; expected a hyphen and a space; write - name: value"
    if "could not find expected ':'" in found and (colon := _COLON.fullmatch(line)):
        return f"no space behind the colon; expected name: value; write {colon['name']}: {colon['value'].strip()}"
    if told := _around_brackets(found, line, column):
        return told
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


def _around_brackets(found: str, line: str, column: int) -> str | None:
    """Message for text behind a closing quote or bracket, and for a bracket or a comma too many; None if there is none."""
    before, char = line[:column].rstrip(), line[column : column + 1]
    if "node content" in found and char == "," and before.endswith((",", "[", "{")):
        return "nothing stands before this comma; expected a value; write it, or delete the comma"
    return _behind_its_end(before, char) if any(word in found for word in _NO_MORE) else None


_NO_MORE = ("block end", "expected key", "document start")
"""Words in the message about something behind the end of a value."""


def _behind_its_end(before: str, char: str) -> str | None:
    """Message for what stands behind a value that has ended."""
    if char in {"]", "}"}:
        return f"a closing '{char}' without an opening one; expected as many of each; delete it"
    if char == "," and before.endswith(("]", "}")):
        return "a comma behind a closing bracket; expected one list, as in [one, two]; join them"
    if before.endswith(('"', "'")) and char:
        return "text stands behind a closing quote; expected quotes around the whole value; put others around these"
    return None


def _cannot_begin(line: str, column: int) -> str:
    """Message for a value that begins with a sign that YAML keeps for itself."""
    char = line[column : column + 1]
    if char == "@" and re.match(r"\s*(?:- )?.*\bcite:", line[:column]):
        return "an at sign begins this id, and YAML keeps it for itself; expected the id alone; delete the @"
    if char == ">" and (number := re.match(r">=?\s*(\d[\d.,]*)", line[column:])):
        return f"'>' begins this value, and YAML keeps it for itself; expected digits alone; write {number[1].rstrip(',.')} and, beside it, comparator: more-than"
    return f"'{char}' begins this value, and YAML keeps it for itself; expected text; put the value in quotes"


_TOLD = (
    (
        "could not find expected ':'",
        "a line without a colon; expected name: value, or two more spaces if it goes on from the line above",
    ),
    ("alias", "an asterisk begins this value; expected text; put the value in quotes"),
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
"""Part of the parser's message -> message for the editor; the first match is used."""


_TOLD_BY_CONTEXT = (
    (
        "block mapping",
        ("block end", "expected '-' indicator"),
        "the indentation does not fit the lines above; expected the same number of spaces as the field before",
    ),
    (
        "flow",
        ("expected ',' or",),
        "a bracket is opened and not closed, or a comma is missing; expected [one, two] or {name: value}",
    ),
)
"""Part of the parser's context, or one of several parts of its message -> message for the editor; asked last."""


def _of_signs(found: str, line: str, column: int) -> str | None:
    """Message for a sign that YAML keeps for itself, at the beginning of a value; None if there is none."""
    if "cannot start any token" in found and "\t" not in line[: column + 1]:
        return _cannot_begin(line, column)
    if "comment or line break" in found and (number := re.search(r">\s*(\d[\d.,]*)", line)):
        return f"'>' begins a text over several lines; expected digits alone; write {number[1]} and, beside it, comparator: more-than"
    return None


def explain(error: yaml.MarkedYAMLError, line: str, column: int) -> str:
    """Translate a YAML error into a message for editors."""
    found = error.problem or "not YAML"
    known = next((told for words, told in _TOLD if words in found), None)
    if told := _of_signs(found, line, column) or _line_error(found, line, column) or known:
        return told
    return _by_context(found, str(error.context)) or f"not YAML: {found}; expected name: value"


def _by_context(found: str, context: str) -> str | None:
    fitting = (
        told for around, words, told in _TOLD_BY_CONTEXT if around in context or any(word in found for word in words)
    )
    return next(fitting, None)
