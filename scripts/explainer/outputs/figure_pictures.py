"""Figures as files to take along: each drawing as SVG, a chart as PNG too, with title, source and licence in the picture.

A map is no PNG: its coasts take ten times the bytes of a chart, and most of the time in which all are drawn.
"""

import re
from collections.abc import Iterator

from explainer.base.files import Output
from explainer.figures.graphic import Graphic
from explainer.figures.standalone import WIDTH, Told, standalone
from explainer.library import addresses, places
from explainer.library.library import Library
from explainer.outputs.card_pictures import needs_system_fonts, png
from explainer.outputs.chart_layers import lettered
from explainer.outputs.kept_pictures import ELSEWHERE, is_elsewhere, kept_or_drawn
from explainer.pages.page import LazyPage, Page

_SCALE = 2
"""Dots of the picture for a unit of the drawing."""
_MARKUP = re.compile(r"<[^>]*>")


def outputs(library: Library, recipe: LazyPage) -> Iterator[Output]:
    """The files of the figures of a page; where several pages show one, those of the first stand."""
    page = recipe.composed()
    library = library.speaking(page.path.partition("/")[0])
    for graphic in page.drawings:
        drawing = standalone(graphic, _told(library, page, graphic))
        if drawing:
            yield Output(graphic.svg, drawing.encode(), page.source)
        if drawing and graphic.has_png and is_elsewhere(graphic.png):
            yield Output(graphic.png, ELSEWHERE, page.source)
        elif drawing and graphic.has_png:
            yield Output(graphic.png, _picture(drawing), page.source)


def _picture(drawing: str) -> bytes:
    """A drawing as PNG; one with letters that only the fonts of the machine have is drawn whole, and not kept."""
    width, system = WIDTH * _SCALE, needs_system_fonts(_MARKUP.sub("", drawing))
    return kept_or_drawn(
        f"lettered {width} {drawing}",
        lambda: png(drawing, system_fonts=True, width=width) if system else lettered(drawing, width),
        keep=not system,
    )


def _told(library: Library, page: Page, graphic: Graphic) -> Told:
    """What the files of a figure say of themselves."""
    words, dossier = library.words, library.dossier
    named = dossier.title if page.path == addresses.HOME else f"{dossier.title}: {page.title}"
    return Told(
        source=words("graphic.file.source").format(source=named),
        licence=words("graphic.file.licence").format(licence=dossier.licence),
        address=places.whole(library, f"{addresses.hosted(page.path)}#figure-{graphic.id}"),
        language=library.language,
        from_right=words.from_right,
    )
