"""Rules that look at one record at a time: that they find nothing in a record is kept, so an edit of one loads no other."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from explainer.base.problems import Problem
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord

Find = Callable[[Library, LoadedRecord], Iterable[Problem]]
"""What a rule finds in a record, from the library alone."""


def found(library: Library, entries: Iterable[LoadedRecord], find: Find) -> Iterator[Problem]:
    """What a rule finds in some records; one in which an earlier run found nothing is loaded only if it may have changed."""
    for entry in entries:
        name = f"sound {find.__module__.rpartition('.')[2]}{find.__name__} {' '.join(entry.record.key)}"
        if library.shared.text(name, partial(_verdict, library, entry, find)):
            yield from find(library, entry)


def _verdict(library: Library, entry: LoadedRecord, find: Find) -> str:
    """An empty text where nothing is found; what is found is told anew by every run, with the lines of today."""
    return "faulty" if any(True for _ in find(library, entry)) else ""
