"""A page a resolution, and the index of their series."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from explainer.library import Library, sort_key
from explainer.pages.page import Page
from explainer.pages.shared import Related, related, section, story
from explainer.records import Resolution
from explainer.records.resolution import Change, Provision


@dataclass(frozen=True, slots=True)
class Counted:
    """How many paragraphs a resolution has, and what became of those of the edition before."""

    preambular: int
    operative: int
    changes: tuple[tuple[Change, int], ...]


@dataclass(frozen=True, slots=True)
class ResolutionPage:
    """What the page of a resolution lays out."""

    record: Resolution
    before: Resolution | None
    after: tuple[Resolution, ...]
    preambular: tuple[Provision, ...]
    operative: tuple[Provision, ...]
    dropped: tuple[Provision, ...]
    counted: Counted
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The editions of one text, the oldest first."""

    name: str | None
    editions: tuple[ResolutionPage, ...]


@dataclass(frozen=True, slots=True)
class ResolutionIndex:
    """What the index of resolutions lays out."""

    series: tuple[Series, ...]


def _counted(record: Resolution) -> Counted:
    standing = [item for item in record.provisions if item.paragraph]
    changes = ((change, sum(item.change is change for item in record.provisions)) for change in Change)
    return Counted(
        preambular=sum(bool(item.paragraph) and str(item.paragraph).startswith("pp") for item in standing),
        operative=sum(bool(item.paragraph) and str(item.paragraph).startswith("op") for item in standing),
        changes=tuple((change, number) for change, number in changes if number),
    )


def _page(library: Library, record: Resolution) -> ResolutionPage:
    def part(prefix: str) -> tuple[Provision, ...]:
        return tuple(item for item in record.provisions if (item.paragraph or "").startswith(prefix))

    return ResolutionPage(
        record=record,
        before=library.get(Resolution, record.reviews) if record.reviews else None,
        after=library.related(record, Resolution, "reviews"),
        preambular=part("pp"),
        operative=part("op"),
        dropped=tuple(item for item in record.provisions if item.change is Change.DROPPED),
        counted=_counted(record),
        related=related(library, record, without=("resolution",)),
    )


def pages(library: Library) -> Iterator[Page]:
    """A page a resolution, then the index."""
    every = [_page(library, record) for record in library.all(Resolution)]
    for item in every:
        number = item.record.symbol.rpartition("RES/")[2]
        names = (item.record.id, item.record.symbol, number, f"RES/{number}", f"resolution {number}", item.record.title)
        yield story(library, item.record, item, names=names, boost=2)
    by_series = sorted(
        every, key=lambda item: (item.record.series or "", item.record.edition or 0, sort_key(item.record.id))
    )
    series = [
        Series(name or None, tuple(group))
        for name, group in groupby(by_series, key=lambda item: item.record.series or "")
    ]
    yield section(library, "resolution", ResolutionIndex(tuple(sorted(series, key=lambda item: item.name is None))))
