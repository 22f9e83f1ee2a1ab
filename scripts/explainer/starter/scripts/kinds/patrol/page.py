"""Pages of patrols: one per patrol, and the index of all, latest first.

A kind without this module gets the general page. It is here as an example: it adds the editions before and after.
"""

from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.library import addresses
from explainer.library.figure_states import FiguresShown, shown
from explainer.library.library import Library
from explainer.pages.charts import figure_lines
from explainer.pages.common import RelatedGroup, index, own, related, section, story
from explainer.pages.page import LazyPage, Page
from explainer.records.sourced import Figure

from .model import Patrol


@dataclass(frozen=True, slots=True)
class PatrolPage:
    """What the template `patrol.md.j2` is given as `data`."""

    record: Patrol
    before: Patrol | None
    after: Patrol | None
    figures: FiguresShown
    """Its figures: the newest of each measure large, and those of several dates."""
    related: tuple[RelatedGroup, ...]


@dataclass(frozen=True, slots=True)
class PatrolIndex:
    """What the template `patrol-index.md.j2` is given as `data`."""

    rows: tuple[tuple[Patrol, tuple[Figure, ...]], ...]
    """Each patrol, the latest first, with the figures that its row shows."""


def _by_date(library: Library) -> list[Patrol]:
    return sorted(library.all(Patrol), key=lambda item: (item.dates.start, item.id))


def _story(library: Library, record: Patrol) -> Page:
    family = [item for item in _by_date(library) if item.family == record.family]
    place = family.index(record)
    data = PatrolPage(
        record=record,
        before=family[place - 1] if place else None,
        after=family[place + 1] if place + 1 < len(family) else None,
        figures=shown(record.figures),
        related=related(library, record),
    )
    return story(library, record, data, graphics=figure_lines.of_figures(library, record))


def _index(library: Library) -> Page:
    latest = reversed(_by_date(library))
    return section(library, Patrol.KIND, PatrolIndex(tuple((record, shown(record.figures).large) for record in latest)))


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per patrol, then the index."""
    for record in library.all(Patrol):
        yield own(library, record, partial(_story, library, record))
    yield index(library, addresses.section(Patrol), partial(_index, library))
