"""The chart of terms of office."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import NamedTuple

from explainer.base.language import Language
from explainer.figures.graphic import Cell, Graphic, Key, Table
from explainer.figures.tenures import Body, Office, Tenure, begins, ends
from explainer.figures.tenures import offices as drawn
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person, Role
from explainer.library import offices
from explainer.library.library import Library
from explainer.pages.charts.alternatives import alternative
from explainer.pages.charts.basics import FEWEST, language_in, naming


class _HeldRole(NamedTuple):
    """A role of a person, which is one term of an office."""

    person: Person
    role: Role

    @property
    def is_drawn(self) -> bool:
        """Whether it is an office in an organisation that is on record, and one of its dates is known."""
        return bool(self.role.organisation and self.role.first_date)


def people_in_office(library: Library) -> Iterator[Graphic]:
    """A chart of who held which office when, organisation by organisation; today's holders are strong."""
    words = language_in(library)
    every = [_HeldRole(person, role) for person in library.all(Person) for role in person.roles]
    dated = [term for term in every if term.is_drawn]
    if len(dated) < FEWEST:
        return
    today = library.dossier.updated.last_day
    bodies = [_body(library, body, terms) for body, terms in _by_body(library, dated)]
    tenures = list(_every(bodies))
    yield Graphic(
        id="people-in-office",
        title=_finding(dated, tenures, words),
        says=_sentence(dated, tenures, words),
        drawing=drawn(bodies, today),
        table=_table(library, every),
        kinds=(Person.KIND,),
        records=len(library.all(Person)),
        notes=tuple(_notes(words, tenures, today, left=len(every) - len(dated))),
        legend=tuple(Key(name, words(f"graphic.offices.{name}")) for name in _swatches(tenures)),
        alternative=_alternative(bodies, words),
    )


def _every(bodies: Sequence[Body]) -> Iterator[Tenure]:
    """The terms in the order in which they are drawn."""
    return (tenure for body in bodies for office in body.offices for tenure in office.tenures)


def _alternative(bodies: Sequence[Body], words: Language) -> str:
    """Who holds which office today; where nobody does, every term with its dates."""
    offices_of = [(body, office) for body in bodies for office in body.offices]
    latest = [(body, office, office.tenures[0]) for body, office in offices_of]
    holders = [
        words("mark-off.brackets").format(
            before=tenure.holder, within=words("joint.comma").join((office.title, body.name))
        )
        for body, office, tenure in latest
        if tenure.today
    ]
    if holders:
        return alternative(words, "terms", holders)
    return alternative(words, "terms-past", [tenure.told for tenure in _every(bodies)])


def _notes(words: Language, tenures: Sequence[Tenure], today: dt.date, *, left: int) -> Iterator[str]:
    first = begins(tenures, ends(tenures, today))
    if first > min(tenure.years[0] for tenure in tenures):
        yield words("graphic.offices.cut").format(year=first)
    if left:
        yield words.phrase("graphic.offices.left", left).format(n=words.number(left))


def _swatches(tenures: Sequence[Tenure]) -> Iterator[str]:
    """The marks that the legend explains; that of today only where somebody is in office."""
    if any(tenure.today for tenure in tenures):
        yield "today"
    yield from ("past", "vague", "open")


def _people(dated: Sequence[_HeldRole], words: Language) -> str:
    people = len({term.person.id for term in dated})
    return words.phrase("graphic.offices.people", people).format(n=words.number(people))


def _finding(dated: Sequence[_HeldRole], tenures: Sequence[Tenure], words: Language) -> str:
    """Who is in office today: the first few by name."""
    names = list(dict.fromkeys(tenure.holder for tenure in tenures if tenure.today))
    if not names:
        return words.phrase("graphic.offices.none", len(dated)).format(
            n=words.number(len(dated)), people=_people(dated, words)
        )
    said = words("graphic.offices.title")
    return naming(words, names, lambda named: said.format(names=named))


def _sentence(dated: Sequence[_HeldRole], tenures: Sequence[Tenure], words: Language) -> str:
    years = [tenure.years for tenure in tenures]
    start, end = min(first for first, _ in years), max(last for _, last in years)
    return words.phrase("graphic.offices.says" if start < end else "graphic.offices.one-year", len(dated)).format(
        n=words.number(len(dated)), people=_people(dated, words), start=start, end=end
    )


def _by_body(library: Library, dated: Sequence[_HeldRole]) -> Iterator[tuple[Organisation, list[_HeldRole]]]:
    """The terms by organisation, that with the most first."""
    held: defaultdict[str, list[_HeldRole]] = defaultdict(list)
    for term in dated:
        held[term.role.organisation or ""].append(term)
    bodies = {ident: library.get(Organisation, ident) for ident in held}
    for ident in sorted(held, key=lambda ident: (-len(held[ident]), bodies[ident].name.casefold())):
        yield bodies[ident], held[ident]


def _body(library: Library, body: Organisation, terms: Sequence[_HeldRole]) -> Body:
    """The offices of an organisation: those that somebody holds today first, then those with the most holders."""
    held: defaultdict[str, list[_HeldRole]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: (term.role.first_date, term.person.id), reverse=True):
        held[term.role.title].append(term)
    made = [Office(title, tuple(_tenures(library, found))) for title, found in held.items()]
    order = sorted(
        made, key=lambda office: (not office.tenures[0].today, -len(office.tenures), office.title.casefold())
    )
    return Body(body.name, tuple(order))


def _tenures(library: Library, found: Sequence[_HeldRole]) -> Iterator[Tenure]:
    """The terms of one office, the latest first; it alone may go on, because an office has one holder at a time."""
    for place, (person, role) in enumerate(found):
        goes_on = place == 0 and offices.is_current(library, role)
        told = library.words("graphic.spot").format(name=person.name, n=offices.dates(library, role))
        yield Tenure(person.name, role.start, role.end, goes_on, told, role.last_known)


def _table(library: Library, every: Sequence[_HeldRole]) -> Table:
    def row(person: Person, role: Role) -> tuple[Cell, ...]:
        body = library.get(Organisation, role.organisation) if role.organisation else None
        dates = (str(date) if date else None for date in (role.start, role.end, role.last_known))
        return (body, role.title, person, *dates)

    return Table(("organisation", "office", "person", "start", "end", "last-known"), tuple(starmap(row, every)))
