"""The groups of a tally: by which years, families, bodies or records that a field names a record is counted."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from explainer.base.unicode_text import folded
from explainer.kinds.organisation import Organisation
from explainer.records.dossier import BODIES, FAMILY, YEAR
from explainer.records.model import Refers
from explainer.records.record import Named, Record
from explainer.records.references import marked, references
from explainer.records.traits import Dated, InFamily, Joint


class GroupKey(NamedTuple):
    """A group of a tally: a year, a family, or the record of the type `kind` whose id it is."""

    value: str
    kind: str | None = None


def groups(record: Record, by: str) -> list[GroupKey]:
    """The groups to which a record belongs."""
    if own := _OF_TRAITS.get(by):
        return own(record)
    return [GroupKey(value, kind) for value, kind in _referred(record, by) if kind != "source"]


def _years(record: Record) -> list[GroupKey]:
    when = record.when if isinstance(record, Dated) else None
    return [GroupKey(str(when.start.year))] if when else []


def _families(record: Record) -> list[GroupKey]:
    return [GroupKey(record.family)] if isinstance(record, InFamily) else []


def _bodies(record: Record) -> list[GroupKey]:
    return [GroupKey(body, Organisation.KIND) for body in record.bodies] if isinstance(record, Joint) else []


_OF_TRAITS: Mapping[str, Callable[[Record], list[GroupKey]]] = {YEAR: _years, FAMILY: _families, BODIES: _bodies}
"""What a tally may go by that is no field -> the groups of a record."""


def groupings(model: type[Record]) -> dict[str, frozenset[str]]:
    """What records of a type can be grouped by, each with the types of the records that are its groups, if they are any."""
    found = {
        name: frozenset(kind for kind in kinds if kind and kind != "source")
        for name, kinds in references(model).items()
        if kinds - {"source"} and None not in kinds
    }
    found |= {YEAR: frozenset()} if issubclass(model, Dated) else {}
    found |= {BODIES: frozenset({Organisation.KIND})} if issubclass(model, Joint) else {}
    return found | ({FAMILY: frozenset()} if issubclass(model, InFamily) else {})


def _referred(record: Record, field: str) -> Iterator[tuple[str, str | None]]:
    """Id and type of every record to which a field refers."""
    for item in marked(record, field=field):
        if isinstance(item.marker, Refers):
            yield item.value, item.marker.kind


def family_name(family: str, records: Iterable[Record]) -> str:
    """The name of a family: as its records state it, else its id as words."""
    return stated_name(family, records) or family.replace("-", " ").capitalize()


def stated_name(family: str, records: Iterable[Record]) -> str | None:
    """The name of a family as its records most often spell it, in their names before their other names; None if none does."""
    words = r"[\W_]+".join(re.escape(folded(word)) for word in family.split("-"))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)")
    every = tuple(records)
    others = [name for record in every if isinstance(record, Named) for name in record.other_names]
    for names in ([record.label for record in every], others):
        written = Counter(filter(None, (_spelt(pattern, name) for name in names)))
        if written:
            return written.most_common(1)[0][0]
    return None


def _spelt(pattern: re.Pattern[str], name: str) -> str:
    """What a pattern of folded letters finds in a name, as the name spells it; empty if it finds nothing."""
    letters = [(place, folded(char)) for place, char in enumerate(name)]
    places = [place for place, char in letters for _ in char]
    found = pattern.search("".join(char for _, char in letters))
    return name[places[found.start()] : places[found.end() - 1] + 1] if found else ""
