"""Renders social cards: the preview images that other sites show with a link, for the pages with a card of their own.

Drawn as SVG and converted to PNG with the fonts bundled in vl-convert, so that no system font is needed.
"""

import base64
import hashlib
import html
from collections.abc import Iterator

from explainer.base.files import Output
from explainer.figures.drawing_cache import DrawingCache
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.page import LazyPage

WIDTH, HEIGHT = 1200, 630
"""Size in pixels that social networks recommend for cards."""
_SIZE = 76
_LINE = 28
"""Maximum number of characters of the title on a line."""
_LINES = 4
_GROUND, _INK, _PAPER, _ACCENT = "#17424a", "#1b2427", "#fdfcfa", "#b86a1b"


def outputs(library: Library, recipe: LazyPage, cache: DrawingCache) -> Iterator[Output]:
    """The PNG card of a page, if the page has one of its own."""
    if addresses.has_own_card(recipe.path):
        page = recipe.composed()
        drawing = card(library.dossier.title, page.title)
        yield Output(addresses.card(page.path), _png(drawing, cache), page.source)


def card(site: str, title: str) -> str:
    """The card of a page as SVG."""
    lines = _wrapped(title)
    size = _SIZE if len(lines) < _LINES else 62
    words = "".join(
        f'<text x="96" y="{236 + place * size * 1.14:.0f}" font-size="{size}" font-weight="bold" fill="{_INK}">{html.escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="Liberation Sans">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/><rect width="{WIDTH}" height="112" fill="{_GROUND}"/>'
        f'<rect y="112" width="{WIDTH}" height="8" fill="{_ACCENT}"/>'
        '<g fill="none" stroke-width="9"><circle cx="124" cy="56" r="24" stroke="#ffffff"/>'
        '<circle cx="148" cy="56" r="24" stroke="#f0b46a"/></g>'
        f'<text x="200" y="68" font-size="36" font-weight="bold" fill="#ffffff">{html.escape(_cut(site, 50))}</text>'
        f"{words}</svg>"
    )


def _wrapped(title: str) -> list[str]:
    """Wrap a title into lines; text that does not fit is cut off with an ellipsis."""
    lines: list[str] = []
    for word in title.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(_cut(word, _LINE))
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], _cut(" ".join(lines[_LINES - 1 :]), _LINE)]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _png(drawing: str, cache: DrawingCache) -> bytes:
    key = hashlib.sha256(f"card {drawing}".encode()).hexdigest()
    kept = cache.get(key)
    if kept is not None:
        return base64.b64decode(kept)
    import vl_convert

    made: bytes = vl_convert.svg_to_png(drawing)
    cache.put(key, base64.b64encode(made).decode())
    return made
