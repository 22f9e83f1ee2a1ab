"""The subcommand that freezes an edition of the site."""

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.base import refusals
from explainer.base.problems import ContentError
from explainer.cli.command import Day, Subcommand, jobs
from explainer.cli.generation import generated
from explainer.cli.terminal import counted, progress_on, report_problems, say_unkept

if TYPE_CHECKING:
    from explainer.editing import releasing
    from explainer.records.dossier import Dossier

SITE = ".cache/edition"
"""Where the site is built that is frozen, so that the one that stands is left alone."""


@click.command(cls=Subcommand)
@click.argument("version", metavar="VERSION")
@click.option("--date", "day", metavar="DATE", type=Day(), help="The day on which it is frozen (default: today).")
@click.option("--again", is_flag=True, help="Make an edition whose zip was lost once more, from its commit.")
@jobs
def release(*, root: Path, version: str, day: dt.date | None, again: bool, jobs: int) -> int:
    """Freeze an edition of the site, as in 2026.12, to be cited and read as it was.

    Builds the site, puts it into .editions/, and writes what the repository keeps of it: content/history/, CITATION.cff.
    The next build places it under versions/. Nothing is written if anything stops it.
    """
    if again:
        return _again(root, version, day)
    from explainer.base.values import PartialDate
    from explainer.editing import releasing, revisions
    from explainer.kinds import registry
    from explainer.publish import builder, moment, swap

    date = day or dt.datetime.now().astimezone().date()
    progress = progress_on(talks=True)
    folder = root / SITE

    def built() -> "tuple[Path, Dossier]":
        about, _, digests = generated(root, progress, jobs)
        return builder.build(root, folder, about, progress=progress, jobs=jobs, generated=digests).site, about

    try:
        with progress:
            moment.pin(root)
            with swap.alone(root, progress.say):
                kinds = registry.load(root)
                planned = releasing.prepared(root, kinds, version, PartialDate(date.year, date.month, date.day))
                try:
                    made = releasing.freeze(root, *planned, built)
                finally:
                    shutil.rmtree(folder, ignore_errors=True)
    except ContentError as stopped:
        report_problems(root, stopped.problems, wrote=stopped.wrote)
        return 1
    except (releasing.ReleaseError, revisions.RevisionError, swap.PublishError, OSError) as failed:
        told = refusals.in_words(failed) if isinstance(failed, OSError) else str(failed)
        raise click.ClickException(f"no edition was frozen: {told}") from failed
    say_unkept(progress)
    _tell(root, made)
    return 0


def _again(root: Path, version: str, day: dt.date | None) -> int:
    """Make an edition of the repository again, and put its zip into the store."""
    from explainer.editing import rebuilding, releasing, revisions
    from explainer.publish import swap

    if day:
        raise click.UsageError("--date is for a new edition; an edition that is made again keeps its day.")
    progress = progress_on(talks=True)
    try:
        with progress, swap.alone(root, progress.say):
            made = rebuilding.again(root, version)
    except ContentError as stopped:
        report_problems(root, stopped.problems)
        return 1
    except (releasing.ReleaseError, revisions.RevisionError, swap.PublishError, OSError) as failed:
        told = refusals.in_words(failed) if isinstance(failed, OSError) else str(failed)
        raise click.ClickException(f"edition {version} is not there again: {told}") from failed
    print(f"Edition {version} is there again, byte for byte: {made.relative_to(root)}. Keep a copy of it.")
    return 0


def _tell(root: Path, made: "releasing.Released") -> None:
    version = made.release.version
    print(f"Edition {version} is frozen: {counted(made.files, 'file')}, {made.size / 1e6:.1f} MB in {made.archive}.")
    print(f"For an archive of research: {made.deposit.relative_to(root)}/.")
    print(f"Now keep a copy of {made.archive.relative_to(root)}, commit content/history/ and CITATION.cff,")
    print(f"tag that commit v{version}, and run `explainer build`: it places the edition under versions/{version}/.")
