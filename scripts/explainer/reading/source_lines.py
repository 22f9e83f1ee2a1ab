"""Lines of a prose text in which every character keeps its offset, also behind tabs and the marks of lists and quotations."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from explainer.base.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line, or the rest of one, with the offset in the text of each of its characters and of its end."""

    text: str
    places: Sequence[int]

    def cut(self, count: int) -> "SourceLine":
        """The line without its first `count` characters."""
        return SourceLine(self.text[count:], self.places[count:]) if count else self

    def part(self, start: int, end: int) -> "SourceLine":
        """The characters from `start` to `end`."""
        return SourceLine(self.text[start:end], self.places[start : end + 1])

    def left(self) -> "SourceLine":
        """The line without the spaces that it begins with."""
        return self.cut(self.indent)

    @property
    def indent(self) -> int:
        """Number of spaces that it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def place(self) -> int:
        """The offset of its first character that is not a space."""
        return self.places[self.indent]


def source_lines(text: str) -> Iterator[SourceLine]:
    """The lines of a text, with tabs expanded to stops of four columns as CommonMark counts them."""
    start = 0
    for line in text.split("\n"):
        places: Sequence[int] = range(start, start + len(line) + 1)
        yield _expanded(line, places) if "\t" in line else SourceLine(line, places)
        start += len(line) + 1


def _expanded(line: str, places: Sequence[int]) -> SourceLine:
    words = line.rstrip(" \t")
    if "\t" in line[len(words) :]:  # only spaces at the very end break a line
        line = words + line[len(line.rstrip(" ")) :]
    shown: list[str] = []
    kept: list[int] = []
    for char, place in zip(line, places, strict=False):
        width = 4 - len(shown) % 4 if char == "\t" else 1
        shown += " " * width if char == "\t" else char
        kept += [place] * width
    return SourceLine("".join(shown), [*kept, places[len(line)]])


class Passage:
    """Consecutive lines as one text, which knows the offset of each of its characters in the source."""

    def __init__(self, lines: Sequence[SourceLine]) -> None:
        self.lines = lines
        self.text = lines[0].text if len(lines) == 1 else "\n".join(line.text for line in lines)
        self._starts: Sequence[int] = ()

    def place(self, index: int) -> int:
        """Offset in the source of the character at an index of the text."""
        if not self._starts:
            self._starts = [0, *accumulate(len(line.text) + 1 for line in self.lines[:-1])]
        within = bisect_right(self._starts, index) - 1
        line = self.lines[within]
        return line.places[min(index - self._starts[within], len(line.text))]
