"""Draws a chart that is a file of its own in two layers, in 0.6 of the time that its whole SVG takes.

resvg draws what is no text, and only as high as that reaches: title, source and licence stand above and below it. The
letters are set above it (`lettering`), where the SVG has them and as its style sheet says.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from explainer.figures.palette import WHITE
from explainer.figures.picture_style import STYLE
from explainer.outputs.card_pictures import png
from explainer.outputs.lettering import Line, drawn, packed, write

_SVG = "{http://www.w3.org/2000/svg}"
_TEXT = re.compile(r"<text\b[^>]*>[^<]*</text>")
_EXTENT = re.compile(r'height="[^"]*" viewBox="[^"]*"')
_KNOWN = frozenset({"x", "y", "class", "style", "text-anchor", "font-size", "font-weight"})
"""Attributes of a text that are followed."""
_SIMPLE = re.compile(r"(text)?(?:\.([\w-]+))?\{([^{}]*)")
"""A rule for texts: of all, of a class, or of those of a class; then what it says."""
_SIZE = 16.0
"""The font size of SVG where none is given: https://www.w3.org/TR/css-fonts-4/#valdef-font-size-medium."""
_MARGIN = 8
"""How far a stroke may reach beyond its element, in units."""


class _Place(NamedTuple):
    """Where an element's own units lie on the sheet, and the font size that it inherits."""

    scale: float
    x: float
    y: float
    size: float


def lettered(sheet: str, width: int) -> bytes:
    """The PNG of a sheet, `width` dots wide: an SVG of `figures.standalone` whose letters the font has.

    One with letters that are set in a way that is not followed here is drawn whole.
    """
    from PIL import Image

    root = ET.fromstring(sheet)  # noqa: S314 - drawn by this program, which escapes what records say
    turned = root.get("direction") or any(part.get("transform") for part in root.iter())
    if turned or not all(map(_is_followed, root.iter(f"{_SVG}text"))):
        return png(sheet, width=width)
    units, height = float(root.attrib["width"]), float(root.attrib["height"])
    scale = width / units
    top, foot = _reach(root, height)
    extent = f'height="{foot - top}" viewBox="0 {top} {units:g} {foot - top}"'
    body = drawn(_EXTENT.sub(extent, _TEXT.sub("", sheet), count=1), width)
    picture = Image.new("RGB", (width, round(height * scale)), WHITE)
    picture.paste(body, (0, round(top * scale)))
    del body  # of a tall chart it takes as much as the picture
    write(picture, _lines(root, _Place(1, 0, 0, _SIZE)), scale)
    return packed(picture)


def _is_followed(text: ET.Element) -> bool:
    """Whether a text has nothing but what is followed here: its place, a colour, and a halo that is drawn before it."""
    says = _style(text.get("class", ""), text.get("style", ""))
    halo = says.get("stroke", "none") == "none" or says.get("paint-order") == "stroke"
    return not len(text) and _KNOWN.issuperset(text.keys()) and says["fill"].startswith("#") and halo


def _reach(root: ET.Element, height: float) -> tuple[int, int]:
    """From where to where a sheet has more than its ground and text, in whole units."""
    spans = [
        (float(part.attrib["y"]), float(part.attrib["height"]))
        for part in root
        if {"y", "height"}.issubset(part.keys())
    ]
    return (
        max(0, int(min(y for y, _ in spans)) - _MARGIN),
        min(int(height), int(max(y + tall for y, tall in spans)) + _MARGIN),
    )


def _lines(element: ET.Element, place: _Place) -> Iterator[Line]:
    """The texts in an element, in the units of the sheet."""
    size = float(element.get("font-size", place.size))
    place = place._replace(size=size)
    if element.tag == f"{_SVG}text":
        yield _line(element, place)
    if element.tag == f"{_SVG}svg" and element.get("x"):
        wide = float(element.get("viewBox", f"0 0 {element.attrib['width']}").split()[2])
        x, y = (float(element.attrib[side]) * place.scale for side in "xy")
        place = _Place(place.scale * float(element.attrib["width"]) / wide, place.x + x, place.y + y, size)
    for child in element:
        yield from _lines(child, place)


def _line(text: ET.Element, place: _Place) -> Line:
    says = _style(text.get("class", ""), text.get("style", ""))
    anchor = text.get("text-anchor", "start")
    return Line(
        text.text or "",
        place.x + float(text.attrib["x"]) * place.scale,
        place.y + float(text.attrib["y"]) * place.scale,
        place.size * place.scale,
        says["fill"],
        "bold" if text.get("font-weight", says.get("font-weight")) == "700" else "normal",
        "middle" if anchor == "middle" else "end" if anchor == "end" else "start",
        says.get("stroke", "").replace("none", ""),
        float(says.get("stroke-width", 0)) / 2 * place.scale,
    )


@functools.lru_cache(maxsize=256)
def _style(classes: str, own: str) -> dict[str, str]:
    """What the style sheet says of a text of some classes, the more special rule last, and then what it says itself."""
    names = {"", *classes.split()}
    rules = [rule for rule in _rules() if (rule[1] or "") in names]
    rules.sort(key=lambda rule: (bool(rule[1]), bool(rule[0])))
    return dict(said for rule in (*(rule[2] for rule in rules), own) for said in _declared(rule))


@functools.cache
def _rules() -> list[tuple[str, str, str]]:
    """The rules for texts: the element or nothing, the class or nothing, what is declared."""
    rules = STYLE.removeprefix("<style>").split("}")
    return [(found[1], found[2], found[3]) for rule in rules if (found := _SIMPLE.fullmatch(rule))]


def _declared(rule: str) -> Iterator[tuple[str, str]]:
    """The properties of a rule with their values."""
    for said in filter(None, rule.split(";")):
        name, _, value = said.partition(":")
        yield name.strip(), value.strip()
