"""The command `explainer`: runs the stations and talks to people."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.problems import Problem, did_you_mean, listed

if TYPE_CHECKING:
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
        "--format", choices=("text", "json"), default="text", help="for people or for programs (default: text)"
    )
    command("generate", _generate, "Write the pages of all records into docs/.")
    build = command("build", _build, "Generate, then build the site with MkDocs into site/.")
    build.add_argument(
        "--site-dir", metavar="DIR", default=None, help="where the site goes (default: site/ in the dossier's folder)"
    )
    build.add_argument(
        "--clean", action="store_true", help="render every page again, whatever was kept of the last build"
    )
    serve = command("serve", _serve, "Build, serve on this machine, and build again when a record changes.")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    fields = command("fields", _fields, "Show the fields of a type of record, or the types.")
    fields.add_argument("type", nargs="?", help="a type, as in operation")
    schema = command("schema", _schema, "Print the JSON Schema of a type of record, or of all.")
    schema.add_argument("type", nargs="?", help="a type, as in operation")
    return parser


def _report(problems: Sequence[Problem], *, wrote: bool = False) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
    files = len({problem.path for problem in problems})
    so_far = "the pages written so far are whole, run again for the rest" if wrote else "nothing was written"
    print(f"{_count(len(problems), 'problem')} in {_count(files, 'file')}; {so_far}.", file=sys.stderr)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _check(options: argparse.Namespace, root: Path) -> int:
    from explainer import build

    found = build.check(root)
    if options.format == "json":
        problems = [{"path": p.path, "line": p.line, "column": p.column, "message": p.message} for p in found.problems]
        print(json.dumps({"problems": problems, **found.counts}, ensure_ascii=False, indent=2))
    elif found.problems:
        _report(found.problems)
    else:
        counts = found.counts
        print(
            f"No problem in {_count(sum(counts['records'].values()), 'record')}: {_count(counts['figures'], 'figure')}, "
            f"{_count(counts['citations'], 'citation')}, {_count(counts['sources']['cited'], 'source')} cited."
        )
    return 1 if found.problems else 0


def _generate(options: argparse.Namespace, root: Path) -> int:
    from explainer import build

    try:
        _, plan = build.generate(root)
    except build.Stopped as stopped:
        _report(stopped.problems, wrote=stopped.wrote)
        return 1
    print(
        f"{_count(len(plan.write), 'page')} written, {len(plan.keep):,} kept, {len(plan.remove):,} removed in {root / 'docs'}."
    )
    return 0


def _build(options: argparse.Namespace, root: Path) -> int:
    from explainer import build
    from explainer.site import builder, publish

    try:
        library, plan = build.generate(root)
        print(
            f"{_count(len(plan.write), 'page')} written, {len(plan.keep):,} kept, {len(plan.remove):,} removed.",
            flush=True,
        )
        folder = Path(options.site_dir) if options.site_dir else root / "site"
        built = builder.build(root, folder, library.site, clean=options.clean)
    except build.Stopped as stopped:
        _report(stopped.problems, wrote=stopped.wrote)
        return 1
    except publish.Failed as failed:
        print(f"explainer: the site was not built: {failed}", file=sys.stderr)
        return 1
    print(f"The site is in {built.site}: {_count(built.rendered, 'page')} rendered, {built.kept:,} kept.")
    return 0


def _serve(options: argparse.Namespace, root: Path) -> int:
    from explainer.site import builder, publish

    try:
        builder.serve(root, f"{options.host}:{options.port}")
    except publish.Failed as failed:
        print(f"explainer: {failed}", file=sys.stderr)
        return 1
    return 0


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

    if options.type is None:
        print(json.dumps({model.KIND: schema.json_schema(model) for model in TYPES}, ensure_ascii=False, indent=2))
        return 0
    found = _type(options.type)
    if found is None:
        return 2
    print(json.dumps(schema.json_schema(found), ensure_ascii=False, indent=2))
    return 0
