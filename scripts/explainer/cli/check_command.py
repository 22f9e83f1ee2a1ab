"""The subcommand that checks, and the files that a command line names."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.base.portable_names import is_passing
from explainer.base.problems import did_you_mean, errors, listed, shown
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
    told = [problem for problem in found.problems if not wanted or problem.path in wanted]
    match form:
        case "json":
            _for_programs(found, told)
        case "github":
            _for_pull_requests(root, told)
        case _:
            _for_people(root, found, told, len(wanted))
    return 1 if errors(told) else 0


def _for_programs(found: "Checked", told: "Sequence[Problem]") -> None:
    from explainer.cli import report

    remarks = [problem for problem in told if problem.remark]
    lists = {"problems": report.as_json(errors(told)), "remarks": report.as_json(remarks)}
    print(json.dumps({**lists, **found.counts}, ensure_ascii=False, indent=2))


def _for_pull_requests(root: Path, told: "Sequence[Problem]") -> None:
    from explainer.cli import report

    inside = os.path.relpath(root).replace(os.sep, "/")
    print(report.as_annotations(told, "" if inside == "." else f"{inside}/"), end="")
    print(total(told), file=sys.stderr)


def _for_people(root: Path, found: "Checked", told: "Sequence[Problem]", wanted: int) -> None:
    counts = found.counts
    if told:
        report_problems(root, told)
    if errors(told):
        pass
    elif wanted:
        print(f"No problem in {counted(wanted, 'file')}.")
    else:
        print(
            f"No problem in {counted(sum(counts['records'].values()), 'record')}: {counted(counts['figures'], 'figure')}, "
            f"{counted(counts['citations'], 'citation')}, {counted(counts['sources']['cited'], 'source')} cited."
        )
    if elsewhere := [problem for problem in errors(found.problems) if problem not in told]:
        paths = listed(sorted({problem.path for problem in elsewhere}), limit=3)
        print(
            f"{counted(len(elsewhere), 'problem')} in other files ({paths}); `explainer check` shows them.",
            file=sys.stderr,
        )
        if not found.linked:
            print("Until they are mended, not every rule across records is checked.", file=sys.stderr)


def wanted_files(files: Sequence[str], root: Path) -> frozenset[str]:
    """Resolve paths, relative to here, to the dossier's folder or to its content/; of a folder, all that is in it.

    Raises WrongWordError for what is no file of records.
    """
    return frozenset(inside for name in files for inside in _wanted(name, root))


def _wanted(name: str, root: Path) -> Iterator[str]:
    whole = _place(name, root)
    read = [each for each in _files_of(whole) if not any(map(is_passing, each.relative_to(root / "content").parts))]
    if not read:
        reason = "holds no file" if whole.is_dir() else "is hidden or a scratch file, and is not read"
        raise WrongWordError(f"'{shown(name)}' {reason}; expected a file with records")
    yield from (shown(composed(each.relative_to(root).as_posix())) for each in read)


def _place(name: str, root: Path) -> Path:
    """The file or folder in content/ that a path names."""
    content = root / "content"
    places = [Path(name).absolute(), root / name, content / name] if name else []
    there = [Path(os.path.normpath(place)) for place in places if os.path.lexists(place)]
    if not there:
        expected = f"expected a file with records{_meant(name, root) or f', as in {content}'}"
        raise WrongWordError(f"'{shown(name)}' does not exist; {expected}")
    inside = [place for place in there if place.is_relative_to(content)]
    if not inside:
        expected = "expected a file with records, which stands there"
        raise WrongWordError(f"'{shown(name)}' lies outside {content}; {expected}")
    return inside[0]


def _files_of(place: Path) -> list[Path]:
    return [each for each in sorted(place.rglob("*")) if not each.is_dir()] if place.is_dir() else [place]


def _meant(name: str, root: Path) -> str:
    """A guess at the file that is meant by a path that is not there."""
    known = {path.relative_to(root).as_posix() for path in (root / "content").rglob("*") if path.is_file()}
    wanted = Path(name).as_posix().removeprefix("./")
    return did_you_mean(wanted, known) or did_you_mean(f"content/{wanted}", known)
