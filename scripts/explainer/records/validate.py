"""Document -> record, or the problems that keep it from being one."""

from collections.abc import Container, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from explainer.base.problems import Problem, nearest
from explainer.base.unicode_text import hidden
from explainer.base.problems import Problem
from explainer.base.values import CONTROL
from explainer.reading.document import Document
from explainer.records.indentation import fallen_out
from explainer.records.introspect import field_names, in_order, model_at
from explainer.records.messages import meant_field, message_for
from explainer.records.model import Loc

M = TypeVar("M", bound=BaseModel)


def written(document: Document) -> dict[str, Any]:
    """The fields of a document as they are written, the story among them."""
    return {**document.data, "body": document.body} if document.body else dict(document.data)


def read(model: type[M], document: Document) -> tuple[M | None, list[Problem]]:
    """The record that a document holds, typed and frozen; None, and every problem with its fields, if they are not valid."""
    if document.body is not None and "body" in document.data:
        message = "unknown field 'body'; the story is the text after the front matter; move it there"
        return None, [document.key_problem(("body",), message)]
    try:
        record = model.model_validate(written(document))
    except ValidationError as error:
        return None, sorted(set(_problems(model, document, error)))
    problems = list(_twice(document, document.data))
    return (None, problems) if problems else (record, [])


def _twice(document: Document, value: Any, place: Loc = ()) -> Iterator[Problem]:
    """A text that stands twice in one list: a country, a citation, a name."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _twice(document, item, (*place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str) and item in value[:index]:
                message = f"'{item}' is there twice in this list; expected once; delete one of them"
                yield document.problem((*place, index), message)
            elif not isinstance(item, str):
                yield from _twice(document, item, (*place, index))


def _problems(model: type[BaseModel], document: Document, error: ValidationError) -> Iterator[Problem]:
    details = error.errors(include_url=False)
    told, of_these = fallen_out(model, document, details)
    yield from told
    details = [detail for at, detail in enumerate(details) if at not in of_these]
    misspelt = {_meant(model, detail) for detail in details if detail["type"] == "extra_forbidden"}
    for detail in details:
        if not _follows_from_another(detail, misspelt):
            yield _problem(model, document, detail)


def _follows_from_another(detail: ErrorDetails, misspelt: Container[Loc]) -> bool:
    """Whether a finding only follows from another one, which has its own message."""
    if detail["type"] == "missing":
        return tuple(detail["loc"]) in misspelt  # the field is there under a name that it nearly has
    # an entry of the list is wrong
    return detail["type"] == "too_short" and len(detail["input"]) >= detail.get("ctx", {}).get("min_length", 1)


def _problem(model: type[BaseModel], document: Document, detail: ErrorDetails) -> Problem:
    """The problem that a finding is, at the place where an editor mends it."""
    loc, message = tuple(detail["loc"]), message_for(model, detail)
    if detail["type"] == "extra_forbidden":
        return document.key_problem(loc, message)
    if detail["type"] == "missing":
        return Problem(document.path, *_gap(model, document, loc), message)
    if loc != ("body",):
        return document.problem(loc, message)
    if (place := hidden(document.body or "")) is not None:
        return document.body_problem(place, message.removeprefix("body: "))
    return Problem(document.path, document.body_line, 1, f"the story: {message}")


def _gap(model: type[BaseModel], document: Document, loc: Loc) -> tuple[int, int]:
    """Where a field that is missing would stand: at the field that comes after it, or else at the end of those before."""
    inner = model_at(model, loc[:-1])
    keys = [(*loc[:-1], name) for name in (in_order(inner) if inner else ())]
    place = keys.index(loc) if loc in keys else len(keys)
    after = next(filter(document.keys.__contains__, keys[place:]), None)
    if after:
        return document.keys[after]
    before = next(filter(document.keys.__contains__, reversed(keys[:place])), None)
    if before is None:
        return document.place(loc)
    return max(place for key, place in document.places.items() if key[: len(before)] == before)


def _meant(model: type[BaseModel], detail: ErrorDetails) -> Loc:
    """The place of the field that a field with an unknown name is most like; the root where it is like none."""
    loc = tuple(detail["loc"])
    meant = meant_field(str(loc[-1]), field_names(model, loc[:-1]))
    return (*loc[:-1], meant) if meant else ()
