"""The timeline: events by decade; of many, the whole texts with their sources on a page for each decade."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.kinds.event import Event
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.common import index, section
from explainer.pages.page import LazyPage, Page

LONG = 60
"""Largest number of events that stand on one page with their sources."""


@dataclass(frozen=True, slots=True)
class Year:
    """The events of one year."""

    year: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Decade:
    """The years of one decade that have events."""

    first: int
    years: tuple[Year, ...]
    page: str
    """The page with its events in full, relative to `docs/`; there is none where they all stand on the timeline itself."""

    @property
    def events(self) -> int:
        """The number of events."""
        return sum(len(year.events) for year in self.years)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Template data of the timeline."""

    decades: tuple[Decade, ...]
    spread: bool
    """Whether the texts with their sources stand on the pages of the decades."""


@dataclass(frozen=True, slots=True)
class DecadePage:
    """Template data of the page of a decade."""

    decade: Decade
    others: tuple[tuple[str, str, None], ...]
    """The name and the page of every decade, this one among them."""


def _firsts(library: Library) -> list[int]:
    """The first year of every decade that has events."""
    return library.shared.plain(
        "decades of events", lambda: sorted({event.date.start.year // 10 * 10 for event in library.all(Event)})
    )


def _decades(library: Library) -> Mapping[int, Decade]:
    years: defaultdict[int, list[Event]] = defaultdict(list)
    for event in sorted(library.all(Event), key=lambda item: (item.date, item.id)):
        years[event.date.start.year].append(event)
    found: defaultdict[int, list[Year]] = defaultdict(list)
    for year, events in sorted(years.items()):
        found[year // 10 * 10].append(Year(year, tuple(events)))
    return {first: Decade(first, tuple(every), _path(first)) for first, every in found.items()}


def _path(first: int) -> str:
    return f"{addresses.section(Event)}/{first}s.md"


def _by_decade(library: Library) -> Mapping[int, Decade]:
    return library.shared.get("events by decade", lambda: _decades(library))


def _is_spread(library: Library) -> bool:
    return len(library.all(Event)) > LONG


def _page(library: Library) -> Page:
    return section(library, "event", Timeline(tuple(_by_decade(library).values()), _is_spread(library)))


def _decade(library: Library, first: int) -> Page:
    every = _by_decade(library)
    words = library.words
    others = tuple((words("timeline.decade").format(first=other), _path(other), None) for other in _firsts(library))
    events = [event for year in every[first].years for event in year.events]
    return Page(
        path=_path(first),
        template="timeline-decade.md.j2",
        title=words("timeline.title").format(decade=words("timeline.decade").format(first=first)),
        description=words("timeline.decade-says").format(decade=words("timeline.decade").format(first=first)),
        data=DecadePage(every[first], others),
        files=tuple(sorted({library.document(event).path for event in events})),
        searched=False,
    )


def pages(library: Library) -> Iterator[LazyPage]:
    """The timeline, and a page for each decade where the events are many."""
    yield index(library, addresses.section(Event), partial(_page, library))
    if _is_spread(library):
        for first in _firsts(library):
            yield LazyPage(library, _path(first), partial(_decade, library, first))
