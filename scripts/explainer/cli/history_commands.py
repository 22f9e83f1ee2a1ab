"""The subcommands that compare two states of a dossier, and that keep the history of its records."""

import datetime as dt
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli import streams
from explainer.cli.command import Day, Subcommand, WrongWordError

if TYPE_CHECKING:
    from explainer.base.language import Language
    from explainer.base.values import PartialDate
    from explainer.data.rows import Row
    from explainer.editing.change_notes import Carried
    from explainer.kinds.registry import Kinds


@click.command(cls=Subcommand)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--format", "form", type=click.Choice(["md", "json", "html"]), default="md", help="How (default: md).")
def diff(*, root: Path, old: str, new: str | None, form: str) -> int:
    """Tell what changed between two states, record by record.

    OLD and NEW are each the folder of a dossier, downloaded data (all.jsonl or all.zip), or a revision of the
    repository, as in HEAD~1; without NEW, the records as they are now.
    """
    from explainer.data.differences import differences
    from explainer.data.saying import Speaker
    from explainer.editing.difference_report import DifferenceReport
    from explainer.kinds import registry

    streams.for_programs()
    kinds = registry.load(root)
    named_by = {model.KIND: model.LABEL for model in kinds.types}
    before, after = (_rows(root, kinds, state) for state in (old, new or str(root)))
    there = {(str(row["type"]), str(row["id"])): row for row in (*before, *after)}

    def name(kind: str, ident: str) -> str | None:
        row = there.get((kind, ident))
        return str(row.get(named_by.get(kind, "name")) or ident) if row else None

    words = _words(root, kinds)
    report = DifferenceReport(old, new or ".", differences(before, after, named_by), Speaker(words, kinds, name))
    print({"md": report.markdown, "html": report.html, "json": report.json}[form](), end="")
    return 0


def _rows(root: Path, kinds: "Kinds", state: str) -> "list[Row]":
    """The records of a state that the command line names."""
    from explainer.docs import states
    from explainer.editing import revisions

    path = Path(state)
    try:
        if (path / "content").is_dir():
            return revisions.of_folder(path, kinds)
        return states.of_file(path) if path.is_file() else revisions.rows(root, state, kinds)
    except (states.NotAStateError, revisions.RevisionError) as error:
        raise WrongWordError(str(error)) from error


def _words(root: Path, kinds: "Kinds") -> "Language":
    """The words of the dossier's language; those of the original where there are no settings that say which it is."""
    from explainer.docs import documents, words
    from explainer.kinds.words import ORIGINAL

    found, _ = documents.sources(root)
    tag = found.settings.data.get("language", ORIGINAL) if found.settings else ORIGINAL
    return words.language(root, kinds, str(tag))


@click.command(cls=Subcommand)
@click.option(
    "--since", metavar="DATE", type=Day(), help="Tell the days from this one on anew (default: the last one told)."
)
@click.option("--today", metavar="DATE", type=Day(), help="The day of what is not committed yet (default: today).")
@click.option(
    "--note",
    "notes",
    metavar="RECORD TEXT",
    type=(str, str),
    multiple=True,
    help="Add a note to a record, as folder/id.",
)
def log(*, root: Path, since: dt.date | None, today: dt.date | None, notes: tuple[tuple[str, str], ...]) -> int:
    """Bring the history of the records up to date, from the repository.

    Each day on which records changed is told by the state in which it ended. The files in content/history/ belong into
    the repository: a build reads them, and asks no repository.
    """
    from explainer.editing import history_log, revisions
    from explainer.kinds import registry

    kinds = registry.load(root)
    try:
        told = history_log.brought_up_to_date(
            root,
            kinds,
            today=_day(today or dt.datetime.now().astimezone().date()),
            since=_day(since) if since else None,
            notes=dict(notes),
        )
    except revisions.RevisionError as error:
        raise click.ClickException(str(error)) from error
    if unknown := dict(notes).keys() - {history_log.name_of(passage, kinds) for passage in told.passages}:
        raise WrongWordError(
            f"{min(unknown)} did not change on a day that was told; expected a record that did; correct --note"
        )
    _tell(told, kinds)
    return 0


def _tell(told: "Carried", kinds: "Kinds") -> None:
    """Say what was told anew, and which notes went with a change that was taken back."""
    from explainer.base.problems import quoted
    from explainer.editing import history_log
    from explainer.library import history

    for passage in told.lost:
        print(
            f"{history.file_of(passage.day)}: the note on {history_log.name_of(passage, kinds)} of {passage.day}, "
            f"{quoted(passage.note)}, is left out: that change is no longer there; expected a change; "
            "add it to another with --note if it belongs there",
            file=sys.stderr,
        )
    days = Counter(str(passage.day) for passage in told.passages)
    for day, number in sorted(days.items()):
        print(f"{day}: {number:,} records changed.")
    if not days:
        print("No record changed.")


def _day(date: dt.date) -> "PartialDate":
    from explainer.base.values import PartialDate

    return PartialDate(date.year, date.month, date.day)
