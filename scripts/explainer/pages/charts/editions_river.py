"""The river of a text: every part through its editions, and what became of it."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from explainer.base.dataclass import dataclass
from explainer.base.language import Language
from explainer.figures.graphic import Cell, Graphic, Key, Table
from explainer.figures.river import EditionColumn, Place, Strand, river
from explainer.kinds.theme import Theme
from explainer.library import addresses
from explainer.library.comparison import ComparedParagraph, Comparison
from explainer.library.editions import FIRST, Version, part_in_words, series
from explainer.library.library import Library
from explainer.pages.charts.alternatives import alternative, valued
from explainer.records.editions import Change, Editions, Provision

MOST = 12
"""Number of editions that are drawn; of a longer series, the newest."""


@dataclass(frozen=True, slots=True)
class RiverView:
    """How a page shows a river: the whole with links to every part, unless it says otherwise."""

    page: str
    """The page, relative to `docs/`."""
    leads: Callable[[Version], str] | None = None
    """The relative address to which the strand of a part leads; empty for one that is only scenery."""
    start: Editions | None = None
    """The edition in which the strands that matter begin: the way to its own parts is scenery."""
    says: str = ""
    """What it shows where that is not the whole."""
    small: bool = False


class River:
    """The editions of one text, oldest first, with the place of every part."""

    def __init__(self, library: Library, name: str, editions: Sequence[Editions]) -> None:
        """Index the parts of at least two editions."""
        self._library = library
        self._words: Language = library.words
        self._name = name
        self.editions = tuple(editions)[-MOST:]
        self._at = {edition.id: place for place, edition in enumerate(self.editions)}
        self._places = {edition.id: dict(self._placed(edition)) for edition in self.editions}
        self.versions = tuple(Version(edition, item) for edition in self.editions for item in edition.provisions)
        """Every part of every edition, and those that were dropped."""

    @property
    def id(self) -> str:
        """The id of the drawing of all parts."""
        return f"editions-{self._name}"

    def _placed(self, edition: Editions) -> Iterator[tuple[str, Place]]:
        """Each part of an edition, and its place."""
        counts = [0] * len(edition.PARTS.groups)
        for item in edition.provisions:
            if item.paragraph:
                group = edition.PARTS.groups.index(edition.PARTS.split(item.paragraph)[0])
                yield item.paragraph, (self._at[edition.id], group, counts[group])
                counts[group] += 1

    def graphic(self, view: RiverView) -> Graphic:
        """The drawing on a page."""
        words, last = self._words, self.editions[-1]
        counts = Counter(version.mark for version in self.versions)
        sizes = [len(self._places[edition.id]) for edition in self.editions]
        groups = [words(f"{last.KIND}-page.parts.{group}") for group in last.PARTS.groups]
        told = became(words, counts)
        shares = self._groups(groups)
        says = words("graphic.river.small" if view.small else "graphic.river.says").format(groups=shares, **told)
        growth = words("graphic.river.title" if sizes[0] != sizes[-1] else "graphic.river.title-same").format(
            first=words.number(sizes[0]), last=words.number(sizes[-1]), n=words.number(len(sizes))
        )
        return Graphic(
            id=self.id,
            title=shares if view.small else growth,
            says=view.says or says,
            drawing=river(list(self._columns(sizes)), groups, self._strands(view), small=view.small),
            table=self.table(self.versions),
            kinds=(last.KIND,),
            records=len(self.editions),
            legend=tuple(Key(f"strand-{mark}", words("mark-word", mark)) for mark in map(str, Change) if counts[mark]),
            alternative=self._alternative(view),
        )

    def _groups(self, names: Sequence[str]) -> str:
        """The number of parts in each group, in the first edition and in the last."""
        words = self._words
        first, last = (self._counts(edition) for edition in (self.editions[0], self.editions[-1]))
        return words("joint.semicolon").join(
            words("graphic.river.group" if before != after else "graphic.river.group-same").format(
                group=name, first=words.number(before), last=words.number(after)
            )
            for name, before, after in zip(names, first, last, strict=True)
        )

    def _counts(self, edition: Editions) -> list[int]:
        """The number of parts of an edition in each group."""
        found = Counter(group for _, group, _ in self._places[edition.id].values())
        return [found[place] for place in range(len(edition.PARTS.groups))]

    def _alternative(self, view: RiverView) -> str:
        """Each edition with its number of parts; where only some matter, with the number of those."""
        strong = [version for version in self.versions if view.leads is None or view.leads(version)]
        counts = Counter(version.edition.id for version in strong if version.provision.paragraph)
        numbers = ((edition.short, self._words.number(counts[edition.id])) for edition in self.editions)
        return alternative(self._words, "river-part" if view.leads else "river", valued(self._words, numbers))

    def _columns(self, sizes: Sequence[int]) -> Iterator[EditionColumn]:
        names = _short([edition.short for edition in self.editions])
        for edition, name, size in zip(self.editions, names, sizes, strict=True):
            year = str(edition.when.start.year) if edition.when else ""
            yield EditionColumn(name, year, tuple(self._counts(edition)), self._words.number(size))

    def _strands(self, view: RiverView) -> Iterator[Strand]:
        for version in self.versions:
            at, before = self._way(version)
            if at is None:
                continue
            href = view.leads(version) if view.leads else self.href(view.page, version)
            says = self._says(version) if href else ""
            if href and view.start and version.edition.id == view.start.id:
                yield Strand(at, before, version.mark, "")
                yield Strand(at, None, FIRST, says, href)
            else:
                yield Strand(at, before, version.mark, says, href)

    def _way(self, version: Version) -> tuple[Place | None, Place | None]:
        """The place of a part and of the one before; of a part that was dropped, the place that it had."""
        edition, item = version.edition, version.provision
        former = self._places.get(edition.reviews or "", {}).get(item.follows or "")
        if item.paragraph is None:
            return former, None
        return self._places[edition.id][item.paragraph], former

    def _says(self, version: Version) -> str:
        item, words = version.provision, self._words
        name = part_in_words(self._words, version.edition, item.paragraph) if item.paragraph else self._former(version)
        return words("graphic.river.strand").format(
            edition=version.edition.short, part=name, mark=words("mark-word", version.mark), theme=self._theme(item)
        )

    def _theme(self, item: Provision) -> str:
        return self._library.get(Theme, item.theme).label

    def _former(self, version: Version) -> str:
        return part_in_words(self._words, version.edition, version.provision.follows or "")

    def href(self, page: str, version: Version) -> str:
        """The address of a part, relative to that of a page of the site."""
        there = addresses.page(version.edition) or page
        return addresses.hosted_way(page, there, version.provision.paragraph or "dropped")

    def table(self, versions: Iterable[Version]) -> Table:
        """Parts of editions, each with what became of it."""
        rows: list[tuple[Cell, ...]] = [
            (
                version.edition,
                part_in_words(self._words, version.edition, item.paragraph) if item.paragraph else None,
                self._words("mark-word", version.mark),
                part_in_words(self._words, version.edition, item.follows) if item.follows else None,
                self._library.get(Theme, item.theme),
            )
            for version in versions
            for item in [version.provision]
        ]
        return Table(("edition", "part", "change", "follows", "theme"), tuple(rows))


def became(words: Language, counts: Mapping[str, int]) -> dict[str, str]:
    """What becomes of parts -> of how many it did, in words, by the number of parts of each mark."""
    each = ((mark, counts.get(mark, 0)) for mark in map(str, Change))
    return {mark: words.phrase(f"graphic.river.became.{mark}", n).format(n=words.number(n)) for mark, n in each}


def _short(names: Sequence[str]) -> list[str]:
    """Names without the whole words, or parts up to a slash, with which all of them begin."""
    start = posixpath.commonprefix(list(names))
    start = start[: max(start.rfind(" "), start.rfind("/")) + 1]
    return [name.removeprefix(start) for name in names]


def of_series(library: Library, name: str | None, editions: Sequence[Editions]) -> River | None:
    """The river of a series of texts; None for texts that are no series, or with fewer than two that are recorded."""
    recorded = [edition for edition in editions if edition.provisions]
    if name is None or len(recorded) < 2:
        return None
    return library.shared.get(f"river of {name}", lambda: River(library, name, recorded))


def of_theme(library: Library, theme: Theme, name: str | None, editions: Sequence[Editions]) -> Graphic | None:
    """The paragraphs on a theme among all others of a series, for its page."""
    page, drawn = addresses.page(theme), of_series(library, name, editions)
    if page is None or drawn is None:
        return None
    says = library.words("graphic.river.theme").format(theme=theme.label)

    def leads(version: Version) -> str:
        return drawn.href(page, version) if version.provision.theme == theme.id else ""

    return drawn.graphic(RiverView(page, leads, says=says))


def of_pair(library: Library, comparison: Comparison) -> Graphic | None:
    """The paragraphs of two editions on the way from one to the other, for the page that compares them."""
    pair = comparison.pair
    found = next((item for item in series(library) if pair.older in item.editions), None)
    drawn = of_series(library, found.name, found.editions) if found else None
    if drawn is None or not {edition.id for edition in pair.editions} <= {edition.id for edition in drawn.editions}:
        return None
    anchors = dict(_anchors(reversed((*comparison.rows, *comparison.gone, *comparison.passing))))
    view = RiverView(
        pair.path,
        lambda version: f"#{anchors[_key(version)]}" if _key(version) in anchors else "",
        start=pair.older,
        says=library.words("graphic.river.pair").format(older=pair.older.name, newer=pair.newer.name),
        small=True,
    )
    return drawn.graphic(view)


def _key(version: Version) -> tuple[str, str | None, str | None]:
    """What a part of an edition is told from the others by."""
    item = version.provision
    return version.edition.id, item.paragraph, None if item.paragraph else item.follows


def _anchors(rows: Iterable[ComparedParagraph]) -> Iterator[tuple[tuple[str, str | None, str | None], str]]:
    """Each part that a row of a comparison shows, and the place of the row; of several, the last counts."""
    for row in rows:
        for version in (row.older, *row.steps):
            if version:
                yield _key(version), row.anchor


def longest(library: Library) -> River | None:
    """The river of the series with the most recorded editions; None if there is none."""
    found = [(item.name, item.editions) for item in series(library)]
    rivers = [drawn for name, editions in found if (drawn := of_series(library, name, editions))]
    return max(rivers, key=lambda drawn: len(drawn.editions)) if rivers else None
