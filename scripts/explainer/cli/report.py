"""Renderers for problems: plain lines, excerpts with a caret for a terminal, annotations for a git host, JSON."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import click

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem

_WORD_ENDS = frozenset(" \t,;[]{}()")


@dataclass(frozen=True, slots=True)
class Terminal:
    """The capabilities of a terminal."""

    width: int = 80
    """Width in columns."""
    colour: bool = False
    """Whether colour is wanted."""

    def styled(self, text: str, *, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
        """The text in a colour or a weight, if colour is wanted."""
        return click.style(text, fg=fg, bold=bold or None, dim=dim or None) if self.colour else text


def as_lines(problems: Sequence[Problem]) -> str:
    """Render one line per problem, for files and pipes."""
    return "".join(f"{problem}\n" for problem in problems)


def as_excerpts(problems: Sequence[Problem], files: Mapping[str, Sequence[str]], terminal: Terminal) -> str:
    """Render each problem with its source line and a caret at its column; `files` holds the lines of each path."""
    return "".join(_excerpt(problem, files.get(problem.path, ()), terminal) for problem in problems)


def as_annotations(problems: Sequence[Problem], folder: str = "") -> str:
    """Render problems as workflow commands, which a git host shows beside the lines of a pull request; remarks as warnings.

    `folder` is the dossier's folder within the repository, with a slash at its end, or empty. Values are escaped as the
    format requires: per cent signs and line breaks everywhere, colons and commas in properties as well.
    """
    return "".join(
        f"::{'warning' if problem.remark else 'error'} file={_property(folder + problem.path)},line={problem.line},col={problem.column}::{_data(problem.message)}\n"
        for problem in problems
    )


def as_json(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Convert problems to plain data for JSON."""
    return [
        {"path": problem.path, "line": problem.line, "column": problem.column, "message": problem.message}
        for problem in problems
    ]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _excerpt(problem: Problem, lines: Sequence[str], terminal: Terminal) -> str:
    place = f"{problem.path}:{problem.line}:{problem.column}:"
    told = f"{terminal.styled(_visible(place), bold=True)} {_visible(problem.told)}\n"
    if not 1 <= problem.line <= len(lines) or not lines[problem.line - 1].strip():
        return told
    line, start = lines[problem.line - 1], min(problem.column - 1, len(lines[problem.line - 1]))
    gutter = f"{problem.line:>5} | "
    text, before, length = _window(line, start, max(20, terminal.width - len(gutter) - 1))
    caret = terminal.styled("^" * max(1, length), fg="red")
    return (
        f"{told}{terminal.styled(gutter, dim=True)}{text}\n"
        f"{terminal.styled(' ' * 5 + ' | ', dim=True)}{' ' * before}{caret}\n"
    )


def _window(line: str, start: int, room: int) -> tuple[str, int, int]:
    """Cut a line to the part around `start` that fits `room` columns; also returns the caret's column and width."""
    shown = [_visible(char) for char in line]
    first, last = _cut(shown, start, room) if _columns(shown) > room else (0, len(line))
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    before = len(head) + _columns(shown[first:start])
    marked = _columns(shown[start : min(_word_end(line, start), last)])
    return head + "".join(shown[first:last]) + tail, before, marked


def _word_end(line: str, start: int) -> int:
    """Where the word at `start` ends; a mark between words is one by itself."""
    end = start + 1
    while end < len(line) and line[start] not in _WORD_ENDS and line[end] not in _WORD_ENDS:
        end += 1
    return end


def _cut(shown: Sequence[str], start: int, room: int) -> tuple[int, int]:
    """The first and the last of the characters that fit: a third of the room lies before `start`."""
    first = start
    while first > 0 and _columns(shown[first - 1 : start]) < room // 3:
        first -= 1
    last = first
    while last < len(shown) and _columns(shown[first : last + 1]) <= room - 2:
        last += 1
    return first, last


def _columns(parts: Sequence[str]) -> int:
    """Width of text in terminal columns: 0 for a combining mark, 2 for a wide character."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        for part in parts
        for char in part
    )


def _visible(text: str) -> str:
    """Escape control characters that a terminal would obey; a tab becomes a space."""
    return "".join(" " if char == "\t" else char if char.isprintable() else repr(char)[1:-1] for char in text)
