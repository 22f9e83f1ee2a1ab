"""The editions of the site that were frozen: a page that lists them, and one for each with what changed since the one before."""

from collections.abc import Iterator
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.data import news
from explainer.data.news import KindNews
from explainer.library import addresses
from explainer.library.history import RecordDay
from explainer.library.library import Library
from explainer.library.releases import Release
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class SiteEdition:
    """Template data of the page of an edition."""

    release: Release
    heading: str
    """The words above what changed."""
    kinds: tuple[KindNews, ...]
    """What changed since the edition before, kind by kind."""


@dataclass(frozen=True, slots=True)
class SiteEditions:
    """Template data of the page that lists the editions."""

    every: tuple[Release, ...]


def _edition(library: Library, release: Release) -> Page:
    words = library.words
    passages = [RecordDay(release.frozen, item) for item in release.changes]
    says = words("site-editions.frozen" if release.since else "site-editions.first")
    return Page(
        path=release.page,
        template="site-edition.md.j2",
        title=words("site-editions.name").format(version=release.version),
        description=says.format(date=words.day(release.frozen)),
        data=SiteEdition(
            release,
            words("site-editions.changed").format(version=release.since),
            tuple(news.by_kind(library, passages)),
        ),
        searched=False,
    )


def _editions(library: Library) -> Page:
    words = library.words
    return Page(
        path=addresses.EDITIONS,
        template="site-editions.md.j2",
        title=words("site-editions.title"),
        description=words("site-editions.summary"),
        data=SiteEditions(library.releases.every),
    )


def pages(library: Library) -> Iterator[LazyPage]:
    """The pages of editions, where there are any."""
    if library.releases.every:
        yield LazyPage(library, addresses.EDITIONS, partial(_editions, library))
    for release in library.releases.every:
        yield LazyPage(library, release.page, partial(_edition, library, release))
