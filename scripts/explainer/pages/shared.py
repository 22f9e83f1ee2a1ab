"""What pages of several kinds compose alike: relations to other records, and a page a story."""

from collections.abc import Iterable
from dataclasses import dataclass

from explainer import addresses, narrative
from explainer.figures.graphic import Graphic
from explainer.library import Library
from explainer.pages.page import Page
from explainer.records import TYPES
from explainer.records.record import Record, Story
from explainer.wording import wording

LONGEST_DESCRIPTION = 300
MANY = 30
"""From so many on, related records are counted rather than listed."""


@dataclass(frozen=True, slots=True)
class Related:
    """Records of one type that name the page's record."""

    kind: str
    records: tuple[Record, ...]

    @property
    def many(self) -> bool:
        """Whether there are too many to list."""
        return len(self.records) > MANY


def related(library: Library, record: Record, *, without: Iterable[str] = ()) -> tuple[Related, ...]:
    """The records that name `record`, by type, in the order of the types."""
    shown = [model for model in TYPES if model.KIND in addresses.SECTIONS and model.KIND not in {*without, "source"}]
    groups = (Related(model.KIND, library.related(record, model)) for model in shown)
    return tuple(group for group in groups if group.records)


def describe(text: str) -> str:
    """Prose as a plain description of bounded length."""
    plain = narrative.plain(text)
    return plain if len(plain) <= LONGEST_DESCRIPTION else plain[: LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def story(
    library: Library,
    record: Story,
    data: object,
    *,
    names: Iterable[str] = (),
    title: str | None = None,
    boost: float = 1.2,
    graphics: Iterable[Graphic] = (),
) -> Page:
    """The page of a record that has one of its own."""
    path = addresses.page(record)
    if path is None:  # pragma: no cover - every story type has a section
        raise ValueError(f"a {record.KIND} has no page")
    short = record.label.split(":")[0]
    every = [short, *names, *record.other_names, *(name.text for name in record.names.values())]
    return Page(
        path=path,
        template=f"{record.KIND}.md.j2",
        title=title or record.label,
        description=describe(record.summary),
        data=data,
        source=library.document(record).path,
        record=record,
        names=tuple(dict.fromkeys(name for name in every if name != record.label)),
        boost=boost,
        graphics=tuple(graphics),
    )


def section(
    library: Library,
    kind: str,
    data: object,
    *,
    source: str | None = None,
    boost: float = 1,
    graphics: Iterable[Graphic] = (),
) -> Page:
    """The index page of the section that shows a type."""
    return section_page(library, addresses.SECTIONS[kind], data, source=source, boost=boost, graphics=graphics)


def section_page(
    library: Library,
    name: str,
    data: object,
    *,
    source: str | None = None,
    boost: float = 1,
    graphics: Iterable[Graphic] = (),
) -> Page:
    """The index page of a section, by its name."""
    words = wording(library.site.language)
    own = library.site.sections.get(name)
    title = own.title if own and own.title else words.section(name, "title")
    summary = own.summary if own and own.summary else words.section(name, "summary")
    return Page(
        path=f"{name}/index.md",
        template=f"index/{name}.md.j2",
        title=title,
        description=describe(summary),
        data=data,
        source=source,
        boost=boost,
        graphics=tuple(graphics),
    )
