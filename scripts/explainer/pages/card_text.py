"""What the preview card of a page shows besides its title: the section, the record's first figures, its first drawing."""

from collections.abc import Iterator

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Graphic, Matrix
from explainer.kinds.measure import Measure
from explainer.library import addresses, figure_words, sections
from explainer.library.figure_states import shown
from explainer.library.library import Library
from explainer.pages.page import Page
from explainer.records.traits import WithFigures, WithSign

_NUMBERS = 3
"""As many figures as there is room for."""


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card shows."""

    site: str
    title: str
    section: str = ""
    """The title of the section; empty for an index, which has it for a title."""
    numbers: tuple[tuple[str, str], ...] = ()
    """The amount of a figure in words, and what is counted."""
    drawing: Graphic | None = None
    sign: str = ""
    """The lines of the record's pictogram."""
    summary: str = ""
    """What the section holds, on the card of a section that shows nothing else."""

    @property
    def says(self) -> str:
        """The same as text, for those who do not see it."""
        told = [f"{amount} {what}" for amount, what in self.numbers]
        return ". ".join(filter(None, [self.title, *told, self.drawing.title if self.drawing else "", self.summary]))


def card_text(library: Library, page: Page) -> CardText:
    """What the card of a page shows; `library` speaks the language of the page."""
    site, words, section = library.dossier.title, library.words, page.path.partition("/")[0]
    name = "" if page.path == addresses.HOME else sections.title(library.dossier, words, section)
    if not page.has_own_card:
        return CardText(site, name)
    numbers = tuple(_numbers(library, page))
    drawing = next((item for item in page.drawings if not isinstance(item.drawing, Matrix)), None)
    above = "" if addresses.is_index(page.path) else name
    sign = (page.record.sign or "") if isinstance(page.record, WithSign) else ""
    summary = "" if drawing or numbers else _summary(page)
    return CardText(site, page.title, above, numbers, drawing, sign, summary)


def _numbers(library: Library, page: Page) -> Iterator[tuple[str, str]]:
    """The first figures of the record of a page: each amount in words, and what is counted."""
    figures = shown(page.record.figures).large if isinstance(page.record, WithFigures) else ()
    for figure in figures[:_NUMBERS]:
        measure = library.get(Measure, figure.measure)
        what = figure_words.after(library.words, measure, figure, library.language)
        yield figure_words.amount(library.words, measure, figure), what


def _summary(page: Page) -> str:
    """What a section holds, of its index."""
    return page.description if addresses.is_index(page.path) and page.path != addresses.HOME else ""
