"""Blocks of CommonMark with tables, written one after another: paragraphs, headings, items, quotations, code, tables.

A paragraph is one line, so only its beginning can be taken for another block.
"""

import re
from dataclasses import field

from explainer.base.dataclass import dataclass

_SIGNS = re.compile(r"[\\`*\[\]<>#|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#|[a-zA-Z])|!(?=$|\[)")
"""What begins or ends a mark anywhere in a text; an underscore within a word does not."""
_ANY_SIGN = re.compile(r"[\\`*\[\]<>#|~_&!]")
_BEGINNING = re.compile(r"([-+=](?=\s|$|[-=+])|[-=]{2,})|(\d{1,9})([.)])(?=\s|$)")
"""What makes another block of a paragraph that begins with it."""
_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
_LETTER = re.compile(r"[^\W_]")


def literal(text: str) -> str:
    """A text with every sign escaped that CommonMark or its tables would take for a mark."""
    return _SIGNS.sub(r"\\\g<0>", text) if _ANY_SIGN.search(text) else text


def _in_one_line(text: str) -> str:
    """A text with each run of spaces and line breaks made one space; most have none, which is soon seen."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        return _SPACE.sub(" ", text)
    return text


def fenced(code: str) -> str:
    """A piece of code within a line, between more backticks than it holds."""
    fence = "`" * (max((len(run) for run in re.findall("`+", code)), default=0) + 1)
    gap = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{fence}{gap}{code}{gap}{fence}" if code else ""


def _at_beginning(line: str) -> str:
    found = _BEGINNING.match(line)
    if found is None:
        return line
    digits = found[2]
    return f"{digits}\\{line[len(digits) :]}" if digits else f"\\{line}"


@dataclass(slots=True)
class _List:
    number: int | None
    """The number of the next item; None in a list with bullets."""
    inside: str = ""
    """What the lines of the present item begin with."""
    items: int = 0


@dataclass(slots=True)
class Blocks:
    """Text that is said piece by piece, and the lines that became of it."""

    lines: list[str] = field(default_factory=list)
    _said: list[str] = field(default_factory=list)
    _lists: list[_List | None] = field(default_factory=list)
    """The open lists and, as None, quotations."""
    _mark: str = ""
    """The mark of an item of which nothing was written yet, behind what its line begins with."""
    _tables: list[list[list[str]]] = field(default_factory=list)

    def text(self) -> str:
        """Everything that was written."""
        return "\n".join(self.lines).strip("\n")

    # --- text within a block

    def say(self, piece: str) -> None:
        """Add text, in which what is no mark is escaped."""
        self._said.append(piece)

    def place(self) -> int:
        """Where the next piece will stand."""
        return len(self._said)

    def since(self, place: int) -> str:
        """Take back what was said from a place on."""
        taken = "".join(self._said[place:])
        del self._said[place:]
        return taken

    def wrap(self, place: int, before: str, after: str) -> None:
        """Put marks around what was said from a place on, with the space around it outside; around nothing there are none."""
        said = _in_one_line(self.since(place))
        inner = said.strip(" ")
        if before != "[" and not _LETTER.search(inner):
            self.say(said)
            return
        if inner and len(inner) == len(said):
            self.say(f"{before}{said}{after}")
            return
        lead, trail = said[: len(said) - len(said.lstrip(" "))], said[len(said.rstrip(" ")) :]
        self.say(f"{lead}{before}{inner}{after}{trail}" if inner else said)

    # --- blocks

    def end(self, heading: int = 0) -> None:
        """End a paragraph, or a heading of a level; in a cell of a table, it is a space."""
        if not self._said:
            return
        said = _in_one_line("".join(self._said)).strip(" ")
        if self._tables:
            self._said[:] = [f"{said} "] if said else []
            return
        self._said.clear()
        if said:
            self._write([f"{'#' * heading} {said}" if heading else _at_beginning(said)])

    def verbatim(self, code: str) -> None:
        """Write a block of code; in a cell of a table it is code within the line."""
        if self._tables:
            self.say(fenced(" ".join(code.split())))
            return
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
        self._write([fence, *code.strip("\n").splitlines(), fence])

    def _write(self, block: list[str]) -> None:
        """Write lines, behind an empty one unless they follow another item of the same list."""
        inside = "".join("> " if each is None else each.inside for each in self._lists)
        outside = inside[: len(inside) - len(self._mark)]
        if self.lines and not self._is_tight():
            self.lines.append(outside.rstrip())
        self.lines.append(f"{outside}{self._mark}{block[0]}")
        self.lines += [f"{inside}{line}".rstrip() for line in block[1:]]
        self._mark = ""

    def _is_tight(self) -> bool:
        """Whether an item begins that follows another one, or stands in one."""
        innermost = self._lists[-1] if self._lists else None
        return bool(self._mark and innermost and (innermost.items > 1 or len(self._lists) > 1))

    def begin_quotation(self) -> None:
        """Begin a quotation."""
        self.end()
        if not self._tables:
            self._mark = ""
            self._lists.append(None)

    def end_quotation(self) -> None:
        """End a quotation."""
        self.end()
        if self._lists and self._lists[-1] is None:
            self._lists.pop()

    def begin_list(self, number: int | None) -> None:
        """Begin a list, with the number of its first item or with bullets."""
        self.end()
        if not self._tables:
            if self._mark and self._lists:  # an item that begins with a list: CommonMark writes both marks in a line
                self._write(["\u200b"])
            self._lists.append(_List(number))

    def begin_item(self) -> None:
        """Begin an item."""
        self.end()
        innermost = self._lists[-1] if self._lists else None
        if self._tables or innermost is None:
            return
        self._mark = "- " if innermost.number is None else f"{innermost.number}. "
        innermost.inside = " " * len(self._mark)
        innermost.items += 1
        if innermost.number is not None:
            innermost.number += 1

    def begun_by_term(self) -> bool:
        """Whether what comes goes on in the line of a term."""
        said = [piece for piece in self._said[-2:] if not piece.isspace()]
        return bool(said) and said[-1].endswith("**: ")

    def end_list(self) -> None:
        """End a list."""
        self.end()
        if not self._tables and self._lists and self._lists[-1] is not None:
            self._lists.pop()
            self._mark = ""

    # --- tables

    def begin_table(self) -> None:
        """Begin a table; one within a cell is part of the cell's text."""
        self.end()
        self._tables.append([])

    def begin_row(self) -> None:
        """Begin a row."""
        if self._tables:
            self._said.clear() if len(self._tables) == 1 else None
            self._tables[-1].append([])

    def end_cell(self) -> None:
        """End a cell."""
        if len(self._tables) == 1 and self._tables[-1]:
            cell = _in_one_line("".join(self._said)).strip(" ")
            self._tables[-1][-1].append(cell)
            self._said.clear()

    def end_table(self) -> None:
        """Write a table: its first row is the head."""
        rows = [row for row in (self._tables.pop() if self._tables else []) if row]
        if self._tables or not rows:
            return
        self._said.clear()
        width = max(map(len, rows))
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        self._write([lines[0], f"|{' --- |' * width}", *lines[1:]])
