"""Recognises fields that lost their indentation: they stand beside the field to which they belong."""

import itertools
from collections.abc import Container, Sequence

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from explainer.base.problems import Problem, listed
from explainer.reading.document import Document
from explainer.records.introspect import field_names, model_at
from explainer.records.model import Loc

_UNKNOWN = "extra_forbidden"


def fallen_out(
    model: type[BaseModel], document: Document, details: Sequence[ErrorDetails]
) -> tuple[list[Problem], set[int]]:
    """A problem for each field whose own fields stand below it, not indented, and the findings that it stands for."""
    unknown = {tuple(detail["loc"]): at for at, detail in enumerate(details) if detail["type"] == _UNKNOWN}
    problems: list[Problem] = []
    told: set[int] = set()
    names = list(document.data)
    for at, name in enumerate(names):
        if out := _out_of(model, name, names[at + 1 :], unknown):
            problems.append(_problem(document, name, out))
            told |= {unknown[other,] for other in out}
            told |= {
                number for number, detail in enumerate(details) if _follows(tuple(detail["loc"]), detail, name, out)
            }
    return problems, told


def _out_of(model: type[BaseModel], name: str, below: Sequence[str], unknown: Container[Loc]) -> list[str]:
    """The unknown fields right below a field that are its own."""
    own = model_at(model, (name,))
    inside = field_names(model, (name,)) if own is not model and (name,) not in unknown else set()
    return list(itertools.takewhile(lambda other: (other,) in unknown and other in inside, below))


def _problem(document: Document, name: str, out: Sequence[str]) -> Problem:
    are = "is a field" if len(out) == 1 else "are fields"
    message = f"{listed(out)} {are} of {name}: above; expected two more spaces before each; indent them"
    return document.key_problem((out[0],), message)


def _follows(loc: Loc, detail: ErrorDetails, name: str, out: Sequence[str]) -> bool:
    """Whether a finding only says that what fell out is not there."""
    if loc == (name,):
        return detail["input"] is None
    return loc[:1] == (name,) and detail["type"] == "missing" and loc[-1] in out
