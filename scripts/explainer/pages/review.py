"""Comparison pages: themes by edition, a theme over time, two editions side by side, and the lineage of a text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter

from explainer.base.values import Dates
from explainer.figures.graphic import Graphic
from explainer.kinds.theme import Theme
from explainer.library import addresses
from explainer.library.comparison import Comparison
from explainer.library.editions import Pair, Version, pairs, series
from explainer.library.library import Library
from explainer.library.loaded_record import Key
from explainer.pages.charts.editions_river import of_theme
from explainer.pages.common import RelatedGroup, describe, index, own, related, section
from explainer.pages.page import LazyPage, Page
from explainer.records.editions import Change, Editions
from explainer.records.record import Record
from explainer.records.sourced import Citation
from explainer.records.traits import Dated

WIDE = 8
"""Largest number of columns of a table of themes; with more, it is shown as cards on every screen."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Number of the parts of a text by group, and of its changes to the edition before."""

    groups: tuple[tuple[str, int], ...]
    """Key of a group and the number of its parts, in the order of the text."""
    changes: tuple[tuple[Change, int], ...]

    @property
    def all(self) -> int:
        """The number of all parts."""
        return sum(number for _, number in self.groups)

    @property
    def bars(self) -> tuple[tuple[int, int], ...]:
        """Start and length of the bar of each group, one behind the other."""
        lengths = [number for _, number in self.groups]
        return tuple((sum(lengths[:place]), length) for place, length in enumerate(lengths))


def counted(record: Editions) -> Counted:
    """Count the parts of a text."""
    places = [str(item.paragraph) for item in record.provisions if item.paragraph]
    changes = ((change, sum(item.change is change for item in record.provisions)) for change in Change)
    return Counted(
        groups=tuple(
            (group, sum(record.PARTS.split(place)[0] == group for place in places)) for group in record.PARTS.groups
        ),
        changes=tuple((change, number) for change, number in changes if number),
    )


def versions_after(library: Library, record: Editions) -> Mapping[str, tuple[Version, ...]]:
    """Paragraph -> its versions in the editions that review the text."""
    found: defaultdict[str, list[Version]] = defaultdict(list)
    for edition in library.related(record, record.__class__, "reviews"):
        for item in edition.provisions:
            if item.follows:
                found[item.follows].append(Version(edition, item))
    return {paragraph: tuple(versions) for paragraph, versions in found.items()}


@dataclass(frozen=True, slots=True)
class LineageStep:
    """A record in the lineage of a text, with its date, and the counts of its paragraphs if it has any."""

    record: Record
    dates: Dates
    cite: tuple[Citation, ...]
    says: str | None
    counted: Counted | None


@dataclass(frozen=True, slots=True)
class LineageEntry:
    """The lineage of a text, oldest first."""

    steps: tuple[LineageStep, ...]

    @property
    def longest(self) -> int:
        """The number of paragraphs of its longest text, which sets the common scale of the bars."""
        return max((step.counted.all for step in self.steps if step.counted), default=0)


def line(library: Library) -> LineageEntry:
    """The records that `site.yml` names as a lineage, sorted by date."""
    steps = []
    for reference in library.dossier.lineage:
        record = library.at(reference)
        if not isinstance(record, Dated) or record.when is None:  # pragma: no cover - a check has reported it
            continue
        number = counted(record) if isinstance(record, Editions) and record.provisions else None
        steps.append(LineageStep(record, record.when, record.when_cited, record.answer, number))
    return LineageEntry(tuple(sorted(steps, key=lambda step: (step.dates.start.first_day, step.dates.end.last_day))))


@dataclass(frozen=True, slots=True)
class Column:
    """The paragraphs of one edition on a theme."""

    edition: Editions
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme, and the paragraphs of each edition on it."""

    theme: Theme
    columns: tuple[Column, ...]
    is_anchor: bool
    """Whether it is the target of links to the theme on this page; a theme of several texts has several rows."""


@dataclass(frozen=True, slots=True)
class Group:
    """Themes under one heading."""

    name: str | None
    rows: tuple[ThemeRow, ...]


@dataclass(frozen=True, slots=True)
class ThemeMatrix:
    """The themes of the editions of one text or, without a name, of those that belong to no series."""

    name: str | None
    editions: tuple[Editions, ...]
    groups: tuple[Group, ...]

    @property
    def title(self) -> str:
        """The official title of the newest edition."""
        return self.editions[-1].title

    @property
    def wide(self) -> bool:
        """Whether there are too many editions for a table."""
        return len(self.editions) > WIDE


@dataclass(frozen=True, slots=True)
class ThemeIndex:
    """Template data of the index of themes."""

    matrices: tuple[ThemeMatrix, ...]
    unused: tuple[Theme, ...]
    kinds: tuple[str, ...]
    """The kinds of the texts."""
    comparable: str | None
    """The index with the pairs of editions that have a comparison page; None if there are none."""


@dataclass(frozen=True, slots=True)
class Life:
    """A theme through the editions of one text."""

    name: str | None
    columns: tuple[Column, ...]
    """Every edition, oldest first, including those that say nothing on the theme."""
    river: Graphic | None
    """The paragraphs on the theme among all others."""


@dataclass(frozen=True, slots=True)
class ThemePage:
    """Template data of the page of a theme."""

    record: Theme
    lives: tuple[Life, ...]
    kinds: tuple[str, ...]
    """The kinds of the texts that deal with it."""
    after: Mapping[tuple[Key, str], tuple[Version, ...]]
    """Edition and paragraph -> its versions in the editions that review the text."""
    before: Theme | None
    next: Theme | None
    related: tuple[RelatedGroup, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition, and the pairs in which it is the newer."""

    newer: Editions
    pairs: tuple[Pair, ...]


def choices(every: Iterable[Pair]) -> tuple[Choice, ...]:
    """Group pairs, already sorted by their newer edition, by that edition."""
    return tuple(Choice(newer, tuple(group)) for newer, group in groupby(every, key=attrgetter("newer")))


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Template data of a comparison page."""

    pair: Pair
    comparison: Comparison
    counted: tuple[Counted, Counted]
    choices: tuple[Choice, ...]
    """The pairs of the same family, as links to other comparisons."""

    @property
    def others(self) -> bool:
        """Whether there is any other pair of the family."""
        return sum(len(choice.pairs) for choice in self.choices) > 1

    @property
    def longest(self) -> int:
        """The number of parts of the longer text, which sets the common scale of the bars."""
        return max(number.all for number in self.counted)


def _kinds(editions: Iterable[Editions]) -> tuple[str, ...]:
    """The kinds of some texts, each once."""
    return tuple(dict.fromkeys(edition.KIND for edition in editions))


_Text = tuple[str | None, tuple[Editions, ...]]
"""The name of a series and its editions, oldest first; without a name, the texts that belong to no series."""


def _texts(library: Library) -> Iterator[_Text]:
    """The texts whose parts are recorded."""
    alone = [item for item in library.having(Editions) if item.series is None]
    alone.sort(key=lambda item: (str(item.when or ""), item.id))
    every: list[_Text] = [*((item.name, item.editions) for item in series(library)), (None, tuple(alone))]
    for name, editions in every:
        if recorded := tuple(edition for edition in editions if edition.provisions):
            yield name, recorded


def _by_theme(editions: Iterable[Editions]) -> Mapping[tuple[str, Key], tuple[Version, ...]]:
    """Theme and edition -> the parts on it."""
    found: defaultdict[tuple[str, Key], list[Version]] = defaultdict(list)
    for edition in editions:
        for provision in edition.provisions:
            found[(provision.theme, edition.key)].append(Version(edition, provision))
    return {key: tuple(versions) for key, versions in found.items()}


class _Review:
    """Index of the texts of a library by theme and edition."""

    def __init__(self, library: Library) -> None:
        """Build the index of `library` with everything that several pages share."""
        self.library = library
        self.texts = tuple(_texts(library))
        self.themes = tuple(sorted(library.all(Theme), key=self._place))
        """Every theme, in file order."""
        self.versions = _by_theme(edition for _, editions in self.texts for edition in editions)
        """Theme and edition -> the paragraphs, in the order of the text."""
        self.after = {
            (edition.key, paragraph): versions
            for edition in library.having(Editions)
            for paragraph, versions in versions_after(library, edition).items()
        }
        """Edition and paragraph -> its versions in the editions that review the text."""

    def _place(self, theme: Theme) -> tuple[str, int]:
        document = self.library.document(theme)
        return document.path, document.line

    def columns(self, theme: Theme, editions: Iterable[Editions]) -> tuple[Column, ...]:
        """The paragraphs of each edition on a theme; empty if no edition says anything on it."""
        columns = tuple(Column(edition, self.versions.get((theme.id, edition.key), ())) for edition in editions)
        return columns if any(column.versions for column in columns) else ()

    def index(self) -> ThemeIndex:
        """The themes of every text, by group."""
        seen: set[str] = set()
        matrices = tuple(ThemeMatrix(name, editions, self._groups(editions, seen)) for name, editions in self.texts)
        return ThemeIndex(
            matrices,
            tuple(theme for theme in self.themes if theme.id not in seen),
            _kinds(edition for _, editions in self.texts for edition in editions),
            next((addresses.index(pair.newer) for pair in _pairs(self.library)), None),
        )

    def _groups(self, editions: Iterable[Editions], seen: set[str]) -> tuple[Group, ...]:
        """The themes of one text by group, those of none last; adds them to the themes that were `seen` before."""
        groups: dict[str | None, list[ThemeRow]] = {theme.group: [] for theme in self.themes}
        for theme in self.themes:
            if columns := self.columns(theme, editions):
                groups[theme.group].append(ThemeRow(theme, columns, theme.id not in seen))
                seen.add(theme.id)
        ordered = sorted(groups.items(), key=lambda item: item[0] is None)
        return tuple(Group(name, tuple(rows)) for name, rows in ordered if rows)

    def life(self, theme: Theme) -> ThemePage:
        """Template data of a theme: its paragraphs in the editions of every text that deals with it."""
        every = (
            Life(name, self.columns(theme, editions), of_theme(self.library, theme, name, editions))
            for name, editions in self.texts
        )
        lives = tuple(life for life in every if life.columns)
        place = self.themes.index(theme)
        return ThemePage(
            record=theme,
            lives=lives,
            kinds=_kinds(column.edition for life in lives for column in life.columns),
            after=self.after,
            before=self.themes[place - 1] if place else None,
            next=self.themes[place + 1] if place + 1 < len(self.themes) else None,
            related=related(self.library, theme, without=[model.KIND for model in self.library.kinds.having(Editions)]),
        )


def _review(library: Library) -> _Review:
    return library.shared.get("review", lambda: _Review(library))


def _pairs(library: Library) -> tuple[Pair, ...]:
    return library.shared.get("pairs of editions", lambda: pairs(library))


def _beside(library: Library) -> Mapping[str, tuple[Pair, ...]]:
    """Family -> its pairs."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in _pairs(library):
        found[pair.family].append(pair)
    return {family: tuple(every) for family, every in found.items()}


def _comparison(library: Library, pair: Pair) -> ComparisonPage:
    """Template data of a comparison of two editions."""
    others = library.shared.get("pairs of families", lambda: _beside(library))[pair.family]
    return ComparisonPage(
        pair=pair,
        comparison=Comparison(pair),
        counted=(counted(pair.older), counted(pair.newer)),
        choices=choices(others),
    )


def _theme_page(library: Library, theme: Theme) -> Page:
    words = library.words
    path = addresses.page(theme)
    if path is None:  # pragma: no cover - themes have pages of their own
        raise ValueError("a theme has no page")
    names = (*map(str, theme.other_names), *(name.text for name in theme.names.values()))
    return Page(
        path=path,
        template="theme.md.j2",
        title=theme.label,
        description=describe(theme.summary or words("review.theme").format(theme=theme.label)),
        data=_review(library).life(theme),
        source=library.document(theme).path,
        record=theme,
        names=tuple(name for name in names if name != theme.label),
    )


def _comparison_page(library: Library, pair: Pair) -> Page:
    words = library.words
    names = {"older": pair.older.name, "newer": pair.newer.name}
    return Page(
        path=pair.path,
        template="comparison.md.j2",
        title=words("review.title").format(**names),
        description=words("review.description").format(**names),
        data=_comparison(library, pair),
        source=library.document(pair.newer).path,
        names=tuple(
            name.format(**names, year=pair.newer.when.start.year if pair.newer.when else "")
            for name in words.lists("review.names")
            if len(pair.editions) == 2
            or "{year}" not in name  # what changed in a year is what the next edition changed
        ),
    )


def _index(library: Library) -> Page:
    return section(library, "theme", _review(library).index())


def pages(library: Library) -> Iterator[LazyPage]:
    """The index of themes, one page per theme, and one per pair of editions that can be compared."""
    yield index(library, addresses.section(Theme), partial(_index, library))
    for theme in library.all(Theme):
        yield own(library, theme, partial(_theme_page, library, theme))
    for pair in _pairs(library):
        yield LazyPage(library, pair.path, partial(_comparison_page, library, pair))
