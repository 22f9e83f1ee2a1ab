"""Types in the signature of a check."""

from collections.abc import Callable, Iterator

from explainer.base.problems import Problem
from explainer.library.library import Library

Pages = frozenset[str]
"""The hand-written pages, relative to `docs/`."""
Check = Callable[[Library, Pages], Iterator[Problem]]
