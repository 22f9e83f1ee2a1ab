"""The parts of a new edition: those of the edition before, each as unchanged, to be edited."""

from collections.abc import Iterator, Mapping
from typing import Any

from explainer.editing.scaffold.placing import Documents, ScaffoldError
from explainer.editing.scaffold.skeleton import Values, scalar
from explainer.reading.document import Document
from explainer.records.editions import Change, Editions
from explainer.records.introspect import models_in, written
from explainer.records.record import Record


def before(model: type[Record], ident: str, documents: Documents) -> Document:
    """The edition that a new one reviews; raises ScaffoldError if there is none, or if the type has no editions."""
    if not issubclass(model, Editions):
        raise ScaffoldError(
            f"a record of type {model.KIND} reviews none; expected a type with editions; leave --reviews out"
        )
    found = next((doc for kind, doc in documents if kind is model and doc.data.get("id") == ident), None)
    if found is None:
        raise ScaffoldError(f"there is no {model.KIND} '{ident}' to review; expected the id of the edition before")
    return found


def values(old: Document) -> Values:
    """What a new edition takes over from the one before, and its number."""
    found: dict[tuple[str | int, ...], str] = {("reviews",): str(old.data["id"])}
    if series := old.data.get("series"):
        found["series",] = str(series)
    number = str(old.data.get("edition", ""))
    if number.isdecimal():
        found["edition",] = str(int(number) + 1)
    return found


def with_parts(text: str, model: type[Record], old: Document) -> str:
    """The skeleton of a new edition with a part for each that stands in the edition before."""
    parts = [item for item in old.data.get("provisions") or () if isinstance(item, dict)]
    lines = list(_lines(model, [item for item in parts if item.get("change") != Change.DROPPED]))
    head, dashes, tail = text.rpartition("---\n")
    return "".join((head, *(f"{line}\n" for line in ("text:", *lines)), dashes, tail)) if lines else text


def _lines(model: type[Record], parts: list[Mapping[str, Any]]) -> Iterator[str]:
    part = next(models_in(model.model_fields["provisions"].annotation))
    name = written(part, "paragraph")
    yield from ["provisions:"] if parts else []
    for item in parts:
        ident = str(item.get(name))
        yield f"  - {name}: {scalar(ident)}"
        for field in ("theme", "summary"):
            yield f"    {field}: {scalar(' '.join(str(item.get(field, '')).split()))}"
        yield f"    change: {Change.UNCHANGED}"
        yield f"    follows: {scalar(ident)}"
