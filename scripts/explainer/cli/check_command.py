"""The subcommand that checks, and the files that a command line names."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.base.problems import errors
from explainer.base.unicode_text import composed
from explainer.cli import streams
from explainer.cli.command import Subcommand, WrongWordError, jobs
from explainer.cli.terminal import counted, report_problems, total

if TYPE_CHECKING:
    from explainer.base.problems import Problem
    from explainer.build import Checked


@click.command(cls=Subcommand)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    help="For people, as annotations of a pull request, or for programs (default: text).",
)
@jobs
def check(*, root: Path, files: tuple[str, ...], form: str, jobs: int) -> int:
    """Read every record and show every problem and remark; write nothing.

    With files, show those of these files only, read in the context of all.
    """
    from explainer import build

    if form != "text":
        streams.for_programs()
    wanted = wanted_files(files, root)
    found = build.check(root, pages=not wanted, jobs=jobs)
    shown = [problem for problem in found.problems if not wanted or problem.path in wanted]
    match form:
        case "json":
            _for_programs(found, shown)
        case "github":
            _for_pull_requests(root, shown)
        case _:
            _for_people(root, found, shown, len(wanted))
    return 1 if errors(shown) else 0


def _for_programs(found: "Checked", shown: "Sequence[Problem]") -> None:
    from explainer.cli import report

    remarks = [problem for problem in shown if problem.remark]
    lists = {"problems": report.as_json(errors(shown)), "remarks": report.as_json(remarks)}
    print(json.dumps({**lists, **found.counts}, ensure_ascii=False, indent=2))


def _for_pull_requests(root: Path, shown: "Sequence[Problem]") -> None:
    from explainer.cli import report

    inside = os.path.relpath(root).replace(os.sep, "/")
    print(report.as_annotations(shown, "" if inside == "." else f"{inside}/"), end="")
    print(total(shown), file=sys.stderr)


def _for_people(root: Path, found: "Checked", shown: "Sequence[Problem]", wanted: int) -> None:
    counts = found.counts
    if shown:
        report_problems(root, shown)
    if errors(shown):
        pass
    elif wanted:
        print(f"No problem in {counted(wanted, 'file')}.")
    else:
        print(
            f"No problem in {counted(sum(counts['records'].values()), 'record')}: {counted(counts['figures'], 'figure')}, "
            f"{counted(counts['citations'], 'citation')}, {counted(counts['sources']['cited'], 'source')} cited."
        )
    if elsewhere := len(errors(found.problems)) - len(errors(shown)):
        print(f"{counted(elsewhere, 'problem')} in other files; `explainer check` shows them.", file=sys.stderr)
        if not found.linked:
            print("Until they are mended, not every rule across records is checked.", file=sys.stderr)


def wanted_files(files: Sequence[str], root: Path) -> frozenset[str]:
    """Resolve paths, relative to here or to the dossier's folder; raises WrongWordError for one outside its content/."""
    return frozenset(_wanted(name, root) for name in files)


def _wanted(name: str, root: Path) -> str:
    places = [Path(name).absolute(), root / name]
    path = next((place for place in places if place.is_file() and place.is_relative_to(root)), None)
    inside = composed(os.path.normpath(path.relative_to(root)).replace(os.sep, "/")) if path else ""
    if not inside.startswith("content/"):
        raise WrongWordError(f"'{name}' is no file of {root / 'content'}; expected a file with records")
    return inside
