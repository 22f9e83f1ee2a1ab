"""Finds labels of a drawing that lie over each other or leave its field, by widths of letters as in common sans-serif fonts."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple
from xml.etree import ElementTree as ET

from explainer.pages.charts.basics import words_in

_SVG = "{http://www.w3.org/2000/svg}"
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] ·’‘-1"), frozenset("mwMW—@%")
_SIZE = 13.0
_BARS = frozenset({"exact", "inexact", "vague"})
_TOUCH = 1.0
"""Units by which two labels may lie over each other: less than the room around a letter."""
_CLEAR = 3.0
"""Units that are free around a bar, so that the sign before a number is not read as part of it."""


LONGEST_TITLE = 12
"""Number of words of the longest title of a picture, for a name or two that are long in themselves."""


class Label(NamedTuple):
    """Where a label stands."""

    says: str
    left: float
    top: float
    right: float
    bottom: float


def width(text: str, size: float, *, bold: bool) -> float:
    """The width of a text, as Lato and its like set it."""
    every = sum(
        0
        if unicodedata.combining(char)
        else 0.3
        if char in _NARROW
        else 0.86
        if char in _WIDE
        else 0.66
        if char.isupper()
        else 0.54
        for char in text
    )
    return every * size * (1.05 if bold else 1)


def labels(drawing: str) -> tuple[list[Label], float, float]:
    """The labels of a drawing, and the width and height of its field."""
    root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    _, _, wide, high = (float(side) for side in root.attrib["viewBox"].split())
    return [_label(element) for element in root.iter() if element.tag.removeprefix(_SVG) == "text"], wide, high


def bars(drawing: str) -> list[Label]:
    """The bars of a drawing with what is free at both ends; nothing is written on them."""
    root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    found = (element for element in root.iter(f"{_SVG}rect") if _BARS & {*element.get("class", "").split()})
    sides = ((float(element.attrib[side]) for side in ("x", "y", "width", "height")) for element in found)
    more = _CLEAR + _TOUCH
    return [Label("a bar", x - more, y, x + width + more, y + height) for x, y, width, height in sides]


def _label(element: ET.Element) -> Label:
    classes = element.get("class", "").split()
    says = element.text or ""
    wide = width(says, _SIZE, bold="strong" in classes)
    x, y = float(element.attrib["x"]), float(element.attrib["y"])
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
    return Label(says, left, y - _SIZE * 0.72, left + wide, y + _SIZE * 0.2)


def not_at_a_glance(titles: Iterable[str]) -> dict[str, int]:
    """The titles of pictures that are too long, or end like a sentence, with their numbers of words."""
    sizes = {title: words_in(title) for title in titles}
    return {title: size for title, size in sizes.items() if size > LONGEST_TITLE or title.endswith((".", "。", "۔"))}


def faults(drawing: str) -> Iterator[str]:
    """What is wrong with the labels of a drawing."""
    found, wide, high = labels(drawing)
    for label in found:
        if label.left < -_TOUCH or label.right > wide + _TOUCH or label.top < -_TOUCH or label.bottom > high + _TOUCH:
            yield f"{label.says} leaves the drawing"
    pairs = (*combinations(found, 2), *product(found, bars(drawing)))
    yield from (f"{one.says} lies over {other.says}" for one, other in pairs if _overlap(one, other))


def _overlap(one: Label, other: Label) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > _TOUCH and down > _TOUCH
