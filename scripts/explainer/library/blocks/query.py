"""Queries: the records of a type that fit conditions on their fields."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from explainer.base.dataclass import dataclass
from explainer.library.blocks.grammar import AskedError, Item
from explainer.library.blocks.lookup import AbsentError, a_record, guessed, unknown
from explainer.library.directory import Directory
from explainer.library.library import Library
from explainer.records.dossier import YEAR
from explainer.records.introspect import own_fields, part
from explainer.records.model import Refers
from explainer.records.record import Record
from explainer.records.references import marked, references
from explainer.records.traits import Dated

_OF_EVERY = frozenset({"withdrawn"})
"""Fields of every record that tell none apart."""
_PLAIN = (str, int, Decimal)


@dataclass(frozen=True)
class Condition:
    """One of some values that a field must have."""

    field: str
    values: tuple[str, ...]
    kind: str | None
    """The type of the records that the field names; None for a word, or if the values name the folder."""


@dataclass(frozen=True)
class Query:
    """A type of record, and what its records must fit."""

    model: type[Record]
    conditions: tuple[Condition, ...] = ()

    def records(self, library: Library) -> tuple[Record, ...]:
        """The records that fit, by their main date where they have one; those that are withdrawn are left out."""
        every = (record for record in library.by_kind.get(self.model.KIND, ()) if not record.is_withdrawn)
        found = [record for record in every if all(_fits(record, item) for item in self.conditions)]
        return tuple(sorted(found, key=_order) if issubclass(self.model, Dated) else found)

    @cached_property
    def name(self) -> str:
        """The query as a name of letters, digits and hyphens."""
        parts = (f"{item.field}-{'-'.join(item.values)}" for item in self.conditions)
        return "-".join((self.model.FOLDER, *parts)).replace("/", "-").replace("_", "-").replace(" ", "-").lower()


def query(library: Library, model: type[Record], items: Iterable[Item], folder: Item) -> Query:
    """The query that conditions make; raises AskedError for one that means nothing, or if no record fits."""
    conditions = tuple(_condition(library, model, item) for item in items)
    found = Query(model, conditions)
    if not found.records(library):
        if library.gaps.in_kind(model.KIND):
            raise AbsentError
        told = " and ".join(f"{item.field}={','.join(item.values)}" for item in conditions)
        place = next(iter(items), folder)
        none = f"no record of {model.FOLDER} has {told}" if told else f"{model.FOLDER} holds no record"
        raise AskedError(f"{none}; expected one at least; correct the condition, or delete the block", place.at)
    return found


def _order(record: Record) -> tuple[bool, str]:
    when = record.when if isinstance(record, Dated) else None
    return when is None, str(when.start.first_day) if when else ""


def condition_fields(model: type[Record]) -> dict[str, str | None]:
    """The fields that a condition may be about, each with the type of the records that it names, None for words."""
    found: dict[str, str | None] = {"id": model.KIND} | ({YEAR: None} if issubclass(model, Dated) else {})
    for name, kinds in references(model).items():
        plain = part(model.model_fields[name].annotation).inner is None
        direct = kinds if plain else kinds - {"source"}
        if len(direct) == 1 and name not in _OF_EVERY:
            found[name] = next(iter(direct))
    for name in own_fields(model):
        leaf = part(model.model_fields[name].annotation).leaf
        if name not in found and isinstance(leaf, type) and issubclass(leaf, _PLAIN):
            found[name] = None
    return found


def _condition(library: Library, model: type[Record], item: Item) -> Condition:
    name = item.name.rpartition(":")[2]
    known = condition_fields(model)
    if name not in known:
        raise unknown(item, f"field of {model.FOLDER} to choose by", known, name)
    kind = known[name]
    for value in item.values:
        _check(library, model, name, kind, value)
    return Condition(name, tuple(value.value for value in item.values), kind)


def _check(library: Library, model: type[Record], name: str, kind: str | None, value: Item) -> None:
    """Raise AskedError for a value that the field can never have."""
    if name == "id" or name in references(model):
        _check_reference(library, kind, value)
        return
    words = part(model.model_fields[name].annotation).words if name in model.model_fields else ()
    if words and value.value not in words:
        raise AskedError(f"'{value.value}' is no word of '{name}'{guessed(value.value, words)}", value.at)


def _check_reference(library: Library, kind: str | None, value: Item) -> None:
    if kind is None:
        a_record(library, value)
        return
    if library.gaps.touch((kind, value.value)):
        raise AbsentError
    if (kind, value.value) not in library.entries:
        every = Directory(library.kinds, {key: entry.record for key, entry in library.entries.items()})
        raise AskedError(every.dangling(value.value, kind), value.at)


def _fits(record: Record, condition: Condition) -> bool:
    return not set(condition.values).isdisjoint(said(record, condition.field))


def said(record: Record, field: str) -> Iterable[str]:
    """The ids or the words that a field of a record has; of the year, every year in which it was."""
    if field == "id":
        return (record.ident,)
    if field == YEAR:
        when = record.when if isinstance(record, Dated) else None
        return map(str, range(when.start.year, when.end.year + 1)) if when else ()
    return _ids(record, field) or _words(getattr(record, field))


def _ids(record: Record, field: str) -> list[str]:
    """The records that a field names; sources only where it names nothing else."""
    found = ((item.marker, item.value) for item in marked(record, field=field))
    named = [(marker.kind, value) for marker, value in found if isinstance(marker, Refers)]
    return [value for kind, value in named if kind != "source"] or [value for _, value in named]


def _words(value: object) -> Iterator[str]:
    """The plain values that a field has."""
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, _PLAIN):
            yield str(each).lower() if isinstance(each, bool) else str(each)
