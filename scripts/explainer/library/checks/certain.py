"""Tells what is certain beside records with faults: what a rule finds, unless it looked at what is lacking."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from explainer.base.dependencies import recording
from explainer.library.library import Library

T = TypeVar("T")


def certain(library: Library, find: Callable[[], Iterable[T]]) -> list[T]:
    """What is found; nothing if finding it read what records with faults lack, since it may then only follow from these."""
    if not library.gaps.any:
        return list(find())
    with recording() as trace:
        found = list(find())
    return [] if found and library.gaps.behind(library.shared.reads(trace)) else found
