"""The rule that what stories ask for between double brackets can be shown."""

from collections.abc import Iterator

from explainer.base.problems import Problem
from explainer.library import sections
from explainer.library.blocks.grammar import AskedError
from explainer.library.blocks.lookup import AbsentError
from explainer.library.blocks.resolve import resolve
from explainer.library.checks import by_record
from explainer.library.checks.certain import certain
from explainer.library.checks.signature import Pages
from explainer.library.library import Library
from explainer.library.loaded_record import LoadedRecord
from explainer.library.mentions import prose_problem
from explainer.reading.document import Document, LazyDocument
from explainer.reading.prose import DataMark, parse
from explainer.records.model import Loc
from explainer.records.record import Story


def data_can_be_shown(library: Library, pages: Pages) -> Iterator[Problem]:
    """Each block and value of a story names data that is there, and no block stands twice on one page."""
    for name in library.dossier.sections:
        loc: Loc = ("sections", name, "body")
        yield from _faults(library, sections.body(library.dossier, name) or "", "", (library.settings, loc))
    asking = (entry for entry in library.entries.values() if entry.mentions.asks)
    yield from by_record.found(library, asking, _of_story)


def _of_story(library: Library, entry: LoadedRecord) -> Iterator[Problem]:
    """The problems of the story of one record."""
    if isinstance(entry.record, Story):
        yield from _faults(library, entry.record.body or "", entry.record.FOLDER, (entry.document, ("body",)))


def _faults(library: Library, text: str, folder: str, place: tuple[Document | LazyDocument, Loc]) -> Iterator[Problem]:
    """The problems of one text."""
    document, loc = place
    seen: set[str] = set()
    for part in parse(text, folder, story=True) if "[[" in text else ():
        if isinstance(part, DataMark):
            for at, message in _messages(library, part, seen):
                yield prose_problem(document, loc, part.offset + at, message)


def _messages(library: Library, mark: DataMark, seen: set[str]) -> Iterator[tuple[int, str]]:
    yield from certain(library, lambda: _unshown(library, mark))
    if mark.alone and mark.asked in seen:
        yield 0, "this block stands on the page already; expected each once; delete one, or ask for something else"
    if mark.alone:
        seen.add(mark.asked)


def _unshown(library: Library, mark: DataMark) -> Iterator[tuple[int, str]]:
    """Why what is asked for cannot be shown, and at which of its letters that is told."""
    try:
        resolve(library, mark.asked)
    except AskedError as error:
        yield error.at, error.message
    except AbsentError:
        return
