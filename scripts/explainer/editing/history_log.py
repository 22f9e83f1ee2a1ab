"""Writes the history of the records from the states in which the days of the repository ended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from explainer.base.files import text_of_file
from explainer.base.problems import ContentError
from explainer.base.values import PartialDate
from explainer.data.differences import differences
from explainer.data.rows import Row
from explainer.docs import documents, edits
from explainer.editing import revisions
from explainer.kinds.registry import Kinds
from explainer.library import history
from explainer.library.history import RecordDay
from explainer.library.loaded_record import Key

State = tuple[PartialDate, list[Row]]


def brought_up_to_date(
    root: Path, kinds: Kinds, *, today: PartialDate, since: PartialDate | None, notes: Mapping[str, str]
) -> list[RecordDay]:
    """Tell the days anew from `since` on, or from the last one that is told, and write the files that differ; returns what it told anew.

    What is not committed yet counts for `today`. Notes are kept; `notes` is folder/id -> a note for the last day.
    Raises RevisionError or ContentError.
    """
    known = known_passages(root)
    begin = since or max((passage.day for passage in known), default=None)
    kept = [passage for passage in known if begin and passage.day < begin]
    said = {(passage.day, passage.record.key): passage.note for passage in known}
    fresh = list(_passages(_states(root, kinds, begin, today), kinds, said))
    fresh = list(_annotated(fresh, kinds, notes))
    _write(root, _ordered([*kept, *fresh]))
    return fresh


def _annotated(passages: Sequence[RecordDay], kinds: Kinds, notes: Mapping[str, str]) -> Iterator[RecordDay]:
    """The passages with the notes for the last day."""
    last = max((passage.day for passage in passages), default=None)
    for passage in passages:
        note = notes.get(name_of(passage, kinds), passage.note) if passage.day == last else passage.note
        yield passage._replace(note=note)


def _write(root: Path, passages: Iterable[RecordDay]) -> None:
    """Write the files that differ; a month of which nothing is told any more has none."""
    texts: defaultdict[str, str] = defaultdict(str)
    for passage in passages:
        texts[history.file_of(passage.day)] += passage.line()
    for path, text in texts.items():
        if text != text_of_file(root / path):
            edits.overwrite(root, path, text.encode())
    for file in (root / history.FOLDER).glob("*.jsonl"):
        if f"{history.FOLDER}/{file.name}" not in texts:
            file.unlink()


def known_passages(root: Path) -> list[RecordDay]:
    """What the files tell; raises ContentError if one cannot be read."""
    found, _ = documents.sources(root)
    passages, problems = documents.history_in(found.others)
    if problems:
        raise ContentError(problems)
    return passages


def _states(root: Path, kinds: Kinds, begin: PartialDate | None, today: PartialDate) -> Iterator[State]:
    """The state before the first day that is told anew, then that of each day from there on."""
    days = revisions.landed(root)
    before = [item for item in days if begin and item.day < begin]
    if before:
        yield before[-1].day, revisions.rows(root, before[-1].revision, kinds)
    else:
        yield today, []
    is_changed = revisions.is_changed(root)
    for item in days[len(before) :]:
        if not (is_changed and item.day == today):
            yield item.day, revisions.rows(root, item.revision, kinds)
    if is_changed:
        yield today, revisions.of_folder(root, kinds)


def _passages(
    states: Iterator[State], kinds: Kinds, said: Mapping[tuple[PartialDate, Key], str]
) -> Iterator[RecordDay]:
    named_by = {model.KIND: model.LABEL for model in kinds.types}
    _, before = next(states)
    for day, rows in states:
        for record in differences(before, rows, named_by):
            yield RecordDay(day, record, said.get((day, record.key), ""))
        before = rows


def name_of(passage: RecordDay, kinds: Kinds) -> str:
    """The record of a passage as folder/id."""
    model = kinds.by_kind.get(passage.record.kind)
    return f"{model.FOLDER if model else passage.record.kind}/{passage.record.ident}"


def _ordered(passages: Iterable[RecordDay]) -> list[RecordDay]:
    """The oldest day first, so that a new day is added at the end of the file."""
    return sorted(passages, key=lambda item: (str(item.day), item.record.key))
