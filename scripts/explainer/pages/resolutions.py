"""Pages of resolutions: one per resolution, and the index of their series."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from explainer.library import addresses
from explainer.library.editions import Pair, Version, pairs
from explainer.library.library import Library, sort_key
from explainer.pages.common import Related, index, own, related, section, story
from explainer.pages.page import LazyPage, Page
from explainer.pages.review import Choice, Counted, LineageEntry, choices, counted, line, versions_after
from explainer.records.resolution import Change, Provision, Resolution


@dataclass(frozen=True, slots=True)
class ResolutionPage:
    """Template data of the page of a resolution."""

    record: Resolution
    before: Resolution | None
    after: tuple[Resolution, ...]
    preambular: tuple[Provision, ...]
    operative: tuple[Provision, ...]
    dropped: tuple[Provision, ...]
    counted: Counted
    next: Mapping[str, tuple[Version, ...]]
    """Paragraph -> its versions in the editions that review this one."""
    pairs: tuple[Pair, ...]
    """The pages that compare this edition with another."""
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class SeriesSection:
    """The editions of one text, oldest first."""

    name: str | None
    editions: tuple[ResolutionPage, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every pair of editions that can be compared, once, grouped by the newer edition."""
        return choices(pair for item in self.editions for pair in item.pairs if pair.newer is item.record)


@dataclass(frozen=True, slots=True)
class ResolutionIndex:
    """Template data of the index of resolutions."""

    line: LineageEntry
    series: tuple[SeriesSection, ...]


def _compared(library: Library) -> Mapping[str, tuple[Pair, ...]]:
    """Edition -> the pages that compare it with another."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs(library):
        for edition in (pair.older, pair.newer):
            found[edition.id].append(pair)
    return {ident: tuple(every) for ident, every in found.items()}


def _page(library: Library, record: Resolution) -> ResolutionPage:
    compared = library.shared.get("compared editions", lambda: _compared(library))

    def part(prefix: str) -> tuple[Provision, ...]:
        return tuple(item for item in record.provisions if (item.paragraph or "").startswith(prefix))

    return ResolutionPage(
        record=record,
        before=library.get(Resolution, record.reviews) if record.reviews else None,
        after=library.related(record, Resolution, "reviews"),
        preambular=part("pp"),
        operative=part("op"),
        dropped=tuple(item for item in record.provisions if item.change is Change.DROPPED),
        counted=counted(record),
        next=versions_after(library, record),
        pairs=compared.get(record.id, ()),
        related=related(library, record, without=("resolution",)),
    )


def _story(library: Library, record: Resolution) -> Page:
    number = record.symbol.rpartition("RES/")[2]
    names = (record.id, record.symbol, number, f"RES/{number}", f"resolution {number}", record.title)
    return story(library, record, _page(library, record), names=names)


def _index(library: Library) -> Page:
    every = [_page(library, record) for record in library.all(Resolution)]
    by_series = sorted(
        every, key=lambda item: (item.record.series or "", item.record.edition or 0, sort_key(item.record.id))
    )
    series = [
        SeriesSection(name or None, tuple(group))
        for name, group in groupby(by_series, key=lambda item: item.record.series or "")
    ]
    ordered = tuple(sorted(series, key=lambda item: item.name is None))
    return section(library, "resolution", ResolutionIndex(line(library), ordered))


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per resolution, then the index."""
    for record in library.all(Resolution):
        yield own(library, record, partial(_story, library, record))
    yield index(library, addresses.SECTIONS["resolution"], partial(_index, library))
