"""The rule that what sources differ on is a heading, which begins as headings do."""

from collections.abc import Iterator

from explainer.base.problems import Problem
from explainer.kinds.dispute import Dispute
from explainer.library.checks import by_record
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord
from explainer.records.record import Entry, Record


def disputes_begin_as_headings_do(library: Library, pages: Pages) -> Iterator[Problem]:
    """What sources differ on begins with a capital or a digit, in a script that has capitals: it stands as a heading."""
    entries = (entry for entry in library.entries.values() if isinstance(entry.record, Entry))
    yield from by_record.found(library, entries, _small)


def _small(library: Library, entry: LoadedRecord) -> Iterator[Problem]:
    """The remarks on the disputes of one record: on a name that is written small, as in "de Gaulle", it is no fault."""
    for path, text in _headings(entry.record):
        first = next(iter(text.split()), "")
        if begins_small(first):
            message = (
                f"begins with a small letter, '{first}'; expected a capital or a digit, because it stands as a heading; "
                "write it so, unless it is a name that is written small"
            )
            yield entry.document.problem(path, message).as_remark()


def _headings(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where in a record stands what sources differ on, and what it says."""
    if isinstance(record, Dispute):
        yield ("title",), record.title
    if isinstance(record, Entry):
        yield from ((("disputes", place, "about"), item.about) for place, item in enumerate(record.disputes))


def begins_small(word: str) -> bool:
    """Whether the first letter of a word is small where it could be large; a name with a capital within, as eBay, may be so."""
    letters = [letter for letter in word if letter.isalnum()]
    return bool(letters) and letters[0].islower() and letters[0].upper() != letters[0] and word.lower() == word
