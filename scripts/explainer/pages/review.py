"""Pages of themes: the themes of each text by edition, and one theme over time; and the pages that compare editions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Graphic
from explainer.kinds.theme import Theme
from explainer.library import addresses
from explainer.library.editions import FIRST, Version, series
from explainer.library.library import Library
from explainer.library.loaded_record import Key
from explainer.pages import comparing
from explainer.pages.charts.editions_river import of_theme
from explainer.pages.common import RelatedGroup, index, own, related, section
from explainer.pages.descriptions import describe
from explainer.pages.lineage import versions_after
from explainer.pages.page import LazyPage, Page
from explainer.records.editions import Change, Editions

WIDE = 8
"""Largest number of columns of a table of themes; with more, it is shown as cards on every screen."""


TELLING = (*map(str, (Change.NEW, Change.STRENGTHENED, Change.NARROWED, Change.DROPPED, Change.UNCHANGED)), FIRST)
"""What may have become of a paragraph, that first which a reader wants to know first."""


@dataclass(frozen=True, slots=True)
class Column:
    """The paragraphs of one edition on a theme."""

    edition: Editions
    versions: tuple[Version, ...]

    @property
    def mark(self) -> str:
        """The mark that tells most of what became of them; empty if there are none."""
        found = {version.mark for version in self.versions}
        return next((mark for mark in TELLING if mark in found), "")


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
            next((addresses.index(pair.newer) for pair in comparing.pairs_of(self.library)), None),
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


def _index(library: Library) -> Page:
    return section(library, "theme", _review(library).index())


def pages(library: Library) -> Iterator[LazyPage]:
    """The index of themes, one page per theme, and one per pair of editions that can be compared."""
    yield index(library, addresses.section(Theme), partial(_index, library))
    for theme in library.all(Theme):
        yield own(library, theme, partial(_theme_page, library, theme))
    yield from comparing.pages(library)
