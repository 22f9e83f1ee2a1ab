"""The timeline: events by year."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from explainer.kinds.event import Event
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import index, section
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class Year:
    """The events of one year."""

    year: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Template data of the timeline."""

    years: tuple[Year, ...]


def _timeline(library: Library) -> Timeline:
    by_year: defaultdict[int, list[Event]] = defaultdict(list)
    for event in sorted(library.all(Event), key=lambda item: (item.date, item.id)):
        by_year[event.date.start.year].append(event)
    return Timeline(tuple(Year(year, tuple(events)) for year, events in sorted(by_year.items())))


def _page(library: Library) -> Page:
    return section(library, "event", _timeline(library), wide=True)


def pages(library: Library) -> Iterator[LazyPage]:
    """The timeline."""
    yield index(library, addresses.section(Event), partial(_page, library))
