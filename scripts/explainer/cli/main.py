"""Entry point of the command `explainer`: command-line parsing, dispatch and the exit status."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from explainer.base.problems import ContentError
from explainer.cli import streams
from explainer.cli.build_commands import (
    build_site,
    check_records,
    generate_pages,
    make_offline,
    processors,
    serve_dossier,
    wanted_files,
)
from explainer.cli.reference_commands import show_fields, show_schema, show_words
from explainer.cli.terminal import refused_by_system, report_problems

if TYPE_CHECKING:
    import datetime as dt


def run() -> NoReturn:
    """Run `main`, then exit the process without a last search for unused memory, which would take a tenth of a run."""
    streams.ready()
    try:
        status = main()
    except SystemExit as leaving:  # raised by argparse
        status = int(leaving.code or 0)
    gc.freeze()
    sys.exit(streams.finished(status))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit status: 0, 1 for a problem, 2 for a wrong command line, 130 on Ctrl-C."""
    # Records live as long as a run, so frequent collections find nothing and would add half to the time of a run.
    gc.set_threshold(1_000_000, 20, 100)
    parser = _parser()
    options = parser.parse_args(arguments)
    if getattr(options, "format", "text") != "text" or options.run is show_schema:
        streams.for_programs()
    run: Callable[[argparse.Namespace, Path], int] = options.run
    try:
        return run(options, _root(options.root))
    except KeyboardInterrupt:
        print("explainer: stopped; nothing is half-written.", file=sys.stderr)
        return 130
    except ContentError as error:
        report_problems(_root(options.root), error.problems)
        return 1
    except Exception as error:
        from explainer.kinds.own_kinds import failure

        if problem := failure(error):
            report_problems(_root(options.root), [problem])
            return 1
        if not isinstance(error, OSError):
            raise
        print(f"explainer: {refused_by_system(error)}", file=sys.stderr)
        return 1


def _root(folder: str) -> Path:
    """Resolve the dossier's folder; raises OSError, with its name, if the working directory is gone."""
    try:
        return Path(os.path.realpath(folder))
    except OSError as error:
        raise OSError(error.errno, error.strerror, folder) from error


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

    check = command("check", check_records, "Read every record and show every problem; write nothing.")
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
    generate = command("generate", generate_pages, "Write the pages of all records into docs/.")
    build = command("build", build_site, "Generate, then build the site with MkDocs into site/.")
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
        "offline", make_offline, "Build, then put the site into one zip that opens from disk, search included."
    )
    offline.add_argument(
        "--output", metavar="FILE", default=None, help="where the zip goes (default: dist/explainer-offline.zip)"
    )
    serve = command("serve", serve_dossier, "Build, serve on this machine, and build again when a record changes.")
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
    new.add_argument("type", metavar="TYPE", help="a type, as in person")
    new.add_argument("words", nargs="*", metavar="ID", help="its id; for a source, its address may stand here too")
    new.add_argument("--set", metavar="NAME=VALUE", action="append", help="fill in a field, as in name='A name'")
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
    fields = command("fields", show_fields, "Show the fields of a type of record, or the types.")
    fields.add_argument("type", nargs="?", help="a type, as in person")
    command("words", show_words, "Print the words that a language lacks, to be filled in.").add_argument(
        "language", metavar="LANGUAGE", help="a language tag, as in fr"
    )
    schema = command("schema", show_schema, "Print the JSON Schema of a type of record, or of all.")
    schema.add_argument("type", nargs="?", help="a type, as in person")
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


def _new(options: argparse.Namespace, root: Path) -> int:
    from explainer.cli import editing_commands

    return editing_commands.new_record(options, root)


def _format(options: argparse.Namespace, root: Path) -> int:
    from explainer.cli import editing_commands

    wanted = wanted_files(options.files, root)
    if wanted is None:
        return 2
    options.wanted = wanted
    return editing_commands.format_files(options, root)


def _init(options: argparse.Namespace, root: Path) -> int:
    from explainer.cli import editing_commands

    return editing_commands.init(options, root)


def _day(text: str) -> "dt.date":
    """Parse a date from the command line; argparse turns the ValueError into its message."""
    import datetime as dt

    return dt.date.fromisoformat(text)


def _stale(options: argparse.Namespace, root: Path) -> int:
    from explainer.cli import editing_commands

    return editing_commands.show_stale(options, root)


def _links(options: argparse.Namespace, root: Path) -> int:
    from explainer.cli import editing_commands

    return editing_commands.check_links(options, root)
