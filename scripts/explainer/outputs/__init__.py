"""Library -> bytes: files for re-users beside the pages; one format a module."""

from collections.abc import Callable, Iterator

from explainer.ledger import Output
from explainer.library import Library
from explainer.outputs import data

FORMATS: tuple[Callable[[Library], Iterator[Output]], ...] = (data.outputs,)
"""Every format; a new one is one more line."""


def outputs(library: Library) -> Iterator[Output]:
    """Every file for re-users."""
    for each in FORMATS:
        yield from each(library)
