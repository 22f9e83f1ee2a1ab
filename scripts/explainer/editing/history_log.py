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
from explainer.editing import change_notes, revisions
from explainer.editing.change_notes import Carried
from explainer.editing.revisions import Landed
from explainer.kinds.registry import Kinds
from explainer.library import history
from explainer.library.history import Differs, RecordDay, RecordDifferences

State = tuple[PartialDate, list[Row]]


def brought_up_to_date(
    root: Path, kinds: Kinds, *, today: PartialDate, since: PartialDate | None, notes: Mapping[str, str]
) -> Carried:
    """Tell the days anew from `since` on, or from the last one that is told, and write the files that differ; returns what it told anew.

    What is not committed yet counts for `today`, and for the day of its commit once it has one. A note stays with its
    change; `notes` is folder/id -> a note for the last day on which that record changed. Raises RevisionError or ContentError.
    """
    known, days = _ordered(known_passages(root)), revisions.landed(root)
    begin = _begin(root, kinds, known, days, since) if known else since
    kept = [passage for passage in known if begin and passage.day < begin]
    fresh = list(_passages(_states(root, kinds, days, begin, today), kinds))
    told = change_notes.carried(known[len(kept) :], fresh)
    told = told._replace(passages=list(_annotated(told.passages, kinds, notes)))
    _write(root, _ordered([*kept, *told.passages]))
    return told


def _begin(
    root: Path, kinds: Kinds, known: Sequence[RecordDay], days: Sequence[Landed], since: PartialDate | None
) -> PartialDate:
    """The day to begin with, so that no commit lies between what stays told and what is told anew.

    What was told before it was committed may have been committed under an earlier date, by a clock in another zone.
    """
    begin = since or max(passage.day for passage in known)
    if kept := [passage.day for passage in known if passage.day < begin]:
        last = max(kept)
        return min([begin, *(item.day for item in days if last < item.day)])
    return _first_told(root, kinds, known, days, begin)


def _first_told(
    root: Path, kinds: Kinds, known: Sequence[RecordDay], days: Sequence[Landed], begin: PartialDate
) -> PartialDate:
    """The first of the days before a history that it tells as later ones; its own first day if it begins there on purpose."""
    told = [passage.record for passage in known]
    for number in reversed(range(len([item for item in days if item.day < begin]))):
        older = revisions.rows(root, days[number - 1].revision, kinds) if number else []
        if not _is_told(told, older, revisions.rows(root, days[number].revision, kinds), kinds):
            break
        begin = days[number].day
    return begin


def _is_told(told: Iterable[RecordDifferences], older: list[Row], newer: list[Row], kinds: Kinds) -> bool:
    """Whether a day tells what is said to have come later: a record is there already that is told to be new, or the same differs.

    The values do not count: they may have been changed once more before they were committed.
    """
    found = {(item.what, record.key, item.place) for record in told for item in record.differences}
    there = {(Differs.NEW, (str(row["type"]), str(row["id"])), ()) for row in newer}
    differ = {
        (item.what, record.key, item.place)
        for record in differences(older, newer, _labels(kinds))
        for item in record.differences
    }
    return not found.isdisjoint(there | differ)


def _annotated(passages: Sequence[RecordDay], kinds: Kinds, notes: Mapping[str, str]) -> Iterator[RecordDay]:
    """The passages with the notes, each on the last day on which its record changed."""
    last = {name_of(passage, kinds): passage.day for passage in sorted(passages, key=lambda item: str(item.day))}
    for passage in passages:
        name = name_of(passage, kinds)
        yield passage._replace(note=notes.get(name, passage.note) if passage.day == last[name] else passage.note)


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


def _states(
    root: Path, kinds: Kinds, days: Sequence[Landed], begin: PartialDate | None, today: PartialDate
) -> Iterator[State]:
    """The state before the first day that is told anew, then that of each day from there on.

    What is not committed comes after every commit, also after one of a clock that was ahead.
    """
    before = [item for item in days if begin and item.day < begin]
    if before:
        yield before[-1].day, revisions.rows(root, before[-1].revision, kinds)
    else:
        yield today, []
    is_changed = revisions.is_changed(root)
    today = max([today, *(item.day for item in days)])
    for item in days[len(before) :]:
        if not (is_changed and item.day == today):
            yield item.day, revisions.rows(root, item.revision, kinds)
    if is_changed:
        yield today, revisions.of_folder(root, kinds)


def _labels(kinds: Kinds) -> dict[str, str]:
    """Kind -> the field that names its records."""
    return {model.KIND: model.LABEL for model in kinds.types}


def _passages(states: Iterator[State], kinds: Kinds) -> Iterator[RecordDay]:
    _, before = next(states)
    for day, rows in states:
        for record in differences(before, rows, _labels(kinds)):
            yield RecordDay(day, record)
        before = rows


def name_of(passage: RecordDay, kinds: Kinds) -> str:
    """The record of a passage as folder/id."""
    model = kinds.by_kind.get(passage.record.kind)
    return f"{model.FOLDER if model else passage.record.kind}/{passage.record.ident}"


def _ordered(passages: Iterable[RecordDay]) -> list[RecordDay]:
    """The oldest day first, so that a new day is added at the end of the file."""
    return sorted(passages, key=lambda item: (str(item.day), item.record.key))
