"""Pure work that many tests do again is done once a process: reading and compiling the same template, drawing the same card.

A small dossier that is made afresh spends most of its time on these. What a dossier remembers between its runs is not
touched, and a process that a test starts remembers nothing.
"""

import functools
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

import jinja2
import pytest
from jinja2 import nodes
from jinja2.meta import find_referenced_templates

from explainer.outputs import card_pictures, cards
from explainer.pages import anchors

_COMPILE = jinja2.Environment.compile
_COMPILED: dict[Hashable, CodeType | str] = {}
_PARSE = jinja2.Environment.parse
_PARSED: dict[Hashable, nodes.Template] = {}


def _settings(environment: jinja2.Environment) -> Hashable:
    """What the code of a template depends on besides its text and its name."""
    return (
        environment.lexer,  # one object for the same marks and the same treatment of white space
        environment.autoescape,
        environment.finalize,
        environment.is_async,
        environment.optimized,
        environment.__class__,
        environment.undefined,
        environment.code_generator_class,
        *environment.extensions,
        *environment.filters.items(),
        *environment.tests.items(),
    )


def _placed(code: CodeType, filename: str) -> CodeType:
    """The same code, as if it had been compiled from another file."""
    parts = tuple(_placed(part, filename) if isinstance(part, CodeType) else part for part in code.co_consts)
    return code.replace(co_filename=filename, co_consts=parts)


def _compile(
    environment: jinja2.Environment, source: Any, name: str | None = None, filename: str | None = None, **options: Any
) -> CodeType | str:
    key = (source, name, *options.items(), _settings(environment))
    if key not in _COMPILED:
        _COMPILED[key] = _COMPILE(environment, source, name, filename, **options)
    code = _COMPILED[key]
    return code if isinstance(code, str) else _placed(code, filename or "<template>")


def _parse(
    environment: jinja2.Environment, source: str, name: str | None = None, filename: str | None = None
) -> nodes.Template:
    """The tree of a template, which whoever asked for it only reads: what is compiled has a tree of its own."""
    key = (source, name, filename, _settings(environment))
    if key not in _PARSED:
        _PARSED[key] = _PARSE(environment, source, name, filename)
    return _PARSED[key]


@functools.cache
def _referenced(template: nodes.Template) -> tuple[str | None, ...]:
    return tuple(find_referenced_templates(template))


@contextmanager
def remembering() -> Iterator[None]:
    """Read, compile and draw the same thing only once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", _compile)
        patched.setattr(jinja2.Environment, "parse", _parse)
        patched.setattr(anchors, "find_referenced_templates", _referenced)
        patched.setattr(cards, "png", functools.lru_cache(maxsize=2000)(card_pictures.png))
        yield
