"""The part of a page that shows an edition of a text: its numbered parts, their descent, and the editions around it."""

import contextlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.figures.graphic import Graphic
from explainer.library import addresses
from explainer.library.editions import Pair, Version, pairs
from explainer.library.library import Library, sort_key
from explainer.pages.charts.editions_river import RiverView, of_series
from explainer.pages.comparing import Choices
from explainer.pages.lineage import Counted, LineageEntry, counted, line, versions_after
from explainer.records.editions import Change, Editions, Provision


@dataclass(frozen=True, slots=True)
class EditionParts:
    """Template data of an edition."""

    record: Editions
    before: Editions | None
    after: tuple[Editions, ...]
    groups: tuple[tuple[str, tuple[Provision, ...]], ...]
    """Key of a group and its parts, in the order of the text; without the groups that it lacks."""
    dropped: tuple[Provision, ...]
    counted: Counted
    next: Mapping[str, tuple[Version, ...]]
    """Paragraph -> its versions in the editions that review this one."""
    pairs: tuple[Pair, ...]
    """The pages that compare this edition with another."""


@dataclass(frozen=True, slots=True)
class SeriesSection:
    """The editions of one text, oldest first."""

    name: str | None
    editions: tuple[EditionParts, ...]
    river: Graphic | None
    """Every part through the editions, where there are two or more."""

    @property
    def choices(self) -> Choices:
        """Every pair of editions that can be compared, once."""
        return Choices(tuple(pair for item in self.editions for pair in item.pairs if pair.newer is item.record))


@dataclass(frozen=True, slots=True)
class EditionIndex:
    """Template data of the index of a kind whose records are editions."""

    line: LineageEntry
    series: tuple[SeriesSection, ...]
    kind: str
    groups: tuple[str, ...]
    """The keys of the groups of parts."""
    dated: str
    """The head of the column of dates."""

    @property
    def graphics(self) -> tuple[Graphic, ...]:
        """The drawings of the series."""
        return tuple(item.river for item in self.series if item.river)


def parts_of(library: Library, record: Editions) -> EditionParts:
    """Template data of an edition."""
    compared = library.shared.get("compared editions", lambda: _compared(library))
    return EditionParts(
        record=record,
        before=library.get(record.__class__, record.reviews) if record.reviews else None,
        after=library.related(record, record.__class__, "reviews"),
        groups=tuple(_by_group(record)),
        dropped=tuple(item for item in record.provisions if item.change is Change.DROPPED),
        counted=counted(record),
        next=versions_after(library, record),
        pairs=compared.get(record.key, ()),
    )


def _by_group(record: Editions) -> Iterator[tuple[str, tuple[Provision, ...]]]:
    """The key of each group of parts that a text has, and its parts."""
    standing = [item for item in record.provisions if item.paragraph]
    for group in record.PARTS.groups:
        if items := tuple(item for item in standing if _group(record, item) == group):
            yield group, items


def _group(record: Editions, item: Provision) -> str:
    return record.PARTS.split(item.paragraph or "")[0]


def _compared(library: Library) -> Mapping[tuple[str, str], tuple[Pair, ...]]:
    """Edition -> the pages that compare it with another."""
    found: defaultdict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs(library):
        for edition in (pair.older, pair.newer):
            found[edition.key].append(pair)
    return {key: tuple(every) for key, every in found.items()}


def index_of(library: Library, model: type[Editions]) -> EditionIndex:
    """Template data of the index of a kind whose records are editions: the lineage of the text, and its series."""
    every = (parts_of(library, record) for record in library.all(model))
    by_series = sorted(
        every, key=lambda item: (item.record.series or "", item.record.edition or 0, sort_key(item.record.id))
    )
    series = [_section(library, model, name or None, tuple(group)) for name, group in groupby(by_series, key=_series)]
    ordered = tuple(sorted(series, key=lambda item: item.name is None))
    return EditionIndex(line(library), ordered, model.KIND, model.PARTS.groups, _dated(library.words, model))


def _section(
    library: Library, model: type[Editions], name: str | None, editions: tuple[EditionParts, ...]
) -> SeriesSection:
    drawn = of_series(library, name, [item.record for item in editions])
    return SeriesSection(name, editions, drawn.graphic(RiverView(addresses.index(model))) if drawn else None)


def _dated(words: Language, model: type[Editions]) -> str:
    """What a kind calls the date of an edition: its own word, where its catalogue has one, the name of the field, or the engine's."""
    for key in (f"{model.KIND}-page.adopted", f"fields-shown.{model.KIND}.{model.DATE}.name"):
        with contextlib.suppress(KeyError):
            return words(key)
    return words("editions.adopted")


def _series(item: EditionParts) -> str:
    return item.record.series or ""
