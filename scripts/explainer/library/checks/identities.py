"""Rules about ids, numbers and old ids, and about chains of records."""

from collections.abc import Iterator

from explainer.base.problems import Problem, article
from explainer.base.unicode_text import folded
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.records.model import Refers
from explainer.records.record import Named, Record, Story
from explainer.records.references import is_list, markers
from explainer.records.traits import Numbered


def _stories(library: Library) -> Iterator[Story]:
    for entry in library.entries.values():
        if isinstance(entry.record, Story):
            yield entry.record


def chains_end(library: Library, pages: Pages) -> Iterator[Problem]:
    """No record reviews, supplements or belongs to itself, directly or in a circle."""
    for model in library.kinds.types:
        for field in _to_its_own(model):
            yield from _circles(library, model, field)


def _to_its_own(model: type[Record]) -> list[str]:
    """The fields of a type that name one record of the same type, such as the edition before or the whole of a part."""
    same = Refers(model.KIND)
    return [name for name, marker in markers(model).items() if marker == same and not is_list(model, name)]


def _circles(library: Library, model: type[Record], field: str) -> Iterator[Problem]:
    """A problem for every record from which a field leads back to it."""
    after: dict[str, str | None] = {record.ident: record.fields()[field] for record in library.all(model)}
    for record in library.all(model):
        seen = [record.ident]
        current = after[record.ident]
        while current is not None and current not in seen:
            seen.append(current)
            current = after[current]
        if current == record.ident:
            circle = " → ".join([*seen, current])
            yield library.document(record).problem(
                (field,),
                f"{field} leads back to the record itself ({circle}); expected a chain with an end; correct one of them",
            )


def numbers_match_ids(library: Library, pages: Pages) -> Iterator[Problem]:
    """The number of a record is its id, where its type has numbers."""
    for record in library.having(Numbered):
        if str(record.number) != record.ident:
            yield library.document(record).problem(
                ("number",),
                f"number {record.number} differs from the id '{record.ident}'; expected the same; correct one of them",
            )


def names_mean_one_thing(library: Library, pages: Pages) -> Iterator[Problem]:
    """No other name of a record repeats its name, or is the name or another name of a second record of its type.

    Records of different types may share a name: a term explains what an organisation is.
    """
    for model in library.kinds.types:
        records = [record for record in library.by_kind.get(model.KIND, ()) if isinstance(record, Named)]
        known = {_folded(record.label): record for record in reversed(records)}
        for record in records:
            for index, name in enumerate(record.other_names):
                first = known.setdefault(_folded(name), record)
                if message := _misnamed(record, name, first):
                    yield library.document(record).problem(("other_names", index), message)


def _misnamed(record: Named, name: str, first: Named) -> str | None:
    if name.casefold() == record.label.casefold():
        return f"'{name}' is the name itself; expected another one; delete it"
    if first is record:
        return None
    return (
        f"'{name}' is a name of {article(first.KIND)} too, '{first.ident}'; expected a name of this one only; "
        "delete it from one of them"
    )


def _folded(name: str) -> str:
    """A name without regard to case, accents and spaces."""
    return " ".join(folded(name).split())


def aliases_are_free(library: Library, pages: Pages) -> Iterator[Problem]:
    """An old id of a record is the id of no record of its type now, and the old id of no other."""
    seen: dict[tuple[str, str], str] = {}
    for record in _stories(library):
        for index, alias in enumerate(record.aliases):
            key, place = (record.KIND, alias), ("aliases", index)
            if key in library.entries:
                yield library.document(record).problem(
                    place,
                    f"'{alias}' is the id of {article(record.KIND)} now; expected an id that is no longer in use; delete it",
                )
            elif key in seen:
                yield library.document(record).problem(
                    place,
                    f"'{alias}' already leads to {seen[key]}; expected it at one record; delete it from one of them",
                )
            seen.setdefault(key, record.ident)
