"""Gives a record another id: in its own file, in every file that names it, and in the name of its file."""

import itertools
from collections.abc import Iterable, Mapping, Sequence

from explainer.base import portable_names
from explainer.base.dataclass import dataclass
from explainer.base.values import SLUG
from explainer.editing import former_ids
from explainer.editing.scaffold import answers
from explainer.editing.scaffold.skeleton import Slot
from explainer.editing.uses import Lines, Use
from explainer.library.library import Library
from explainer.reading.document import LazyDocument
from explainer.records.record import Record, Story
from explainer.records.traits import Numbered


class RenamingError(Exception):
    """Raised if a record cannot be renamed; the message says what is in the way and the next step."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a new id changes."""

    texts: Mapping[str, str]
    """Path -> new text of every file that changes."""
    moved: tuple[str, str] | None
    """Old and new path of the record's own file; None for a record in a list."""
    uses: Sequence[Use]


def renaming(library: Library, record: Record, new: str, uses: Sequence[Use], lines: Lines) -> Renaming:
    """What changes where a record gets another id; raises RenamingError if something is in the way."""
    _refuse(library, record, new)
    document = library.document(record)
    line, _ = document.place(("id",))
    texts: dict[str, str] = {}
    own = [
        _own(document, record, field, lines)
        for field in (("id", "number") if isinstance(record, Numbered) else ("id",))
    ]
    for path, group in itertools.groupby(sorted((*uses, *own)), key=lambda use: use.path):
        texts[path] = "\n".join(_replaced(lines(path), record.ident, new, group))
    if not isinstance(record, Story):
        return Renaming(texts, None, uses)
    texts[document.path] = former_ids.with_alias(texts[document.path], record.id, line)
    return Renaming(texts, (document.path, f"content/{record.FOLDER}/{new}.md"), uses)


def _own(document: LazyDocument, record: Record, field: str, lines: Lines) -> Use:
    """Where a record has its own id: as such, and as its number if it is numbered, which a check holds to be the same."""
    line, column = document.place((field,))
    return Use(document.path, line, lines(document.path)[line - 1].find(record.ident, column - 1) + 1, field)


def _refuse(library: Library, record: Record, new: str) -> None:
    _refuse_name(library, record, new)
    there = {ident.casefold() for kind, ident in library.entries if kind == record.KIND}
    if new.casefold() in there:
        raise RenamingError(
            f"there is a record of type {record.KIND} '{new}'; expected an id that is free; choose another"
        )
    for other in library.all(library.kinds.by_kind[record.KIND]):
        if isinstance(other, Story) and new in other.aliases and other.ident != record.ident:
            raise RenamingError(
                f"'{new}' is an old id of '{other.id}'; expected an id that was never used; choose another"
            )


def _refuse_name(library: Library, record: Record, new: str) -> None:
    """Raise RenamingError for what is no id of such a record, whatever others are called."""
    slot = Slot(("id",), library.kinds.by_kind[record.KIND], "id")
    if wrong := answers.refused(library.kinds, slot, new, ()):
        raise RenamingError(wrong)
    if not SLUG.fullmatch(record.ident):  # other fields follow from such a code, and it says which one it is
        raise RenamingError(
            f"'{record.ident}' is the code of a standard, by which each {record.KIND} is known; expected one that stays; "
            f"for another {record.KIND}, write `explainer new {record.KIND} {new}`"
        )
    if (record.STORY or record.PAGED) and portable_names.is_reserved(new):
        raise RenamingError(portable_names.device(new))


def _replaced(lines: Sequence[str], old: str, new: str, uses: Iterable[Use]) -> list[str]:
    """Lines with a new id at some places."""
    changed = list(lines)
    for use in sorted(uses, reverse=True):
        text, at = changed[use.line - 1], use.column - 1
        if not text.startswith(old, at):
            raise RenamingError(
                f"{use.path}:{use.line} names '{old}' in a way that cannot be replaced; change it by hand first"
            )
        changed[use.line - 1] = text[:at] + new + text[at + len(old) :]
    return changed
