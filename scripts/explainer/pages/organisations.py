"""Pages of organisations, each with its parts and officers, and the index of all."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from explainer.base.dataclass import dataclass
from explainer.kinds.organisation import Organisation, OrganisationKind
from explainer.kinds.person import Person, Role
from explainer.library import addresses
from explainer.library.figure_states import FiguresShown, shown
from explainer.library.library import Library
from explainer.pages.charts import figure_lines, partner_matrix
from explainer.pages.common import RelatedGroup, index, own, related, section, story
from explainer.pages.page import LazyPage, Page


@dataclass(frozen=True, slots=True)
class Officer:
    """A person, and an office that the person held in the organisation."""

    person: Person
    role: Role


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """Template data of the page of an organisation."""

    record: Organisation
    figures: FiguresShown
    parts: tuple[Organisation, ...]
    officers: tuple[Officer, ...]
    related: tuple[RelatedGroup, ...]


@dataclass(frozen=True, slots=True)
class OrganisationGroup:
    """Organisations of one kind."""

    kind: OrganisationKind
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class OrganisationIndex:
    """Template data of the index of organisations."""

    groups: tuple[OrganisationGroup, ...]


def _organisation(library: Library, record: Organisation) -> OrganisationPage:
    people = library.related(record, Person, "roles")
    officers = [Officer(person, role) for person in people for role in person.roles if role.organisation == record.id]
    return OrganisationPage(
        record=record,
        figures=shown(record.figures),
        parts=library.related(record, Organisation, "part_of"),
        officers=tuple(sorted(officers, key=lambda item: (item.role.first_date, item.person.id), reverse=True)),
        related=related(library, record, without=("person", "organisation")),
    )


def _of_organisation(library: Library, record: Organisation) -> Page:
    short = record.abbreviation
    named = short and short not in record.name
    title = library.words("mark-off.brackets").format(before=record.name, within=short) if named else record.name
    names = (short,) if short else ()
    lines = figure_lines.of_figures(library, record)
    return story(library, record, _organisation(library, record), names=names, title=title, graphics=lines)


def _organisations(library: Library) -> Page:
    order = list(OrganisationKind)
    by_kind = sorted(library.all(Organisation), key=lambda item: (order.index(item.kind), item.name.casefold()))
    groups = [OrganisationGroup(kind, tuple(group)) for kind, group in groupby(by_kind, key=lambda item: item.kind)]
    matrix = partner_matrix.who_works_with_whom(library)
    return section(library, "organisation", OrganisationIndex(tuple(groups)), graphics=matrix)


def pages(library: Library) -> Iterator[LazyPage]:
    """One page per organisation, then their index."""
    for organisation in library.all(Organisation):
        yield own(library, organisation, partial(_of_organisation, library, organisation))
    yield index(library, addresses.section(Organisation), partial(_organisations, library))
