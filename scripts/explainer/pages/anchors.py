"""The anchors that templates give to their own parts of a page, read from the templates themselves."""

import functools
import re
from collections.abc import Iterator

from explainer.kinds.registry import Kinds
from explainer.pages.environment import environment

_GIVEN = re.compile(
    r"""\{#(?!\})(?P<list>(?:\{\{.*?\}\}|\{%.*?%\}|[^\s{}])+)\s*\}|\sid="(?P<id>(?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)\""""
)
_FILLED = re.compile(r"\{\{.*?\}\}")
_ELSE = re.compile(r"\{%-? *(?:else|elif)\b.*?%\}")
_BRANCH = re.compile(r"\{%.*?%\}")
_REFERS = re.compile(r"""\{%[-+]?\s*(?:extends|import|include|from)\s+(?P<quote>["'])(?P<name>.+?)(?P=quote)""")
"""A template that another one names; parsing each would take half the time of making a small dossier."""
_OF_CODE = (r"figure-.+", r"__.*")
"""Anchors that no template writes: those within drawings, and those of the theme."""


@functools.lru_cache(maxsize=500)
def reserved(kinds: Kinds, template: str) -> re.Pattern[str]:
    """Matches the anchors that a template, and all that it is made of, may give.

    A part that a template fills matches any text, but an anchor that is filled as a whole is not among them: it is the id
    of a record or of a part of it, and known only where the page is made.
    """
    found = {pattern for name in _used(kinds, template) for pattern in patterns(kinds, name)}
    return re.compile("|".join(sorted({*found, *_OF_CODE})))


def _used(kinds: Kinds, template: str) -> Iterator[str]:
    """A template, and those that it extends, imports and includes."""
    waiting, seen = [template], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            waiting.extend(referenced(kinds, name))


def referenced(kinds: Kinds, template: str) -> list[str]:
    """The templates that a template extends, imports or includes by name."""
    return [found["name"] for found in _REFERS.finditer(source(kinds, template))]


def source(kinds: Kinds, template: str) -> str:
    """The text of a template."""
    engine = environment(kinds)
    if engine.loader is None:  # pragma: no cover - ours has one
        raise LookupError(template)
    return engine.loader.get_source(engine, template)[0]


def patterns(kinds: Kinds, template: str) -> Iterator[str]:
    """A pattern for each anchor that a template gives itself, unless it is filled as a whole."""
    for found in _GIVEN.finditer(source(kinds, template)):
        for way in _ELSE.split(found["list"] or found["id"] or ""):
            fixed = _FILLED.split(_BRANCH.sub("", way))
            if any(char.isalnum() for char in "".join(fixed)):
                yield ".+".join(map(re.escape, fixed))
