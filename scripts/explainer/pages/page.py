"""The data of one page before it is rendered, and the recipe of a page that is composed when something needs it."""

from collections.abc import Callable, Mapping
from dataclasses import field

from explainer.base.dataclass import dataclass
from explainer.figures.graphic import Graphic
from explainer.kinds import demands
from explainer.kinds.own_kinds import not_leaving
from explainer.kinds.term import Term
from explainer.library import addresses
from explainer.library.library import Library
from explainer.pages.blocks.shown import Block, DiagramShown
from explainer.records.record import Record, Story


@dataclass(frozen=True, slots=True)
class Ranking:
    """A place of a page that says which group has the most of something, by which a search answers that."""

    anchor: str
    title: str
    says: str
    """The sentence that names the group and its number."""
    groups: tuple[str, ...]
    """What one of the groups is called, as "year"."""
    counts: str
    """What is counted of each, as "lamps sold"."""
    unit: str
    """Its unit; empty where records are counted."""
    of: str
    """What the records are called whose figures are added up, or that are counted."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its path, its template, and the data for the template."""

    path: str
    """Its path relative to `docs/`, ending in `.md`."""
    template: str
    """The template's file under `templates/`."""
    title: str
    """The page's title, as plain text."""
    description: str
    """One sentence for search engines and previews, as plain text."""
    data: object
    """The template data: a frozen value of the page's own module."""
    source: str | None = None
    """The file in `content/` that holds the page's record."""
    files: tuple[str, ...] = ()
    """The files that hold its records, if there are several."""
    record: Record | None = None
    """The record whose page this is."""
    names: tuple[str, ...] = ()
    """Other names under which a search should find the page."""
    rankings: tuple[Ranking, ...] = ()
    """Its sentences that a search shows to whoever asks for the most of something."""
    searched: bool = True
    """Whether it is in the search index."""
    graphics: tuple[Graphic, ...] = ()
    """Its charts and maps, in the order in which the template renders them."""
    blocks: Mapping[str, Block] = field(default_factory=dict)
    """What its text asks for between double brackets -> what it shows for it."""
    terms: tuple[Term, ...] = ()
    """Terms of the glossary that the record's own text uses."""
    wide: bool = False
    """Whether the table of contents is hidden to give a wide table its space."""

    @property
    def drawings(self) -> tuple[Graphic, ...]:
        """Every chart and map on it: those of the page, then those that its text asks for."""
        asked = (block.graphic if isinstance(block, DiagramShown) else block for block in self.blocks.values())
        return (*self.graphics, *(block for block in asked if isinstance(block, Graphic)))

    @property
    def has_own_card(self) -> bool:
        """Whether it has a preview card for links on other sites: an index, a story, and whatever shows a figure."""
        return addresses.is_index(self.path) or isinstance(self.record, Story) or bool(self.drawings)

    @property
    def card(self) -> str:
        """Its preview card, relative to `docs/`: its own, or that of its section."""
        return addresses.card(self.path, own=self.has_own_card)


@dataclass(frozen=True, slots=True)
class LazyPage:
    """The path of a page, with the function that composes it."""

    library: Library
    path: str
    """Its path relative to `docs/`, ending in `.md`."""
    compose: Callable[[], Page]
    """Must depend on `library` alone."""

    @property
    def name(self) -> str:
        """The name of the composed page among the shared results."""
        return f"page {self.path}"

    def composed(self) -> Page:
        """Compose the page, once for all that need it."""
        return self.library.shared.get(self.name, self._made)

    def _made(self) -> Page:
        with not_leaving():
            return demands.returned(self.compose, self.compose(), Page)
