"""Sets lines of text into a picture with FreeType, through Pillow, and packs its dots as PNG.

Outlines of letters and the packing of dots are what takes resvg most of its time. The dots are packed with the zlib of
Python, not that of Pillow, whose bytes depend on the processor.
"""

from __future__ import annotations

import functools
import io
import struct
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from explainer.outputs.card_pictures import font, png

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_LEVEL = 3
"""How hard zlib tries: a picture takes a tenth more bytes than at 4, in six tenths of the time."""
_STRIP = 512
"""Rows that are packed at once."""
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
"""What Pillow calls a place on the base line."""


class Line(NamedTuple):
    """A line of text; the place is that of its start, middle or end on the base line, in the units of its drawing."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    weight: Literal["normal", "bold"] = "bold"
    anchor: Literal["start", "middle", "end"] = "start"
    halo: str = ""
    """The colour around the letters; empty if there is none."""
    halo_width: float = 0
    """How far it reaches beyond them, in the units of the drawing."""


def write(picture: Image, lines: Iterable[Line], scale: float) -> None:
    """Set lines of text into a picture that has `scale` dots for a unit of their drawing."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    for line in lines:
        place, anchor = (line.x * scale, line.y * scale), _ANCHORS[line.anchor]
        face = _face(line.size * scale, line.weight)
        if line.halo:
            wide = round(line.halo_width * scale)
            draw.text(place, line.text, fill=line.halo, font=face, anchor=anchor, stroke_width=wide)
        draw.text(place, line.text, fill=line.colour, font=face, anchor=anchor)


@functools.lru_cache(maxsize=64)
def _face(size: float, weight: str) -> FreeTypeFont:
    from PIL import ImageFont

    # The other layout engine is there or not, as the machine has a library or not, and sets letters elsewhere.
    return ImageFont.truetype(io.BytesIO(font(weight)), size, layout_engine=ImageFont.Layout.BASIC)


def drawn(markup: str, width: int, *, mode: str = "RGB") -> Image:
    """The picture of a drawing without letters, `width` dots wide."""
    from PIL import Image

    return Image.open(io.BytesIO(png(markup, width=width)), formats=["PNG"]).convert(mode)


def packed(picture: Image) -> bytes:
    """A picture as PNG, without any filter, which plain colours do not need: https://www.w3.org/TR/png-3/."""
    width, height = picture.size
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", _compressed(picture)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _compressed(picture: Image) -> bytes:
    """The dots of a picture row by row, each behind the sign that it has no filter; of a tall one a strip at a time is held."""
    width, height = picture.size
    pack = zlib.compressobj(_LEVEL)
    found = []
    for top in range(0, height, _STRIP):
        dots = picture.crop((0, top, width, min(height, top + _STRIP))).tobytes()
        found.append(
            pack.compress(b"".join(b"\0" + dots[at : at + 3 * width] for at in range(0, len(dots), 3 * width)))
        )
    return b"".join((*found, pack.flush()))
