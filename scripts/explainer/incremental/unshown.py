"""Finds filled fields of a dossier's own kinds that no page shows.

The recorded dependencies of the pages say which fields were read: a field that none of them read is certainly not shown.
One that a page reads and does not print is not found.
"""

from collections.abc import Container, Iterable, Iterator

from explainer.base.dependencies import Dependency
from explainer.base.problems import Problem
from explainer.incremental.results import BuildState
from explainer.kinds.own_kinds import FOLDER, OwnKind
from explainer.kinds.registry import Kinds
from explainer.library import addresses
from explainer.library.library import Library
from explainer.records.introspect import special_fields
from explainer.records.record import Record

_ABOUT = f"file {addresses.DATA}/index.md"
"""The page about the data, which counts what every field states and shows none."""


def unshown(library: Library, kept: BuildState) -> Iterator[Problem]:
    """A problem for every field of an own kind that a record fills and no page reads, at the first such record."""
    shown = [own for own in library.kinds.own.values() if own.model in library.kinds.sections.values()]
    if not shown:  # what every page read is gathered from all results
        return
    fields = [(own, name) for own in shown for name in special_fields(own.model)]
    unread = _never_read(library, kept, fields)
    for own, name in fields:
        if found := list(_unread(library.all(own.model), name, unread)):
            message = _MESSAGE.format(name=name, others=_others(len(found) - 1), place=_place(own))
            yield library.document(found[0]).problem((name,), message)


_MESSAGE = (
    "{name}: is filled{others}, but no page shows it; expected pages that print it; "
    "print record.{name} in {place}, or delete the field"
)


def _never_read(library: Library, kept: BuildState, fields: Iterable[tuple[OwnKind, str]]) -> Container[Dependency]:
    """Those of some fields, each with every record that has it, that no page read."""
    names = [name for name in kept.wanted if _shows(library.kinds, name)]
    asked = ((name, record.key) for own, name in fields for record in library.all(own.model))
    return kept.unread(library.shared, names, asked)


def _unread(records: Iterable[Record], name: str, unread: Container[Dependency]) -> Iterator[Record]:
    """The records that fill a field and of which no page read it; those of which one did are not loaded."""
    return (record for record in records if (name, record.key) in unread and _filled(record, name))


def _shows(kinds: Kinds, name: str) -> bool:
    """Whether a result is a page, or a check of an own kind: what only such a check reads is of use without being shown."""
    first, _, rest = name.partition(" ")
    return name != _ABOUT and (first == "file" or (first == "check" and rest.partition(" ")[0] in kinds.own))


def _filled(record: Record, name: str) -> bool:
    """Whether a record says more in a field than the model does by itself; one that is withdrawn need not be shown."""
    return not record.is_withdrawn and getattr(record, name) != record.__class__.model_fields[name].get_default()


def _others(number: int) -> str:
    return f", here and in {number} more" if number else ""


def _place(own: OwnKind) -> str:
    """The file of a kind that should print a field: its template, else its module of pages."""
    names = (f"{own.model.KIND}.md.j2", f"{own.model.KIND}-index.md.j2")
    return f"{FOLDER}/{own.folder.name}/{next(filter(own.file, names), 'page.py')}"
