"""Validation of a value for a field of a new record, from a prompt or from the command line."""

import functools
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from explainer.base.problems import did_you_mean
from explainer.editing.scaffold.placing import Documents
from explainer.editing.scaffold.skeleton import Slot, least
from explainer.kinds.registry import Kinds
from explainer.kinds.source import Source
from explainer.reading.document import Document
from explainer.records.introspect import part
from explainer.records.model import Refers
from explainer.records.record import Record
from explainer.records.sourced import Citation


def refused(kinds: Kinds, slot: Slot, answer: str, documents: Documents) -> str | None:
    """Validate a value for a slot: a message if it is wrong, else None."""
    many = part(slot.info.annotation).many
    value = [item.strip() for item in answer.split(",") if item.strip()] if many else answer
    try:
        _adapter(slot.model, slot.name).validate_python(value)
    except ValidationError as error:
        return _invalid(slot, answer, error.errors(include_url=False)[0])
    kind = _refers(slot)
    if kind is None:
        return None
    idents = value if isinstance(value, list) else [value]
    return next((wrong for ident in idents if (wrong := _unknown(kinds.by_kind[kind], ident, documents))), None)


def _invalid(slot: Slot, answer: str, detail: Mapping[str, Any]) -> str:
    """The message for a value that its field does not take."""
    words = part(slot.info.annotation).words
    if words:
        return f"'{answer}' is not one of {', '.join(words)}{did_you_mean(answer, words)}"
    if detail["type"] == "too_short":
        return f"too few entries; expected at least {least(slot.info)}, with a comma between them"
    return str(detail.get("ctx", {}).get("error", detail["msg"]))


def _unknown(model: type[Record], ident: str, documents: Documents) -> str | None:
    """The message for an id that no record of a type has; None if one has it."""
    same = [doc for kind, doc in documents if kind is model]
    known = [str(doc.data.get("id")) for doc in same]
    if ident in known:
        return None
    now = next((doc.data["id"] for doc in same if ident in _old(doc)), None)
    if now is not None:
        return f"'{ident}' is now '{now}'; write {now}"
    guess = did_you_mean(ident, known) or f"; add one in content/{model.FOLDER} first, or leave this open"
    return f"no {model.KIND} has the id '{ident}'{guess}"


def _old(document: Document) -> Iterable[str]:
    aliases = document.data.get("aliases")
    return aliases if isinstance(aliases, list) else ()


@functools.cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    annotation: Any = Annotated[info.annotation, *info.metadata, info]
    return TypeAdapter(annotation)


def _refers(slot: Slot) -> str | None:
    """The type of record that a value refers to by its id; None if it is no reference."""
    found = part(slot.info.annotation)
    if found.inner is Citation:
        return Source.KIND
    marks = [*slot.info.metadata, *found.marks]
    return next((mark.kind for mark in marks if isinstance(mark, Refers)), None)
