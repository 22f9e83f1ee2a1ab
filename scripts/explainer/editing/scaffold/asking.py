"""Prompts on a terminal for the values of a new record, repeated until the answer is valid."""

import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from explainer.base.problems import did_you_mean, listed
from explainer.base.values import SLUG
from explainer.editing.scaffold.guessing import suggested, unused
from explainer.editing.scaffold.placing import Documents
from explainer.editing.scaffold.skeleton import Slot, Values, least, sentence, slots
from explainer.kinds.registry import Kinds
from explainer.kinds.source import Source
from explainer.reading.document import Document, Place
from explainer.records.introspect import part
from explainer.records.model import Refers
from explainer.records.record import Record
from explainer.records.sourced import Citation

# Asking


def asked(
    kinds: Kinds,
    model: type[Record],
    values: Values,
    documents: Documents,
    ask: Callable[[str], str],
    tell: Callable[[str], None],
) -> dict[Place, str]:
    """Prompt for each needed value that is missing and add the answers to `values`; an empty answer leaves it open."""
    found = dict(values)
    waiting = [slot for slot in slots(model) if slot.place not in found and slot.place != ("id",)]
    for slot in waiting:
        found |= {slot.place: answer} if (answer := _answer(kinds, slot, documents, ask, tell)) else {}
    if ("id",) not in found:
        words = suggested(model, found, documents)
        taken = {str(doc.data.get("id")) for kind, doc in documents if kind is model}
        guess = unused(words, taken) if words else ""
        slot = Slot(("id",), model, "id")
        answer = _answer(kinds, slot, documents, ask, tell, guess) or guess
        found |= {("id",): answer} if answer else {}
    return found


def asked_file(files: Sequence[str], ask: Callable[[str], str], tell: Callable[[str], None]) -> str:
    """Prompt for the name of the list to write into, and return it."""
    names = [PurePosixPath(path).stem for path in files]
    tell("")
    tell("The file to write into: one of those that there are, or a new name.")
    while True:
        answer = ask(f"file ({listed(names, limit=40)}): ").strip().removesuffix(".yml")
        if answer in names or (SLUG.fullmatch(answer) and not did_you_mean(answer, names)):
            return answer
        tell(f"'{answer}' is none of the files{did_you_mean(answer, names) or '; expected a name, as in press'}")


def _answer(
    kinds: Kinds,
    slot: Slot,
    documents: Documents,
    ask: Callable[[str], str],
    tell: Callable[[str], None],
    default: str = "",
) -> str:
    found = part(slot.info.annotation)
    tell("")
    for line in sentence(slot.info, found):
        tell(line.removeprefix("# "))
    many = " (several with commas)" if found.many else ""
    offered = f" [{default}]" if default else ""
    while True:
        answer = ask(f"{slot.words}{many}{offered}: ").strip()
        wrong = refused(kinds, slot, answer, documents) if answer else None
        if wrong is None:
            return answer
        tell(wrong)


def refused(kinds: Kinds, slot: Slot, answer: str, documents: Documents) -> str | None:
    """Validate a value for a slot: a message if it is wrong, else None."""
    found = part(slot.info.annotation)
    value: Any = [item.strip() for item in answer.split(",") if item.strip()] if found.many else answer
    try:
        _adapter(slot.model, slot.name).validate_python(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        if found.words:
            return f"'{answer}' is not one of {', '.join(found.words)}{did_you_mean(answer, found.words)}"
        if detail["type"] == "too_short":
            return f"too few entries; expected at least {least(slot.info)}, with a comma between them"
        return str(detail.get("ctx", {}).get("error", detail["msg"]))
    kind = _refers(slot)
    if kind is None:
        return None
    known = [str(doc.data.get("id")) for other, doc in documents if other is kinds.by_kind[kind]]
    for ident in value if found.many else [answer]:
        if ident not in known:
            now = next(
                (doc.data["id"] for other, doc in documents if other is kinds.by_kind[kind] and ident in _old(doc)),
                None,
            )
            if now is not None:
                return f"'{ident}' is now '{now}'; write {now}"
            guess = (
                did_you_mean(ident, known)
                or f"; add one in content/{kinds.by_kind[kind].FOLDER} first, or leave this open"
            )
            return f"no {kind} has the id '{ident}'{guess}"
    return None


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
