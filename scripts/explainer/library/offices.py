"""Whether somebody holds an office today, and its dates in words, as far as they are known."""

from explainer.kinds.organisation import Organisation
from explainer.kinds.person import Person, Role
from explainer.library.library import Library


def is_current(library: Library, role: Role) -> bool:
    """Whether somebody holds an office today: it began, has no end yet, and nobody is known to have begun after that.

    Where the end is not known, the last date on which a source has somebody in it proves nothing about today.
    """
    if role.start is None or role.last_known is not None:
        return False
    if role.end is not None and role.end.last_day < library.dossier.updated.first_day:
        return False
    return following(library, role) is None


def following(library: Library, role: Role) -> Role | None:
    """The role of whoever came next to the same office, as far as it is known."""
    begun = role.start
    if role.organisation is None or begun is None:
        return None
    later = (
        other
        for person in library.related(library.get(Organisation, role.organisation), Person, "roles")
        for other in person.roles
        if (other.organisation, other.title) == (role.organisation, role.title)
        and other.start is not None
        and other.start.first_day > begun.first_day
    )
    return min(later, key=lambda other: other.start.first_day if other.start else begun.first_day, default=None)


def dates(library: Library, role: Role) -> str:
    """When an office was held; empty if no source says so."""
    words, state = library.words, _state(library, role)
    if not state:
        return ""
    after = following(library, role)
    known = {"start": role.start, "end": role.end, "last": role.last_known, "next": after.start if after else None}
    return words(f"office.{state}").format(**{name: words.date(date) if date else "" for name, date in known.items()})


def _state(library: Library, role: Role) -> str:
    """The word for what is known of the dates of a role; empty where nothing is."""
    if role.end:
        return "both" if role.start else "until"
    if role.last_known:
        return "known" if not role.start else "last" if role.last_known.last_day > role.start.last_day else "open"
    if not role.start:
        return ""
    return "followed" if following(library, role) else "from"


def is_beside(role: Role, main: Role) -> bool:
    """Whether a role was held at the time of the main one, at least in part, and not only before it."""
    if main.start is None:
        return False
    begun, last = role.start, role.last_known
    return bool(
        (begun and begun.first_day >= main.start.first_day)
        or (role.end and role.end.first_day > main.start.last_day)
        or (last and last.last_day >= main.start.first_day)
    )
