"""Pure work that many tests do again is done once a process: compiling the same template, drawing the same card, laying words over words, packing the same style.

A small dossier that is made afresh spends most of its time on these. What a dossier remembers between its runs is not
touched, and a process that a test starts remembers nothing.
"""

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any, TypeVar

import jinja2
import pytest

from explainer.docs import words as words_of_dossiers
from explainer.kinds import registry, words
from explainer.kinds.registry import Kinds
from explainer.outputs import cards, figure_pictures
from explainer.publish import style_sheets, theme_style

T = TypeVar("T")
_COMPILE = jinja2.Environment.compile
_COMPILED: dict[Hashable, CodeType | str] = {}


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


def _by_content(function: Callable[..., T]) -> Callable[..., T]:
    """The same function of kinds, a language and a catalogue, asked once for the same files of the kinds in whatever folder."""
    known: dict[Hashable, T] = {}

    def remembered(kinds: Kinds, *more: object) -> T:
        key = (kinds.fingerprint, *(each if isinstance(each, str) else repr(each) for each in more))
        if not kinds.fingerprint:
            return function(kinds, *more)
        if key not in known:
            known[key] = function(kinds, *more)
        return known[key]

    return remembered


@contextmanager
def remembering() -> Iterator[None]:
    """Read, compile and draw the same thing only once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", _compile)
        for module, name in ((cards, "layered"), (figure_pictures, "lettered")):
            patched.setattr(module, name, functools.lru_cache(maxsize=2000)(getattr(module, name)))
        for name in ("shipped", "needs", "known", "missing", "words_of"):
            function = _by_content(getattr(words, name))
            for module in (words, words_of_dossiers):
                if hasattr(module, name):
                    patched.setattr(module, name, function)
        of_kinds = _by_content(words_of_dossiers.of_kinds)
        patched.setattr(words_of_dossiers, "of_kinds", lambda kinds: list(of_kinds(kinds)))
        dangling = registry._dangling
        patched.setattr(registry, "_dangling", _by_content(lambda kinds: list(dangling(kinds))))
        patched.setattr(registry, "ordered", functools.lru_cache(registry.ordered))
        for module, name in ((theme_style, "slimmed"), (style_sheets, "packed")):
            patched.setattr(module, name, functools.lru_cache(getattr(module, name)))
        yield
