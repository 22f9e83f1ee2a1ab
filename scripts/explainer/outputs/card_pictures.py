"""SVG -> PNG for social cards and for figures, with a font that a dependency brings, so that every machine draws the same letters.

MkDocs ships Lato, for Latin, Greek and Cyrillic letters, as WOFF: https://www.w3.org/TR/WOFF/. The rasteriser reads only
the unpacked form. Letters of other scripts come from the fonts of the machine.
"""

import contextlib
import functools
import struct
import tempfile
import unicodedata
import zlib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import resvg_py

FAMILY = "Lato"
_FILES = "mkdocs/themes/readthedocs/css/fonts/lato-{}.woff"
_WEIGHTS = ("normal", "bold")
_MISSING = "\U0010fffd"
"""A character for private use, for which a font shows the sign of a missing glyph."""


def png(drawing: str, *, system_fonts: bool = False, width: int | None = None) -> bytes:
    """Rasterise a drawing; with `system_fonts`, letters that the font lacks are looked up in those of the machine.

    `width` is that of the picture in dots, if it is not that of the drawing.
    """
    with contextlib.ExitStack() as files:
        fonts = files.enter_context(_font_files()) if "<text" in drawing else []
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=drawing,
                width=width,
                skip_system_fonts=not system_fonts,
                font_files=fonts,
                font_family=FAMILY,
                sans_serif_family=FAMILY,
            )
        )


@contextlib.contextmanager
def _font_files() -> Iterator[list[str]]:
    """The font in its weights as files, which the rasteriser reads."""
    with tempfile.TemporaryDirectory() as folder:
        for weight in _WEIGHTS:
            Path(folder, f"{weight}.ttf").write_bytes(font(weight))
        yield [str(Path(folder, f"{weight}.ttf")) for weight in _WEIGHTS]


def needs_system_fonts(text: str) -> bool:
    """Whether a text has a letter that the font lacks."""
    return not all(_is_drawn(char, system_fonts=False) for char in _letters(text))


def is_drawable(text: str) -> bool:
    """Whether there is a glyph for every letter of a text, in the font or in those of the machine."""
    return not needs_system_fonts(text) or all(_is_drawn(char, system_fonts=True) for char in _letters(text))


def _letters(text: str) -> set[str]:
    """The characters that need a glyph: not spaces, marks that join a letter, and control characters."""
    return {char for char in text if not char.isascii() and unicodedata.category(char)[0] not in "CMZ"}


@functools.lru_cache(maxsize=10_000)
def _is_drawn(char: str, *, system_fonts: bool) -> bool:
    """Whether a character looks different from one that no font has."""
    return _probe(char, system_fonts=system_fonts) != _probe(_MISSING, system_fonts=system_fonts)


def _probe(char: str, *, system_fonts: bool) -> bytes:
    return png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" font-family="{FAMILY}" font-weight="bold">'
        f'<text x="8" y="28" font-size="20">{char}</text></svg>',
        system_fonts=system_fonts,
    )


@functools.cache
def font(weight: str) -> bytes:
    """The font in a weight, unpacked: a header, a directory of tables, and the tables, each at a multiple of four bytes."""
    # By the distribution: a generator that takes the place of MkDocs puts its own modules under that name.
    data = Path(str(metadata.distribution("mkdocs").locate_file(_FILES.format(weight)))).read_bytes()
    flavour, count = struct.unpack_from(">4xI4xH", data)
    power = count.bit_length() - 1
    head = [struct.pack(">IHHHH", flavour, count, 16 << power, power, 16 * count - (16 << power))]
    body: list[bytes] = []
    place = 12 + 16 * count
    for entry in range(count):
        tag, offset, packed, length, checksum = struct.unpack_from(">4sIIII", data, 44 + 20 * entry)
        table = data[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        head.append(struct.pack(">4sIII", tag, checksum, place, length))
        body.append(table + bytes(-length % 4))
        place += len(body[-1])
    return b"".join(head + body)
