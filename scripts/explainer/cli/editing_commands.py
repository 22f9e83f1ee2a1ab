"""The subcommands for editors, with their options; the modules that do the work are loaded inside them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from explainer.cli.check_command import wanted_files
from explainer.cli.command import COUNTED_BACK, Day, Seconds, Subcommand
from explainer.editing.manners import Manners

FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)


def _manner(name: str, text: str, kind: "click.ParamType[Any]") -> Callable[[FC], FC]:
    """An option of the link checker, with its default."""
    usual = getattr(Manners(), name)
    return click.option(f"--{name}", type=kind, default=usual, help=f"{text} (default: {usual:g}).")


@click.command(cls=Subcommand)
@click.argument("kind", metavar="TYPE")
@click.argument("words", metavar="[ID]...", nargs=-1)
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="Fill in a field, as in name='A name'.")
@click.option("--file", metavar="NAME", help="The list that it goes into, where a type has several.")
@click.option("--reviews", metavar="ID", help="The edition before, whose parts it takes over, to be edited.")
@click.option("--bare", is_flag=True, help="Without the comments that explain the fields.")
def new(
    *,
    root: Path,
    kind: str,
    words: tuple[str, ...],
    settings: tuple[str, ...],
    file: str | None,
    reviews: str | None,
    bare: bool,
) -> int:
    """Write the skeleton of a new record, and ask for what it needs on a terminal.

    TYPE is a type of record, as in person. For a source, its address may stand in the place of ID.
    """
    from explainer.cli import new_record

    wishes = new_record.Wishes(tuple(words), tuple(settings), file, reviews, bare)
    return new_record.write(root, kind, wishes)


@click.command("format", cls=Subcommand)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--check", is_flag=True, help="Change nothing; say which files would change.")
def format_files(*, root: Path, files: tuple[str, ...], check: bool) -> int:
    """Put fields in their order and wrap long lines; change no meaning, keep comments.

    With files, these only.
    """
    from explainer.cli import dossier_files

    return dossier_files.lay_out(root, wanted_files(files, root), check=check)


@click.command(cls=Subcommand)
@click.argument("folder", metavar="DIR", type=click.Path())
def init(*, root: Path, folder: str) -> int:
    """Make a small, invented dossier in a new folder, to start afresh from.

    DIR is a folder that is new or empty.
    """
    from explainer.cli import dossier_files

    return dossier_files.start(folder)


@click.command(cls=Subcommand)
@click.option(
    "--today",
    metavar="DATE",
    type=Day(COUNTED_BACK),
    help="The day to compare with, as in 2026-11-24 (default: today).",
)
@click.option(
    "--months",
    type=click.IntRange(1, 1200),
    help="Also list records whose newest dated source is older than this (default: stale_after of content/site.yml).",
)
def stale(*, root: Path, today: dt.date | None, months: int | None) -> int:
    """List the records that an editor should look at again."""
    from explainer.cli import review

    return review.show_stale(root, today, months)


@click.command(cls=Subcommand)
@click.option("--today", metavar="DATE", type=Day(COUNTED_BACK), help="The day of the visit (default: today).")
@_manner("days", "Leave alone what was visited within these days", click.IntRange(0, 36_500))
@_manner("workers", "Hosts that are visited at the same time", click.IntRange(min=1))
@_manner("pause", "Seconds between two visits to a host", Seconds(min=0))
@_manner("timeout", "Seconds that a host may take", Seconds(min=0, min_open=True))
@_manner("tries", "How often a host that does not answer is tried", click.IntRange(min=1))
def links(
    *, root: Path, today: dt.date | None, days: int, workers: int, pause: float, timeout: float, tries: int
) -> int:
    """Visit the addresses of sources, slowly, and keep what was found."""
    from explainer.cli import review

    manners = Manners(workers=workers, pause=pause, timeout=timeout, tries=tries, days=days)
    return review.check_links(root, today, manners)
