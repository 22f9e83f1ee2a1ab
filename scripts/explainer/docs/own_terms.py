"""The search terms of hand-written pages: `search_terms` in their front matter, checked as those of records are."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.base.files import text_of_file
from explainer.base.problems import Problem
from explainer.base.values import SearchTerm
from explainer.docs.write import DOCS
from explainer.reading.front_matter import split_story
from explainer.records import validate
from explainer.records.model import Model

_FIELD = "search_terms"
_HAS_TERMS = re.compile(rf"\A---[ \t]*\n(?:(?!---[ \t]*\n).*\n)*?{_FIELD}[ \t]*:")
"""Front matter with the field; a guide may show it in its text."""


class _Front(Model):
    """What is read of the front matter of a hand-written page."""

    search_terms: tuple[SearchTerm, ...] = ()


def read(page: str, text: str) -> tuple[tuple[str, ...], list[Problem]]:
    """What people type who look for a page of `docs/` with a text; none, and what is wrong, if it is not valid."""
    if not _HAS_TERMS.match(text):
        return (), []
    document = split_story(f"{DOCS}/{page}", text)
    if isinstance(document, list):
        return (), document
    terms = dataclasses.replace(document, data={_FIELD: document.data.get(_FIELD)}, body=None)
    front, problems = validate.read(_Front, terms)
    return (front.search_terms if front else ()), problems


def faults(root: Path, pages: Iterable[str]) -> Iterator[Problem]:
    """A problem for each search term of the hand-written pages that is not valid."""
    for page in sorted(pages):
        text = text_of_file(root / DOCS / page) or ""
        yield from read(page, re.sub("\r\n?", "\n", text))[1]
