"""Offices of people for templates: their dates in words, who holds one today, and what a person held besides the first."""

from collections.abc import Iterator

from explainer.kinds.person import Person, Role
from explainer.library import offices
from explainer.pages.context.links import Links


class TermsHeld(Links):
    """When offices were held, as far as it is known."""

    def office_dates(self, role: Role) -> str:
        """When an office was held; empty if no source says so."""
        return offices.dates(self.library, role)

    def is_current(self, role: Role) -> bool:
        """Whether somebody holds an office today, as far as is known."""
        return offices.is_current(self.library, role)

    def other_offices(self, person: Person) -> Iterator[tuple[str, list[Role]]]:
        """The word for when the others were held beside the first of a person, and these: at the same time, or before it."""
        main, *others = person.roles
        beside = [role for role in others if offices.is_beside(role, main)]
        named = (("also", beside), ("before", [role for role in others if role not in beside]))
        yield from ((name, roles) for name, roles in named if roles)
