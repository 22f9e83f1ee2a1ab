"""SVG text: sanitise and shorten Vega's output, and add a frame with the text for screen readers.

Only the elements and attributes in the allow-list below are kept: no style, no script, no URL, no id.
"""

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree as ET

_SPACE = "{http://www.w3.org/2000/svg}"
_KEPT = {
    "g": frozenset({"transform"}),
    "path": frozenset({"d", "fill", "stroke", "stroke-width", "stroke-dasharray", "transform"}),
    "line": frozenset(
        {"x1", "x2", "y1", "y2", "transform", "stroke", "stroke-width", "stroke-dasharray"},
    ),
    "text": frozenset(
        {"x", "y", "fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor", "transform"}
    ),
}
_MOVED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_PLAIN = {("text-anchor", "start"), ("font-weight", "normal"), ("stroke-width", "1"), ("transform", "translate(0,0)")}


def _rounded(text: str) -> str:
    """Round numbers to one decimal: a tenth of a pixel is finer than any screen shows."""

    def one(match: re.Match[str]) -> str:
        return f"{round(float(match.group()), 1) + 0.0:g}"

    return _NUMBER.sub(one, text)


def tidy(text: str) -> str:
    """Extract the allowed elements of Vega's SVG; raises ElementTree.ParseError if it is not valid XML."""
    root = ET.fromstring(text)  # noqa: S314 - our own converter wrote it, from a specification of ours
    return "".join(part for child in root for part in _written(child))


def _written(element: ET.Element) -> Iterator[str]:
    name = element.tag.removeprefix(_SPACE)
    if name not in _KEPT or element.get("display") == "none":
        return
    inside = "".join(part for child in element for part in _written(child))
    kept = {key: _rounded(value) for key, value in element.items() if key in _KEPT[name] and value}
    kept = {key: value.removesuffix("px") for key, value in kept.items() if (key, value) not in _PLAIN}
    if name == "g":
        if inside:
            yield f'<g transform="{escape(kept["transform"])}">{inside}</g>' if "transform" in kept else inside
        return
    if name == "text" and (moved := _MOVED.fullmatch(kept.get("transform", ""))):
        del kept["transform"]
        kept = {"x": moved[1], "y": moved[2], **kept}
    if name == "path" and (not kept.get("d") or not {"fill", "stroke"} & kept.keys()):
        return
    if name == "path":
        kept.setdefault("fill", "none")
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
    said = escape(element.text or "", quote=False)
    yield f"<{name}{attributes}>{said}{inside}</{name}>" if said or inside else f"<{name}{attributes}/>"


def framed(inside: str, *, ident: str, title: str, says: str, size: tuple[float, float], kind: str) -> str:
    """Wrap a drawing as one line of SVG; `ident` prefixes its ids, so that they are unique on a page."""
    width, height = (f"{value:g}" for value in size)
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-labelledby="{ident}-title {ident}-desc" data-search-exclude="">'
        f'<title id="{ident}-title">{escape(title)}</title><desc id="{ident}-desc">{escape(says)}</desc>{inside}</svg>'
    )
