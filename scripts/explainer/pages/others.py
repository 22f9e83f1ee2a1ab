"""Pages of organisations, people, agreements and explainers, and the index of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from explainer import narrative
from explainer.library import Library
from explainer.pages import graphics
from explainer.pages.page import Page
from explainer.pages.shared import Related, related, section, story
from explainer.records import Agreement, Explainer, Organisation, Person
from explainer.records.organisation import OrganisationKind
from explainer.records.person import Role
from explainer.records.record import Story

S = TypeVar("S", bound=Story)


@dataclass(frozen=True, slots=True)
class StoryPage(Generic[S]):
    """What the page of a record with a story lays out."""

    record: S
    related: tuple[Related, ...]


WORDS_A_MINUTE = 200
"""How many words people read in a minute, taken low: many names and numbers."""


@dataclass(frozen=True, slots=True)
class ExplainerPage:
    """What the page of an explainer lays out."""

    record: Explainer
    minutes: int
    """How long it takes to read, in whole minutes."""
    before: Explainer | None
    after: Explainer | None
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Officer:
    """A person, and an office that the person held in an organisation."""

    person: Person
    role: Role


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """What the page of an organisation lays out."""

    record: Organisation
    parts: tuple[Organisation, ...]
    officers: tuple[Officer, ...]
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class OrganisationGroup:
    """Organisations of one kind."""

    kind: OrganisationKind
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """What an index of records lays out."""

    records: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class OrganisationIndex:
    """What the index of organisations lays out."""

    groups: tuple[OrganisationGroup, ...]


def _minutes(record: Explainer) -> int:
    return max(1, round(len(narrative.plain(record.body or "").split()) / WORDS_A_MINUTE))


def _organisation(library: Library, record: Organisation) -> OrganisationPage:
    people = library.related(record, Person, "roles")
    officers = [Officer(person, role) for person in people for role in person.roles if role.organisation == record.id]
    return OrganisationPage(
        record=record,
        parts=library.related(record, Organisation, "part_of"),
        officers=tuple(sorted(officers, key=lambda item: (str(item.role.start or ""), item.person.id), reverse=True)),
        related=related(library, record, without=("person", "organisation")),
    )


def pages(library: Library) -> Iterator[Page]:
    """A page a record, then the index of its section, type by type."""
    for organisation in library.all(Organisation):
        short = organisation.abbreviation
        title = f"{organisation.name} ({short})" if short and short not in organisation.name else organisation.name
        names = (short,) if short else ()
        data = _organisation(library, organisation)
        shown = graphics.of_figures(library, organisation)
        yield story(library, organisation, data, names=names, title=title, graphics=shown)
    order = list(OrganisationKind)
    by_kind = sorted(library.all(Organisation), key=lambda item: (order.index(item.kind), item.name.casefold()))
    groups = [OrganisationGroup(kind, tuple(group)) for kind, group in groupby(by_kind, key=lambda item: item.kind)]
    yield section(
        library, "organisation", OrganisationIndex(tuple(groups)), graphics=graphics.who_works_with_whom(library)
    )
    for person in library.all(Person):
        yield story(library, person, StoryPage(person, related(library, person)))
    by_name = sorted(library.all(Person), key=lambda item: item.name.split()[-1])
    yield section(library, "person", Index(tuple(by_name)), graphics=graphics.people_in_office(library))
    for agreement in library.all(Agreement):
        yield story(library, agreement, StoryPage(agreement, related(library, agreement)))
    by_date = sorted(library.all(Agreement), key=lambda item: (item.signed.date, item.id))
    yield section(library, "agreement", Index(tuple(by_date)))
    in_order = sorted(library.all(Explainer), key=lambda item: (item.order, item.id))
    for before, explainer, after in zip([None, *in_order], in_order, [*in_order[1:], None], strict=False):
        page = ExplainerPage(explainer, _minutes(explainer), before, after, related(library, explainer))
        yield story(library, explainer, page)
    yield section(library, "explainer", Index(tuple(in_order)))
