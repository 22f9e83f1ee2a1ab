"""Draws a card in layers, in a quarter of the time that its whole SVG takes.

Outlines of letters and the packing of dots are what takes resvg its time. Here FreeType sets the letters, through Pillow,
with the font that `card_pictures` unpacks; resvg draws only what is no text: the band with the emblem, once a process,
and the part of the card that holds the drawing of a record. The dots are packed with the zlib of Python, not that of
Pillow, whose bytes depend on the processor.
"""

from __future__ import annotations

import functools
import io
import struct
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from explainer.outputs.card_pictures import font, png

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_LEVEL = 3
"""How hard zlib tries: a card, which no reader of the site loads, takes a tenth more bytes than at 4, in six tenths of the time."""


class Line(NamedTuple):
    """A line of bold text; the place is that of its start on the base line, in units of the card."""

    text: str
    x: float
    y: float
    size: int
    colour: str


class DrawnField(NamedTuple):
    """A drawing as two sheets of SVG, and its place and width in units of the card, which are whole dots of the picture."""

    x: int
    y: int
    width: int
    ground: str
    """The lower sheet, which many cards have in common and which is drawn once a process; empty if there is none."""
    drawing: str


def layered(ground: str, field: DrawnField | None, lines: Iterable[Line], *, width: int, units: int) -> bytes:
    """The PNG of a card: its ground, which is drawn once a process, the field with a drawing, and the text over both.

    `width` is that of the card in dots, `units` the same in units of the card.
    """
    from PIL import ImageDraw

    scale = width / units
    picture = _ground(ground, width).copy()
    if field:
        picture.paste(_drawn(field, round(field.width * scale)), (round(field.x * scale), round(field.y * scale)))
    draw = ImageDraw.Draw(picture)
    for line in lines:
        place = (line.x * scale, line.y * scale)
        draw.text(place, line.text, fill=line.colour, font=_face(line.size * scale), anchor="ls")
    return _packed(picture)


def _drawn(field: DrawnField, width: int) -> Image:
    """The picture of a field, `width` dots wide."""
    if not field.ground:
        return _image(field.drawing, width)
    picture, above = _ground(field.ground, width).copy(), _image(field.drawing, width, mode="RGBA")
    picture.paste(above, mask=above)
    return picture


@functools.lru_cache(maxsize=16)
def _ground(markup: str, width: int) -> Image:
    return _image(markup, width)


def _image(markup: str, width: int, *, mode: str = "RGB") -> Image:
    from PIL import Image

    return Image.open(io.BytesIO(png(markup, width=width)), formats=["PNG"]).convert(mode)


@functools.lru_cache(maxsize=64)
def _face(size: float) -> FreeTypeFont:
    from PIL import ImageFont

    # The other layout engine is there or not, as the machine has a library or not, and sets letters elsewhere.
    return ImageFont.truetype(io.BytesIO(font("bold")), size, layout_engine=ImageFont.Layout.BASIC)


def _packed(picture: Image) -> bytes:
    """A picture as PNG, without any filter, which plain colours do not need: https://www.w3.org/TR/png-3/."""
    width, height = picture.size
    dots = picture.tobytes()
    rows = b"".join(b"\0" + dots[at : at + 3 * width] for at in range(0, len(dots), 3 * width))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, _LEVEL)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
