"""Document -> record, or the problems that keep it from being one."""

import dataclasses
from collections.abc import Container, Iterator
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from explainer.base.dataclass import dataclass
from explainer.base.problems import Problem
from explainer.base.unicode_text import hidden
from explainer.base.values import SLUG, NotAnIdError, slug_of
from explainer.reading.document import Document, stem_of
from explainer.records import salvage
from explainer.records.indentation import fallen_out
from explainer.records.introspect import field_at, field_names, in_order, model_at, part
from explainer.records.messages import meant_field, message_for
from explainer.records.model import Loc, Refers

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
        return None, sorted(set(_problems(model, document, error.errors(include_url=False))))
    problems = list(_twice(document, document.data))
    return (None, problems) if problems else (record, [])


@dataclass(frozen=True, slots=True)
class Unread:
    """A reference whose text is no id: what is meant is known once all records are."""

    text: str
    kind: str
    problem: Problem
    """The problem, as it is told where nothing is likely to be meant."""


@dataclass(frozen=True, slots=True)
class Shaped(Generic[M]):
    """A document as a record of a model, whole or in part."""

    record: M | None
    """The record, without the parts that are wrong; None if it needs one of them."""
    document: Document
    """The document of what is left."""
    remains: M | None = None
    """Without what the record needs: good for its references and its prose only; None if nothing can be made of it."""
    problems: tuple[Problem, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.record is not None and not self.problems and not self.unread


def shape(model: type[M], document: Document) -> Shaped[M]:
    """The record that a document holds, and what is left of it where something is wrong."""
    if document.body is not None and "body" in document.data:
        shaped = shape(model, salvage.without(document, [("body",)]))
        message = "unknown field 'body'; the story is the text after the front matter; move it there"
        return dataclasses.replace(shaped, problems=(document.key_problem(("body",), message), *shaped.problems))
    try:
        whole = model.model_validate(written(document))
    except ValidationError as error:
        return _in_part(model, document, error.errors(include_url=False))
    return Shaped(whole, document, whole, tuple(_twice(document, document.data)))


def _in_part(model: type[M], document: Document, details: list[ErrorDetails]) -> Shaped[M]:
    """What is left of a record with faults, and what is told of them; what is wrong in a line already told is left out."""
    references = [_unread(model, document, detail) for detail in details]
    pairs = zip(details, references, strict=True)
    left = [detail for detail, reference in pairs if reference is None and _is_told(document, detail)]
    unread = tuple(filter(None, references))
    told = {fault.line for fault in document.faults}
    problems = tuple(problem for problem in _with_repeated(model, document, left) if problem.line not in told)
    faults: list[Loc] = [tuple(detail["loc"]) for detail in details]
    record, rest = salvage.rest(model, document, faults)
    if record is not None:
        return Shaped(record, rest, record, problems, unread)
    remains, rest = salvage.remains(model, document, faults)
    return Shaped(None, rest, remains, problems, unread)


def _with_repeated(model: type[BaseModel], document: Document, details: list[ErrorDetails]) -> Iterator[Problem]:
    """The problems that findings are, and those with texts that stand twice in a list and are not told of already."""
    places = set()
    for problem in _problems(model, document, details):
        places.add((problem.line, problem.column))
        yield problem
    again = _twice(document, document.data)
    yield from (problem for problem in again if (problem.line, problem.column) not in places)


def _is_told(document: Document, detail: ErrorDetails) -> bool:
    """Whether a finding is told: not if a field seems to be missing beside one whose name cannot be read."""
    return not document.faults or detail["type"] != "missing"


def _unread(model: type[BaseModel], document: Document, detail: ErrorDetails) -> Unread | None:
    """The reference that a finding is about; None if it is about something else."""
    error = detail.get("ctx", {}).get("error")
    if not isinstance(error, NotAnIdError):
        return None
    kind = _kind_at(model, tuple(part for part in detail["loc"] if isinstance(part, str)))
    return Unread(error.text, kind, document.problem(detail["loc"], str(error))) if kind else None


def _kind_at(model: type[BaseModel], names: tuple[str, ...]) -> str | None:
    """The type of record that a field refers to; None if it refers to none, or to any."""
    holder = model_at(model, names[:-1])
    info = field_at(holder, names[-1]) if holder else None
    marks = (*info.metadata, *part(info.annotation).marks) if info else ()
    return next((mark.kind for mark in marks if isinstance(mark, Refers)), None)


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


def _problems(model: type[BaseModel], document: Document, details: list[ErrorDetails]) -> Iterator[Problem]:
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
    message += _own_id(document, detail)
    if detail["type"] == "extra_forbidden":
        return document.key_problem(loc, message)
    if detail["type"] == "missing":
        return Problem(document.path, *_gap(model, document, loc), message)
    if loc != ("body",):
        return document.problem(loc, message)
    if (place := hidden(document.body or "")) is not None:
        return document.body_problem(place, message.removeprefix("body: "))
    return Problem(document.path, document.body_line, 1, f"the story: {message}")


def _own_id(document: Document, detail: ErrorDetails) -> str:
    """What to write for the id of the record itself, where it cannot be one; empty for any other finding."""
    error = detail.get("ctx", {}).get("error")
    if tuple(detail["loc"]) != ("id",) or not isinstance(error, NotAnIdError):
        return ""
    stem = stem_of(document.path) if document.body is not None else ""
    meant = stem if SLUG.fullmatch(stem) else slug_of(error.text)
    return f"; write {meant}" if SLUG.fullmatch(meant) else "; write another"


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
