"""The command `explainer`: runs the stations and talks to people."""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.problems import Problem, did_you_mean, listed

if TYPE_CHECKING:
    import datetime as dt

    from explainer.records.record import Record


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; the exit status is 0, or 1 where there is a problem, or 2 where the command line is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    root = Path(options.root).resolve()
    run: Callable[[argparse.Namespace, Path], int] = options.run
    try:
        return run(options, root)
    except KeyboardInterrupt:
        print("explainer: stopped; nothing is half-written.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


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
    command("generate", _generate, "Write the pages of all records into docs/.")
    build = command("build", _build, "Generate, then build the site with MkDocs into site/.")
    build.add_argument(
        "--site-dir", metavar="DIR", default=None, help="where the site goes (default: site/ in the dossier's folder)"
    )
    serve = command("serve", _serve, "Build, serve on this machine, and build again when a record changes.")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
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
    stale.add_argument("--months", type=int, help="also list records whose newest dated source is older than this")
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
    found = build.check(root, pages=not wanted)
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


def _generate(options: argparse.Namespace, root: Path) -> int:
    from explainer import build

    try:
        _, plan = build.generate(root)
    except build.Stopped as stopped:
        _report(root, stopped.problems, wrote=stopped.wrote)
        return 1
    print(
        f"{_count(len(plan.write), 'page')} written, {len(plan.keep):,} kept, {len(plan.remove):,} removed in {root / 'docs'}."
    )
    return 0


def _build(options: argparse.Namespace, root: Path) -> int:
    from explainer import build
    from explainer.site import builder

    try:
        _, plan = build.generate(root)
        print(
            f"{_count(len(plan.write), 'page')} written, {len(plan.keep):,} kept, {len(plan.remove):,} removed.",
            flush=True,
        )
        site = builder.build(root, Path(options.site_dir).resolve() if options.site_dir else root / "site")
    except build.Stopped as stopped:
        _report(root, stopped.problems, wrote=stopped.wrote)
        return 1
    except builder.Failed as failed:
        print(f"explainer: the site was not built: {failed}", file=sys.stderr)
        return 1
    print(f"The site is in {site}.")
    return 0


def _serve(options: argparse.Namespace, root: Path) -> int:
    from explainer.site import builder

    try:
        builder.serve(root, f"{options.host}:{options.port}")
    except builder.Failed as failed:
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
        print(
            f"explainer: '{name}' is not a type of record{did_you_mean(name, BY_KIND)}; types: {listed(BY_KIND, limit=40)}",
            file=sys.stderr,
        )
    return found


def _fields(options: argparse.Namespace, root: Path) -> int:
    from explainer import fields
    from explainer.records import TYPES

    if options.type is None:
        for model in TYPES:
            print(
                f"{model.KIND:<14} content/{model.FOLDER}{'/*.md' if model.STORY else '.yml or ' + model.FOLDER + '/*.yml'}"
            )
        return 0
    found = _type(options.type)
    if found is None:
        return 2
    print("\n".join(fields.table(found)))
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
