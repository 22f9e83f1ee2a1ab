"""A figure as a file that stands alone: the drawing with its title, its legend, where it comes from and the licence.

It is one SVG on a light ground, with the colours written in and whatever plain font the program has that shows it. Widths of
text are estimated, and lines broken accordingly, as in the drawings themselves.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from explainer.base.dataclass import dataclass
from explainer.figures.draw import marks
from explainer.figures.graphic import Graphic, Key, Map
from explainer.figures.palette import COLOURS, PETROL, WHITE
from explainer.figures.picture_style import STYLE
from explainer.figures.svg import number
from explainer.figures.swatches import SWATCHES

WIDTH = 480
"""Width of the file in units; charts are drawn wider than on a page, maps smaller."""
_EDGE = 20
UNCUT = ' overflow="visible"'
"""Attribute of a drawing within another that stays in its field: where it could be cut, the rasteriser draws it on a sheet of its own."""
_EM = 0.56
"""Usual width of a character by its font's size; bold is wider."""
_BOLD = 1.1
_LINK = re.compile(r"<a\b([^>]*)>")
_CLASS = re.compile(r' class="[^"]*"')
_PATTERN = re.compile(r' fill="url\(#x-step-\d\)"')
_UNMARKED = re.compile(r'<(path|circle)((?: (?:d|cx|cy|r)="[^"]*")+)><title>[^<]*</title></\1>')


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of itself besides its figure."""

    source: str
    """Where it comes from, with the word for it."""
    licence: str
    address: str
    """Where the figure stands."""
    language: str
    from_right: bool = False
    """Whether the script runs from right to left."""


def alone(marks_of: str) -> str:
    """Marks without what is of use only on the site: links are groups, patterns that stand once on a page are left out.

    The names of countries that a map does not mark, which a pointer shows, would be half of the file.
    """
    marks_of = _UNMARKED.sub(r"<\1\2/>", marks_of)
    found = _LINK.sub(lambda link: f"<g{''.join(_CLASS.findall(link[1])[:1])}>", marks_of)
    return _PATTERN.sub("", found.replace("</a>", "</g>"))


def lighter(graphic: Graphic) -> Graphic:
    """A graphic with the outlines of a map as they are drawn in a file of its own."""
    drawing = graphic.drawing
    return replace(graphic, drawing=replace(drawing, coarse=True)) if isinstance(drawing, Map) else graphic


def standalone(graphic: Graphic, told: Told) -> str:
    """A graphic as a file of SVG; empty for a matrix."""
    inside, (width, height) = marks(lighter(graphic))
    if not inside:
        return ""
    sheet = _Sheet(told)
    sheet.words(graphic.title, 20, bold=True)
    sheet.words(graphic.says, 14)
    sheet.drawing(alone(inside), width, height, "" if isinstance(graphic.drawing, Map) else UNCUT)
    sheet.legend(graphic.legend)
    sheet.rule()
    for line in (told.source, told.licence, told.address):
        sheet.words(line, 11, role="muted")
    return sheet.file(graphic.title, graphic.alternative or graphic.says)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is."""
    return len(text) * size * _EM * (_BOLD if bold else 1)


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> Iterator[str]:
    """The lines of a text in the room that there is; a word that is longer than a line is broken."""
    most = max(8, int(room / (size * _EM * (_BOLD if bold else 1))))
    line = ""
    for word in text.split():
        for piece in _pieces(word, most):
            if line and len(line) + 1 + len(piece) > most:
                yield line
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    if line:
        yield line


def _pieces(word: str, most: int) -> Iterator[str]:
    """A word in pieces for lines of `most` characters: an address breaks after a sign where it can."""
    while len(word) > most:
        sign = max(word.rfind(each, most // 2, most) for each in "/#-") + 1
        yield word[: sign or most]
        word = word[sign or most :]
    yield word


def balanced(text: str, size: float, room: float) -> list[str]:
    """The lines of a title, as few as there can be, and none much shorter than the others."""
    lines = list(wrapped(text, size, room, bold=True))
    longest = max(map(len, text.split()), default=0)
    narrower = (list(wrapped(text, size, room * part / 20, bold=True)) for part in range(19, 7, -1))
    as_many = [tried for tried in narrower if len(tried) == len(lines) and max(map(len, tried), default=0) >= longest]
    return as_many[-1] if as_many else lines


class _Sheet:
    """A file that is filled from its top."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.y: float = _EDGE
        self.parts: list[str] = []

    def words(self, text: str, size: int, *, bold: bool = False, role: str = "ink") -> None:
        """Lines of text."""
        weight = ' font-weight="700"' if bold else ""
        room = WIDTH - 2 * _EDGE
        for line in balanced(text, size, room) if bold else wrapped(text, size, room):
            self.y += size * 1.3
            self.parts.append(
                f'<text x="{self._start()}" y="{number(self.y - size * 0.3)}" font-size="{size}"{weight}'
                f' style="fill:{COLOURS[role].light}">{escape(line, quote=False)}</text>'
            )
        self.y += size * 0.3

    def drawing(self, inside: str, width: float, height: float, edge: str) -> None:
        """The drawing, as wide as there is room, with its own units; `edge` says whether what is beyond its field is shown."""
        room = WIDTH - 2 * _EDGE
        tall = room * height / width
        self.y += 8
        self.parts.append(
            f'<svg x="{_EDGE}" y="{number(self.y)}" width="{room}" height="{number(tall)}" '
            f'viewBox="0 0 {number(width)} {number(height)}" direction="ltr"{edge}>{inside}</svg>'
        )
        self.y += tall + 12

    def legend(self, keys: Sequence[Key]) -> None:
        """The keys beside each other, in as many rows as they need; a long one has lines of its own."""
        room = WIDTH - 2 * _EDGE
        used = 0.0
        for key in keys:
            first, *rest = wrapped(key.label, 13, room - 26) if key.label else [""]
            wide = 26 + text_width(first, 13) + 14
            if used == 0 or used + wide > room:
                used = 0
                self.y += 22
            self.parts.append(self._key(key, first, used))
            for line in rest:
                self.y += 18
                self.parts.append(self._label(line, used))
            used += room if rest else wide
        self.y += 8 if keys else 0

    def _label(self, text: str, used: float) -> str:
        x = WIDTH - _EDGE - used - 22 if self.told.from_right else _EDGE + used + 22
        return f'<text x="{number(x)}" y="{number(self.y)}" font-size="13">{escape(text, quote=False)}</text>'

    def _key(self, key: Key, label: str, used: float) -> str:
        mark = WIDTH - _EDGE - used - 16 if self.told.from_right else _EDGE + used
        return (
            f'<svg x="{number(mark)}" y="{number(self.y - 13)}" width="16" height="16"{UNCUT}>'
            f"{alone(SWATCHES[key.swatch])}</svg>{self._label(label, used)}"
        )

    def rule(self) -> None:
        """A line across, before what the file says of itself."""
        self.y += 10
        self.parts.append(
            f'<rect x="{_EDGE}" y="{number(self.y)}" width="{WIDTH - 2 * _EDGE}" height="2" fill="{PETROL}"/>'
        )
        self.y += 8

    def file(self, title: str, says: str) -> str:
        """The whole file."""
        height = number(self.y + _EDGE - 8)
        way = ' direction="rtl"' if self.told.from_right else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
            f'role="img" xml:lang="{escape(self.told.language)}" font-family="sans-serif"{way}>'
            f"<title>{escape(title)}</title><desc>{escape(says)}</desc>{STYLE}"
            f'<rect width="{WIDTH}" height="{height}" fill="{WHITE}"/>{"".join(self.parts)}</svg>\n'
        )

    def _start(self) -> int:
        return WIDTH - _EDGE if self.told.from_right else _EDGE
