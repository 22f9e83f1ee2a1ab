"""The pages of a kind without a page module: one per record with its facts, figures, story and relations, and the index."""

from collections.abc import Iterator
from functools import cached_property, partial

from explainer.base.dataclass import dataclass
from explainer.base.values import Dates
from explainer.library import figure_states
from explainer.library.figure_states import FiguresShown
from explainer.library.library import Library
from explainer.pages.charts import figure_lines
from explainer.pages.common import RelatedGroup, index, own, related, section, story
from explainer.pages.editions import EditionParts, index_of, parts_of
from explainer.pages.page import LazyPage, Page
from explainer.pages.record_fields import FieldShown, shown
from explainer.records.editions import Editions
from explainer.records.record import Record, Story
from explainer.records.sourced import Citation, citations_of
from explainer.records.traits import Dated, Numbered, WithFigures


@dataclass(frozen=True)
class GeneralPage:
    """Template data of a record: what its fields say, its figures, and the records that refer to it."""

    library: Library
    record: Record
    figures: FiguresShown
    edition: EditionParts | None
    """Its parts and the editions around it, for a text with editions."""
    related: tuple[RelatedGroup, ...]
    cites: tuple[Citation, ...]
    """The sources of the record as a whole."""

    @property
    def when(self) -> Dates | None:
        """The main date of the record, if it has one."""
        return self.record.when if isinstance(self.record, Dated) else None

    @cached_property
    def fields(self) -> tuple[FieldShown, ...]:
        """What the fields say; they are read only for a template that prints them, and a build reports those never read."""
        return tuple(shown(self.library, self.record))


@dataclass(frozen=True, slots=True)
class GeneralIndex:
    """Template data of the index of a kind."""

    records: tuple[GeneralPage, ...]


def _data(library: Library, record: Record) -> GeneralPage:
    figures = record.figures if isinstance(record, WithFigures) else ()
    edition = parts_of(library, record) if isinstance(record, Editions) else None
    return GeneralPage(
        library,
        record,
        figure_states.shown(figures),
        edition,
        related(library, record),
        citations_of(record),
    )


def _page(library: Library, record: Story) -> Page:
    graphics = figure_lines.of_figures(library, record)
    return story(library, record, _data(library, record), graphics=graphics, general="record.md.j2")


def _place(record: Record) -> tuple[int, str, str]:
    """Puts the records of a kind in their order: by number, then by date, those without one last, then by name."""
    when = record.when if isinstance(record, Dated) else None
    return (
        record.number if isinstance(record, Numbered) else 0,
        str(when.start) if when else "later",
        record.label.casefold(),
    )


def _index(model: type[Record], library: Library) -> Page:
    if issubclass(model, Editions):
        data = index_of(library, model)
        return section(library, model.KIND, data, template="index/editions.md.j2", graphics=data.graphics)
    every = GeneralIndex(tuple(_data(library, record) for record in sorted(library.all(model), key=_place)))
    return section(library, model.KIND, every, general="index/records.md.j2")


def pages(model: type[Record], library: Library) -> Iterator[LazyPage]:
    """One page per record with a story, then the index of the section, if the kind has one."""
    found = model.section()
    if found is None:
        return
    for record in library.all(model):
        if isinstance(record, Story):
            yield own(library, record, partial(_page, library, record))
    yield index(library, found, partial(_index, model, library))
