"""Renders social cards: the preview images that other sites show with a link, for the pages with a card of their own.

A card is laid out as lines of text over a ground and a drawing, and drawn in those layers; one with letters that only the
fonts of the machine have is written as SVG and drawn whole. A text for which no font has the letters is left out rather
than shown as boxes; the emblem and the colours always stand.
"""

import functools
import html
import math
from collections.abc import Iterator
from dataclasses import replace

from explainer.base.dataclass import dataclass
from explainer.base.files import Output
from explainer.figures.draw import layers
from explainer.figures.graphic import Graphic
from explainer.figures.palette import AMBER, COLOURS, INK, OCHRE, PAPER, PETROL, WHITE
from explainer.figures.picture_style import STYLE
from explainer.figures.standalone import UNCUT, alone, balanced, lighter, text_width
from explainer.figures.svg import number
from explainer.library.library import Library
from explainer.outputs.card_layers import DrawnField, layered
from explainer.outputs.card_pictures import FAMILY, is_drawable, needs_system_fonts, png
from explainer.outputs.kept_pictures import ELSEWHERE, is_elsewhere, kept_or_drawn
from explainer.outputs.lettering import Line
from explainer.pages.card_text import CardText, card_text
from explainer.pages.page import LazyPage
from explainer.records.signs import FIELD

WIDTH, HEIGHT = 800, 420
"""Size in pixels: two thirds of what social networks recommend, in the same shape, for half the bytes and half the time."""
_FIELD_WIDTH, _FIELD_HEIGHT = 1200, 630
"""Units in which a card is laid out."""
_LEFT, _TOP = 64, 182
_SIZE, _SMALLER = 76, 62
"""Size of the title; the second one where it takes four lines."""
_LINES = 4
_FIELD = (620, 164, 516, 420)
"""Left, top, width and height of the drawing."""
_BESIDE = 50
"""Size of a title beside a drawing."""
_TOLD, _TOLD_LINES = 24, 3
"""Size of the finding above a drawing, and its most lines."""
_SUMMARY, _SUMMARY_LINE = 38, 51
"""Size of what a section holds, and from one line of it to the next."""
_SMALLEST = 28
"""Size below which an amount is cut rather than made smaller."""
_FADE = 90
"""How much of a drawing that goes on below fades out."""


_PAPER = f'<rect width="{_FIELD_WIDTH}" height="{_FIELD_HEIGHT}" fill="{PAPER}"/>'
_GROUND = (
    f'{_PAPER}<rect width="{_FIELD_WIDTH}" height="112" fill="{PETROL}"/>'
    f'<rect y="112" width="{_FIELD_WIDTH}" height="8" fill="{OCHRE}"/>'
    f'<g fill="none" stroke-width="9"><circle cx="92" cy="56" r="24" stroke="{WHITE}"/>'
    f'<circle cx="116" cy="56" r="24" stroke="{AMBER}"/></g>'
)
"""What every card shows."""
_DOTS = 3
"""A multiple of this many units is a whole number of dots."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it is laid out."""

    ground: str
    """The SVG below the text: the band and the emblem, and the sign of a record."""
    map_ground: str
    """The SVG of what many drawings have in common, below the drawing; empty if it has nothing in common with others."""
    drawing: str
    """The SVG of the drawing; empty if there is none."""
    part: tuple[int, int, int, int]
    """Left, top, width and height of what the drawing takes, in whole dots."""
    lines: tuple[Line, ...]

    @property
    def svg(self) -> str:
        """The whole card as SVG."""
        x, y, width, height = self.part
        place = f'x="{x}" y="{y}" width="{width}" height="{height}" viewBox="{x} {y} {width} {height}"'
        drawn = f"<svg {place}>{self.map_ground}{self.drawing}</svg>" if self.drawing else ""
        return _sheet(f"{self.ground}{''.join(map(_text, self.lines))}{drawn}")

    def png(self, *, system_fonts: bool) -> bytes:
        """The whole card as PNG; with `system_fonts`, letters that the font lacks are looked up in those of the machine."""
        if system_fonts:
            return png(self.svg, system_fonts=True, width=WIDTH)
        field = self._field() if self.drawing else None
        return layered(_sheet(self.ground), field, self.lines, width=WIDTH, units=_FIELD_WIDTH)

    def _field(self) -> DrawnField:
        x, y, width, _ = self.part
        if not self.map_ground:
            return DrawnField(x, y, width, "", _sheet(f"{_PAPER}{self.drawing}", self.part))
        return DrawnField(x, y, width, _sheet(f"{_PAPER}{self.map_ground}", self.part), _sheet(self.drawing, self.part))


def outputs(library: Library, recipe: LazyPage) -> Iterator[Output]:
    """The PNG card of a page, if the page has one of its own."""
    page = recipe.composed()
    if page.has_own_card and is_elsewhere(page.card):
        yield Output(page.card, ELSEWHERE, page.source)
    elif page.has_own_card:
        text = _drawable(card_text(library.speaking(page.path.partition("/")[0]), page))
        told = text.drawing.title if text.drawing else ""
        every = " ".join(
            (text.site, text.title, text.section, text.summary, told, *(part for pair in text.numbers for part in pair))
        )
        system, laid_out = needs_system_fonts(every), card(text)
        data = kept_or_drawn(laid_out.svg, lambda: laid_out.png(system_fonts=system), keep=not system)
        yield Output(page.card, data, page.source)


def _drawable(text: CardText) -> CardText:
    """A text without what no font has the letters of."""
    site, title, section = (part if is_drawable(part) else "" for part in (text.site, text.title, text.section))
    numbers = tuple(pair for pair in text.numbers if is_drawable("".join(pair)))
    drawing = text.drawing
    if drawing and not is_drawable(drawing.title):
        drawing = replace(drawing, title="")
    summary = text.summary if is_drawable(text.summary) else ""
    return replace(
        text, site=site, title=title or site, section=section, numbers=numbers, drawing=drawing, summary=summary
    )


def card(text: CardText) -> Card:
    """The card of a page."""
    left = _FIELD[0] - _LEFT - 24 if text.drawing else _FIELD_WIDTH - 2 * _LEFT
    titles, size = _title(text, left)
    y = _TOP + (24 if text.section else 0) + size * 0.9
    lines = [Line(_cut(text.site, 44 if text.sign else 50), 168, 68, 36, WHITE)]
    lines += [Line(line, _LEFT, y + place * size * 1.14, size, INK) for place, line in enumerate(titles)]
    if text.section:
        lines.append(Line(text.section, _LEFT, _TOP, 30, COLOURS["accent"].light))
    lines += _numbers(text, y + len(titles) * size * 1.14, left)
    lines += _summary(text, y + len(titles) * size * 1.14, left)
    below = f"{_GROUND}{_sign(text.sign)}"
    if not text.drawing:
        return Card(below, "", "", (0, 0, 0, 0), tuple(lines))
    told, ground, drawing, part = _drawn(text.drawing)
    return Card(below, ground, drawing, part, (*lines, *told))


def _sheet(inside: str, part: tuple[int, int, int, int] = (0, 0, _FIELD_WIDTH, _FIELD_HEIGHT)) -> str:
    """The SVG of a card, or of a part of it: left, top, width and height."""
    x, y, width, height = part
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{x} {y} {width} {height}" font-family="{FAMILY}" font-weight="bold">{inside}</svg>'
    )


def _title(text: CardText, room: float) -> tuple[list[str], int]:
    """The lines of the title and its size; what does not fit is cut off with an ellipsis."""
    size = _BESIDE if text.drawing else _SIZE
    lines = balanced(text.title, size, room)
    if len(lines) >= _LINES and size == _SIZE:
        size = _SMALLER
        lines = balanced(text.title, size, room)
    if len(lines) <= _LINES:
        return lines, size
    longest = max(len(line) for line in lines)
    rest = " ".join(lines[_LINES - 1 :])
    return [*lines[: _LINES - 1], _cut(rest, longest)], size


def _numbers(text: CardText, top: float, room: float) -> Iterator[Line]:
    """The figures below the title: beside each other, or below each other beside a drawing, as many as there is room for."""
    if text.drawing:
        y = top + 40
        for amount, what in text.numbers:
            if y + 34 > _FIELD_HEIGHT - 30:
                return
            yield _amount(amount, _LEFT, y, 44, room)
            yield Line(_cut(what, 36), _LEFT, y + 34, 26, COLOURS["muted"].light)
            y += 100
    elif top < _FIELD_HEIGHT - 130:
        wide = room / max(1, len(text.numbers))
        for place, (amount, what) in enumerate(text.numbers):
            yield _amount(amount, _LEFT + place * wide, 530, 52, wide - 16)
            yield Line(_cut(what, int(wide / 15)), _LEFT + place * wide, 574, 26, COLOURS["muted"].light)


def _summary(text: CardText, top: float, room: float) -> Iterator[Line]:
    """What a section holds, below its title, as much as there is room for."""
    lines = balanced(text.summary, _SUMMARY, room) if text.summary else []
    fits = max(0, int((_FIELD_HEIGHT - 30 - top) / _SUMMARY_LINE) + 1)
    if fits < len(lines):
        lines = [*lines[: fits - 1], f"{lines[fits - 1]}…"] if fits else []
    for place, line in enumerate(lines):
        yield Line(line, _LEFT, top + place * _SUMMARY_LINE, _SUMMARY, COLOURS["muted"].light)


def _amount(amount: str, x: float, y: float, size: int, room: float) -> Line:
    """An amount, smaller where there is no room for it, and cut where it would be too small."""
    fits = int(size * room / text_width(amount, size, bold=True))
    size = min(size, max(_SMALLEST, fits))
    return Line(_cut(amount, int(room / text_width("0", size, bold=True))), x, y, size, PETROL)


def _sign(lines: str) -> str:
    """The record's pictogram, at the end of the band."""
    if not lines:
        return ""
    return (
        f'<svg x="{_FIELD_WIDTH - _LEFT - 72}" y="20" width="72" height="72" viewBox="0 0 {FIELD} {FIELD}">'
        f'<path d="{lines}" fill="none" stroke="{WHITE}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def _drawn(graphic: Graphic) -> tuple[list[Line], str, str, tuple[int, int, int, int]]:
    """What a drawing finds, the drawing below in two layers, and the part of the card that it takes.

    Of a tall drawing this is as much as there is room for at a size that can be made out.
    """
    ground, inside, (width, height) = layers(lighter(graphic))
    x, y, wide, tall = _FIELD
    found = balanced(graphic.title, _TOLD, wide)[:_TOLD_LINES] if graphic.title else []
    told = [Line(line, x, y + place * _TOLD * 1.25 + 8, _TOLD, INK) for place, line in enumerate(found)]
    head = round(len(told) * _TOLD * 1.25 + 8)
    y, tall = y + head, tall - head
    seen = min(height, width * tall / wide * 1.25)
    frame = (
        f'{STYLE}<svg x="{x}" y="{y}" width="{wide}" height="{tall}" '
        f'viewBox="0 0 {number(width)} {number(seen)}" preserveAspectRatio="xMinYMin meet" font-weight="normal"{UNCUT}>'
    )
    faded = _faded(y + tall) * (seen < height)
    field = (x, y, wide, min(tall, seen * wide / width))
    part = _in_dots(*field)
    above = f"{frame}{alone(inside)}</svg>{faded}{_framed(field, part)}"
    return told, f"{frame}{_alone(ground)}</svg>" * bool(ground), above, part


def _in_dots(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    """The least part of a card around another that is a whole number of dots from the edges: left, top, width and height."""
    left, top = (int(side // _DOTS) * _DOTS for side in (x, y))
    right, bottom = (math.ceil(side / _DOTS) * _DOTS for side in (x + width, y + height))
    return left, top, right - left, bottom - top


def _framed(field: tuple[float, float, float, float], part: tuple[int, int, int, int]) -> str:
    """Paper over what a part of a card shows beyond the field of its drawing.

    A clip would do the same, but for that the rasteriser draws on a sheet of its own and lays a mask over it.
    """
    inner, outer = (f"M{x} {y}h{wide}v{number(tall)}h-{wide}z" for x, y, wide, tall in (field, part))
    return f'<path d="{outer}{inner}" fill-rule="evenodd" style="fill:{PAPER}"/>'


@functools.lru_cache(maxsize=8)
def _alone(ground: str) -> str:
    return alone(ground)


def _faded(foot: float) -> str:
    """What lets a drawing fade out towards its foot, since it goes on below."""
    x, _, wide, _ = _FIELD
    stops = f'<stop offset="0" stop-color="{PAPER}" stop-opacity="0"/><stop offset="1" stop-color="{PAPER}"/>'
    return (
        f'<linearGradient id="veil" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient>'
        f'<rect x="{x}" y="{number(foot - _FADE)}" width="{wide}" height="{_FADE}" style="fill:url(#veil)"/>'
    )


def _text(line: Line) -> str:
    """A line as SVG."""
    return (
        f'<text x="{number(line.x)}" y="{number(line.y)}" font-size="{line.size}" style="fill:{line.colour}">'
        f"{html.escape(line.text, quote=False)}</text>"
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
