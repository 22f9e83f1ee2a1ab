"""What the signature of a check is made of."""

from collections.abc import Callable, Iterator

from explainer.base.problems import Problem
from explainer.library.library import Library

Pages = frozenset[str]
"""The pages that people wrote, relative to `docs/`."""
Check = Callable[[Library, Pages], Iterator[Problem]]
