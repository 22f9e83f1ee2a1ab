"""The chart of terms of office."""

from collections import defaultdict
from collections.abc import Iterator

from explainer.figures.graphic import Graphic, Key, Table
from explainer.figures.tenures import Body, Tenure, offices
from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person, Role
from explainer.library.library import Library
from explainer.pages.charts.basics import FEWEST, language_in


def people_in_office(library: Library) -> Iterator[Graphic]:
    """A bar chart of who held which office when, organisation by organisation."""
    words = language_in(library)
    held = [
        (library.get(Organisation, role.organisation), person, role)
        for person in library.all(Person)
        for role in person.roles
        if role.organisation
    ]
    dated = [item for item in held if item[2].start or item[2].end]
    if len(dated) < FEWEST:
        return
    bodies: defaultdict[Organisation, list[tuple[Person, Role]]] = defaultdict(list)
    for body, person, role in dated:
        bodies[body].append((person, role))
    ordered = sorted(bodies.items(), key=lambda item: (-len(item[1]), item[0].name.casefold()))
    drawn = [
        Body(
            body.name,
            tuple(
                Tenure(words("joint.comma").join([person.name, role.title]), role.start, role.end)
                for person, role in sorted(offices_of, key=_by_title)
            ),
        )
        for body, offices_of in ordered
    ]
    years = [tenure.years for body in drawn for tenure in body.tenures]
    every = [(person, role) for person in library.all(Person) for role in person.roles]
    rows = tuple(
        (
            library.get(Organisation, role.organisation) if role.organisation else None,
            role.title,
            person,
            str(role.start) if role.start else None,
            str(role.end) if role.end else None,
        )
        for person, role in every
    )
    left = len(every) - len(dated)
    people = len({person.id for _, person, _ in dated})
    yield Graphic(
        id="people-in-office",
        title=words("graphic.offices.title"),
        says=words.phrase("graphic.offices.says", len(dated)).format(
            n=words.number(len(dated)),
            people=words.phrase("graphic.offices.people", people).format(n=words.number(people)),
            start=min(first for first, _ in years),
            end=max(last for _, last in years),
        ),
        drawing=offices(drawn),
        table=Table(("organisation", "office", "person", "start", "end"), rows),
        kinds=(Person.KIND,),
        records=len(library.all(Person)),
        notes=(words.phrase("graphic.offices.left", left).format(n=words.number(left)),) if left else (),
        legend=tuple(Key(name, words(f"graphic.offices.{name}")) for name in ("known", "vague", "open")),
    )


def _by_title(item: tuple[Person, Role]) -> tuple[str, str, str]:
    person, role = item
    return role.title.casefold(), str(role.start or role.end or ""), person.id
