"""The subcommands that check, generate, build and serve."""

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.base.files import write_whole
from explainer.base.problems import ContentError
from explainer.base.progress import Progress
from explainer.cli.terminal import (
    Lines,
    ProgressBar,
    Quiet,
    counted,
    peak,
    progress_on,
    refused_by_system,
    report_problems,
    say_unkept,
    total,
)

if TYPE_CHECKING:
    from explainer.records.dossier import Dossier

MANY = 1_000
"""Number of new files above which records are freed before rendering, since each page worker would hold them."""


def check_records(options: argparse.Namespace, root: Path) -> int:
    """`explainer check`: read every record and show every problem."""
    from explainer import build
    from explainer.cli import report

    wanted = wanted_files(options.files, root)
    if wanted is None:
        return 2
    found = build.check(root, pages=not wanted, jobs=options.jobs)
    shown = [problem for problem in found.problems if not wanted or problem.path in wanted]
    elsewhere = len(found.problems) - len(shown)
    if options.format == "json":
        print(json.dumps({"problems": report.as_json(shown), **found.counts}, ensure_ascii=False, indent=2))
    elif options.format == "github":
        inside = os.path.relpath(root).replace(os.sep, "/")
        print(report.as_annotations(shown, "" if inside == "." else f"{inside}/"), end="")
        print(total(shown), file=sys.stderr)
    elif shown:
        report_problems(root, shown)
    elif wanted:
        print(f"No problem in {counted(len(wanted), 'file')}.")
    else:
        counts = found.counts
        print(
            f"No problem in {counted(sum(counts['records'].values()), 'record')}: {counted(counts['figures'], 'figure')}, "
            f"{counted(counts['citations'], 'citation')}, {counted(counts['sources']['cited'], 'source')} cited."
        )
    if elsewhere and options.format == "text":
        print(f"{counted(elsewhere, 'problem')} in other files; `explainer check` shows them.", file=sys.stderr)
        if not found.linked:
            print("Until they are mended, not every rule across records is checked.", file=sys.stderr)
    return 1 if shown else 0


def wanted_files(files: Sequence[str], root: Path) -> frozenset[str] | None:
    """Resolve paths, relative to here or to the dossier's folder; None if one is not in the dossier's content/."""
    found: set[str] = set()
    for name in files:
        places = [Path(name).absolute(), root / name]
        path = next((place for place in places if place.is_file() and place.is_relative_to(root)), None)
        inside = os.path.normpath(path.relative_to(root)).replace(os.sep, "/") if path else ""
        if not inside.startswith("content/"):
            print(
                f"explainer: '{name}' is no file of {root / 'content'}; expected a file with records", file=sys.stderr
            )
            return None
        found.add(inside)
    return frozenset(found)


def _generated(root: Path, progress: Progress, jobs: int) -> "tuple[Dossier, str]":
    """Generate the pages; returns the dossier's settings and a sentence on how many files were written."""
    from explainer import build

    library, plan = build.generate(root, progress, jobs=jobs)
    about = library.dossier
    told = f"{counted(len(plan.write), 'page')} written, {len(plan.keep):,} kept, {len(plan.remove):,} removed"
    if len(plan.write) > MANY:
        del library, plan
        gc.collect()
    return about, told


def generate_pages(options: argparse.Namespace, root: Path) -> int:
    """`explainer generate`: write the pages of all records into docs/."""
    from explainer.publish import swap

    progress = Quiet()
    try:
        with swap.alone(root, progress.say):
            _, told = _generated(root, progress, options.jobs)
    except ContentError as stopped:
        report_problems(root, stopped.problems, wrote=stopped.wrote)
        return 1
    say_unkept(progress)
    print(f"{told} in {root / 'docs'}.")
    return 0


def build_site(options: argparse.Namespace, root: Path) -> int:
    """`explainer build`: generate, then build the site."""
    from explainer.publish import builder, hooks, places, swap

    progress = progress_on(options)
    talks = not options.quiet and options.format == "text"
    try:
        hooks.pin_time(root)
        folder = places.settled(root, Path(options.site_dir) if options.site_dir else root / "site")
        with swap.alone(root, progress.say):
            about, told = _generated(root, progress, options.jobs)
            if talks:
                print(f"{told}.", flush=True)
            built = builder.build(root, folder, about, clean=options.clean, progress=progress, jobs=options.jobs)
    except ContentError as stopped:
        report_problems(root, stopped.problems, wrote=stopped.wrote)
        return 1
    except swap.PublishError as failed:
        print(f"explainer: the site was not built: {failed}", file=sys.stderr)
        return 1
    say_unkept(progress)
    if options.format == "json":
        seconds = {stage: round(taken, 3) for stage, taken in progress.seconds.items()}
        counts = {"pages": built.pages, "rendered": built.rendered, "kept": built.kept}
        print(json.dumps({**counts, "seconds": seconds, "peak_rss_mb": peak()}))
    elif talks:
        print(f"The site is in {built.site}: {counted(built.rendered, 'page')} rendered, {built.kept:,} kept.")
    return 0


def make_offline(options: argparse.Namespace, root: Path) -> int:
    """`explainer offline`: build, then put the site into one zip that opens from disk."""
    from explainer.publish import builder, hooks, offline, places, swap

    progress = ProgressBar() if sys.stderr.isatty() else Lines()
    try:
        hooks.pin_time(root)
        folder = places.settled(root, root / "site", "move it elsewhere")
        output = offline.place(root, Path(options.output) if options.output else root / offline.NAME)
        with swap.alone(root, progress.say):
            about, _ = _generated(root, progress, options.jobs)
            built = builder.build(root, folder, about, progress=progress, jobs=options.jobs)
            progress.begin("zip")
            data = offline.bundle(built.site, root, about)
            write_whole(offline.place(root, output), data)
            progress.end()
    except ContentError as stopped:
        report_problems(root, stopped.problems, wrote=stopped.wrote)
        return 1
    except (swap.PublishError, OSError) as failed:
        told = refused_by_system(failed) if isinstance(failed, OSError) else str(failed)
        print(f"explainer: the offline edition was not made: {told}", file=sys.stderr)
        return 1
    say_unkept(progress)
    print(f"The offline edition is {output}: {len(data) / 1e6:.1f} MB, SHA-256 {offline.digest(data)}.")
    print("Unzip it into an empty folder and open index.html there.")
    return 0


def processors() -> int:
    """Default number of worker processes: the number of processors, at most 4."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(there, 4)


def serve_dossier(options: argparse.Namespace, root: Path) -> int:
    """`explainer serve`: build, serve, and build again when a record changes."""
    from explainer.publish import swap
    from explainer.serve import server

    def say(words: str) -> None:
        print(f"[{time.strftime('%H:%M:%S')}] {words}", file=sys.stderr, flush=True)

    try:
        server.serve(root, options.host, options.port, jobs=options.jobs, say=say)
    except swap.PublishError as failed:
        print(f"explainer: {failed}", file=sys.stderr)
        return 1
    return 0
