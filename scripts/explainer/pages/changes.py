"""The page of what is new: by month, day and kind, the newest first, with the feeds that tell of it."""

import itertools
from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.base.values import PartialDate
from explainer.data import changes_json, feeds, news
from explainer.data.news import DayNews
from explainer.library import addresses
from explainer.library.library import Library
from explainer.library.releases import Release
from explainer.pages.common import index, section_page
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class MonthNews:
    """The days of a month on which records changed, the newest first."""

    month: PartialDate
    days: tuple[DayNews, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Template data of the page of what is new."""

    months: tuple[MonthNews, ...]
    feeds: tuple[tuple[str, str], ...]
    """Path and title of each feed."""
    json: str
    """The path of the same as JSON."""
    editions: tuple[Release, ...] = ()
    """The editions of the site, the newest first."""


def _changes(library: Library) -> Changes:
    months = itertools.groupby(news.days(library), key=lambda item: PartialDate(item.day.year, item.day.month))
    return Changes(
        tuple(MonthNews(month, tuple(days)) for month, days in months),
        feed_links(library),
        changes_json.PATH,
        library.releases.every,
    )


def feed_links(library: Library) -> tuple[tuple[str, str], ...]:
    """Path and title of each feed."""
    return tuple((feeds.path(name), feeds.title(library, name)) for name in feeds.names(library))


def _page(library: Library) -> Page:
    return section_page(library, addresses.CHANGES, _changes(library))


def pages(library: Library) -> Iterator[LazyPage]:
    """The page of what is new, where there is a history or an edition."""
    if library.history.passages or library.releases.every:
        yield index(library, addresses.CHANGES, partial(_page, library))
