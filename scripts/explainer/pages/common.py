"""Composition shared by several kinds of pages: related records, story pages and section indexes."""

from collections import Counter
from collections.abc import Callable, Iterable

from explainer.base.dataclass import dataclass
from explainer.base.problems import ContentError, Problem
from explainer.figures.graphic import Graphic
from explainer.kinds.country import Country, MembershipStatus
from explainer.kinds.event import Event
from explainer.kinds.registry import FOLDER
from explainer.kinds.source import Source
from explainer.library import addresses, sections
from explainer.library.library import Library
from explainer.pages import environment
from explainer.pages.blocks.compose import blocks_of
from explainer.pages.descriptions import describe
from explainer.pages.glossary_terms import MANY, terms_in
from explainer.pages.page import LazyPage, Page
from explainer.records.record import Record, Story


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """Records of one type that refer to the page's record."""

    kind: str
    records: tuple[Record, ...]
    statuses: tuple[tuple[str, int], ...] = ()
    """Of countries: how they belong to the page's record, with the number of each; all together would be no number of members."""

    @property
    def many(self) -> bool:
        """Whether there are too many to list."""
        return len(self.records) > MANY


def related(library: Library, record: Record, *, without: Iterable[str] = ()) -> tuple[RelatedGroup, ...]:
    """The records that refer to `record`, grouped by type, in the order of the types."""
    shown = [model for model in library.kinds.sections.values() if model.KIND not in {*without, Source.KIND}]
    groups = (_group(record, model.KIND, library.related(record, model)) for model in shown)
    return tuple(group for group in groups if group.records)


def _group(record: Record, kind: str, records: tuple[Record, ...]) -> RelatedGroup:
    """The records of one type, with the ways in which countries belong to the page's record."""
    belong = Counter(
        item.status
        for country in records
        if isinstance(country, Country)
        for item in country.memberships
        if item.organisation == record.ident
    )
    return RelatedGroup(
        kind, _in_order(records), tuple((status, belong[status]) for status in MembershipStatus if belong[status])
    )


def _in_order(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Events with the newest first, as on the page of a country; others in the order of their ids, in which they come."""
    events = [record for record in records if isinstance(record, Event)]
    return tuple(sorted(events, key=lambda event: event.date, reverse=True)) or records


def _template(library: Library, kind: str, names: tuple[str, ...], general: str | None) -> str:
    """The first of these templates that there is, else the general one.

    Raises ContentError where there is neither: what a kind's own module composes fits no template but its own.
    """
    if found := next((name for name in names if environment.has_template(library.kinds, name)), general):
        return found
    message = f"no template {names[0]} stands beside it; expected one for what this module composes; add it, or delete page.py"
    raise ContentError([Problem(f"{FOLDER}/{kind}/page.py", 1, 1, message)])


def own(library: Library, record: Record, compose: Callable[[], Page]) -> LazyPage:
    """The lazy page of a record that has one of its own; raises ValueError if its type has none."""
    path = addresses.page(record)
    if path is None:  # pragma: no cover - every type with pages of its own has a section
        raise ValueError(f"a {record.KIND} has no page")
    return LazyPage(library, path, compose)


def index(library: Library, name: str, compose: Callable[[], Page]) -> LazyPage:
    """The lazy index page of a section."""
    return LazyPage(library, f"{name}/index.md", compose)


def story(
    library: Library,
    record: Story,
    data: object,
    *,
    names: Iterable[str] = (),
    title: str | None = None,
    graphics: Iterable[Graphic] = (),
    general: str | None = None,
) -> Page:
    """Compose the page of a story, by the template of its type or else a `general` one; raises ValueError if its type has none."""
    path = addresses.page(record)
    if path is None:  # pragma: no cover - every story type has a section
        raise ValueError(f"a {record.KIND} has no page")
    short = record.label.split(":")[0]
    every = [short, *names, *map(str, record.other_names), *(name.text for name in record.names.values())]
    return Page(
        path=path,
        template=_template(library, record.KIND, (f"{record.KIND}.md.j2",), general),
        title=title or record.label,
        description=describe(record.summary),
        data=data,
        source=library.document(record).path,
        record=record,
        names=tuple(dict.fromkeys(name for name in every if name != record.label)),
        searched=not record.is_withdrawn,
        graphics=tuple(graphics),
        blocks=blocks_of(library, path, record.body, record.FOLDER),
        terms=terms_in(library, record),
    )


def section(
    library: Library,
    kind: str,
    data: object,
    *,
    source: str | None = None,
    graphics: Iterable[Graphic] = (),
    wide: bool = False,
    template: str | None = None,
    general: str | None = None,
) -> Page:
    """Compose the index page of the section that shows a type, by this template, that of the type or else a `general` one."""
    model = library.kinds.by_kind[kind]
    name = addresses.section(model)
    files = () if model.STORY else tuple(sorted({library.document(record).path for record in library.all(model)}))
    if source is None and len(files) == 1:
        source, files = files[0], ()
    return section_page(
        library,
        name,
        data,
        source=source,
        files=files,
        graphics=graphics,
        wide=wide,
        template=template or _template(library, kind, (f"{kind}-index.md.j2", f"index/{name}.md.j2"), general),
    )


def section_page(
    library: Library,
    name: str,
    data: object,
    *,
    source: str | None = None,
    files: tuple[str, ...] = (),
    graphics: Iterable[Graphic] = (),
    wide: bool = False,
    template: str | None = None,
    names: Iterable[str] = (),
) -> Page:
    """Compose the index page of a section by its name."""
    path = f"{name}/index.md"
    return Page(
        path=path,
        template=template or f"index/{name}.md.j2",
        title=sections.title(library.dossier, library.words, name),
        description=describe(sections.summary(library.dossier, library.words, name)),
        data=data,
        source=source,
        files=files,
        graphics=tuple(graphics),
        blocks=blocks_of(library, path, sections.body(library.dossier, name), ""),
        wide=wide,
        names=tuple(names),
    )
