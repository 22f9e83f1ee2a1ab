"""Renders social cards: the preview images that other sites show with a link, for the pages with a card of their own.

A card is drawn as SVG and converted to PNG. A text for which no font has the letters is left out rather than shown as
boxes; the emblem and the colours always stand.
"""

import html
from collections.abc import Iterator

from explainer.base.files import Output
from explainer.figures.palette import AMBER, INK, OCHRE, PAPER, PETROL, WHITE
from explainer.library import addresses
from explainer.library.library import Library
from explainer.outputs.card_pictures import FAMILY, is_drawable, needs_system_fonts, png
from explainer.pages.page import LazyPage

WIDTH, HEIGHT = 1200, 630
"""Size in pixels that social networks recommend for cards."""
_SIZE = 76
_LINE = 28
"""Maximum number of characters of the title on a line."""
_LINES = 4


def outputs(library: Library, recipe: LazyPage) -> Iterator[Output]:
    """The PNG card of a page, if the page has one of its own."""
    if addresses.has_own_card(recipe.path):
        page = recipe.composed()
        site, title = (text if is_drawable(text) else "" for text in (library.dossier.title, page.title))
        picture = png(card(site, title or site), system_fonts=needs_system_fonts(site + title))
        yield Output(addresses.card(page.path), picture, page.source)


def card(site: str, title: str) -> str:
    """The card of a page as SVG."""
    lines = _wrapped(title)
    size = _SIZE if len(lines) < _LINES else 62
    words = (
        f'<text x="96" y="{236 + place * size * 1.14:.0f}" font-size="{size}" fill="{INK}">{html.escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="{FAMILY}" font-weight="bold">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/><rect width="{WIDTH}" height="112" fill="{PETROL}"/>'
        f'<rect y="112" width="{WIDTH}" height="8" fill="{OCHRE}"/>'
        f'<g fill="none" stroke-width="9"><circle cx="124" cy="56" r="24" stroke="{WHITE}"/>'
        f'<circle cx="148" cy="56" r="24" stroke="{AMBER}"/></g>'
        f'<text x="200" y="68" font-size="36" fill="{WHITE}">{html.escape(_cut(site, 50))}</text>'
        f"{''.join(words)}</svg>"
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
