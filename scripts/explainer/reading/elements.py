"""The lines of a story, and the elements that a parser makes of them: what the replay of Python-Markdown works on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

TAB = " " * 4
"""The indentation that belongs to a list item."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line, or the rest of one, with the offset in the story of each of its characters."""

    text: str
    places: Sequence[int]

    def cut(self, count: int) -> "SourceLine":
        """The line without its first `count` characters."""
        return SourceLine(self.text[count:], self.places[count:])

    @property
    def place(self) -> int:
        """The offset of its first character that is not a space."""
        return self.places[len(self.text) - len(self.text.lstrip())]

    @property
    def inside(self) -> bool:
        """Whether it is indented far enough to belong to a list item."""
        return self.text.startswith(TAB)


def source_lines(text: str) -> Iterator[SourceLine]:
    """The lines of a text, with their tabs expanded as the parser does it."""
    start = 0
    for line in text.split("\n"):
        places: Sequence[int] = range(start, start + len(line) + 1)
        if "\t" in line:
            places = [
                place
                for place, char in zip(places, line, strict=False)
                for _ in range(_width(line, char, place - start))
            ]
            places.append(start + len(line))
        yield SourceLine(line.expandtabs(4), places)
        start += len(line) + 1


def _width(line: str, char: str, column: int) -> int:
    return 4 - len(line[:column].expandtabs(4)) % 4 if char == "\t" else 1


@dataclass(slots=True)
class Element:
    """An element of the rendered page, with the state that parsing the blocks after it depends on."""

    tag: str
    children: list["Element"] = field(default_factory=list)
    number: int = 1
    """The number that the next item of a numbered list gets."""
    text: bool = False
    """Whether it begins with text outside a paragraph."""

    @property
    def last(self) -> "Element | None":
        """Its last child, if it has any."""
        return self.children[-1] if self.children else None

    def add(self, tag: str) -> "Element":
        """Append a child and return it."""
        self.children.append(Element(tag))
        return self.children[-1]

    def joined(self, tag: str) -> "Element":
        """Its last child if that has the tag, otherwise a new one."""
        return self.last if self.last and self.last.tag == tag else self.add(tag)

    def loosen(self) -> "Element":
        """Move the text that it begins with into a paragraph; returns the element itself."""
        if self.text:
            self.children.insert(0, Element("p"))
            self.text = False
        return self


def tag_of(node: Element | None) -> str:
    """The tag of an element; empty for none."""
    return node.tag if node else ""


@dataclass(frozen=True, slots=True)
class Holders:
    """The elements that take in indented lines: items, and the lists that items are children of."""

    items: tuple[str, ...]
    lists: tuple[str, ...]

    def take(self, parent: Element) -> bool:
        """Whether an indented line below the last child of `parent` belongs to an item."""
        return parent.tag in self.items or tag_of(parent.last) in self.lists

    def innermost(self, parent: Element, level: int, deep: int) -> tuple[int, Element]:
        """Level and element of the last list or item, at most `deep` levels down, that begins at `level`."""
        within = parent
        while deep > level and within.last and within.last.tag in (*self.items, *self.lists):
            within = within.last
            level += within.tag in self.lists
        return level, within

    def item(self, parent: Element, within: Element) -> Element:
        """The item of the element `within` into which indented lines go; a new one if it has none."""
        if parent.tag in self.items:
            return parent.last if parent.last and parent.last.tag in self.lists else parent
        if within.tag in self.items:
            return within
        if within.last and within.last.tag in self.items:
            return within.last.loosen()
        return within.add(self.items[0])


HOLDERS = (Holders(("li",), ("ol", "ul")), Holders(("dd", "li"), ("dl", "ol", "ul")))
"""As the parser asks them: its lists first, then the extension's definition lists."""
