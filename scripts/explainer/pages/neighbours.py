"""The neighbours of a record, for the margin of its page: its family, or its whole section where that is small."""

from collections import defaultdict
from collections.abc import Mapping

from explainer.base.dataclass import dataclass
from explainer.library import addresses, sections
from explainer.library.editions import series
from explainer.library.groups import family_name
from explainer.library.library import Library
from explainer.records.editions import Editions
from explainer.records.record import Record
from explainer.records.traits import Dated, InFamily

FEW = 20
"""Largest section whose records are all neighbours of each other."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other records that a reader of one may want next, and what they are."""

    title: str
    records: tuple[Record, ...]


def neighbours(library: Library, record: Record) -> Neighbours | None:
    """The other editions of a record, the earliest first; else the others of its section, unless they are many."""
    title, family = _family(library, record)
    if len(family) > 1:
        return Neighbours(title, _others(family, record))
    every = library.all(type_of(library, record))
    section = record.section()
    if section is None or not addresses.has_page(record) or not 1 < len(every) <= FEW:
        return None
    return Neighbours(sections.title(library.dossier, library.words, section), _others(every, record))


def _family(library: Library, record: Record) -> tuple[str, tuple[Record, ...]]:
    """The title and the members of a record's family or series; no members if it belongs to none."""
    if isinstance(record, InFamily):
        family = members(library, record.KIND, record.family)
        return library.words("neighbours").format(name=family_name(record.family, family)), family
    if isinstance(record, Editions) and record.series:
        texts = library.shared.get("series of texts", lambda: series(library))
        return library.words("editions.series"), next((one.editions for one in texts if record in one.editions), ())
    return "", ()


def members(library: Library, kind: str, family: str) -> tuple[Record, ...]:
    """The records of a family of a kind, the earliest first; families are put together once for all that ask."""
    model = library.kinds.by_kind[kind]
    every = library.shared.plain(f"families of {kind}", lambda: _families(library, model))
    return tuple(library.get(model, ident) for ident in every[family])


def type_of(library: Library, record: Record) -> type[Record]:
    """The model of a record, which may be a view of it."""
    return library.kinds.by_kind[record.KIND]


def _others(records: tuple[Record, ...], record: Record) -> tuple[Record, ...]:
    return tuple(other for other in records if other != record)


def _families(library: Library, model: type[Record]) -> Mapping[str, list[str]]:
    """The ids of the records of each family of a type, the earliest first."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for other in library.all(model):
        if isinstance(other, InFamily):
            found[other.family].append(other)
    return {name: [one.ident for one in sorted(family, key=_begin)] for name, family in found.items()}


def _begin(record: Record) -> tuple[str, str]:
    when = record.when if isinstance(record, Dated) else None
    return (str(when.start) if when else "", record.ident)
