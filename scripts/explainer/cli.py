"""The command `explainer`: runs the stations and talks to people."""

import argparse
import contextlib
import gc
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from explainer import streams
from explainer.problems import Problem, did_you_mean, listed
from explainer.progress import Progress

if TYPE_CHECKING:
    import datetime as dt

    from explainer.records.record import Record
    from explainer.settings import Site

MANY = 1_000
"""So many portions made anew, and the memory of the records is better given back before pages are rendered."""


def run() -> NoReturn:
    """The command: `main`, and then the end at once.

    Python would take all records apart first, one by one, which takes half a second of a large dossier.
    """
    streams.ready()
    try:
        status = main(last=True)
    except SystemExit as leaving:  # argparse leaves so
        status = int(leaving.code or 0)
    os._exit(streams.finished(status))


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Do not look for what is not used any more: records live as long as the run, so that there is next to nothing.

    Looking through them again and again takes a tenth of the time of a large dossier.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def main(arguments: Sequence[str] | None = None, *, last: bool = False) -> int:
    """Run one subcommand; the exit status is 0, or 1 where there is a problem, or 2 where the command line is wrong.

    Where it is the `last` that the process does, memory need not be given back.
    """
    # Records live as long as a run. Looking through them often for what is not used any more doubles the time of a server.
    gc.set_threshold(200_000, 20, 100)
    parser = _parser()
    options = parser.parse_args(arguments)
    options.last = last
    if getattr(options, "format", "text") != "text" or options.run is _schema:
        streams.for_programs()
    run: Callable[[argparse.Namespace, Path], int] = options.run
    try:
        return run(options, _root(options.root))
    except KeyboardInterrupt:
        print("explainer: stopped; nothing is half-written.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"explainer: {_refused(error)}", file=sys.stderr)
        return 1


def _root(folder: str) -> Path:
    """The dossier's folder. Raises OSError, with its name, where the folder that it is relative to is gone."""
    try:
        return Path(os.path.realpath(folder))
    except OSError as error:
        raise OSError(error.errno, error.strerror, folder) from error


def _refused(error: OSError) -> str:
    """What the system refused, in a sentence, where no command has better words for it."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return f"the system refused something ({reason}); look for the cause outside the dossier, then run again"
    path = Path(os.fsdecode(error.filename))
    place = (
        path.parent if path.suffix == ".part" else path
    )  # a file that is being written has a name for that long only
    return f"{place} cannot be used ({reason}); expected a place that can be; check its permissions and the space on the disk, then run again"


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--root", metavar="DIR", help="the dossier's folder, which holds content/ and docs/ (default: here)"
    )
    parser = argparse.ArgumentParser(prog="explainer", description="Turn typed, sourced records into a static site.")
    parser.add_argument(
        "--root",
        metavar="DIR",
        default=".",
        help="the dossier's folder, which holds content/ and docs/ (default: here)",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace, Path], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    check = command("check", _check, "Read every record and show every problem; write nothing.")
    check.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="show the problems of these files only, read in the context of all (default: every file)",
    )
    check.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default="text",
        help="for people, as annotations of a pull request, or for programs (default: text)",
    )
    generate = command("generate", _generate, "Write the pages of all records into docs/.")
    build = command("build", _build, "Generate, then build the site with MkDocs into site/.")
    build.add_argument(
        "--site-dir", metavar="DIR", default=None, help="where the site goes (default: site/ in the dossier's folder)"
    )
    build.add_argument(
        "--clean", action="store_true", help="render every page again, whatever was kept of the last build"
    )
    build.add_argument("--quiet", action="store_true", help="say nothing but what is wrong")
    build.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="for people, or for programs: one line with pages, seconds and memory at the end (default: text)",
    )
    offline = command(
        "offline", _offline, "Build, then put the site into one zip that opens from disk, search included."
    )
    offline.add_argument(
        "--output", metavar="FILE", default=None, help="where the zip goes (default: dist/explainer-offline.zip)"
    )
    serve = command("serve", _serve, "Build, serve on this machine, and build again when a record changes.")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    for sub in (check, generate, build, offline, serve):
        sub.add_argument(
            "--jobs",
            metavar="N",
            type=_number,
            default=processors(),
            help="how many processes make pages (default: as many as there are processors, at most 4)",
        )
    new = command("new", _new, "Write the skeleton of a new record, and ask for what it needs on a terminal.")
    new.add_argument("type", metavar="TYPE", help="a type, as in operation")
    new.add_argument("words", nargs="*", metavar="ID", help="its id; for a source, its address may stand here too")
    new.add_argument("--set", metavar="NAME=VALUE", action="append", help="fill in a field, as in name='Operation X'")
    new.add_argument("--file", metavar="NAME", help="the list that it goes into, where a type has several")
    new.add_argument("--bare", action="store_true", help="without the comments that explain the fields")
    layout = command(
        "format", _format, "Put fields in their order and wrap long lines; change no meaning, keep comments."
    )
    layout.add_argument("files", nargs="*", metavar="FILE", help="these files only (default: every file)")
    layout.add_argument("--check", action="store_true", help="change nothing; say which files would change")
    init = command("init", _init, "Make a small, invented dossier in a new folder, to start afresh from.")
    init.add_argument("folder", metavar="DIR", help="a folder that is new or empty")
    stale = command("stale", _stale, "List the records that an editor should look at again.")
    stale.add_argument(
        "--today", type=_day, metavar="DATE", help="the day to compare with, as in 2026-11-24 (default: today)"
    )
    stale.add_argument(
        "--months",
        type=int,
        help="also list records whose newest dated source is older than this (default: stale_after of content/site.yml)",
    )
    links = command("links", _links, "Visit the addresses of sources, slowly, and keep what was found.")
    links.add_argument("--today", type=_day, metavar="DATE", help="the day of the visit (default: today)")
    links.add_argument(
        "--days", type=int, default=30, help="leave alone what was visited within these days (default: 30)"
    )
    links.add_argument("--workers", type=int, default=8, help="hosts that are visited at the same time (default: 8)")
    links.add_argument("--pause", type=float, default=1.0, help="seconds between two visits to a host (default: 1)")
    links.add_argument("--timeout", type=float, default=20.0, help="seconds that a host may take (default: 20)")
    links.add_argument(
        "--tries", type=int, default=3, help="how often a host that does not answer is tried (default: 3)"
    )
    fields = command("fields", _fields, "Show the fields of a type of record, or the types.")
    fields.add_argument("type", nargs="?", help="a type, as in operation")
    schema = command("schema", _schema, "Print the JSON Schema of a type of record, or of all.")
    schema.add_argument("type", nargs="?", help="a type, as in operation")
    schema.add_argument(
        "--write",
        action="store_true",
        help="write content/.schemas/, for editors' programs, with the ids that there are",
    )
    return parser


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, got {text!r}")
    return int(text)


def _report(root: Path, problems: Sequence[Problem], *, wrote: bool = False) -> None:
    from explainer import report

    if sys.stderr.isatty():
        from explainer import disk

        width = shutil.get_terminal_size().columns
        colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        files = {path: disk.lines(root, path) for path in sorted({problem.path for problem in problems})}
        told = report.as_excerpts(problems, files, report.Terminal(width, colour))
    else:
        told = report.as_lines(problems)
    print(told, file=sys.stderr, end="")
    print(_total(problems, wrote=wrote), file=sys.stderr)


def _total(problems: Sequence[Problem], *, wrote: bool = False) -> str:
    files = len({problem.path for problem in problems})
    so_far = "the pages written so far are whole, run again for the rest" if wrote else "nothing was written"
    return f"{_count(len(problems), 'problem')} in {_count(files, 'file')}; {so_far}."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _check(options: argparse.Namespace, root: Path) -> int:
    from explainer import build, report

    wanted = _wanted(options.files, root)
    if wanted is None:
        return 2
    with _uncollected():
        found = build.check(root, pages=not wanted, jobs=options.jobs)
    shown = [problem for problem in found.problems if not wanted or problem.path in wanted]
    elsewhere = len(found.problems) - len(shown)
    if options.format == "json":
        print(json.dumps({"problems": report.as_json(shown), **found.counts}, ensure_ascii=False, indent=2))
    elif options.format == "github":
        inside = os.path.relpath(root).replace(os.sep, "/")
        print(report.as_annotations(shown, "" if inside == "." else f"{inside}/"), end="")
        print(_total(shown), file=sys.stderr)
    elif shown:
        _report(root, shown)
    elif wanted:
        print(f"No problem in {_count(len(wanted), 'file')}.")
    else:
        counts = found.counts
        print(
            f"No problem in {_count(sum(counts['records'].values()), 'record')}: {_count(counts['figures'], 'figure')}, "
            f"{_count(counts['citations'], 'citation')}, {_count(counts['sources']['cited'], 'source')} cited."
        )
    if elsewhere and options.format == "text":
        print(f"{_count(elsewhere, 'problem')} in other files; `explainer check` shows them.", file=sys.stderr)
        if not found.linked:
            print("Until they are mended, not every rule across records is checked.", file=sys.stderr)
    return 1 if shown else 0


def _wanted(files: Sequence[str], root: Path) -> frozenset[str] | None:
    """Files as the dossier names them, given as paths from here or from the dossier's folder; None where one is none of its own."""
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


class _Lines(Progress):
    """A line a stage, for a pipe."""

    def say(self, words: str) -> None:
        """Say it where it does not mix with answers."""
        print(f"explainer: {words}.", file=sys.stderr, flush=True)

    def finished(self) -> None:
        """Say what the stage was and how long it took."""
        pages = f", {_count(self.done, 'page')}" if self.total else ""
        print(f"{self.stage}: {self.seconds[self.stage]:.2f} s{pages}", flush=True)


class _Quiet(_Lines):
    """Nothing but what somebody should know."""

    def finished(self) -> None:
        """Say nothing."""


class _Bar(_Lines):
    """A bar on a terminal: the stage, how much of it is done, and how many pages a second."""

    WIDTH = 24
    OFTEN = 0.1
    """The seconds between two pictures."""

    def __init__(self) -> None:
        """Begin with nothing shown."""
        super().__init__()
        self._shown = 0.0

    def say(self, words: str) -> None:
        """Put the words above the bar."""
        self._wipe()
        super().say(words)

    def show(self) -> None:
        """Draw the bar anew, unless it was drawn a moment ago."""
        now = time.perf_counter()
        if self.done and now - self._shown < self.OFTEN:
            return
        self._shown = now
        text = self.stage
        if self.total:
            full = self.WIDTH * min(self.done, self.total) // self.total
            rate = self.done / max(now - self._since, 0.001)
            text = f"{self.stage:<8} [{'#' * full}{'.' * (self.WIDTH - full)}] {self.done:,} of {self.total:,} pages, {rate:,.0f} a second"
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    def finished(self) -> None:
        """Take the bar away."""
        self._wipe()

    def _wipe(self) -> None:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _progress(options: argparse.Namespace) -> Progress:
    if options.quiet or options.format == "json":
        return _Quiet()
    return _Bar() if sys.stderr.isatty() else _Lines()


_HELD: list[object] = []
"""What is not taken apart before the end, which would take as long as using it."""


def _generated(root: Path, progress: Progress, jobs: int, *, last: bool, site: bool = True) -> "tuple[Site, str]":
    """Generate; what the dossier says of itself, and how many files were written.

    Where it is the `last` dossier of this process, its memory is given back only if a `site` is built of many new pages.
    """
    from explainer import build

    with _uncollected():
        kept = build.remembered(root, progress)
        library, plan = build.generate(root, progress, jobs=jobs, kept=kept)
        many = site and len(kept.made) > MANY
        if last and not many:
            _HELD.extend((library, plan, kept))
            gc.freeze()
    about = library.site
    told = f"{_count(len(plan.write), 'page')} written, {len(plan.keep):,} kept, {len(plan.remove):,} removed"
    if many:  # they will be rendered by processes that would all hold the records
        del library, plan, kept
        gc.collect()
    return about, told


def _generate(options: argparse.Namespace, root: Path) -> int:
    from explainer import build
    from explainer.site import publish

    progress = _Quiet()
    try:
        with publish.alone(root, progress.say):
            _, told = _generated(root, progress, options.jobs, last=options.last, site=False)
    except build.Stopped as stopped:
        _report(root, stopped.problems, wrote=stopped.wrote)
        return 1
    _say_unkept(progress)
    print(f"{told} in {root / 'docs'}.")
    return 0


def _say_unkept(progress: Progress) -> None:
    """Say where a run that is over could leave nothing for the next one."""
    from explainer.site import keeping

    if told := keeping.unkept(progress):
        progress.say(told)


def _build(options: argparse.Namespace, root: Path) -> int:
    from explainer import build
    from explainer.site import builder, hooks, places, publish

    progress = _progress(options)
    talks = not options.quiet and options.format == "text"
    try:
        hooks.pin_time(root)
        folder = places.settled(root, Path(options.site_dir) if options.site_dir else root / "site")
        with publish.alone(root, progress.say):
            about, told = _generated(root, progress, options.jobs, last=options.last)
            if talks:
                print(f"{told}.", flush=True)
            built = builder.build(root, folder, about, clean=options.clean, progress=progress, jobs=options.jobs)
    except build.Stopped as stopped:
        _report(root, stopped.problems, wrote=stopped.wrote)
        return 1
    except publish.Failed as failed:
        print(f"explainer: the site was not built: {failed}", file=sys.stderr)
        return 1
    _say_unkept(progress)
    if options.format == "json":
        seconds = {stage: round(taken, 3) for stage, taken in progress.seconds.items()}
        counts = {"pages": built.pages, "rendered": built.rendered, "kept": built.kept}
        print(json.dumps({**counts, "seconds": seconds, "peak_rss_mb": peak()}))
    elif talks:
        print(f"The site is in {built.site}: {_count(built.rendered, 'page')} rendered, {built.kept:,} kept.")
    return 0


def _offline(options: argparse.Namespace, root: Path) -> int:
    from explainer import build, disk
    from explainer.site import builder, hooks, offline, places, publish

    progress = _Bar() if sys.stderr.isatty() else _Lines()
    try:
        hooks.pin_time(root)
        folder = places.settled(root, root / "site", "move it elsewhere")
        output = offline.place(root, Path(options.output) if options.output else root / offline.NAME)
        with publish.alone(root, progress.say):
            about, _ = _generated(root, progress, options.jobs, last=options.last)
            built = builder.build(root, folder, about, progress=progress, jobs=options.jobs)
            progress.begin("zip")
            data = offline.bundle(built.site, root, about)
            disk.put(offline.place(root, output), data)
            progress.end()
    except build.Stopped as stopped:
        _report(root, stopped.problems, wrote=stopped.wrote)
        return 1
    except (publish.Failed, OSError) as failed:
        told = _refused(failed) if isinstance(failed, OSError) else str(failed)
        print(f"explainer: the offline edition was not made: {told}", file=sys.stderr)
        return 1
    _say_unkept(progress)
    print(f"The offline edition is {output}: {len(data) / 1e6:.1f} MB, SHA-256 {offline.digest(data)}.")
    print("Unzip it into an empty folder and open index.html there.")
    return 0


def processors() -> int:
    """How many processes make pages where nobody says: as many as there are processors, at most 4."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(there, 4)


def peak() -> float:
    """The most memory that this process or one that it started held at a time, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(max(resource.getrusage(each).ru_maxrss for each in who) * unit / 1e6, 1)


def _serve(options: argparse.Namespace, root: Path) -> int:
    from explainer.site import live, publish

    def say(words: str) -> None:
        print(f"[{time.strftime('%H:%M:%S')}] {words}", file=sys.stderr, flush=True)

    try:
        live.serve(root, options.host, options.port, jobs=options.jobs, say=say)
    except publish.Failed as failed:
        print(f"explainer: {failed}", file=sys.stderr)
        return 1
    return 0


def _new(options: argparse.Namespace, root: Path) -> int:
    from explainer.editing import commands

    return commands.new_record(options, root)


def _format(options: argparse.Namespace, root: Path) -> int:
    from explainer.editing import commands

    wanted = _wanted(options.files, root)
    if wanted is None:
        return 2
    options.wanted = wanted
    return commands.format_files(options, root)


def _init(options: argparse.Namespace, root: Path) -> int:
    from explainer.editing import commands

    return commands.init(options, root)


def _day(text: str) -> "dt.date":
    """A day as the command line gives it; argparse turns the ValueError into its message."""
    import datetime as dt

    return dt.date.fromisoformat(text)


def _stale(options: argparse.Namespace, root: Path) -> int:
    from explainer.editing import commands

    return commands.show_stale(options, root)


def _links(options: argparse.Namespace, root: Path) -> int:
    from explainer.editing import commands

    return commands.check_links(options, root)


def _type(name: str) -> "type[Record] | None":
    from explainer.records import BY_FOLDER, BY_KIND

    found = BY_KIND.get(name) or BY_FOLDER.get(name)
    if found is None:
        hint = did_you_mean(name, BY_KIND) or f"; expected one of {listed(BY_KIND, limit=40)}"
        print(f"explainer: '{name}' is not a type of record{hint}", file=sys.stderr)
    return found


def _fields(options: argparse.Namespace, root: Path) -> int:
    from explainer import fields
    from explainer.records import TYPES

    if options.type is None:
        for model in TYPES:
            print(
                f"{model.KIND:<14} content/{model.FOLDER}{'/*.md' if model.STORY else '.yml or ' + model.FOLDER + '/*.yml'}"
            )
        print(f"{fields.SITE:<14} content/site.yml")
        return 0
    found = None if options.type == fields.SITE else _type(options.type)
    if found is None and options.type != fields.SITE:
        return 2
    print("\n".join(fields.table(found.KIND if found else fields.SITE)))
    return 0


def _schema(options: argparse.Namespace, root: Path) -> int:
    from explainer import schema
    from explainer.records import TYPES

    if options.write:
        from explainer.editing import commands

        return commands.write_schemas(options, root)
    if options.type is None:
        print(json.dumps({model.KIND: schema.json_schema(model) for model in TYPES}, ensure_ascii=False, indent=2))
        return 0
    found = _type(options.type)
    if found is None:
        return 2
    print(json.dumps(schema.json_schema(found), ensure_ascii=False, indent=2))
    return 0
