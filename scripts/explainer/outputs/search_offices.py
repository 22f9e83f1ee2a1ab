"""The offices that people held, for the search: who holds one today, who held it before, and when."""

import datetime as dt
from collections.abc import Iterator

from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person, Role
from explainer.library import offices, places
from explainer.library.library import Library
from explainer.outputs.search_files import Held


def of_person(library: Library, person: Person) -> Iterator[Held]:
    """The offices of a person, the latest first."""
    for role in person.roles:
        office = page(library, role)
        yield Held(
            title=role.title,
            of=_at(library, role.organisation),
            page=_at(library, office.id if office else None),
            start=_month(role.start.first_day) if role.start else 0,
            end=_end(library, role),
        )


def _at(library: Library, organisation: str | None) -> str:
    """The address of an organisation; empty without one."""
    record = library.get(Organisation, organisation) if organisation else None
    return (places.at(library, record) or "") if record else ""


def page(library: Library, role: Role) -> Organisation | None:
    """The record of an office itself: the organisation or a part of it whose name holds what the office is called.

    What stands behind a comma, as an earlier name of the body, is not part of what it is called.
    """
    if role.organisation is None:
        return None
    whole = library.get(Organisation, role.organisation)
    every = (whole, *library.related(whole, Organisation, "part_of"))
    called = role.title.partition(",")[0]
    return next((each for each in every if f"{called} " in each.name), None)


def _end(library: Library, role: Role) -> int:
    """The month in which a role ended, or the last in which it is known, at the latest that in which the next began; 0 for none."""
    if offices.is_current(library, role):
        return 0
    after = offices.following(library, role)
    last = role.end or role.last_known
    ends = [last.last_day] if last else []
    ends += [after.start.first_day] if after and after.start else []
    return _month(min(ends)) if ends else 0


def _month(day: dt.date) -> int:
    """The month of a day, counted from the year 0."""
    return day.year * 12 + day.month - 1
