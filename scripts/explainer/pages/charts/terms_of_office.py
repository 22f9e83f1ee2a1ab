"""The chart of terms of office."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import NamedTuple

from explainer.base.language import Language
from explainer.figures.graphic import Cell, Graphic, Key, Table
from explainer.figures.tenures import Body, Tenure, offices
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person, Role
from explainer.library.library import Library
from explainer.pages.charts.basics import FEWEST, language_in


class _Office(NamedTuple):
    """A role of a person."""

    person: Person
    role: Role

    @property
    def is_drawn(self) -> bool:
        """Whether it is an office in an organisation that is on record, and one of its dates is known."""
        return bool(self.role.organisation and (self.role.start or self.role.end))

    @property
    def order(self) -> tuple[str, str, str]:
        """Sort key: by title, then by date."""
        return self.role.title.casefold(), str(self.role.start or self.role.end or ""), self.person.id


def people_in_office(library: Library) -> Iterator[Graphic]:
    """A bar chart of who held which office when, organisation by organisation."""
    words = language_in(library)
    every = [_Office(person, role) for person in library.all(Person) for role in person.roles]
    dated = [office for office in every if office.is_drawn]
    if len(dated) < FEWEST:
        return
    bodies = _bodies(library, dated, words)
    left = len(every) - len(dated)
    yield Graphic(
        id="people-in-office",
        title=words("graphic.offices.title"),
        says=_sentence(dated, bodies, words),
        drawing=offices(bodies),
        table=_table(library, every),
        kinds=(Person.KIND,),
        records=len(library.all(Person)),
        notes=(words.phrase("graphic.offices.left", left).format(n=words.number(left)),) if left else (),
        legend=tuple(Key(name, words(f"graphic.offices.{name}")) for name in ("known", "vague", "open")),
    )


def _sentence(dated: Sequence[_Office], bodies: Sequence[Body], words: Language) -> str:
    years = [tenure.years for body in bodies for tenure in body.tenures]
    people = len({office.person.id for office in dated})
    start, end = min(first for first, _ in years), max(last for _, last in years)
    return words.phrase("graphic.offices.says" if start < end else "graphic.offices.one-year", len(dated)).format(
        n=words.number(len(dated)),
        people=words.phrase("graphic.offices.people", people).format(n=words.number(people)),
        start=start,
        end=end,
    )


def _bodies(library: Library, dated: Sequence[_Office], words: Language) -> list[Body]:
    """The offices by organisation, those with the most first."""
    held: defaultdict[Organisation, list[_Office]] = defaultdict(list)
    for office in dated:
        held[library.get(Organisation, office.role.organisation or "")].append(office)
    ordered = sorted(held.items(), key=lambda item: (-len(item[1]), item[0].name.casefold()))
    return [
        Body(
            body.name,
            tuple(
                Tenure(words("joint.comma").join([person.name, role.title]), role.start, role.end)
                for person, role in sorted(found, key=lambda office: office.order)
            ),
        )
        for body, found in ordered
    ]


def _table(library: Library, every: Sequence[_Office]) -> Table:
    def row(person: Person, role: Role) -> tuple[Cell, ...]:
        body = library.get(Organisation, role.organisation) if role.organisation else None
        dates = (str(date) if date else None for date in (role.start, role.end))
        return (body, role.title, person, *dates)

    return Table(("organisation", "office", "person", "start", "end"), tuple(starmap(row, every)))
