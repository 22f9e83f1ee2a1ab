"""What is left of a record with faults: the same record without the parts that are wrong, and the places of what is left."""

import copy
import dataclasses
import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, Optional, TypeVar

from pydantic import BaseModel, Field, ValidationError, create_model

from explainer.base.values import SLUG
from explainer.reading.document import Document, Place, stem_of
from explainer.records.introspect import field_at, model_at
from explainer.records.model import Loc

M = TypeVar("M", bound=BaseModel)
_TRIES = 12
"""How often what is left is looked at again, since to leave out one part may leave another one incomplete."""


def rest(model: type[M], document: Document, faults: Iterable[Loc]) -> tuple[M | None, Document]:
    """The record that is left without the values at `faults`, and its document; None if it needs one of them.

    What is left out is the smallest part that may be absent: an entry of a list, or a field that is not needed.
    """
    wrong = list(faults)
    for _ in range(_TRIES):
        places = [_removable(model, document.data, loc) for loc in _innermost(wrong)]
        if not all(places):
            return None, document
        document = without(document, places)
        try:
            return model.model_validate(_written(document)), document
        except ValidationError as error:
            wrong = [tuple(detail["loc"]) for detail in error.errors(include_url=False)]
        except (AttributeError, TypeError):  # a rule of the model looked at a field that it needs
            break
    return None, document


def remains(model: type[M], document: Document, faults: Iterable[Loc]) -> tuple[M | None, Document]:
    """The same where the record needs what is wrong or missing: a record that lacks it, good for its references and its prose only."""
    document = _with_id(document, wrong := list(faults))
    there = [loc for loc in wrong if loc != ("id",) and _there(document.data, loc)]
    return rest(_without_needs(model), document, there)


def _with_id(document: Document, faults: Collection[Loc]) -> Document:
    """A story whose id is wrong or missing, with that which its file's name gives."""
    stem = stem_of(document.path)
    if document.body is None or ("id",) not in faults or not SLUG.fullmatch(stem):
        return document
    return dataclasses.replace(document, data={**document.data, "id": stem})


@functools.cache
def _without_needs(model: type[M]) -> type[M]:
    """The model with no field that a record needs, but its id."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if info.is_required() and name != "id":
            optional: Any = Optional[info.annotation]  # noqa: UP045 - an annotation may be no type
            field = Field(default=None, alias=info.alias, description=info.description)
            fields[name] = (Annotated[optional, *info.metadata, field], None)
    return create_model(model.__name__, __base__=model, **fields)


def _innermost(faults: Collection[Loc]) -> Iterator[Loc]:
    """The faults in which no other lies: a list is too short, for one, only because an entry of it is wrong."""
    around = {loc[:length] for loc in faults for length in range(len(loc))}
    return (loc for loc in faults if loc not in around)


def _written(document: Document) -> dict[str, Any]:
    return {**document.data, "body": document.body} if document.body else dict(document.data)


def _removable(model: type[BaseModel], data: Any, loc: Loc) -> Place:
    """The smallest part around a place that a record may lack; empty if it needs all of them."""
    place = _there(data, loc)
    while place and not _may_lack(model, place):
        place = place[:-1]
    return place


def _there(data: Any, loc: Loc) -> Place:
    """As much of a place as the data has."""
    found: list[str | int] = []
    for step in loc:
        inside = isinstance(data, dict) and step in data
        if not inside and not (isinstance(data, list) and isinstance(step, int) and step < len(data)):
            break
        found.append(step)
        data = data[step]
    return tuple(found)


def _may_lack(model: type[BaseModel], place: Place) -> bool:
    *before, last = place
    if isinstance(last, int):
        return True
    holder = model_at(model, tuple(before))
    info = field_at(holder, last) if holder else None
    return info is None or not info.is_required()


def without(document: Document, places: Iterable[Place]) -> Document:
    """A document without the values at some places; the others keep their lines and columns."""
    data = copy.deepcopy(dict(document.data))
    lines, keys = dict(document.places), dict(document.keys)
    for place in sorted({tuple(place) for place in places}, key=_last_first, reverse=True):
        holder: Any = data
        for step in place[:-1]:
            holder = holder[step]
        del holder[place[-1]]
        lines, keys = _shifted(lines, place), _shifted(keys, place)
    return dataclasses.replace(document, data=data, places=lines, keys=keys)


def _last_first(place: Place) -> tuple[tuple[int, int, str], ...]:
    """Sorts entries of a list by their number, and what holds others before them."""
    return tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in place)


def _shifted(lines: Mapping[Place, tuple[int, int]], gone: Place) -> dict[Place, tuple[int, int]]:
    """The places that are left; later entries of the same list move up."""
    found: dict[Place, tuple[int, int]] = {}
    at, last = len(gone) - 1, gone[-1]
    for place, line in lines.items():
        if place[: len(gone)] == gone:
            continue
        step = place[at] if len(place) > at and place[:at] == gone[:at] else None
        moves = isinstance(last, int) and isinstance(step, int) and step > last
        found[(*place[:at], step - 1, *place[at + 1 :]) if moves and isinstance(step, int) else place] = line
    return found
