"""How problems are shown: as plain lines, with the line and a caret for a terminal, as annotations of a git host, as JSON."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explainer.base.problems import Problem

_WORD_ENDS = frozenset(" \t,;[]{}()")
_BOLD, _RED, _DIM, _PLAIN = "\033[1m", "\033[31m", "\033[2m", "\033[0m"


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a terminal can show."""

    width: int = 80
    """Its columns."""
    colour: bool = False
    """Whether colour is wanted."""


def as_lines(problems: Sequence[Problem]) -> str:
    """One line a problem, as files and pipes get them."""
    return "".join(f"{problem}\n" for problem in problems)


def as_excerpts(problems: Sequence[Problem], files: Mapping[str, Sequence[str]], terminal: Terminal) -> str:
    """Each problem with the line that it speaks of and a caret beneath the place; `files` holds the lines of each path."""
    return "".join(_excerpt(problem, files.get(problem.path, ()), terminal) for problem in problems)


def as_annotations(problems: Sequence[Problem], folder: str = "") -> str:
    """Workflow commands that a git host shows beside the lines of a pull request.

    `folder` is the dossier's folder within the repository, with a slash at its end, or empty. Escaped as the format
    asks: per cent signs and line ends everywhere, colons and commas in properties as well.
    """
    return "".join(
        f"::error file={_property(folder + problem.path)},line={problem.line},col={problem.column}::{_data(problem.message)}\n"
        for problem in problems
    )


def as_json(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as plain data."""
    return [
        {"path": problem.path, "line": problem.line, "column": problem.column, "message": problem.message}
        for problem in problems
    ]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _excerpt(problem: Problem, lines: Sequence[str], terminal: Terminal) -> str:
    bold, red, dim, plain = (_BOLD, _RED, _DIM, _PLAIN) if terminal.colour else ("", "", "", "")
    place = f"{problem.path}:{problem.line}:{problem.column}:"
    told = f"{bold}{_visible(place)}{plain} {_visible(problem.message)}\n"
    if not 1 <= problem.line <= len(lines) or not lines[problem.line - 1].strip():
        return told
    line, start = lines[problem.line - 1], min(problem.column - 1, len(lines[problem.line - 1]))
    gutter = f"{problem.line:>5} | "
    text, before, length = _window(line, start, max(20, terminal.width - len(gutter) - 1))
    return (
        f"{told}{dim}{gutter}{plain}{text}\n{dim}{' ' * 5} | {plain}{' ' * before}{red}{'^' * max(1, length)}{plain}\n"
    )


def _window(line: str, start: int, room: int) -> tuple[str, int, int]:
    """The part of a line around `start` that fits into `room` columns; the columns before the place, and its width."""
    shown = [_visible(char) for char in line]
    end = start + 1
    while end < len(line) and line[start] not in _WORD_ENDS and line[end] not in _WORD_ENDS:
        end += 1
    first, last = 0, len(line)
    if _columns(shown) > room:
        first = start
        while first > 0 and _columns(shown[first - 1 : start]) < room // 3:
            first -= 1
        last = first
        while last < len(line) and _columns(shown[first : last + 1]) <= room - 2:
            last += 1
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    before = len(head) + _columns(shown[first:start])
    return head + "".join(shown[first:last]) + tail, before, _columns(shown[start : min(end, last)])


def _columns(parts: Sequence[str]) -> int:
    """How many columns text takes in a terminal: none for a combining mark, two for a wide character."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        for part in parts
        for char in part
    )


def _visible(text: str) -> str:
    """Text without anything that a terminal would obey; a tab is a space."""
    return "".join(" " if char == "\t" else char if char.isprintable() else repr(char)[1:-1] for char in text)
