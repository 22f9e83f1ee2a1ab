"""Pages of organisations, people, agreements and explainers, and the index of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Generic, TypeVar

from explainer import addresses, narrative
from explainer.library import Library
from explainer.pages import graphics
from explainer.pages.page import Draft, Page
from explainer.pages.shared import Related, index, own, related, section, story
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


def _of_organisation(library: Library, record: Organisation) -> Page:
    short = record.abbreviation
    title = f"{record.name} ({short})" if short and short not in record.name else record.name
    names = (short,) if short else ()
    shown = graphics.of_figures(library, record)
    return story(library, record, _organisation(library, record), names=names, title=title, graphics=shown)


def _organisations(library: Library) -> Page:
    order = list(OrganisationKind)
    by_kind = sorted(library.all(Organisation), key=lambda item: (order.index(item.kind), item.name.casefold()))
    groups = [OrganisationGroup(kind, tuple(group)) for kind, group in groupby(by_kind, key=lambda item: item.kind)]
    shown = graphics.who_works_with_whom(library)
    return section(library, "organisation", OrganisationIndex(tuple(groups)), graphics=shown)


def _plain(library: Library, record: Story) -> Page:
    return story(library, record, StoryPage(record, related(library, record)))


def _people(library: Library) -> Page:
    by_name = sorted(library.all(Person), key=lambda item: item.name.split()[-1])
    return section(library, "person", Index(tuple(by_name)), graphics=graphics.people_in_office(library))


def _agreements(library: Library) -> Page:
    by_date = sorted(library.all(Agreement), key=lambda item: (item.signed.date, item.id))
    return section(library, "agreement", Index(tuple(by_date)))


def _in_order(library: Library) -> tuple[Explainer, ...]:
    """The explainers in the order in which they are to be read."""
    return library.shared.get(
        "explainers in order", lambda: tuple(sorted(library.all(Explainer), key=lambda item: (item.order, item.id)))
    )


def _of_explainer(library: Library, record: Explainer) -> Page:
    every = _in_order(library)
    place = every.index(record)
    before = every[place - 1] if place else None
    after = every[place + 1] if place + 1 < len(every) else None
    page = ExplainerPage(record, _minutes(record), before, after, related(library, record))
    return story(library, record, page)


def _explainers(library: Library) -> Page:
    return section(library, "explainer", Index(_in_order(library)))


def pages(library: Library) -> Iterator[Draft]:
    """A page a record, then the index of its section, type by type."""
    for organisation in library.all(Organisation):
        yield own(library, organisation, partial(_of_organisation, library, organisation))
    for record in (*library.all(Person), *library.all(Agreement)):
        yield own(library, record, partial(_plain, library, record))
    for explainer in library.all(Explainer):
        yield own(library, explainer, partial(_of_explainer, library, explainer))
    for kind, compose in _INDEXES.items():
        yield index(library, addresses.SECTIONS[kind], partial(compose, library))


_INDEXES = {"organisation": _organisations, "person": _people, "agreement": _agreements, "explainer": _explainers}
"""Type -> what composes the index of its section."""
