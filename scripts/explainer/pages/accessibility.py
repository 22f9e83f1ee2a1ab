"""The accessibility statement: what was tested of the pages that the engine makes, what is known not to work, and when."""

from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.base.values import PartialDate
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage, Page

TRIED = PartialDate(2026, 11, 29)
"""The day on which what the engine makes was last tested as a whole: to be changed by whoever does so again."""
TESTED = ("checker", "heard", "browsers", "keys", "sizes", "schemes")
"""What was tested, by the keys of the words that say it."""
UNTESTED = ("people", "steps", "drawings", "letters", "anchors", "scripts", "elsewhere")
"""What is known not to work, or was not tried."""


@dataclass(frozen=True, slots=True)
class Accessibility:
    """Template data of the statement."""

    reviewed: PartialDate | None
    """When somebody last looked at the pages of this dossier."""
    tried: PartialDate = TRIED
    tested: tuple[str, ...] = TESTED
    untested: tuple[str, ...] = UNTESTED


def _page(library: Library) -> Page:
    return section_page(library, addresses.ACCESSIBILITY, Accessibility(library.dossier.access_reviewed))


def pages(library: Library) -> Iterator[LazyPage]:
    """The statement; a dossier adds to it in `content/site.yml`, under `sections`."""
    yield index(library, addresses.ACCESSIBILITY, partial(_page, library))
